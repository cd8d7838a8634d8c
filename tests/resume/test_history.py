"""Education and work: nothing is said of a date that nobody gave."""

from datetime import date
from typing import Any

import pytest

from portal.resume.history import Writer, education_lines, schools, work_lines, work_posts
from portal.resume.render import render_resume
from tests.resume import papers

TODAY = date(2026, 11, 22)
WRITER = Writer("western", "ja", TODAY)


@pytest.mark.parametrize(
    ("start", "end", "events", "ongoing"),
    [
        (None, None, ["undated"], False),
        ("2019-04", None, ["joined", "present"], True),
        ("2019-04", "2020-03", ["joined", "left"], False),
        (None, "2020-03", ["joined", "left"], False),
        ("2027-04", None, ["joining"], False),
        ("2019-04", "2027-03", ["joined", "leaving"], False),
        ("2016-04-31", "later", ["undated"], False),
    ],
)
def test_work_is_dated_as_it_was_given(start: str | None, end: str | None, events: list[str], ongoing: bool) -> None:
    entries = [{"company": "みどりの風", "position": "介護福祉士", "start": start, "end": end}]
    assert [line.event for line in work_lines(entries, WRITER)] == events
    assert [post.ongoing for post in work_posts(entries, WRITER)] == [ongoing]


@pytest.mark.parametrize(
    ("start", "end", "events", "ongoing"),
    [
        (None, None, ["undated"], False),
        ("2019-04", None, ["entered", "enrolled"], True),
        ("2019-04", "2022-03", ["entered", "graduated"], False),
        (None, "2022-03", ["graduated"], False),
        ("2024-04", "2027-03", ["entered", "expected"], False),
        ("2027-04", None, ["entering"], False),
    ],
)
def test_education_is_dated_as_it_was_given(
    start: str | None, end: str | None, events: list[str], ongoing: bool
) -> None:
    entries = [{"institution": "ヤンゴン工科大学", "area": "機械工学", "start": start, "end": end}]
    assert [line.event for line in education_lines(entries, WRITER)] == events
    assert [school.ongoing for school in schools(entries, WRITER)] == [ongoing]


def test_work_without_an_employer_is_called_by_its_position() -> None:
    [line] = work_lines([{"company": None, "position": "Cook", "start": "2019", "end": None}], WRITER)[:1]
    assert (line.what, line.detail) == ("Cook", "")


@pytest.mark.parametrize(
    ("language", "claims"),
    [("ja", ["現在に至る", "在学中", "入社", "入学", "卒業", "～現在"]), ("en", ["present"])],
)
def test_a_paper_claims_nothing_that_was_not_given(language: Any, claims: list[str]) -> None:
    items = papers.all_items()
    items["background"]["available_from"] = None
    for entry in (*items["background"]["work"], *items["background"]["education"]):
        entry["start"] = entry["end"] = None
    text = papers.text_of(render_resume(papers.request(items, language)))
    assert "GoldenLotusTrading" in text
    assert not [claim for claim in claims if claim in text]
