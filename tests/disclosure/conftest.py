"""The cast on the stage: a database of its own for each test."""

from datetime import UTC, datetime

import pytest

from tests.database import Database
from tests.disclosure.stage import Stage
from tests.people import cast


@pytest.fixture
async def stage(database: Database) -> Stage:
    """The cast written, and connections as portal_owner and portal_web."""
    owner, web = await database.connect("portal_owner"), await database.connect("portal_web")
    people = cast(datetime.now(UTC))
    await people.world.write(owner)
    return Stage(database, owner, web, people)
