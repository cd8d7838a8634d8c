"""Connections that outlive whoever opened them, so that the server does not compile everything for each test anew.

A server's process compiles each function and plans each statement when it first meets it; of what one test costs, that
is most. `Warm.open` makes asyncpg's connections to one database last: when one is closed, or its event loop is gone,
the server's process is cleaned and its socket kept. The next connection of the same role and settings goes to
that process, which is warm. It is a new asyncpg connection in every other respect, with codecs, statements and event
loop of its own. What one can hold is gone before another gets it: the transaction, settings, prepared statements,
cursors, locks, subscriptions. A process that does not answer at once, or has temporary tables, or whose client broke
off, is ended.
"""

import asyncio
import itertools
import select
import socket
import struct
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from asyncpg.protocol import Protocol

TERMINATE = b"X\0\0\0\4"
AT_ONCE = 1.0  # seconds
CLEAN = (
    "rollback; close all; set session authorization default; reset all; deallocate all; unlisten *;"
    " discard sequences; select pg_catalog.pg_advisory_unlock_all();"
    " select pg_catalog.concat('clean ', {number}::int, ' ', pg_catalog.pg_my_temp_schema())"
)
_NUMBERS = itertools.count(1)
_CANCELLED: set[int] = set()  # processes
_OPEN: dict[bytes, "Warm"] = {}  # by the database's name, which no other of this process has


@dataclass
class Kept:
    """A server's process that nobody uses, and what it said when it was started."""

    socket: socket.socket
    greeting: bytes

    @property
    def pid(self) -> int:
        """The process."""
        (found,) = struct.unpack_from("!i", dict(messages(self.greeting))[b"K"])
        return int(found)

    def answers(self) -> bool:
        """Whether it says nothing of itself, as one does that was ended or told something."""
        return not select.select([self.socket], [], [], 0)[0]


@dataclass
class Warm:
    """The kept connections of one database."""

    database: str
    kept: dict[bytes, list[Kept]] = field(default_factory=dict)  # by what a client says first: role and settings
    lines: "set[Line]" = field(default_factory=set)

    def open(self) -> None:
        """From now on, connections to the database last."""
        _OPEN[self.database.encode()] = self

    def take(self, first: bytes) -> Kept | None:
        """A process that was started with these first words, if one is kept."""
        while found := self.kept.get(first):
            taken = found.pop()
            if taken.answers():
                return taken
            taken.socket.close()
        return None

    def keep(self, first: bytes, one: Kept) -> None:
        """Clean a process and keep it, or end it."""
        if one.pid not in _CANCELLED and is_clean(one.socket):
            self.kept.setdefault(first, []).append(one)
        else:
            one.socket.close()

    def gather(self) -> list[int]:
        """Take back what is in use still, and return the processes that are kept."""
        for line in list(self.lines):
            line.give_back()
        return [one.pid for found in self.kept.values() for one in found]

    def close(self) -> None:
        """End all of them."""
        _OPEN.pop(self.database.encode(), None)
        for one in itertools.chain(*self.kept.values()):
            one.socket.close()
        self.kept.clear()


class Line:
    """What asyncpg takes for its socket: it goes on to a new process or a kept one."""

    def __init__(self) -> None:
        """Nothing is behind it yet."""
        self.first = b""
        self.greeting = b""
        self.warm: Warm | None = None
        self.real: Any = None

    def __getattr__(self, name: str) -> Any:
        """Whatever is not said here, the socket's own transport says."""
        return getattr(self.real, name)

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Of the socket, once there is one."""
        return default if self.real is None else self.real.get_extra_info(name, default)

    def write(self, data: Any) -> None:
        """Send on; the first words are held until it is known to whom."""
        if self.real is None:
            self.first += bytes(data)
        elif len(data) == len(TERMINATE) and bytes(data) == TERMINATE and self.warm is not None:
            with suppress(RuntimeError):  # of a loop that is gone: then its database takes the process back
                asyncio.get_running_loop().call_soon(self.give_back)
        else:
            self.real.write(data)

    def close(self) -> None:
        """As `abort`: a client that just breaks off has its process ended."""
        self.abort()

    def abort(self) -> None:
        """Break off."""
        if self.warm is not None:
            self.warm.lines.discard(self)
        self.real.abort()

    def give_back(self) -> None:
        """Keep the process for the next."""
        warm = self.warm
        if warm is None or self not in warm.lines:
            return
        warm.lines.discard(self)
        if self.real.is_closing() or self.real.get_write_buffer_size() or not self.greeting:
            self._leave()
            return
        one = Kept(self.real.get_extra_info("socket").dup(), self.greeting)
        self._leave()
        warm.keep(self.first, one)

    def _leave(self) -> None:
        """Close the socket. Where its loop is gone, nobody else would, and the process would not hear of its end."""
        with suppress(RuntimeError):  # of a loop that is gone
            self.real.abort()
        self.real.get_extra_info("socket")._sock.close()


class Cancelling:
    """The connection by which asyncpg asks the server to cancel a statement: whatever it runs then may meet that."""

    def __init__(self, real: Any) -> None:
        """`real` is the socket's own transport."""
        self._real = real

    def write(self, request: bytes) -> None:
        """Send the request; its process serves nobody afterwards, for the request can arrive late."""
        _CANCELLED.add(struct.unpack_from("!i", request, 8)[0])
        self._real.write(request)

    def close(self) -> None:
        """Close it."""
        self._real.close()


