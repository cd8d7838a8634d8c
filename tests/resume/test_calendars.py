"""Dates by era and by western year."""

import pytest

from portal.resume.calendars import full_text, parsed, shown, year_text
from portal.resume.request import FormLanguage


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("2019-05-01", "令和元年5月1日"),
        ("2019-04-30", "平成31年4月30日"),
        ("2019-04", "平成31年4月"),
        ("2019-05", "令和元年5月"),
        ("2019", "令和元年"),
        ("2026-11-22", "令和8年11月22日"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1989-01-08", "平成元年1月8日"),
        ("1989", "平成元年"),
        ("1926-12-24", "大正15年12月24日"),
        ("1926-12-25", "昭和元年12月25日"),
        ("1912-07-29", "明治45年7月29日"),
        ("1912-07-30", "大正元年7月30日"),
        ("1868-01-24", "1868年1月24日"),
    ],
)
def test_eras(given: str, expected: str) -> None:
    assert shown(given, "era", "ja") == expected


@pytest.mark.parametrize(
    ("given", "language", "expected"),
    [
        ("2019-05-01", "ja", "2019年5月1日"),
        ("2019-05", "ja", "2019年5月"),
        ("2019", "ja", "2019年"),
        ("2019-05-01", "en", "1 May 2019"),
        ("2019-05", "en", "May 2019"),
        ("2019", "en", "2019"),
    ],
)
def test_western_years(given: str, language: FormLanguage, expected: str) -> None:
    assert shown(given, "western", language) == expected


def test_eras_in_english() -> None:
    assert shown("2019-05-01", "era", "en") == "1 May, Reiwa 1"
    assert shown("1998", "era", "en") == "Heisei 10"


@pytest.mark.parametrize("wrong", [None, "", "2019-13", "2019-02-30", "May 2019", "20190501", "１９９８", "0000"])
def test_what_is_not_a_date_is_not_shown(wrong: str | None) -> None:
    assert parsed(wrong) is None
    assert shown(wrong, "era", "ja") == ""


def test_years_alone() -> None:
    when = parsed("2019-05")
    assert when is not None
    assert year_text(when, "era", "ja") == "令和元"
    assert full_text(when, "era", "ja") == "令和元年5月"
