"""One request's own state, made when it arrives and gone when it is answered.

The envelope makes the `Visit` before anything else runs, also for addresses that no route answers. So a page, an error
page and the access line are all about the same request.
"""

from dataclasses import dataclass, field
from typing import Any, TypeAlias, cast
from uuid import UUID

from litestar import Request
from litestar.connection import ASGIConnection

from portal.database.viewer import Viewer
from portal.web.kit import Kit
from portal.web.markers import Access
from portal.web.network import Caller
from portal.web.uploads import Upload

PortalRequest: TypeAlias = Request[Any, Any, Any]
Connection: TypeAlias = ASGIConnection[Any, Any, Any, Any]

STATE_KEY = "visit"


@dataclass(slots=True)
class Visit:
    """What is known about one request.

    `origin` is the scheme and host it was sent to. `secret`, `visitor` and `browser` are cookies
    as the browser sent them, empty when absent or malformed. `once` is what the page before left
    to be said. `locale_chosen` tells a language picked
    on the page from one guessed. `arrived` turns true once a unit of work has let the viewer in,
    `failed` once an exception is being answered. `cookies` are Set-Cookie values for the answer,
    `fields` and `files` the body's form once it was read. `about` is the name of the record that the page behind is of.
    """

    kit: Kit
    request_id: UUID
    origin: str
    caller: Caller
    agent: str
    secret: str
    visitor: str
    browser: str
    once: str
    locale: str
    locale_chosen: bool
    htmx: bool
    access: Access | None = None
    arrived: bool = False
    failed: bool = False
    viewer: Viewer | None = None
    cookies: list[bytes] = field(default_factory=list)
    fields: dict[str, list[str]] | None = None
    files: dict[str, list[Upload]] = field(default_factory=dict)
    about: str = ""

    @property
    def binding(self) -> str:
        """What CSRF tokens are bound to: the session's secret, or before sign-in the visitor's."""
        return self.secret or self.visitor

    @property
    def may_answer(self) -> bool:
        """Whether an answer may go out: an error, a public page, or a page whose viewer was let in."""
        must_arrive = self.access is not None and self.access.must_arrive
        return self.arrived or self.failed or not must_arrive


def visit(connection: Connection) -> Visit:
    """The state of this request."""
    return cast(Visit, connection.scope["state"][STATE_KEY])
