"""The outermost layer: what holds for every request and every answer, whichever code makes it.

Middleware of a framework runs after routing and so misses the answers that routing itself gives.
This wraps the whole application instead. It refuses unknown hosts, makes the `Visit`, sets the
language, and writes the security headers and the access line. It answers HEAD as GET without a body, and
stops any answer of a signed-in route that nobody asked the database about. It keeps a 429 for a moment:
whoever asks again without waiting would cost everybody else an answer each time.
"""

import math
import time
from asyncio import sleep
from typing import cast
from uuid import uuid4

import structlog
from litestar.enums import HttpMethod
from litestar.types import ASGIApp, HTTPScope, Message, Receive, Scope, Send

from portal.language import i18n
from portal.web import cookies, errors
from portal.web.headers import secured
from portal.web.kit import Kit
from portal.web.network import UNKNOWN, Caller
from portal.web.visit import STATE_KEY, Visit

log = structlog.get_logger(__name__)
HEALTH = frozenset({"/healthz", "/readyz"})
AGENT_LENGTH = 300
TELL_AGAIN_SECONDS = 3600.0
KEPT_SECONDS = 2.0  # of an answer that says to come again later


class NobodyChecked(RuntimeError):
    """A route for signed-in people answered without a unit of work; its handler forgot to open one."""


class BrokenOff(RuntimeError):
    """An answer failed after it had begun; the connection must be cut so that it does not look whole."""


class Envelope:
    """Wraps an ASGI application. Lifespan messages pass through untouched."""

    def __init__(self, inner: ASGIApp, kit: Kit) -> None:
        """`inner` is Litestar's own handler."""
        self._inner = inner
        self._kit = kit
        self._told: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        http = cast(HTTPScope, scope)  # Litestar keeps lifespan to itself, and no route is a websocket's
        headers = _headers(scope)
        guest = self._visit(http, headers)
        if guest.caller.way in UNKNOWN and scope["path"] not in HEALTH:
            self._tell_of(guest.caller)
        scope["state"][STATE_KEY] = guest
        inner = cast(HTTPScope, {**http, "method": HttpMethod.GET}) if http["method"] == "HEAD" else http
        outgoing = Outgoing(guest, inner, send, http["method"])
        token = i18n.begin(guest.locale)
        structlog.contextvars.bind_contextvars(request_id=str(guest.request_id))
        try:
            if scope["path"] not in HEALTH and not self._kit.hosts.allows(headers.get("host", "")):
                await outgoing.plain(400, "This server does not answer to that name.\n")
                return
            await self._inner(inner, receive, outgoing.send)
        except Exception as failure:
            log.error("broke_off", **errors.describe(failure))
            if outgoing.began:
                raise BrokenOff(str(guest.request_id)) from None
            guest.failed = True
            await outgoing.plain(500, f"Something went wrong on our side. Reference: {guest.request_id}\n")
        finally:
            i18n.end(token)
            for file in (one for files in guest.files.values() for one in files):
                file.content.close()
            outgoing.note()
            structlog.contextvars.unbind_contextvars("request_id")

    def _visit(self, scope: HTTPScope, headers: dict[str, str]) -> Visit:
        kit = self._kit
        jar = cookies.read(headers.get("cookie", ""))
        peer = scope.get("client")
        chosen = jar.get(kit.cookies.language, "")
        known = chosen in i18n.known_languages()
        return Visit(
            kit=kit,
            request_id=uuid4(),
            origin=kit.hosts.origin(headers.get("host", "")),
            caller=kit.proxies.caller(peer[0] if peer else None, headers),
            agent="".join(c for c in headers.get("user-agent", "")[:AGENT_LENGTH] if c.isprintable()),
            secret=cookies.secret_in(jar, kit.cookies.session),
            visitor=cookies.secret_in(jar, kit.cookies.visitor),
            browser=cookies.secret_in(jar, kit.cookies.browser),
            once=jar.get(kit.cookies.once, ""),
            locale=chosen if known else i18n.negotiate(headers.get("accept-language", "")),
            locale_chosen=known,
            htmx=headers.get("hx-request") == "true" and headers.get("hx-boosted") != "true",
        )

    def _tell_of(self, caller: Caller) -> None:
        """Say, once an hour, that people's networks are unknown. Only a proxy's address is told, never a person's."""
        now = time.monotonic()
        if now - self._told.get(caller.way, -math.inf) >= TELL_AGAIN_SECONDS:
            self._told[caller.way] = now
            seen = {"proxy": caller.address} if caller.shared else {}
            log.warning("callers_unknown", way=caller.way, advice=UNKNOWN[caller.way], **seen)


def _headers(scope: Scope) -> dict[str, str]:
    """Header names in lower case; of repeated ones all, joined by commas, as HTTP defines."""
    joined: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        separator = "; " if key == "cookie" else ", "
        joined[key] = f"{joined[key]}{separator}{text}" if key in joined else text
    return joined


class Outgoing:
    """The way out of one request."""

    def __init__(self, guest: Visit, scope: HTTPScope, send: Send, method: str) -> None:
        """`scope` is looked at again at the end, for the route that was found; `method` is what was asked with."""
        self.head = method == "HEAD"
        self._guest = guest
        self._scope = scope
        self._method = method
        self._send = send
        self._status = 0
        self._since = time.perf_counter()

    @property
    def began(self) -> bool:
        """Whether the answer's first bytes are on their way."""
        return self._status != 0

    async def send(self, message: Message) -> None:
        """Pass a message on, with our headers at its start. Raises NobodyChecked; see the module."""
        if message["type"] == "http.response.start":
            guest, access = self._guest, self._guest.access
            if not guest.may_answer:
                raise NobodyChecked(self._scope.get("path_template", ""))
            if message["status"] == 429:
                await sleep(KEPT_SECONDS)
            self._status = message["status"]
            message["headers"] = secured(
                list(message["headers"]),
                https=guest.kit.cookies.https,
                embeddable=access is not None and access.embeddable,
                request_id=str(guest.request_id),
                cookies=guest.cookies,
            )
        elif self.head and message["type"] == "http.response.body":
            message["body"] = b""
        await self._send(message)

    async def plain(self, status: int, text: str) -> None:
        """A few words as plain text, for answers that no page can give."""
        body = text.encode()
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
        ]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body, "more_body": False})

    def note(self) -> None:
        """The access line: no address, no query, no path of a single record."""
        log.info(
            "request",
            method=self._method if self._method in ("GET", "HEAD", "POST") else "other",
            route=self._scope.get("path_template") or "none",
            status=self._status,
            ms=round((time.perf_counter() - self._since) * 1000, 1),
        )
