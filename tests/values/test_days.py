"""Days in every way they are written in Japan, and none that the calendar does not have."""

from datetime import date, datetime

import pytest

from portal.language.zone import JAPAN
from portal.values import days
from portal.values.days import DAY, NO_SUCH_DAY, OTHER_ERA, OTHER_WEEKDAY, PARTIAL
from portal.values.wrong import REQUIRED, Wrong
from tests.each import for_each


@for_each(
    "written",
    [
        "2026-11-03", "20261103", "2026-11-3", "2026/11/3", "2026.11.3", "２０２６/１１/３", "2026年11月3日",
        "2026年 11月 3日",
        "令和8年11月3日", "㋿8年11月3日", "R8/11/3", "R8.11.3", "R8-11-3", "r8.11.3", "R8年11月3日",
        "2026年11月3日(火)", "2026年11月3日（火）", "2026/11/3 火曜日", "2026年11月3日火曜", "2026-11-3 Tue",
        "2026/11/3（火・祝）",
        "2026-11-03T00:00:00", "2026/11/3 0:00", "2026年11月3日(火) 14時30分", "2026年11月3日 9時",
        "2026-11-02T15:00:00.000Z",
        "2026-11-03T00:00:00Z", "2026-11-03 09:30 +09:00",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(written: str) -> None:
    assert days.day(written) == date(2026, 11, 3)


@for_each(
    ("written", "first"),
    [("R元.5.1", date(2019, 5, 1)), ("令和元年5月1日", date(2019, 5, 1)), ("平成31年4月30日", date(2019, 4, 30)),
     ("昭和64年1月7日", date(1989, 1, 7)), ("T15/12/24", date(1926, 12, 24))],
)  # fmt: skip
def test_an_era_is_counted_from_its_first_year(written: str, first: date) -> None:
    assert days.day(written) == first


def test_a_time_behind_a_day_is_kept_where_it_is_asked_for() -> None:
    assert days.read("2026年11月3日(火) 14時30分").at == datetime(2026, 11, 3, 14, 30, tzinfo=JAPAN)
    assert not days.read("2026/11/3 0:00").whole_day
    assert days.read("2026/11/3（火）").whole_day


@for_each(
    ("written", "message"),
    [
        ("", REQUIRED), ("tomorrow", DAY), ("1996-W20-6", DAY), ("1996W206", DAY), ("3.11.2026", DAY),
        ("26/11/3", DAY),
        ("2026-11-3 25:00", DAY), ("2026-11-345", DAY), ("2026-11/3", DAY),
        ("2016-04-31", NO_SUCH_DAY), ("2023-02-29", NO_SUCH_DAY), ("2026-13-01", NO_SUCH_DAY),
        ("0001-01-01", NO_SUCH_DAY),
        ("2026年11月3日(水)", OTHER_WEEKDAY), ("2026-11-03 Wed", OTHER_WEEKDAY),
        ("平成31年5月1日", OTHER_ERA), ("令和0年1月1日", OTHER_ERA), ("昭和64年1月8日", OTHER_ERA),
    ],
)  # fmt: skip
def test_what_is_no_day_is_said(written: str, message: str) -> None:
    with pytest.raises(Wrong) as refused:
        days.read(written)
    assert refused.value.said.message == message


@for_each(
    ("written", "read"),
    [
        ("2016", "2016"), ("2016年", "2016"), ("平成28年", "2016"), ("H28", "2016"), ("平成31年", "2019"),
        ("令和元年", "2019"),
        ("2016-04", "2016-04"), ("2016-4", "2016-04"), ("2016/4", "2016-04"), ("2016年4月", "2016-04"),
        ("H28.4", "2016-04"),
        ("20160401", "2016-04-01"), ("平成28年4月1日", "2016-04-01"), ("2016-04-01T00:00:00Z", "2016-04-01"),
    ],
)  # fmt: skip
def test_a_part_of_a_day_is_as_exact_as_it_was_written(written: str, read: str) -> None:
    assert days.partial(written) == read


@for_each(
    ("written", "message"),
    [
        ("present", PARTIAL), ("201604", PARTIAL), ("1996-W20", PARTIAL), ("2016-13", NO_SUCH_DAY),
        ("2016-04-31", NO_SUCH_DAY),
        ("平成31年5月", OTHER_ERA), ("平成33年", OTHER_ERA), ("", REQUIRED),
    ],
)  # fmt: skip
def test_what_is_no_part_of_a_day_is_said(written: str, message: str) -> None:
    with pytest.raises(Wrong) as refused:
        days.partial(written)
    assert refused.value.said.message == message
