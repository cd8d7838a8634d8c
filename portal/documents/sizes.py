"""How many pixels a picture may have, however it comes.

Promise: one limit for a photo, a scan, and a picture in a PDF, whatever declares it.
"""

from portal.documents.limits import MAX_EDGE, MAX_PIXELS
from portal.documents.refusals import Reason, Refused


def check_pixels(width: int, height: int) -> None:
    """Refuses a picture of more than MAX_PIXELS, of more than MAX_EDGE along one edge, or of none."""
    if width < 1 or height < 1:
        raise Refused(Reason.UNREADABLE, "a picture without pixels")
    if width * height > MAX_PIXELS or max(width, height) > MAX_EDGE:
        raise Refused(Reason.TOO_MANY_PIXELS, f"{width} x {height}")
