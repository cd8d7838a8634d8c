"""A withdrawal is about the company: it ends everything said about it until then, whichever row it is noted at."""

from pathlib import Path

import asyncpg
import pytest

from tests.intake.conftest import Import
from tests.intake.folders import CONSENT, Row, write_table
from tests.intake.test_evidence import standing, told, world

REPLACING = CONSENT | {"reference": "CS-2", "given_at": "today-4d", "evidence": "scan 2"}
CLOSED = (set[str](), {"consent_withdrawn"})


def saying(folder: Path, *consents: Row) -> Path:
    """The small world with these statements."""
    world(folder)
    write_table(folder, "consents", *consents)
    return folder


async def test_a_statement_from_before_a_withdrawal_opens_nothing_when_it_is_imported_after_it(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    withdrawn = CONSENT | {"withdrawn_at": "today-2d"}
    assert await told(importing, saying(tmp_path / "in", withdrawn)) == []
    assert await standing(owner) == CLOSED
    assert await told(importing, saying(tmp_path / "in", withdrawn, REPLACING)) == []
    assert await standing(owner) == CLOSED


async def test_a_withdrawal_noted_at_a_replaced_statement_closes_what_replaced_it(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    assert await told(importing, saying(tmp_path / "in", CONSENT, REPLACING)) == []
    assert (await standing(owner))[1] == set()
    assert await told(importing, saying(tmp_path / "in", CONSENT | {"withdrawn_at": "today-1d"}, REPLACING)) == []
    assert await standing(owner) == CLOSED


async def test_a_statement_from_after_a_withdrawal_opens_again(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    withdrawn = CONSENT | {"withdrawn_at": "today-5d"}
    assert await told(importing, saying(tmp_path / "in", withdrawn, REPLACING)) == []
    opened, against = await standing(owner)
    assert opened
    assert against == set()


async def test_what_was_withdrawn_at_a_replaced_statement_needs_no_proof_any_more(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    await told(importing, saying(tmp_path / "in", CONSENT, REPLACING))
    await owner.execute("update personal.consent set evidence = null")
    unproved = "select many, first from gate.unproved_consents()"
    assert [tuple(row) for row in await owner.fetch(unproved)] == [(1, ["CS-2"])]
    await owner.execute("update personal.consent set withdrawn_at = now() where reference = 'CS-1'")
    assert await owner.fetch(unproved) == []


async def test_a_withdrawal_that_has_not_happened_is_refused(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    later = CONSENT | {"withdrawn_at": "today+30d"}
    (problem, *_rest) = await told(importing, saying(tmp_path / "in", later))
    assert problem.startswith("consents.csv:2 withdrawn_at has “today+30d”: expected a time that has been")
    assert await owner.fetchval("select count(*) from personal.consent") == 0
    assert await told(importing, saying(tmp_path / "in", CONSENT)) == []
    (problem,) = await told(importing, saying(tmp_path / "in", later))
    assert problem.startswith("consents.csv:2 withdrawn_at")
    assert await owner.fetchval("select withdrawn_at from personal.consent") is None


@pytest.mark.parametrize("since", ["2026-11-01", "today-1d"])
async def test_a_withdrawal_that_stands_in_the_future_is_brought_forward_and_that_is_an_entry(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, since: str
) -> None:
    said = CONSENT | {"given_at": "2026-10-01"}
    assert await told(importing, saying(tmp_path / "in", said)) == []
    await owner.execute("update personal.consent set withdrawn_at = now() + interval '30 days'")
    assert (await standing(owner))[1] == set()
    assert await told(importing, saying(tmp_path / "in", said | {"withdrawn_at": since})) == []
    assert await standing(owner) == CLOSED
    assert await owner.fetchval("select count(*) from accesslog.entry where action = 'consent_withdrawn'") == 1


async def test_a_withdrawal_that_has_been_is_moved_neither_way(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    said = CONSENT | {"given_at": "2026-10-01"}
    assert await told(importing, saying(tmp_path / "in", said | {"withdrawn_at": "2026-11-10"})) == []
    for other in ("2026-11-05", "2026-11-15"):
        (problem,) = await told(importing, saying(tmp_path / "in", said | {"withdrawn_at": other}))
        assert problem.startswith("consents.csv:2 withdrawn_at")
    assert await standing(owner) == CLOSED
