"""Each kind of value: what passes is in the portal's own form, what does not says what would be right."""

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from portal.candidates.items import ALL_ITEMS, Item
from portal.intake import values
from portal.intake.explain import problems_of
from portal.intake.japanese import JapaneseTest
from portal.intake.moments import parse_moment
from portal.intake.problems import Problem, quoted
from portal.language.i18n import speaking
from portal.values.wrong import Wrong

NOW = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)  # 12:30 in Japan


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-04-01", "2026-03-31T15:00:00+00:00"),
        ("2026-04-01T09:30", "2026-04-01T00:30:00+00:00"),
        ("2026-04-01T09:30:00Z", "2026-04-01T09:30:00+00:00"),
        ("2026/4/1", "2026-03-31T15:00:00+00:00"),
        ("2026/4/1 9:30", "2026-04-01T00:30:00+00:00"),
        ("令和8年4月1日", "2026-03-31T15:00:00+00:00"),
        ("令和元年5月1日", "2019-04-30T15:00:00+00:00"),
        ("H31.4.30", "2019-04-29T15:00:00+00:00"),
        ("today", "2026-11-21T15:00:00+00:00"),
        ("today-12d", "2026-11-09T15:00:00+00:00"),
        ("today+1d 14:30", "2026-11-23T05:30:00+00:00"),
        ("now-3h", "2026-11-22T00:30:00+00:00"),
    ],
)
def test_a_moment_is_read_in_every_form(written: str, meant: str) -> None:
    assert parse_moment(written).at(NOW) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-12-05", "2026-12-05T15:00:00+00:00"),
        ("20261205", "2026-12-05T15:00:00+00:00"),
        ("2026/12/5", "2026-12-05T15:00:00+00:00"),
        ("令和8年12月5日", "2026-12-05T15:00:00+00:00"),
        ("today+9d", "2026-12-01T15:00:00+00:00"),
        ("2026-12-05T00:00", "2026-12-04T15:00:00+00:00"),
        ("2026/12/5 9:30", "2026-12-05T00:30:00+00:00"),
        ("today+9d 14:30", "2026-12-01T05:30:00+00:00"),
        ("now+3h", "2026-11-22T06:30:00+00:00"),
    ],
)
def test_what_holds_until_a_day_holds_on_that_day(written: str, meant: str) -> None:
    assert parse_moment(written).through().at(NOW) == datetime.fromisoformat(meant)
    read = TypeAdapter(values.Until).validate_python(written)
    assert read.at(NOW) == TypeAdapter(values.Until).validate_python(read).at(NOW) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "tomorrow",
        "2026-13-01",
        "2026-02-30",
        "today-d",
        "today 25:00",
        "平成31年5月1日",
        "令和0年1月1日",
        "昭和64年1月8日",
    ],
)
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(Wrong):
        parse_moment(written)


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        (values.Country, "vn", "VN"),
        (values.CorporateNumber, "7-1234-5678-9012", "7123456789012"),
        (values.Telephone, "０９０−００００−０１０１", "+819000000101"),
        (values.Telephone, "060-1234-5678", "+816012345678"),
        (values.Telephone, "+33 6 39 98 01 58", "+33639980158"),
        (values.Items, "default", ALL_ITEMS & ~Item.RESUME_ORIGINAL),
        (values.Items, "default; resume_original", ALL_ITEMS),
        (values.Items, "none", Item(0)),
        (values.Purposes, "contact;selection", 3),
        (values.Purposes, "contact", 2),
        (values.YesNo, "はい", True),
        (values.Line, '=HYPERLINK("x")', '=HYPERLINK("x")'),
        (values.Line, "ක්‍රිෂාන්", "ක්‍රිෂාන්"),
    ],
)
def test_a_value_is_taken_in_the_portals_own_form(kind: Any, written: str, read: object) -> None:
    assert TypeAdapter(kind).validate_python(written) == read


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (values.Reference, "../etc"),
        (values.Reference, "a b"),
        (values.Reference, "x" * 65),
        (values.Country, "UK"),
        (values.Country, "Japan"),
        (values.CorporateNumber, "7123456789013"),
        (values.CorporateNumber, "712345678901"),
        (values.Telephone, "123"),
        (values.Telephone, "call me"),
        (values.Email, "alice at example.jp"),
        (values.When, "soon"),
        (values.Items, "name;shoe_size"),
        (values.Purposes, "marketing"),
        (values.Purposes, ""),
        (values.YesNo, "perhaps"),
        (values.PartialDate, "2026-13"),
        (values.Line, "a\x1b[2Jb"),
        (values.Line, "x" * 301),
        (values.Line, "  "),
    ],
)
def test_a_wrong_value_says_what_would_be_right_in_both_languages(kind: Any, written: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(kind).validate_python(written)
    [problem] = problems_of(refused.value, "companies.csv", 7)
    with speaking("en"):
        english = problem.explained()
    with speaking("ja"):
        japanese = problem.explained()
    assert english != japanese
    assert "{" not in english + japanese
    assert not japanese.isascii()
    assert problem.value == quoted(written)


def test_a_quoted_value_is_short_and_cannot_steer_a_terminal() -> None:
    assert quoted("a\x1b[31m\nb\u202ec") == "a\ufffd[31m\ufffdb\ufffdc"
    assert len(quoted("x" * 1000)) == 60
    assert Problem("a.csv", "text", 3, "name").place() == "a.csv:3 name"


@pytest.mark.parametrize(
    ("given", "rank", "level", "cefr"),
    [
        ({"test": "JLPT", "level": "N1", "score": 142, "date": "2025-12"}, 5, "N1", "C1"),
        ({"test": "JLPT", "level": "N1", "score": 141, "date": "2025-12"}, 5, "N1", "B2"),
        ({"test": "JLPT", "level": "N2", "score": 112, "date": "2026-07"}, 4, "N2", "B2"),
        ({"test": "JLPT", "level": "N2", "score": 111, "date": "2026-07"}, 4, "N2", "B1"),
        ({"test": "JLPT", "level": "N3", "score": 104, "date": "2025-12-07"}, 3, "N3", "B1"),
        ({"test": "JLPT", "level": "N3", "score": 103, "date": "2025-12"}, 3, "N3", "A2"),
        ({"test": "JLPT", "level": "N4", "score": 90, "date": "2025-12"}, 2, "N4", "A2"),
        ({"test": "JLPT", "level": "N5", "score": 80, "date": "2025-12"}, 1, "N5", "A1"),
        ({"test": "JLPT", "level": "N1", "score": 150, "date": "2025-07"}, 5, "N1", None),
        ({"test": "JLPT", "level": "N1"}, 5, "N1", None),
        ({"test": "BJT", "score": 600}, 5, "J1+", None),
        ({"test": "BJT", "score": 599}, 5, "J1", None),
        ({"test": "BJT", "score": 420, "level": "J2"}, 4, "J2", None),
        ({"test": "BJT", "score": 199}, 1, "J5", None),
        ({"test": "JFT-Basic", "score": 200, "date": "2026-07"}, 2, None, "A2"),
        ({"test": "JFT-Basic", "score": 199, "date": "2026-07"}, 0, None, None),
        ({"test": "JFT-Basic", "score": 145, "date": "2026-08"}, 1, None, "A1"),
        ({"test": "JFT-Basic", "score": 144, "date": "2026-08"}, 0, None, None),
        ({"test": "JFT-Basic", "score": 174, "date": "2026-08"}, 1, None, "A1"),
        ({"test": "JFT-Basic", "score": 175, "date": "2026-08"}, 1, None, "A2.1"),
        ({"test": "JFT-Basic", "score": 199, "date": "2026-09"}, 1, None, "A2.1"),
        ({"test": "JFT-Basic", "score": 200, "date": "2026-08"}, 2, None, "A2.2"),
        ({"test": "self", "level": "B1"}, 3, None, "B1"),
    ],
)
def test_a_japanese_result_is_worth_its_rank_and_cefr(
    given: dict[str, object], rank: int, level: str | None, cefr: str | None
) -> None:
    item = JapaneseTest.model_validate(given).item()
    assert (item["rank"], item["level"], item["cefr"]) == (rank, level, cefr)


@pytest.mark.parametrize(
    "given",
    [
        {"test": "JLPT", "level": "N6"},
        {"test": "JLPT", "level": "N2", "score": 89},
        {"test": "JLPT", "level": "N2", "score": 181},
        {"test": "BJT", "level": "J1", "score": 300},
        {"test": "BJT"},
        {"test": "JFT-Basic", "score": 251},
        {"test": "self", "level": "fluent"},
        {"test": "TOEIC", "score": 900},
        {"test": "JLPT", "level": "N2", "points": 100},
    ],
)
def test_a_japanese_result_that_cannot_be_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        JapaneseTest.model_validate(given)


@pytest.mark.parametrize("mark", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
@pytest.mark.parametrize("kind", [values.Line, values.Text])
def test_text_that_turns_its_own_direction_is_refused(kind: Any, mark: str) -> None:
    with pytest.raises(ValidationError, match="marks that turn the direction"):
        TypeAdapter(kind).validate_python(f"resume{mark}gnp.exe")
    assert TypeAdapter(kind).validate_python("\u0639\u200f \u1019\u200d") == "\u0639\u200f \u1019\u200d"
