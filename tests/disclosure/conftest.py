"""The cast on the stage: a database of its own for each test, or one for the tests of a file that only look.

`--one-of-each` leaves out all but the first case of each test: what a second version of the server is tried by.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from tests.database import Database, finish
from tests.disclosure.stage import Stage
from tests.people import Cast, cast


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--one-of-each", action="store_true", help="of each test of the rule, its first case alone")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the first case of each test, where that is asked for."""
    if config.getoption("--one-of-each", default=False):
        first = {item.nodeid.partition("[")[0]: item for item in reversed(items)}
        config.hook.pytest_deselected(items=[item for item in items if item not in first.values()])
        items[:] = [item for item in items if item in first.values()]


@pytest.fixture
async def stage(database: Database) -> Stage:
    """The cast written, and connections as portal_owner and portal_web."""
    owner, web = await database.connect("portal_owner"), await database.connect("portal_web")
    people = cast(datetime.now(UTC))
    await people.world.write(owner)
    return Stage(database, owner, web, people)


@pytest.fixture(scope="module")
def written_once(module_database: Database) -> Cast:
    """The cast, written to the file's own database."""
    people = cast(datetime.now(UTC))

    async def write() -> None:
        await people.world.write(await module_database.connect("portal_owner"))

    finish(write())
    return people


@pytest.fixture
async def shared_stage(module_database: Database, written_once: Cast) -> AsyncIterator[Stage]:
    """As `stage`, in a database that the file's tests share: for those that leave nothing behind that another reads."""
    owner, web = await module_database.connect("portal_owner"), await module_database.connect("portal_web")
    yield Stage(module_database, owner, web, written_once)
    await owner.close()
    await web.close()
