"""Times in files: as people write them (`portal.values.days`), or counted from the import.

`today-12d`, `today+30d 14:30` and `now-3h` are fixed when their row is first imported and never move afterwards.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.language.zone import JAPAN
from portal.values import days
from portal.values.wrong import Wrong

MIDNIGHT = time(0, 0)
_TODAY = re.compile(r"today(?:([+-]\d{1,5})d)?(?: (\d{1,2}:\d{2}))?")
_NOW = re.compile(r"now(?:([+-]\d{1,5})h)?")


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
    """Raises Wrong for anything that is not one of the module's forms or not a real date."""
    written = text.strip()
    if match := _TODAY.fullmatch(written):
        return Moment(days=int(match[1] or 0), clock=_clock(match[2]), whole_day=match[2] is None)
    if match := _NOW.fullmatch(written):
        return Moment(hours=int(match[1] or 0))
    read = days.read(written)
    return Moment(read.at, whole_day=read.whole_day)


def _clock(text: str | None) -> time:
    if text is None:
        return MIDNIGHT
    hour, _colon, minute = text.partition(":")
    try:
        return time(int(hour), int(minute))
    except ValueError:
        raise Wrong(days.DAY) from None
