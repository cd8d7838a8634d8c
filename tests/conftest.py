"""The databases of the tests, at five prices.

cluster          one server per pytest process (a `Cluster`, running), with the portal's roles
template         the name of its migrated, empty database; not to be written to
database         one like it for one test (a `tests.database.Database`), which the next test gets emptied (`tests.kept`)
module_database  likewise for one file
own_database     a copy for one test alone, where a connection has to be a new one

`database.url(role)` and `await database.connect(role)` take the real roles: portal_owner,
portal_web, portal_worker. Set PORTAL_TEST_POSTGRES to a folder of PostgreSQL's programs to run on
another version.
"""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from hypothesis import settings

from portal.operate.cluster import Cluster
from portal.operate.roles import DATABASE
from tests.database import Database, copy_of, kept_seeds, migrated_cluster
from tests.kept import lent
from tests.warm import let_connections_last

pytest_plugins = ["tests.collected"]
settings.register_profile("shokai", deadline=None)  # how long something takes is not what a test asserts
settings.load_profile("shokai")


def pytest_configure(config: pytest.Config) -> None:
    """What one process makes serves the others: all that this one starts are told where it is kept."""
    seeds = ExitStack()
    seeds.enter_context(kept_seeds())
    config.add_cleanup(seeds.close)
    let_connections_last()


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A running server with the portal's roles, and its database to copy."""
    with migrated_cluster() as running:
        yield running


@pytest.fixture(scope="session")
def template(cluster: Cluster) -> str:
    """The migrated, empty database that the others are copies of."""
    return DATABASE


@pytest.fixture
def database(cluster: Cluster, template: str) -> Iterator[Database]:
    """A database for one test."""
    with lent(template, cluster) as made:
        yield made


@pytest.fixture(scope="module")
def module_database(cluster: Cluster, template: str) -> Iterator[Database]:
    """A database for the tests of one file, which see each other's rows."""
    with lent(template, cluster) as made:
        yield made


@pytest.fixture
def own_database(cluster: Cluster, template: str) -> Iterator[Database]:
    """A database that nobody had before and nobody gets afterwards, nor its connections."""
    with copy_of(template, cluster) as made:
        yield made
