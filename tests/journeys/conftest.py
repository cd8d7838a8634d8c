"""Each story has a portal of its own: a fresh database, the whole app."""

from collections.abc import AsyncIterator

import pytest

from tests.client import Portal, running
from tests.database import Database


@pytest.fixture
async def portal(database: Database) -> AsyncIterator[Portal]:
    """The app, running over an empty database."""
    async with running(database) as started:
        yield started
