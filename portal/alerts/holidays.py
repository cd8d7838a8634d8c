"""The days on which Japan does not work, weekends apart: public holidays, and the turn of the year."""

from datetime import date, timedelta

import jpholiday


def holidays(since: date, until: date) -> list[date]:
    """Those from `since` to `until`, both included."""
    days = (since + timedelta(days=number) for number in range((until - since).days + 1))
    return [day for day in days if jpholiday.is_holiday(day) or _turn_of_the_year(day)]


def _turn_of_the_year(day: date) -> bool:
    return (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
