"""Databases for tests: a real server, the real roles, a migrated copy in some tens of milliseconds.

The server is the embedded one, or the one whose programs lie in PORTAL_TEST_POSTGRES (such as
/usr/lib/postgresql/15/bin). It is started once per pytest process, without fsync, and thrown away.
"""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections.abc import Awaitable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import asyncpg

from portal.operate.cluster import SUPERUSER, Cluster
from portal.operate.home import embedded_cluster
from portal.operate.migrate import migrate
from portal.operate.roles import DATABASE, prepare_embedded

T = TypeVar("T")
ROOM = 2 * 1024**3  # bytes
_NUMBERS = itertools.count(1)


@dataclass
class Database:
    """One database of its own, migrated and empty. Tests speak to it as the portal's real roles.

    `url("portal_web")` is an address for that role; `await connect("portal_web")` an asyncpg
    connection, closed with the database. The roles are portal_owner, portal_web, portal_worker;
    the superuser `postgres` is for making databases and for looking behind the scenes.
    """

    cluster: Cluster
    name: str
    _open: list[asyncpg.Connection] = field(default_factory=list)

    def url(self, role: str) -> str:
        """Return the address of this database for `role`, with its password."""
        return self.cluster.url(role, self.name)

    async def connect(self, role: str) -> asyncpg.Connection:
        """Return a new connection as `role`."""
        connection = await asyncpg.connect(self.url(role))
        self._open.append(connection)
        return connection

    def forget(self) -> None:
        """Cut what connections are left."""
        for connection in self._open:
            if not connection.is_closed():
                with suppress(RuntimeError):  # the test's event loop is gone, the socket is not
                    connection.terminate()


@contextmanager
def throwaway_cluster() -> Iterator[Cluster]:
    """Start a server in a new temporary folder; stop it and remove the folder afterwards."""
    home = Path(tempfile.mkdtemp(prefix="shokai-test-", dir=_quickest_folder()))
    cluster = embedded_cluster(home)
    cluster.durable = False
    if chosen := os.environ.get("PORTAL_TEST_POSTGRES"):
        cluster.binaries = Path(chosen)
    try:
        cluster.create()
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(home, ignore_errors=True)


def _quickest_folder() -> str:
    """Memory, where it has room: nearly every test copies a database, and there that takes a tenth of the time."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder made in it is one that nobody else can open
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if roomy else "/tmp"  # noqa: S108 - likewise


def make_template(cluster: Cluster) -> str:
    """Make roles and the portal's database, migrate it, and return its name."""
    owner_url = finish(prepare_embedded(cluster))
    finish(migrate(owner_url))
    return DATABASE


@contextmanager
def copy_of(template: str, cluster: Cluster) -> Iterator[Database]:
    """Copy the database `template` for as long as the block runs."""
    name = f"test_{next(_NUMBERS)}"
    finish(
        _as_superuser(
            cluster,
            f"create database {name} template {template} owner portal_owner strategy file_copy",
            f"revoke all on database {name} from public",
            f"grant connect on database {name} to portal_web, portal_worker",
        )
    )
    database = Database(cluster, name)
    try:
        yield database
    finally:
        database.forget()
        finish(_as_superuser(cluster, f"drop database {name} with (force)"))


async def _as_superuser(cluster: Cluster, *statements: str) -> None:
    connection = await asyncpg.connect(cluster.url(SUPERUSER, SUPERUSER))
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


def finish(work: Awaitable[T]) -> T:
    """Run `work` to its end, also where this thread has a running loop (as a browser test has)."""

    async def whole() -> T:
        return await work

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, whole()).result()
