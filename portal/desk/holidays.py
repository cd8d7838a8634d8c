"""The public holidays of Japan, for what is done on them, and the days at New Year on which offices are closed."""

from datetime import date, timedelta
from functools import lru_cache

import jpholiday

BACK = 3 * 366
CLOSED = {(12, 29), (12, 30), (12, 31), (1, 2), (1, 3)}


@lru_cache(maxsize=4)
def holidays(until: date) -> tuple[date, ...]:
    """Those of the last three years, up to this day and the month after it."""
    days = [until - timedelta(days=back) for back in range(-31, BACK)]
    return tuple(one for one in days if jpholiday.is_holiday(one) or (one.month, one.day) in CLOSED)
