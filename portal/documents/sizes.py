"""How many pixels a picture may have, however it comes.

Promise: one limit for a photo, a scan, and a picture in a PDF, whatever declares it. It is on what the pixels
cost: as many bytes as MAX_PIXELS in colour need. No picture has more than eight times that number, because a
reader may give each of them a byte.
"""

from portal.documents.limits import MAX_EDGE, MAX_PIXELS
from portal.documents.refusals import Reason, Refused

COLOUR = 24  # bits of a pixel in three colours
MOST_PER_PIXEL = 8  # times as many pixels of one bit


def check_pixels(width: int, height: int, bits: int = COLOUR) -> None:
    """Refuses a picture that costs more than MAX_PIXELS in colour, of more than MAX_EDGE along one edge, or of none.

    `bits` is what a pixel takes in memory: 1 for a mask in black and white."""
    if width < 1 or height < 1:
        raise Refused(Reason.UNREADABLE, "a picture without pixels")
    most = MAX_PIXELS * min(COLOUR / max(bits, 1), MOST_PER_PIXEL)
    if width * height > most or max(width, height) > MAX_EDGE:
        raise Refused(Reason.TOO_MANY_PIXELS, f"{width} x {height}")
