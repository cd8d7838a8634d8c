"""Dates and times as people write them in files.

A moment is an ISO date or time, a date as Japanese spreadsheets write it (2026/4/1, 令和8年4月1日),
or counted from the day of the import: `today-12d`, `today+30d 14:30`, `now-3h`. Times without a zone
are Japan's. A relative moment is fixed when its row is first imported and never moves afterwards.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")
MIDNIGHT = time(0, 0)
# First year and first day of each era that a living person's papers can carry.
ERAS = {
    "令和": (2019, date(2019, 5, 1)),
    "平成": (1989, date(1989, 1, 8)),
    "昭和": (1926, date(1926, 12, 25)),
    "大正": (1912, date(1912, 7, 30)),
}
ERA_LETTERS = {"R": "令和", "H": "平成", "S": "昭和", "T": "大正"}

_TODAY = re.compile(r"today(?:([+-]\d{1,5})d)?(?: (\d{1,2}:\d{2}))?")
_ISO_DAY = re.compile(r"\d{4}-?\d{2}-?\d{2}|\d{4}-?W\d{2}-?\d")  # each way to write a day that fromisoformat reads
_NOW = re.compile(r"now(?:([+-]\d{1,5})h)?")
_SLASHED = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})(?: (\d{1,2}:\d{2})(?::\d{2})?)?")
_ERA = re.compile(r"(令和|平成|昭和|大正)(元|\d{1,2})年(\d{1,2})月(\d{1,2})日")
_ERA_SHORT = re.compile(r"([RHST])(\d{1,2})\.(\d{1,2})\.(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Moment:
    """Either `fixed`, or `days`/`hours` counted from the import. `clock` is the time of day; of a `whole_day` it is
    midnight."""

    fixed: datetime | None = None
    days: int | None = None
    clock: time = MIDNIGHT
    hours: int = 0
    whole_day: bool = False

    def through(self) -> "Moment":
        """When a day alone is over; any other moment as it is. What holds until a day holds on that day."""
        if not self.whole_day:
            return self
        if self.fixed is not None:
            return Moment(self.fixed + timedelta(days=1))
        return Moment(days=(self.days or 0) + 1)

    @property
    def relative(self) -> bool:
        return self.fixed is None

    def at(self, now: datetime) -> datetime:
        """The moment, for an import that runs at `now` (aware)."""
        if self.fixed is not None:
            return self.fixed
        if self.days is None:
            return now + timedelta(hours=self.hours)
        day = now.astimezone(JAPAN).date() + timedelta(days=self.days)
        return datetime.combine(day, self.clock, JAPAN)

    def on(self, now: datetime) -> date:
        """The day of the moment, in Japan."""
        return self.at(now).astimezone(JAPAN).date()


def parse_moment(text: str) -> Moment:
    """Raises ValueError for anything that is not one of the module's forms or not a real date."""
    written = text.strip()
    if match := _TODAY.fullmatch(written):
        return Moment(days=int(match[1] or 0), clock=_clock(match[2]), whole_day=match[2] is None)
    if match := _NOW.fullmatch(written):
        return Moment(hours=int(match[1] or 0))
    if match := _SLASHED.fullmatch(written):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return Moment(datetime.combine(day, _clock(match[4]), JAPAN), whole_day=match[4] is None)
    if era_day := _era_date(written):
        return Moment(datetime.combine(era_day, MIDNIGHT, JAPAN), whole_day=True)
    moment = datetime.fromisoformat(written)
    if not 1868 <= moment.year <= 2200:  # beyond it lie mistakes, and times no database can hold
        raise ValueError(written)
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=JAPAN)
    return Moment(zoned, whole_day=_ISO_DAY.fullmatch(written) is not None)


def _clock(text: str | None) -> time:
    if text is None:
        return MIDNIGHT
    hour, _colon, minute = text.partition(":")
    return time(int(hour), int(minute))


def _era_date(text: str) -> date | None:
    if match := _ERA.fullmatch(text):
        era, year = match[1], 1 if match[2] == "元" else int(match[2])
    elif match := _ERA_SHORT.fullmatch(text):
        era, year = ERA_LETTERS[match[1]], int(match[2])
    else:
        return None
    first_year, first_day = ERAS[era]
    day = date(first_year + year - 1, int(match[3]), int(match[4]))
    later = [start for _year, start in ERAS.values() if start > first_day]
    if day < first_day or any(day >= start for start in later):
        raise ValueError(f"{text} is not a date of its era")
    return day
