"""Every line of a report reads as something a person wrote, in both languages."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import asyncpg
import pytest

from portal.documents.refusals import MESSAGES
from portal.intake.problems import Problem
from portal.language.i18n import speaking
from tests.intake.conftest import Import
from tests.intake.folders import TABLES, Row, resume, write_person, write_table, write_world


def in_english(problem: Problem) -> str:
    """The line as an operator reads it."""
    with speaking("en"):
        return problem.place() + problem.told()


def in_japanese(problem: Problem) -> str:
    """The same line in Japanese."""
    with speaking("ja"):
        return problem.place() + problem.told()


@pytest.mark.parametrize("message", MESSAGES.values())
def test_why_a_document_was_not_taken_is_told_as_it_is(message: str) -> None:
    problem = Problem("candidates/P1/resume.pdf", message, sentence=True)
    assert in_english(problem) == f"candidates/P1/resume.pdf: {message}"
    assert "正しくは" not in in_japanese(problem)


async def test_whole_sentences_follow_no_expected(tmp_path: Path, importing: Import, owner: asyncpg.Connection) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    await owner.execute("update personal.candidate set erased_at = now(), source_digest = null")
    write_person(folder, "P2", resume(), resume__pdf=b"MZ\x90\0 not a pdf")
    write_table(folder, "companies", TABLES["companies"], TABLES["companies"] | {"reference": "TWIN"})
    lines = [in_english(problem) for problem in (await importing(folder)).problems]
    assert lines == [
        "companies.csv:3 corporate_number has “7123456789012”: Another company in the portal has this corporate "
        "number.",
        "candidates/P1: This person was erased and does not come back by an import.",
        "candidates/P2/resume.pdf: This kind of file is not accepted. Send a PDF, JPEG or PNG.",
    ]


@pytest.mark.parametrize(
    ("table", "change", "english", "japanese"),
    [
        ("consents", {"items": "name"}, "items has “name”: expected the", "items の値は「name」です。正しくは、"),
        ("consents", {"expires_at": "2036/4/1"}, "expires_at has “2036/4/1”: expected", "「2036/4/1」です。"),
        ("consents", {"foreign_transfer_notice": "はい"}, "notice has “はい”: expected", "「はい」です。"),
        (
            "openings",
            {"status": "ajar"},
            "“ajar”: expected one of: open, closed",
            "正しくは、次のいずれか：open, closed",
        ),
        ("openings", {"title": " "}, "title: expected a value:", "title: 正しくは、値の記入（この欄は必須です）"),
        (
            "openings",
            {"colour": "red"},
            "csv:1 contains “colour”: expected one of",
            "csv:1 に「colour」が含まれています。",
        ),
    ],
)
async def test_a_value_is_quoted_as_it_was_written(
    tmp_path: Path, importing: Import, table: str, change: Row, english: str, japanese: str
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    write_table(folder, table, TABLES[table] | change)
    [problem, *_others] = (await importing(folder, dry_run=True)).problems
    assert english in in_english(problem)
    assert japanese in in_japanese(problem)


async def test_a_time_that_stands_is_told_as_a_file_could_write_it(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    write_table(folder, "introductions", TABLES["introductions"] | {"introduced_at": "2026/1/1"})
    [problem] = (await importing(folder, dry_run=True)).problems
    stands = await owner.fetchval("select introduced_at from personal.introduction")
    told = in_english(problem)
    assert "introduced_at has “2026/1/1”: expected the time of the introduction as it stands: " in told
    assert datetime.fromisoformat(told.rpartition(": ")[2] + "+09:00") - stands == timedelta(0)


async def test_a_folder_whose_name_is_no_reference_is_named_once(tmp_path: Path, importing: Import) -> None:
    write_person(tmp_path, "P 1", resume())
    [problem] = (await importing(tmp_path, dry_run=True)).problems
    assert re.match(r"candidates/P 1: expected a reference: ", in_english(problem))
