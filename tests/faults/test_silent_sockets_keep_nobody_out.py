"""Whoever asks is answered while two thousand sockets say nothing and two hundred bodies never end."""

import resource
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from tests.client import running
from tests.database import Database
from tests.faults.stage import new_home, set_scene
from tests.serving import Served, served

SILENT, SLOW = 2_000, 200
PER_SOURCE = 100
FORM = b"application/x-www-form-urlencoded"
BODY = b"POST /sign-in HTTP/1.1\r\nHost: %s\r\nContent-Length: 4000\r\nContent-Type: " + FORM + b"\r\n\r\n"


@pytest.fixture(autouse=True)
def _room_for_sockets() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(before[1], 8192), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


async def test_a_page_is_answered_and_the_longest_silent_leave_first(database: Database) -> None:
    """No deadline closes anybody here: only whoever asks for room does."""
    patient = {"HEAD_SECONDS": "300", "BODY_SECONDS": "300"}
    with new_home() as home:
        async with running(database) as portal:
            scene = await set_scene(portal, 2)
        with served(database, Path(home), **patient) as server, crowd(server) as (silent, slow):
            async with httpx.AsyncClient(cookies={"portal": scene.secret}, timeout=60) as reader:
                for path in ("/healthz", *scene.pages, "/candidates"):
                    answer = await reader.get(server.address + path, headers={"Connection": "close"})
                    assert (answer.status_code, answer.url.path) == (200, path)
            for flood in (silent, slow):
                open_still = [not closed(one) for one in flood]
                assert sum(open_still) <= PER_SOURCE
                assert open_still == sorted(open_still)  # the last to come are the last to go


@contextmanager
def crowd(server: Served) -> Iterator[tuple[list[socket.socket], list[socket.socket]]]:
    """Sockets from the address that the reader has too, and slow bodies from a second one."""
    with ExitStack() as stack:

        def connect(source: str) -> socket.socket:
            made = socket.create_connection(("127.0.0.1", server.port), 60, (source, 0))
            return stack.enter_context(made)

        silent = [connect("127.0.0.1") for _number in range(SILENT)]
        slow = [connect("127.0.0.2") for _number in range(SLOW)]
        for one in slow:
            with_host = BODY % f"localhost:{server.port}".encode()
            send(one, with_host + b"a")
        for one in slow:
            send(one, b"a")
        yield silent, slow


def send(one: socket.socket, words: bytes) -> None:
    """Say something, to whoever is still there."""
    try:
        one.sendall(words)
    except ConnectionError:
        return


def closed(one: socket.socket) -> bool:
    """Whether the server has closed it."""
    one.setblocking(False)
    try:
        return one.recv(100) == b""
    except BlockingIOError:
        return False
    except ConnectionError:
        return True
