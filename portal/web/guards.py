"""What every request to a route passes before its handler runs: the route's marker, and the CSRF check."""

from typing import cast

from litestar.exceptions import MethodNotAllowedException
from litestar.handlers import BaseRouteHandler

from portal.web import csrf
from portal.web.answers import ForgedRequest, StaleForm
from portal.web.bodies import body_fields
from portal.web.markers import access_of
from portal.web.visit import Connection, PortalRequest, visit

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


async def note_access(connection: Connection, handler: BaseRouteHandler) -> None:
    """App-wide guard: put the route's marker on the visit, and answer no route that has none."""
    access = access_of(handler)
    if access is None:
        raise MethodNotAllowedException
    visit(connection).access = access


async def check_csrf(connection: Connection, handler: BaseRouteHandler) -> None:
    """App-wide guard: raise ForgedRequest for a state change that no page of ours can have sent."""
    access = access_of(handler)
    request = cast(PortalRequest, connection)
    if request.method in SAFE_METHODS or (access is not None and not access.csrf):
        return
    guest = visit(request)
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if not csrf.same_site(site, origin, guest.origin):
        raise ForgedRequest(detail="cross-site request")
    fields = await body_fields(request)  # always: the unit of work asks them whose sign-in they were filled in
    given = request.headers.get(csrf.HEADER) or fields.get(csrf.FIELD, [""])[0]
    if not csrf.is_valid(given, guest.binding):
        ours = site is not None or origin is not None
        raise (StaleForm if ours else ForgedRequest)(detail="missing or stale form token")
