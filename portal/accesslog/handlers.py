"""Compliance's view of the access log."""

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, get, post

from portal.accesslog import queries
from portal.accesslog.forms import ACTIONS, LogSearch, place_key
from portal.web.answers import Refused
from portal.web.forms import body_fields, parse
from portal.web.markers import signed_in
from portal.web.paging import window
from portal.web.rendering import page
from portal.web.viewer import Role
from portal.web.visit import PortalRequest
from portal.web.work import work

PAGE = 50


@get("/log", opt=signed_in(Role.COMPLIANCE))
async def show_log(request: PortalRequest) -> Response[str]:
    """The newest entries."""
    return await _answer(request, {})


@post("/log", status_code=200, opt=signed_in(Role.COMPLIANCE))
async def search_log(request: PortalRequest) -> Response[str]:
    """The entries asked for; a POST, because an actor's name does not belong in an address."""
    return await _answer(request, await body_fields(request))


async def _answer(request: PortalRequest, given: Mapping[str, list[str]]) -> Response[str]:
    form = parse(given, LogSearch)
    place = form.value.place if form.value else None
    async with work(request) as unit:
        found = await queries.entries(unit, form.value.filter, place, PAGE + 1) if form.value else []
        companies = await queries.companies(unit)
    shown = window(found, PAGE, place_key, inside=place is not None, backwards=place is not None and place.backwards)
    return page(
        request,
        "accesslog/list.html",
        status=200 if form.value else 422,
        entries=shown.rows,
        filters=form.given,
        errors=form.errors,
        actions=ACTIONS,
        companies=companies,
        previous_cursor=shown.previous,
        next_cursor=shown.next,
    )


@get("/log/{entry:uuid}", opt=signed_in(Role.COMPLIANCE))
async def show_entry(request: PortalRequest, entry: UUID) -> Response[str]:
    """Everything one entry holds."""
    async with work(request) as unit:
        found = await queries.entry(unit, entry)
        if found is None:
            raise Refused
    return page(request, "accesslog/entry.html", entry=found)


routes = [show_log, search_log, show_entry]
