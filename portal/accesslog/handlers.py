"""Compliance's view of the access log."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog import queries
from portal.accesslog.actions import ACTIONS, action_words, subject_words
from portal.accesslog.forms import LogSearch, checked, place_key, understood
from portal.database.answers import Refused
from portal.database.paging import window
from portal.database.viewer import Role
from portal.web.forms import Form, body_fields, parse, query_fields
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.searches import WITH_FIELDS, address, led_on
from portal.web.visit import PortalRequest
from portal.web.work import work

PAGE = 50


@get("/log", opt=signed_in(Role.COMPLIANCE))
async def show_log(request: PortalRequest) -> Response[str]:
    """Entries, newest first, by the filters in the address; accounts and companies go by their ids there."""
    given = query_fields(request)
    number = understood(given.get("introduction", [""])[0])
    return await _answer(request, checked(parse({**given, "introduction": [number]}, LogSearch)))


@post("/log", status_code=200, opt=signed_in(Role.COMPLIANCE))
async def search_log(request: PortalRequest) -> Response[str] | Response[bytes]:
    """A search, or the next or previous page of one. It leads to an address, where of what was typed only a code or a
    receipt number stands."""
    form = checked(parse(await body_fields(request), LogSearch))
    number = understood(form.given["introduction"])
    found_at = address("/log", form, introduction=number)
    whole = form.value is not None and bool(number or not form.value.introduction)
    return await led_on(request, found_at, lambda: _answer(request, form), whole=whole)


async def _answer(request: PortalRequest, form: Form[LogSearch]) -> Response[str]:
    place = form.value.place if form.value else None
    async with work(request) as unit:
        asked = form.value
        found = await queries.entries(unit, asked.filter, place, PAGE + 1, asked.receipt) if asked else []
        companies, actors = await queries.companies(unit), await queries.actors(unit)
    shown = window(found, PAGE, place_key, inside=place is not None, backwards=place is not None and place.backwards)
    return page(
        request,
        "accesslog/list.html",
        status=200 if form.value else 422,
        headers={} if form.value else WITH_FIELDS,
        entries=shown.rows,
        filters=form.given,
        errors=form.errors,
        actions=[(code, str(action)) for code, action in ACTIONS.items()],
        action_words=action_words,
        companies=companies,
        actors=actors,
        previous_cursor=shown.previous,
        next_cursor=shown.next,
    )


@get("/log/{entry:uuid}", opt=signed_in(Role.COMPLIANCE))
async def show_entry(request: PortalRequest, entry: FromPath[UUID]) -> Response[str]:
    """Everything one entry holds."""
    async with work(request) as unit:
        found = await queries.entry(unit, entry)
    if found is None:
        raise Refused
    return page(request, "accesslog/entry.html", entry=found, action_words=action_words, subject_words=subject_words)


routes = [show_log, search_log, show_entry]
