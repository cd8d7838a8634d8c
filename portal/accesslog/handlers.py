"""Compliance's view of the access log."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from portal.accesslog import queries
from portal.accesslog.actions import action_words, subject_words
from portal.accesslog.forms import KEY, LogSearch, place, place_key
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.web.forms import Offered
from portal.web.lists import Found, Listing, Start
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work


async def _found(unit: Unit, asked: LogSearch, start: Start) -> Found:
    shown = start.window(await queries.entries(unit, asked.filter, place(start), start.most, asked.receipt), place_key)
    return Found(shown.rows, shown.previous, shown.next, values={"action_words": action_words})


async def _offered(unit: Unit) -> Mapping[str, Offered]:
    return {"company": await queries.companies(unit), "actor": await queries.actors(unit)}


log = Listing("/log", "accesslog/list.html", LogSearch, Role.COMPLIANCE, find=_found, key=KEY, offer=_offered)


@get("/log/{entry:uuid}", opt=signed_in(Role.COMPLIANCE, back=("/log",)))
async def show_entry(request: PortalRequest, entry: FromPath[UUID]) -> Response[str]:
    """Everything one entry holds."""
    async with work(request) as unit:
        found = await queries.entry(unit, entry)
    if found is None:
        raise Refused
    return page(request, "accesslog/entry.html", entry=found, action_words=action_words, subject_words=subject_words)


@get("/log/seal", opt=signed_in(Role.COMPLIANCE, back=("/log",)))
async def show_seal(request: PortalRequest) -> Response[str]:
    """How far the log is sealed, and the checkpoint to keep."""
    async with work(request) as unit:
        found = await queries.seal(unit)
    return page(request, "accesslog/seal.html", seal=found)


routes = [*log.routes, show_entry, show_seal]
