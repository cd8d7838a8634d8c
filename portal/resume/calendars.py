"""Dates as a resume writes them: by Japanese era or by western year, never both on one resume.

Promise: a date is never made more exact than it was given: "2019" has no month (S-facts 3, Eras).
"""

import re
from dataclasses import dataclass
from datetime import date

from portal.resume.request import Calendar, FormLanguage

# First day of each era, newest first. Era dates before Meiji are not written.
ERAS = (
    (date(2019, 5, 1), "令和", "Reiwa"),
    (date(1989, 1, 8), "平成", "Heisei"),
    (date(1926, 12, 25), "昭和", "Showa"),
    (date(1912, 7, 30), "大正", "Taisho"),
    (date(1868, 1, 25), "明治", "Meiji"),
)
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, perhaps with a month, perhaps with a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def earliest(self) -> date:
        """The first day this date can mean; used for order."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest_start(self) -> date:
        """The last month this date can mean, as its first day (or the day itself, if known). A
        bare year in which an era began counts to the new era, as people write it."""
        return date(self.year, self.month or 12, self.day or (31 if self.month is None else 28))


def parsed(text: str | None) -> PartialDate | None:
    """ "YYYY", "YYYY-MM" or "YYYY-MM-DD" as a partial date; None for anything else."""
    found = _PARTIAL.fullmatch(text or "")
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def year_text(when: PartialDate, calendar: Calendar, language: FormLanguage) -> str:
    """The year alone: "2019", "令和元", "Reiwa 1"."""
    if calendar == "western":
        return str(when.year)
    for first_day, japanese, english in ERAS:
        if when.latest_start >= first_day:
            number = when.year - first_day.year + 1
            if language == "en":
                return f"{english} {number}"
            return f"{japanese}{'元' if number == 1 else number}"
    return str(when.year)


def full_text(when: PartialDate, calendar: Calendar, language: FormLanguage) -> str:
    """The whole date: "2019年5月1日", "令和元年5月1日", "1 May 2019", "May, Reiwa 1"."""
    year = year_text(when, calendar, language)
    if language == "ja":
        month = f"{when.month}月" if when.month else ""
        return f"{year}年{month}" + (f"{when.day}日" if when.day else "")
    if when.month is None:
        return year
    month = MONTHS[when.month - 1]
    comma = "," if calendar == "era" else ""
    return (f"{when.day} " if when.day else "") + f"{month}{comma} {year}"


def shown(text: str | None, calendar: Calendar, language: FormLanguage) -> str:
    """The date written out, "" when there is none or it cannot be read as a date."""
    when = parsed(text)
    return full_text(when, calendar, language) if when else ""
