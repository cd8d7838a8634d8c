"""Entries have one order, that in which they were made: of transactions by their moment, within one by the id."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.database import Database
from tests.disclosure.stage import Stage
from tests.people import cast


@pytest.fixture
async def stage(database: Database) -> Stage:
    """The cast, who have done nothing yet."""
    people, owner = cast(datetime.now(UTC)), await database.connect("portal_owner")
    await people.world.write(owner)
    return Stage(database, owner, await database.connect("portal_web"), people)


async def test_entries_of_one_transaction_are_in_the_order_of_what_was_done(stage: Stage) -> None:
    subjects = [uuid4() for _number in range(200)]
    async with stage.owner.transaction():
        for one in subjects:
            await stage.owner.fetchval("select gate.record_import('company_imported', null, null, $1)", one)
    assert [entry["subject_id"] for entry in await stage.entries(action="company_imported")] == subjects


async def test_and_so_are_those_of_one_call(stage: Stage) -> None:
    """By chance alone it would hold once in a million times."""
    made = "select gate.create_account($1, $2, 'compliance', null)"
    accounts = [await stage.owner.fetchval(made, f"a{number}", f"a{number}@example.jp") for number in range(20)]
    for account in accounts:
        done = [entry["action"] for entry in await stage.entries(subject_id=account)]
        assert done == ["account_created", "link_made"]


async def test_an_id_tells_its_moment_to_the_millisecond(stage: Stage) -> None:
    await stage.search(stage.people.aiko)
    (entry,) = await stage.entries(action="searched")
    assert entry["id"].version == 7
    told = await stage.owner.fetchval("select accesslog.moment_of($1)", entry["id"])
    assert 0 <= (entry["recorded_at"] - told).total_seconds() < 0.001
