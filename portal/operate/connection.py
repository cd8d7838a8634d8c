"""One connection of the web server, and what whoever opened it owes: a head, a body, and taking the answer.

Promises, which uvicorn's own protocol does not make: a connection that owes something for too long is closed; there are
never more of them than `door.py` allows; what is not HTTP/1 to the letter is answered with 400.
"""

import asyncio
from asyncio.events import TimerHandle
from functools import cache
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from portal.operate.door import Door, Full
from portal.settings import Settings, load_settings

LARGEST_HEAD = 64 * 1024
SLOWEST = 4 * 1024  # bytes a second that a body comes, and an answer goes, on the worst of networks
IPV6_NETWORK = 64  # bits of an IPv6 address that one household has


class Connection(HttpToolsProtocol):
    """uvicorn's protocol between our door and our deadlines."""

    def __init__(self, config: Config, server_state: ServerState, app_state: dict[str, Any], _loop: Any = None) -> None:
        """As uvicorn makes one for each connection."""
        super().__init__(config, server_state, app_state, _loop)
        self._settings, self._door = _kept()
        self._timer: TimerHandle | None = None
        self._asked = False  # whether uvicorn has a `cycle` yet
        self._idle = False
        self._head: int | None = 0  # its bytes so far; None once it is complete
        self._body = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn types it
        """Go through the door, or be turned away."""
        super().connection_made(transport)
        try:
            leaves = self._door.enter(self, _source(self._settings, self.client))
        except Full:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            return
        if leaves is not None:
            leaves.transport.abort()
        self._owes(self._settings.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is owed any more."""
        self._owes_nothing()
        self._door.leave(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Some of a head or of a body."""
        if self._idle:
            self._idle = False
            self._owes(self._settings.head_seconds)
        if self._head is not None:
            self._head += len(data)
        super().data_received(data)
        if self._head is not None and self._head > LARGEST_HEAD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def eof_received(self) -> None:
        """Its end came before it was whole: said, in case somebody still listens."""
        if self._head or (self._head is None and self._awaits_body):
            self._refuse(HTTPStatus.BAD_REQUEST)

    def on_headers_complete(self) -> None:
        """The head is whole; now the body is owed."""
        self._head, self._body = None, 0
        self._owes(self._settings.body_seconds)
        super().on_headers_complete()
        self._asked = True

    def on_body(self, body: bytes) -> None:
        """Some of the body: as long as it comes quickly enough it may be long."""
        self._body += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """Whole. It is our turn, unless the answer has gone already."""
        self._head = 0
        super().on_message_complete()
        if self.cycle.response_complete:
            self._rest()
        else:
            self._owes_nothing()
            self._door.answer(self)

    def on_response_complete(self) -> None:
        """Answered. What is left is taking the answer, and then the next request."""
        super().on_response_complete()
        if self.transport.is_closing() or self.flow.write_paused:
            self._watch_taking()
        elif self.cycle.response_complete and not self._awaits_body:
            self._rest()

    def pause_writing(self) -> None:
        """The answer is not taken as quickly as it is made."""
        super().pause_writing()
        self._watch_taking()

    def resume_writing(self) -> None:
        """Most of the answer is taken."""
        super().resume_writing()
        self._owes_nothing()
        if self.cycle.response_complete and not self.transport.is_closing():
            self._rest()

    def timeout_keep_alive_handler(self) -> None:
        """No further request came. An answer that is still being taken is let go on, and watched."""
        super().timeout_keep_alive_handler()
        self._watch_taking()

    def send_400_response(self, msg: str) -> None:
        """What came is not HTTP/1."""
        self._refuse(HTTPStatus.BAD_REQUEST)

    @property
    def _awaits_body(self) -> bool:
        return self._asked and self.cycle.more_body

    def _rest(self) -> None:
        """Nothing is going on here; uvicorn closes it after `idle_seconds`."""
        self._idle = True
        self._owes_nothing()
        self._door.wait_for(self)

    def _owes(self, seconds: float) -> None:
        self._owes_nothing()
        self._door.wait_for(self)
        self._timer = self.loop.call_later(seconds, self._too_late)

    def _owes_nothing(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_late(self) -> None:
        """Closed, with a word to whoever has begun to ask. A body may go on while it comes, or while we do not read."""
        seconds = self._settings.body_seconds
        if self._awaits_body and (self._body >= SLOWEST * seconds or self.flow.read_paused):
            self._body = 0
            self._timer = self.loop.call_later(seconds, self._too_late)
        elif self._head == 0:
            self.transport.abort()
        else:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)

    def _watch_taking(self) -> None:
        self._owes_nothing()
        left = self.transport.get_write_buffer_size()
        if left:
            self._timer = self.loop.call_later(self._settings.answer_seconds, self._look_at_taking, left)

    def _look_at_taking(self, before: int) -> None:
        """An answer that nobody takes is dropped."""
        if before - self.transport.get_write_buffer_size() < min(before, SLOWEST * self._settings.answer_seconds):
            self.transport.abort()
        else:
            self._watch_taking()

    def _refuse(self, status: HTTPStatus) -> None:
        """Say why in one line and close. An answer that has begun is cut off, so that it does not look whole."""
        begun = self._asked and self.cycle.response_started and not self.cycle.response_complete
        if not begun and not self.transport.is_closing():
            body = f"{status.phrase}.\n".encode()
            head = (
                f"HTTP/1.1 {status} {status.phrase}\r\ncontent-type: text/plain; charset=utf-8\r\n"
                f"content-length: {len(body)}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n"
            )
            self.transport.write(head.encode() + body)
            self.transport.close()
            self._watch_taking()
        else:
            self.transport.abort()


@cache
def _kept() -> tuple[Settings, Door[Connection]]:
    """This process's settings and its one door."""
    settings = load_settings()
    return settings, Door(settings.connections, settings.connections_per_source)


def _source(settings: Settings, client: tuple[str, int] | None) -> str | None:
    """Where it comes from: whoever has an IPv6 address has its network too. None for a proxy, which brings all."""
    if client is None:
        return None
    address = ip_address(client[0].partition("%")[0])
    address = getattr(address, "ipv4_mapped", None) or address
    if any(address in network for network in settings.trusted_proxies):
        return None
    return str(address) if address.version == 4 else str(ip_network((address, IPV6_NETWORK), strict=False))
