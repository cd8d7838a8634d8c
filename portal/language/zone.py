"""Japan's time, which is the portal's: every moment is shown in it."""

from datetime import datetime
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


def to_the_second(moment: datetime) -> str:
    """A moment as papers and files carry it, the same in every language."""
    return f"{moment.astimezone(JAPAN):%Y-%m-%d %H:%M:%S} JST"
