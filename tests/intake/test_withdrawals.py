"""A withdrawal is about the company: it ends everything said about it until then, whichever row it is noted at."""

from pathlib import Path

import asyncpg

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
