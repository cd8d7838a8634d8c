"""One mistake is told once, however much hangs on it; every mistake of its own is told by itself."""

from pathlib import Path

import pytest

from portal.intake.following import gathered
from portal.intake.problems import Problem
from portal.language.i18n import speaking
from tests.intake.conftest import Import
from tests.intake.folders import (
    ACCOUNT,
    AGREEMENT,
    COMPANY,
    CONSENT,
    INTRODUCTION,
    NOTICE,
    OPENING,
    OUTCOME,
    Row,
    resume,
    write_person,
    write_table,
    write_world,
)
from tests.intake.states import explained, states

CANDIDATES = [f"P{number}" for number in range(1, 6)]


def lines(problems: list[Problem]) -> list[str]:
    """The problems as an operator reads them."""
    with speaking("en"):
        return [f"{each.place()}: {each.explained()}" for each in problems]


def crowd(folder: Path) -> Path:
    """A whole world with five people, each with a consent and an introduction."""
    write_world(folder)
    for each in CANDIDATES[1:]:
        write_person(folder, each, resume())
    write_table(folder, "consents", *(each_of(CONSENT, each) for each in CANDIDATES))
    write_table(folder, "introductions", *(each_of(INTRODUCTION, each) for each in CANDIDATES))
    write_table(folder, "outcomes", OUTCOME | {"introduction": "IN-P1"})
    return folder


def each_of(row: Row, candidate: str) -> Row:
    """The row for another candidate."""
    return row | {"reference": f"{row['reference'][:2]}-{candidate}", "candidate": candidate}


async def test_a_bad_opening_is_told_once_for_all_introductions_to_it(tmp_path: Path, importing: Import) -> None:
    folder = crowd(tmp_path / "in")
    write_table(folder, "openings", OPENING | {"status": "ajar"})
    report = await importing(folder, dry_run=True)
    assert lines(report.problems) == [
        "openings.csv:2 status: one of: open, closed",
        "introductions.csv: openings.csv:2 has to be right first: 5 rows depend on it (2, 3, 4 …).",
        "outcomes.csv:2 introduction: openings.csv:2 has to be right first: this depends on it.",
    ]
    assert states(report)["introductions"] == {"refused": 5}


async def test_a_bad_company_is_the_one_cause_of_all_that_hangs_on_it(tmp_path: Path, importing: Import) -> None:
    folder = crowd(tmp_path / "in")
    write_table(folder, "companies", COMPANY | {"country": "XX"})
    told = lines((await importing(folder, dry_run=True)).problems)
    assert told[0].startswith("companies.csv:2 country: ")
    assert told[1:] == [
        "openings.csv:2 company: companies.csv:2 has to be right first: this depends on it.",
        "accounts.csv:2 company: companies.csv:2 has to be right first: this depends on it.",
        "agreements.csv:2 company: companies.csv:2 has to be right first: this depends on it.",
        "consents.csv: companies.csv:2 has to be right first: 5 rows depend on it (2, 3, 4 …).",
        "introductions.csv: companies.csv:2 has to be right first: 5 rows depend on it (2, 3, 4 …).",
        "outcomes.csv:2 introduction: companies.csv:2 has to be right first: this depends on it.",
    ]


async def test_rows_with_a_problem_of_their_own_are_told_one_by_one(tmp_path: Path, importing: Import) -> None:
    folder = crowd(tmp_path / "in")
    write_table(folder, "notices", NOTICE | {"published_at": "soon"})
    own = [each_of(CONSENT, "P1") | {"items": "shoe_size"}, each_of(CONSENT, "P9"), each_of(CONSENT, "P2")]
    write_table(folder, "consents", *own, each_of(CONSENT, "P3"))
    report = await importing(folder, dry_run=True)
    assert explained(report) == [
        "notices.csv:2 published_at", "consents.csv:2 items", "consents.csv:3 candidate", "consents.csv",
    ]  # fmt: skip
    assert report.problems[2].value == "P9"
    assert report.problems[3].details == {"cause": "notices.csv:2", "count": "2", "which": "4, 5"}


@pytest.mark.parametrize(
    ("table", "spoilt"),
    [
        ("openings", "name of no column\n"),
        ("openings", "reference,company,title\nOP-1,ACME,care,with a comma\n"),
        ("companies", "reference,name\nACME,\n"),
        ("notices", "reference,version,language,published_at,text_file\nsharing,1,ja,2026-01-01,texts/missing.txt\n"),
    ],
)
async def test_whatever_way_a_row_or_a_whole_table_is_lost(
    tmp_path: Path, importing: Import, table: str, spoilt: str
) -> None:
    folder = crowd(tmp_path / "in")
    (folder / f"{table}.csv").write_text(spoilt, encoding="utf-8")
    first, *others = (await importing(folder, dry_run=True)).problems
    assert first.file == f"{table}.csv"
    assert others
    assert all(each.details["cause"].startswith(f"{table}.csv") for each in others)


