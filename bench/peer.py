"""The peer: the same two pages as somebody else would have written them, in Django (`bench/django_peer`).

It stands on the same PostgreSQL server, in a database of its own. It has the same people, companies, openings, consents
and introductions as the world it is measured beside. Its packages lie in a .venv of their own, made when first needed.
"""

import asyncio
import hashlib
import json
import os
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from bench.peer_rows import ROWS
from bench.web import serving, started
from bench.worlds import SPEEDED, World
from portal.operate.cluster import SUPERUSER

CODE = Path(__file__).parent / "django_peer"
LOCK = CODE / "requirements.txt"
VENV = CODE.parent.parent / ".venv-peer"
SECRET = secrets.token_urlsafe()
CONNECTIONS = 8
PIECES = 64  # of a table, read and not yet written


class PeerFailed(RuntimeError):
    """The peer could not be installed or made ready; the message is what the command said."""


@dataclass(frozen=True, slots=True)
class Peer:
    """The peer of a world. `cookies` are those of eight recruiters who are signed in, by their company's number."""

    world: World
    cookies: dict[int, list[str]] = field(default_factory=dict)

    @property
    def database(self) -> str:
        """The name of its database."""
        return f"peer_{self.world.sizes.candidates}"

    @property
    def environment(self) -> dict[str, str]:
        """What its settings read."""
        told = {
            "HOST": str(self.world.socket),
            "NAME": self.database,
            "USER": SUPERUSER,
            "PASSWORD": self.world.cluster.password(SUPERUSER),
        }
        secret = {"PEER_SECRET_KEY": SECRET, "PYTHONPATH": str(CODE), "PYTHONDONTWRITEBYTECODE": "1"}
        return {**os.environ, **secret, **{f"PEER_DATABASE_{name}": value for name, value in told.items()}}

    async def connect(self) -> asyncpg.Connection:
        """A new connection to its database."""
        return await asyncpg.connect(self.world.cluster.url(SUPERUSER, self.database))


def installed() -> Path:
    """The .venv with the peer's locked packages, made anew when the lock has changed. Raises PeerFailed."""
    kept, stamp = VENV / ".locked", hashlib.sha256(f"{VENV}\n".encode() + LOCK.read_bytes()).hexdigest()
    if not kept.is_file() or kept.read_text() != stamp:
        _command([sys.executable, "-m", "venv", "--clear", str(VENV)], None)
        pip = ["-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "--no-deps"]
        _command([str(VENV / "bin/python"), *pip, f"--requirement={LOCK}"], None)
        kept.write_text(stamp)
    return VENV


async def ready(world: World, companies: Sequence[int]) -> Peer:
    """The peer of this world, its database made and filled unless it was before, with recruiters of these companies
    signed in. Raises PeerFailed."""
    peer = Peer(world)
    admin = await asyncpg.connect(world.cluster.url(SUPERUSER, SUPERUSER))
    try:
        if not await _is_filled(peer):
            await admin.execute(f"drop database if exists {peer.database} with (force)")
            await admin.execute(f"create database {peer.database} template template0 encoding utf8")
            _manage(peer, "migrate", "--verbosity=0")
            await _fill(peer)
    finally:
        await admin.close()
    peer.cookies.update(await _signed_in(peer, companies))
    return peer


async def _signed_in(peer: Peer, companies: Sequence[int]) -> dict[int, list[str]]:
    connection = await peer.world.connect()
    ids = {one: await connection.fetchval("select bench.id('company', $1)::text", one) for one in companies}
    await connection.close()
    opened = json.loads(_manage(peer, "open_sessions", *ids.values(), f"--number={CONNECTIONS}"))
    return {one: [f"sessionid={key}" for key in opened[id]] for one, id in ids.items()}


@contextmanager
def served(peer: Peer, folder: Path, processes: int = os.cpu_count() or 1) -> Iterator[int]:
    """The peer under gunicorn: a process for each core, and between them a thread and a connection for each of eight
    clients; gives its port."""
    log = folder / f"{peer.database}.log"
    threads = max(1, CONNECTIONS // processes)
    how = [f"--workers={processes}", "--worker-class=gthread", f"--threads={threads}", "--keep-alive=75"]

    def start(port: int) -> "subprocess.Popen[bytes]":
        gunicorn = ["-m", "gunicorn", "peer.wsgi", f"--bind=127.0.0.1:{port}", *how]
        return started([str(VENV / "bin/python"), *gunicorn], peer.environment, log)

    with serving(start, log) as port:
        yield port


async def _is_filled(peer: Peer) -> bool:
    try:
        connection = await peer.connect()
    except asyncpg.InvalidCatalogNameError:
        return False
    try:
        return bool(await connection.fetchval("select to_regclass('filled') is not null"))
    finally:
        await connection.close()


async def _fill(peer: Peer) -> None:
    source, target = await peer.world.connect(), await peer.connect()
    try:
        await target.execute(SPEEDED)
        for table, query in ROWS.items():
            await _copied(source, target, table, query)
        await target.execute("vacuum analyze")
        await target.execute("create table filled as select now() as at")
        await target.execute("checkpoint")
    finally:
        await source.close()
        await target.close()


async def _copied(source: asyncpg.Connection, target: asyncpg.Connection, table: str, query: str) -> None:
    """Fill a table of the peer's with what a query of the world's gives, in pieces as they come."""
    columns = [column.name for column in (await source.prepare(query)).get_attributes()]
    pieces: asyncio.Queue[bytes] = asyncio.Queue(PIECES)

    async def read() -> None:
        await source.copy_from_query(query, output=pieces.put, format="binary")
        await pieces.put(b"")

    async def written() -> AsyncIterator[bytes]:
        while piece := await pieces.get():
            yield piece

    async with asyncio.TaskGroup() as both:
        both.create_task(read())
        both.create_task(target.copy_to_table(table, columns=columns, source=written(), format="binary"))


def _manage(peer: Peer, *arguments: str) -> str:
    return _command([str(installed() / "bin/python"), str(CODE / "manage.py"), *arguments], peer.environment)


def _command(command: Sequence[str], environment: dict[str, str] | None) -> str:
    ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if ran.returncode:
        raise PeerFailed((ran.stderr or ran.stdout).strip()[-2000:])
    return ran.stdout
