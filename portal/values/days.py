"""Days as people write them: one reader for a birth, an employment, a consent and a filter.

    2026-11-03  20261103  2026-11-3  2026/11/3  2026.11.3  2026年11月3日  令和8年11月3日  R8.11.3  R元/5/1

A day of the week or a time of day may stand behind, in any width of letters. A day that is not in the calendar, or not
in its era, or falls on another day of the week, is refused. Weeks (1996-W20-6) and other orders
(3.11.2026) are not read.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from portal.language.i18n import N_
from portal.language.zone import JAPAN
from portal.values.text import symbols
from portal.values.wrong import REQUIRED, Wrong

EARLIEST, LATEST = 1868, 2200  # beyond them lie mistakes, and times no database can hold
OLDEST_BIRTHDAY = date(1900, 1, 1)
# First year and first day of each era that a living person's papers can carry.
ERAS = {
    "令和": (2019, date(2019, 5, 1)),
    "平成": (1989, date(1989, 1, 8)),
    "昭和": (1926, date(1926, 12, 25)),
    "大正": (1912, date(1912, 7, 30)),
}
ERA_LETTERS = {"R": "令和", "H": "平成", "S": "昭和", "T": "大正"}
DAY = N_("Please enter a date such as 2026-11-22, 2026/11/22 or 令和8年11月22日.")
NO_SUCH_DAY = N_("Please check this date: the calendar has no such day.")
OTHER_WEEKDAY = N_("Please check this date: it falls on another day of the week.")
OTHER_ERA = N_("Please check this date: it does not lie in its era.")
PARTIAL = N_("Please enter a year, a month or a day, such as 2016, 2016-04 or 2016-04-01.")


_YEAR = r"(?:(令和|平成|昭和|大正|[RHST])\s*(元|\d{1,2})|(\d{4}))"
_DAYS = (
    re.compile(_YEAR + r"\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日", re.IGNORECASE),
    re.compile(_YEAR + r"(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.)(\d{1,2})(?!\d)", re.IGNORECASE),
    re.compile(r"()()(\d{4})(\d{2})(\d{2})(?!\d)"),
)
_MONTH = re.compile(_YEAR + r"(?:\s*年\s*(\d{1,2})\s*月|[-/.](\d{1,2}))", re.IGNORECASE)
_ONLY_YEAR = re.compile(_YEAR + r"\s*年?", re.IGNORECASE)
_WEEKDAYS = {"月": 0, "火": 1, "水": 2, "木": 3, "金": 4, "土": 5, "日": 6} | {
    name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
}
_WEEKDAY = re.compile(
    r"[\s,]*[(\[]?\s*(?:([月火水木金土日])(?:曜日?)?(?:[・,]?祝日?)?|(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?)\s*[)\]]?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2})時(?:(\d{1,2})分(?:(\d{1,2})秒)?)?")


@dataclass(frozen=True, slots=True)
class Written:
    """A day that somebody wrote, or a time of one: `at` is aware, and midnight in Japan of a `whole_day`."""

    at: datetime
    whole_day: bool


def read(written: str) -> Written:
    """A day with or without a time; a time without a zone is Japan's."""
    typed = symbols(written)
    if not typed:
        raise Wrong(REQUIRED)
    found = next(filter(None, (form.match(typed) for form in _DAYS)), None)
    if found is None:
        raise Wrong(DAY)
    era, count, year, *numbers = found.groups()
    month, number = (int(each) for each in numbers if each)
    of = _in_calendar(_year(era, count, year), month, number)
    _check_era(era, of, of)
    rest = _after_weekday(typed[found.end() :], of)
    at = datetime.combine(of, _time(rest) if rest else time.min)
    return Written(at if at.tzinfo else at.replace(tzinfo=JAPAN), whole_day=not rest)


def day(written: str) -> date:
    """A day in Japan. A time behind it, as spreadsheets and programs write one, says which."""
    return read(written).at.astimezone(JAPAN).date()


def has_begun(start: str, today: date) -> bool:
    """Whether a day, month or year, as `partial` reads them, is not to come."""
    return start <= today.isoformat()


def ends_after(end: str, start: str) -> bool:
    """Whether one of them does not come before another, as exactly as both are known."""
    exact = min(len(start), len(end))
    return start[:exact] <= end[:exact]


def in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    """A time of a day as clocks show it in a zone; of one that they show twice the first."""
    at = local.replace(tzinfo=zone)
    if at.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise Wrong(N_("Please check this time: clocks are put forward there, and never show it."))
    return at


def birthday(written: str, today: date) -> date:
    """The day of a birth."""
    born = day(written)
    if not OLDEST_BIRTHDAY <= born <= today:
        raise Wrong(N_("Please enter a date of birth from 1900 until today."))
    return born


def partial(written: str) -> str:
    """A day, a month or a year, as exactly as it was written: "2016-04-01", "2016-04" or "2016"."""
    typed = symbols(written)
    if found := _ONLY_YEAR.fullmatch(typed):
        first = _in_calendar(_year(*found.groups()), 1, 1)
        _check_era(found[1], first, first.replace(month=12, day=31))
        return f"{first:%Y}"
    if found := _MONTH.fullmatch(typed):
        era, count, year, kanji, marked = found.groups()
        first = _in_calendar(_year(era, count, year), int(kanji or marked), 1)
        _check_era(era, first, first.replace(day=monthrange(first.year, first.month)[1]))
        return f"{first:%Y-%m}"
    try:
        return day(typed).isoformat()
    except Wrong as wrong:
        raise (Wrong(PARTIAL) if wrong.said.message == DAY else wrong) from None


def _year(era: str | None, count: str | None, year: str | None) -> int:
    if not era:
        return int(year or 0)
    first_year, _first_day = ERAS[ERA_LETTERS.get(era.upper(), era)]
    return first_year - 1 + (1 if count == "元" else int(count or 0))


def _in_calendar(year: int, month: int, number: int) -> date:
    try:
        of = date(year, month, number)
    except ValueError:
        raise Wrong(NO_SUCH_DAY) from None
    if not EARLIEST <= year <= LATEST:
        raise Wrong(NO_SUCH_DAY)
    return of


def _check_era(era: str | None, first: date, last: date) -> None:
    """Whether a part of the time from `first` to `last` lies in the era."""
    if not era:
        return
    begins = ERAS[ERA_LETTERS.get(era.upper(), era)][1]
    if last < begins or any(begins < other <= first for _year, other in ERAS.values()):
        raise Wrong(OTHER_ERA)


def _after_weekday(rest: str, of: date) -> str:
    """What stands behind the day of the week, if there is one."""
    found = _WEEKDAY.match(rest)
    if found is None:
        return rest.strip()
    if _WEEKDAYS[found[1] or found[2].lower()] != of.weekday():
        raise Wrong(OTHER_WEEKDAY)
    return rest[found.end() :].strip()


def _time(rest: str) -> time:
    clock = _CLOCK.fullmatch(rest)
    given = ":".join(f"{int(each or 0):02}" for each in clock.groups()) if clock else rest.replace(" ", "")
    try:
        return time.fromisoformat(re.sub(r"^[Tt]?(\d):", r"0\1:", given))
    except ValueError:
        raise Wrong(DAY) from None