class Greeting(asyncio.Protocol):
    """Hears what a new process says until it takes statements; from then on asyncpg hears it alone."""

    def __init__(self, line: Line, client: Any) -> None:
        """`client` is asyncpg's side."""
        self.line = line
        self.client = client
        self.heard = b""

    def data_received(self, data: bytes) -> None:
        """Pass it on, and remember it."""
        self.heard += data
        said = messages(self.heard)
        if said and said[-1][0] == b"Z":
            self.line.greeting = greeting(said)
            self.line.real.set_protocol(self.client)
        self.client.data_received(data)

    def eof_received(self) -> bool | None:
        """Pass it on."""
        heard: bool | None = self.client.eof_received()
        return heard

    def connection_lost(self, exc: Exception | None) -> None:
        """Pass it on."""
        self.client.connection_lost(exc)


_connect_plainly = asyncio.SelectorEventLoop.create_unix_connection


async def _connect(loop: Any, protocol_factory: Any, path: Any = None, **options: Any) -> Any:
    """As an event loop connects to a socket's path, but for asyncpg's connections to a database that is kept."""
    client = protocol_factory()
    if not isinstance(client, Protocol) or not _OPEN:
        transport, _ = await _connect_plainly(loop, lambda: client, path, **options)
        return (Cancelling(transport) if type(client).__qualname__.startswith("_cancel.") else transport), client
    line = Line()
    client.connection_made(line)
    words = line.first.split(b"\0")
    warm = _OPEN.get(words[words.index(b"database") + 1])
    kept = warm.take(line.first) if warm else None
    hearing = Greeting(line, client)
    if kept:
        line.real, _ = await _connect_plainly(loop, lambda: hearing, sock=kept.socket)
    else:
        line.real, _ = await _connect_plainly(loop, lambda: hearing, path, **options)
    if warm:
        line.warm = warm
        warm.lines.add(line)
    if kept:
        hearing.data_received(kept.greeting)
    else:
        line.real.write(line.first)
    return line, client


def let_connections_last() -> None:
    """From now on, event loops of this process ask for kept connections first."""
    asyncio.SelectorEventLoop.create_unix_connection = _connect  # type: ignore[method-assign,assignment]


def messages(said: bytes) -> list[tuple[bytes, bytes]]:
    """The whole messages of a server, each with its kind."""
    found, at = [], 0
    while at + 5 <= len(said):
        (length,) = struct.unpack_from("!i", said, at + 1)
        if at + 1 + length > len(said):
            break
        found.append((said[at : at + 1], said[at + 5 : at + 1 + length]))
        at += 1 + length
    return found


def greeting(said: list[tuple[bytes, bytes]]) -> bytes:
    """What a client has to hear that need not prove itself: welcome, the settings, its number, ready."""
    told = [(b"R", bytes(4)), *(one for one in said if one[0] in b"SKZ")]
    return b"".join(kind + struct.pack("!i", len(body) + 4) + body for kind, body in told)


def is_clean(one: socket.socket) -> bool:
    """Clean a process; whether it did at once what that takes, and nothing of the last user is left."""
    number = next(_NUMBERS)
    statement = CLEAN.format(number=number).encode() + b"\0"
    wanted = f"clean {number} 0".encode()
    one.settimeout(AT_ONCE)
    heard = b""
    try:
        one.sendall(b"Q" + struct.pack("!i", len(statement) + 4) + statement)
        while True:
            got = one.recv(65536)
            heard += got
            if not got:
                return False
            said = messages(heard)
            if said and said[-1] == (b"Z", b"I") and any(kind == b"D" and wanted in body for kind, body in said):
                return not any(kind == b"E" for kind, body in said)
    except OSError:
        return False
