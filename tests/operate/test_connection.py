"""The web server at its socket: what is owed is asked for, and what is not HTTP/1 is refused."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any

import pytest
import uvicorn

from portal.operate import connection
from portal.operate.connection import Connection
from portal.operate.door import Door
from portal.operate.web import server_config
from portal.settings import Settings

LONG = 4_000_000
HEAD = b"Host: localhost\r\n\r\n"


async def app(scope: Any, receive: Callable[[], Any], send: Callable[[Any], Any]) -> None:
    """Says how much came; "/wait" waits until it is told to go on, "/long" is a long answer, "/early" reads nothing."""
    if scope["type"] == "lifespan":
        for answer in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{answer}.complete"})
        return
    size, more = 0, scope["path"] != "/early"
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message.get("body", b"")), message.get("more_body", False)
    if scope["path"] == "/wait":
        await GO_ON[-1].wait()
    body = b"x" * LONG if scope["path"] == "/long" else str(size).encode()
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", str(len(body)).encode())]}
    )
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def until(what: Callable[[], bool]) -> None:
    """Waits for something that no event tells of."""
    while not what():  # noqa: ASYNC110
        await asyncio.sleep(0.005)


GO_ON: list[asyncio.Event] = []


def factory() -> Any:
    """As uvicorn's factory."""
    return app


