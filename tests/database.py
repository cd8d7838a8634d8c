"""Databases for tests: a real server, the real roles, a migrated copy in some tens of milliseconds.

The server is the embedded one, or the one whose programs lie in PORTAL_TEST_POSTGRES (such as
/usr/lib/postgresql/15/bin). It is started once per pytest process, without fsync, and thrown away.

The first process that needs a migrated server makes it; the others of the same run start on a copy of its
folder. What is kept for that lies in the folder named in SHOKAI_TEST_SEEDS, for as long as the run lasts.
"""

import asyncio
import fcntl
import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import asyncpg

from portal.operate.binaries import major_version
from portal.operate.cluster import SUPERUSER, Cluster
from portal.operate.home import embedded_cluster
from portal.operate.roles import DATABASE, prepare_embedded

T = TypeVar("T")
ROOM = 2 * 1024**3  # bytes
SEEDS = "SHOKAI_TEST_SEEDS"
NUMBERS = itertools.count(1)


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
    with _new_cluster() as cluster:
        cluster.create()
        cluster.start()
        yield cluster


@contextmanager
def copied_cluster(stopped: Path) -> Iterator[Cluster]:
    """Likewise on a copy of the folder of a stopped server."""
    with _new_cluster() as cluster:
        _copy(stopped, cluster.directory)
        cluster.start()
        yield cluster


@contextmanager
def migrated_cluster() -> Iterator[Cluster]:
    """Likewise one that has the portal's roles and, as DATABASE, its migrated and empty database."""
    if kept := os.environ.get(SEEDS):
        with copied_cluster(_seed(Path(kept))) as copied:
            yield copied
        return
    with throwaway_cluster() as cluster:
        make_template(cluster)
        yield cluster


def put_migrated(directory: Path) -> None:
    """Put the data of a migrated server there, for a home in which it is as if it had been made before."""
    _copy(_seed(Path(os.environ[SEEDS])), directory)


@contextmanager
def kept_seeds() -> Iterator[None]:
    """Keep the seeds of this process and of those that it starts, unless whoever started it keeps them."""
    if SEEDS in os.environ:
        yield
        return
    with tempfile.TemporaryDirectory(prefix="shokai-seeds-", dir=quickest_folder()) as folder:
        os.environ[SEEDS] = folder
        try:
            yield
        finally:
            del os.environ[SEEDS]


def _seed(folder: Path) -> Path:
    """The folder of a stopped, migrated server of this version; made by the first who asks, while the others wait."""
    with _new_cluster() as cluster:
        seed = folder / f"{major_version(cluster.binaries)}"
    with seed.with_suffix(".lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not seed.exists():
            with throwaway_cluster() as cluster:
                make_template(cluster)
                cluster.stop()
                unfinished = seed.with_suffix(".unfinished")
                unfinished.mkdir(exist_ok=True)
                _copy(cluster.directory, unfinished)
                unfinished.rename(seed)
    return seed


def _copy(directory: Path, to: Path) -> None:
    """Copy the data and passwords of a stopped server, with their owners."""
    subprocess.run(["/bin/cp", "-a", directory / "data", *directory.glob("*.password"), to], check=True)


@contextmanager
def _new_cluster() -> Iterator[Cluster]:
    """A server in a new temporary folder, neither made nor started; stopped and removed afterwards."""
    home = Path(tempfile.mkdtemp(prefix="shokai-test-", dir=quickest_folder()))
    cluster = embedded_cluster(home)
    cluster.durable = False
    if chosen := os.environ.get("PORTAL_TEST_POSTGRES"):
        cluster.binaries = Path(chosen)
    try:
        yield cluster
    finally:
        for directory, name in list(_SUPERUSERS):
            if directory == cluster.directory:
                leave(cluster, name)
        cluster.stop()
        shutil.rmtree(home, ignore_errors=True)


def quickest_folder() -> str:
    """Memory, where it has room: nearly every test copies a database, and there that takes a tenth of the time."""
    memory = Path("/dev/shm")  # noqa: S108 - the folder made in it is one that nobody else can open
    roomy = memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    return str(memory) if roomy else "/tmp"  # noqa: S108 - likewise


def make_template(cluster: Cluster) -> str:
    """Make roles and the portal's database, migrate it, and return its name."""
    from portal.operate.migrate import migrate  # only whoever makes a seed needs it, and it takes a second to load

    owner_url = finish(prepare_embedded(cluster))
    finish(migrate(owner_url))
    return DATABASE


@contextmanager
def copy_of(template: str, cluster: Cluster) -> Iterator[Database]:
    """Copy the database `template` for as long as the block runs."""
    name = f"test_{next(NUMBERS)}"
    make_copy(template, cluster, name)
    database = Database(cluster, name)
    try:
        yield database
    finally:
        database.forget()
        superuser_of(cluster).execute(f"drop database {name} with (force)")


def make_copy(template: str, cluster: Cluster, name: str) -> None:
    """Copy the database `template` under this name, for the portal's roles."""
    superuser_of(cluster).execute(
        f"create database {name} template {template} owner portal_owner strategy file_copy",
        f"revoke all on database {name} from public; grant connect on database {name} to portal_web, portal_worker",
    )


def superuser_of(cluster: Cluster, name: str = SUPERUSER) -> "Superuser":
    """The one connection as superuser to a database of a cluster."""
    return _SUPERUSERS.setdefault((cluster.directory, name), Superuser(cluster, name))


def leave(cluster: Cluster, name: str) -> None:
    """Close it."""
    if superuser := _SUPERUSERS.pop((cluster.directory, name), None):
        superuser.close()


class Superuser:
    """One connection as superuser to a database, kept for all that is done there: opening one costs half of a copy.

    It has a thread of its own, because tests have running loops of theirs.
    """

    def __init__(self, cluster: Cluster, name: str) -> None:
        """The connection is opened when it is first needed, and again after the server was killed."""
        self._cluster = cluster
        self._name = name
        self._thread = ThreadPoolExecutor(1)
        self._runner = asyncio.Runner()
        self._connection: asyncpg.Connection = None

    def execute(self, *statements: str) -> None:
        """Run statements one after the other."""

        async def work(connection: asyncpg.Connection) -> None:
            for statement in statements:
                await connection.execute(statement)

        self.do(work)

    def do(self, work: Callable[[asyncpg.Connection], Coroutine[None, None, T]]) -> T:
        """Run what is given a connection, and return what it returns."""
        return self._thread.submit(lambda: self._runner.run(self._with_connection(work))).result()

    def close(self) -> None:
        """End the thread, and the connection with it."""
        self._thread.submit(self._end).result()
        self._thread.shutdown()

    def _end(self) -> None:
        if self._connection is not None:
            self._connection.terminate()
        self._runner.close()

    async def _with_connection(self, work: Callable[[asyncpg.Connection], Coroutine[None, None, T]]) -> T:
        try:
            await self._connection.execute("select")
        except (AttributeError, OSError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError):
            self._connection = await asyncpg.connect(self._cluster.url(SUPERUSER, self._name))
        return await work(self._connection)


_SUPERUSERS: dict[tuple[Path, str], Superuser] = {}


def finish(work: Awaitable[T]) -> T:
    """Run `work` to its end, also where this thread has a running loop (as a browser test has)."""

    async def whole() -> T:
        return await work

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, whole()).result()