async def test_refused_candidates_are_told_once_each_and_their_papers_in_one_line(
    tmp_path: Path, importing: Import
) -> None:
    folder = crowd(tmp_path / "in")
    for each in CANDIDATES[1:]:
        write_person(folder, each, resume(nationality="XX"))
    report = await importing(folder, dry_run=True)
    assert explained(report)[4:] == ["consents.csv", "introductions.csv"]
    assert report.problems[4].details == {"cause": "candidates/P2, P3, P4 …", "count": "4", "which": "3, 4, 5 …"}


async def test_candidates_that_hang_on_an_account_are_gathered_too(tmp_path: Path, importing: Import) -> None:
    folder = crowd(tmp_path / "in")
    manager = {"email": "Mia@shokai.example", "display_name": "", "role": "account_manager"}
    write_table(folder, "accounts", ACCOUNT, manager)
    for each in CANDIDATES[1:]:
        write_person(folder, each, resume(account_manager="mia@shokai.example"))
    told = lines((await importing(folder, dry_run=True)).problems)
    assert told[1] == "candidates: accounts.csv:3 has to be right first: 4 candidates depend on it (P2, P3, P4 …)."
    assert told[2].startswith("consents.csv: accounts.csv:3 has to be right first")


async def test_an_undertaking_hangs_on_the_only_agreement(tmp_path: Path, importing: Import) -> None:
    folder = crowd(tmp_path / "in")
    write_table(folder, "agreements", AGREEMENT | {"text_file": "texts/missing.txt"})
    others = [ACCOUNT | {"email": f"{name}@acme.example.jp"} for name in ("bob", "carol")]
    write_table(folder, "accounts", ACCOUNT, *others)
    told = lines((await importing(folder, dry_run=True)).problems)
    assert told[1:] == [
        "companies.csv:2 status: agreements.csv:2 has to be right first: this depends on it.",
        "accounts.csv: agreements.csv:2 has to be right first: 3 rows depend on it (2, 3, 4).",
    ]


async def test_an_account_that_could_not_be_opened_is_told_without_its_undertaking(
    tmp_path: Path, importing: Import
) -> None:
    folder = crowd(tmp_path / "in")
    write_table(folder, "accounts", ACCOUNT, ACCOUNT | {"email": "bob@acme.example.jp", "company": "NOBODY"})
    report = await importing(folder, dry_run=True)
    assert explained(report) == ["accounts.csv:3 company"]
    assert states(report)["undertakings"] == {"added": 1, "refused": 1}


def test_nothing_follows_from_what_comes_later() -> None:
    company = Problem("companies.csv", "a", 2, name=("companies", "A"), lacks=("accounts", "a@b.example"))
    account = Problem("accounts.csv", "b", 3, name=("accounts", "a@b.example"), lacks=("companies", "A"))
    assert [each.place() for each in gathered([company, account])] == ["companies.csv:2", "accounts.csv:3"]
    assert gathered([company, account])[0] == company


def test_the_first_rows_are_named_and_a_whole_table_by_its_name() -> None:
    causes = [Problem("openings.csv", "a", row, name=("openings", f"OP-{row}")) for row in (3, 10, 9)]
    whole = Problem("openings.csv", "a", name=("openings",))
    rows = [Problem("introductions.csv", "b", row, lacks=("openings", f"OP-{12 - row}")) for row in (2, 3, 9)]
    assert gathered([*causes, *rows])[3].details["cause"] == "openings.csv:3, 9, 10"
    later = Problem("introductions.csv", "b", 20, lacks=("openings", "OP-99"))
    assert gathered([*causes, whole, *rows, later])[4].details["cause"] == "openings.csv"


def test_the_names_of_files_cannot_steer_a_terminal() -> None:
    cause = Problem("candidates/P\x1b[2J/resume.json", "a", name=("candidates", "P"))
    rows = [Problem("consents.csv", "b", row, lacks=("candidates", "P")) for row in (2, 3)]
    assert "\x1b" not in gathered([cause, *rows])[1].explained()


def test_it_is_told_in_japanese() -> None:
    cause = Problem("openings.csv", "a", 3, name=("openings", "OP-1"))
    rows = [Problem("introductions.csv", "b", row, lacks=("openings", "OP-1")) for row in range(2, 94)]
    with speaking("ja"):
        told = gathered([cause, *rows])[1]
        assert told.place() + told.told() == (
            "introductions.csv: 先に openings.csv:3 を修正してください。92行がそれに依存しています（2, 3, 4 …）。"
        )