@dataclass
class Caller:
    """A socket."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def says(self, words: bytes) -> "Caller":
        """Send some bytes."""
        self.writer.write(words)
        await self.writer.drain()
        return self

    async def hears(self) -> int | None:
        """The status of the next answer, whose body is read to its end; None when the connection is closed."""
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
            await self.reader.readexactly(int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]))
        except (asyncio.IncompleteReadError, ConnectionError):
            return None
        return int(head[9:12])

    async def is_closed(self) -> bool:
        """Waits for its end."""
        try:
            return await self.reader.read(1) == b""
        except ConnectionError:
            return True


@dataclass
class House:
    """A server on loopback, and its door."""

    door: Door[Connection]
    port: int

    async def caller(self, words: bytes = b"", source: str = "127.0.0.1") -> Caller:
        """Connect from a loopback address, and say something."""
        made = Caller(*await asyncio.open_connection("127.0.0.1", self.port, local_addr=(source, 0), limit=1 << 23))
        return await made.says(words)

    async def lets_in(self, count: int) -> None:
        """Waits until so many are connected."""
        await until(lambda: len(self.door) == count)


@asynccontextmanager
async def house(monkeypatch: pytest.MonkeyPatch, **given: Any) -> AsyncIterator[House]:
    """The server that `portal serve` runs, with another application in it."""
    settings = Settings(**{"head_seconds": 60, "body_seconds": 60, "answer_seconds": 60, **given})
    door: Door[Connection] = Door(settings.connections, settings.connections_per_source)
    monkeypatch.setattr(connection, "_kept", lambda: (settings, door))
    config = server_config(f"{__name__}:factory", settings, 1)
    config.port, config.host = 0, "127.0.0.1"
    GO_ON.append(asyncio.Event())
    server = uvicorn.Server(config)
    life = asyncio.create_task(server.serve())
    await until(lambda: server.started)
    try:
        yield House(door, server.servers[0].sockets[0].getsockname()[1])
    finally:
        GO_ON.pop().set()
        server.should_exit = server.force_exit = True
        await life


@pytest.mark.parametrize(
    "said",
    [
        b"GET / HTTP/1.1\nHost: localhost\n\n", b"GET / HTTP/1.1\r\nX: y\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: y\rHost: localhost\r\n\r\n", b"GET / HTTP/1.1\r\nX : y\r\n" + HEAD,
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HEAD + b"zz\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HEAD + b"3\r\nabcXX",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + HEAD + b"f" * 20 + b"\r\n",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n" + HEAD,
        b"POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n" + HEAD,
        b"POST / HTTP/1.1\r\nContent-Length: -3\r\n" + HEAD, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"CONNECT a:1 HTTP/1.1\r\n" + HEAD, b"GET /\xff HTTP/1.1\r\n" + HEAD, b"\x16\x03\x01\x02\x00\x01",
    ],
)  # fmt: skip
async def test_what_is_not_http_1_to_the_letter_is_a_400(monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    async with house(monkeypatch) as it:
        caller = await it.caller(said)
        assert await caller.hears() == 400
        assert await caller.is_closed()
        assert await (await it.caller(b"GET / HTTP/1.1\r\n" + HEAD)).hears() == 200


@pytest.mark.parametrize(
    "said", [b"POST / HTTP/1.1\r\nContent-Length: 50\r\n" + HEAD + b"abc", b"GET / HTTP/1.1\r\nHo"]
)
async def test_what_ends_before_it_is_whole_is_a_400(monkeypatch: pytest.MonkeyPatch, said: bytes) -> None:
    async with house(monkeypatch) as it:
        caller = await it.caller(said)
        caller.writer.write_eof()
        assert await caller.hears() == 400


async def test_too_long_a_head_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(monkeypatch) as it:
        caller = await it.caller(b"GET / HTTP/1.1\r\nX: " + b"y" * (connection.LARGEST_HEAD + 1))
        assert await caller.hears() == 431


async def test_requests_of_one_connection_are_answered_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(monkeypatch) as it:
        caller = await it.caller(b"GET /long HTTP/1.1\r\n" + HEAD)
        assert await caller.hears() == 200
        await caller.says(b"POST / HTTP/1.1\r\nContent-Length: 3\r\n" + HEAD + b"abc" + b"GET / HTTP/1.1\r\n" + HEAD)
        assert [await caller.hears(), await caller.hears()] == [200, 200]


async def test_a_silent_one_is_closed_and_one_that_began_to_ask_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(monkeypatch, head_seconds=0.2, body_seconds=0.2, idle_seconds=1) as it:
        silent, idle = await it.caller(), await it.caller(b"GET / HTTP/1.1\r\n" + HEAD)
        begun, slow = await it.caller(b"GET / HT"), await it.caller(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n" + HEAD)
        assert [await begun.hears(), await slow.hears(), await idle.hears()] == [408, 408, 200]
        assert [await one.is_closed() for one in (silent, begun, slow, idle)] == [True] * 4
        await it.lets_in(0)


async def test_a_head_that_trickles_after_an_answer_is_late_too(monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(monkeypatch, head_seconds=0.2) as it:
        caller = await it.caller(b"GET / HTTP/1.1\r\n" + HEAD)
        assert await caller.hears() == 200
        assert await (await caller.says(b"GET / HT")).hears() == 408


async def test_a_body_may_be_long_as_long_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(monkeypatch, body_seconds=0.2) as it:
        size = 40 * connection.SLOWEST
        caller = await it.caller(b"POST / HTTP/1.1\r\nContent-Length: %d\r\n" % size + HEAD)
        for _part in range(40):
            await caller.says(b"x" * connection.SLOWEST)
            await asyncio.sleep(0.02)
        assert await caller.hears() == 200


async def test_a_body_that_nobody_reads_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(monkeypatch, body_seconds=0.2) as it:
        caller = await it.caller(b"POST /early HTTP/1.1\r\nContent-Length: 9\r\n" + HEAD)
        assert await caller.hears() == 200
        assert await caller.hears() in (408, None)
        await it.lets_in(0)


async def test_an_answer_that_nobody_takes_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    for closes in (b"", b"Connection: close\r\n"):
        async with house(monkeypatch, answer_seconds=0.2, idle_seconds=1) as it:
            deaf = await it.caller(b"GET /long HTTP/1.1\r\n" + closes + HEAD)
            deaf.writer.transport.pause_reading()  # type: ignore[attr-defined]  # the stream's own transport reads
            await it.lets_in(1)
            await it.lets_in(0)
            taking = await it.caller(b"GET /long HTTP/1.1\r\n" + closes + HEAD)
            assert await taking.hears() == 200


async def test_the_one_silent_for_longest_leaves_for_one_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(monkeypatch, connections_per_source=5) as it:
        busy = await it.caller(b"GET /wait HTTP/1.1\r\n" + HEAD)
        await it.lets_in(1)
        slow = await it.caller(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n" + HEAD)
        await it.lets_in(2)
        silent = []
        for number in range(3):
            silent.append(await it.caller())
            await it.lets_in(3 + number)
        assert await (await it.caller(b"GET / HTTP/1.1\r\n" + HEAD)).hears() == 200
        assert await slow.is_closed()
        assert await (await it.caller(b"GET / HTTP/1.1\r\n" + HEAD)).hears() == 200
        assert await silent[0].is_closed()
        GO_ON[-1].set()
        assert await busy.hears() == 200
        assert await (await silent[2].says(b"GET / HTTP/1.1\r\n" + HEAD)).hears() == 200


async def test_where_all_are_being_answered_the_next_is_asked_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(monkeypatch, connections_per_source=5) as it:
        busy = [await it.caller(b"GET /wait HTTP/1.1\r\n" + HEAD) for _number in range(5)]
        await it.lets_in(5)
        await until(lambda: not it.door._waited_for)
        assert await (await it.caller()).hears() == 503
        assert await (await it.caller(b"GET / HTTP/1.1\r\n" + HEAD, source="127.0.0.2")).hears() == 200
        GO_ON[-1].set()
        assert [await one.hears() for one in busy] == [200] * 5
        assert await (await it.caller(b"GET / HTTP/1.1\r\n" + HEAD)).hears() == 200


async def test_a_listed_proxy_is_no_source(monkeypatch: pytest.MonkeyPatch) -> None:
    async with house(monkeypatch, connections_per_source=5, trusted_proxies="127.0.0.1") as it:
        callers = [await it.caller() for _number in range(20)]
        await it.lets_in(20)
        assert await (await callers[0].says(b"GET / HTTP/1.1\r\n" + HEAD)).hears() == 200


@pytest.mark.parametrize(
    ("peer", "source"),
    [
        ("203.0.113.7", "203.0.113.7"), ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("fe80::1%eth0", "fe80::/64"), ("10.0.0.1", None), (None, None),
    ],
)  # fmt: skip
def test_a_source_is_an_address_or_a_network(peer: str | None, source: str | None) -> None:
    settings = Settings(trusted_proxies=(ip_network("10.0.0.0/8"),))
    assert connection._source(settings, (peer, 1) if peer else None) == source
