"""The days on which Japan does not work, weekends apart: public holidays, and the turn of the year."""

from datetime import date, timedelta
from functools import lru_cache

import jpholiday

BEFORE, AFTER = timedelta(days=3 * 366), timedelta(days=31)


def holidays(since: date, until: date) -> list[date]:
    """Those from `since` to `until`, both included."""
    days = (since + timedelta(days=number) for number in range((until - since).days + 1))
    return [day for day in days if _is_free(day)]


def holidays_around(day: date) -> list[date]:
    """Those of the three years before a day and of the month after it."""
    return holidays(day - BEFORE, day + AFTER)


@lru_cache(maxsize=4096)
def _is_free(day: date) -> bool:
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3) or bool(jpholiday.is_holiday(day))
