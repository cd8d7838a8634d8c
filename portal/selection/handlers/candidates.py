"""The list of candidates. Every row shown is recorded, and a name searched for never stands in an address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from litestar import Response, get, post

from portal.candidates.items import Item
from portal.candidates.residence import residence_name
from portal.companies.queries import own_openings
from portal.disclosure.calls import Disclosure, Found, disclose, place_key, search
from portal.selection.forms import MOST_COUNTED, Search, address, code_in
from portal.web import i18n
from portal.web.forms import Form, body_fields, parse, query_fields
from portal.web.markers import signed_in
from portal.web.paging import window
from portal.web.rendering import page, see_other
from portal.web.viewer import EMPLOYER
from portal.web.visit import PortalRequest, visit
from portal.web.work import Unit, work

PAGE = 25
LISTED = Item.NAME | Item.JAPANESE_LEVEL | Item.RESIDENCE_STATUS


@dataclass
class Listing:
    """One page of the list, ready to be shown."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    count: int | None = 0
    previous_cursor: str | None = None
    next_cursor: str | None = None


@get("/candidates", opt=signed_in(*EMPLOYER))
async def show_candidates(request: PortalRequest) -> Response[str]:
    """A page of the list; what it is narrowed to may stand in the address, but no name."""
    given = query_fields(request)
    if code_in(given.get("name", [""])[0]) is None:
        given.pop("name", None)
    return await _answer(request, given)


@post("/candidates", status_code=200, opt=signed_in(*EMPLOYER))
async def search_candidates(request: PortalRequest) -> Response[str] | Response[bytes]:
    """A search, or the next or previous page of one; with an address to come back to, as far as there can be one."""
    given = await body_fields(request)
    name = given.get("name", [""])[0].strip()
    if not visit(request).htmx and (not name or code_in(name)):
        async with work(request):  # only someone who may search is led on
            pass
        return see_other(request, address(given))
    answer = await _answer(request, given)
    answer.headers["HX-Push-Url"] = address(given)
    return answer


async def _answer(request: PortalRequest, given: Mapping[str, list[str]]) -> Response[str]:
    form = parse(given, Search)
    async with work(request) as unit:
        viewer = unit.who
        openings = await own_openings(viewer)
        listing = await _listing(unit, form)
    if not viewer.may_see_candidates:
        return page(request, "candidates/blocked.html")
    return page(
        request,
        "candidates/list.html",
        status=200 if form.value else 422,
        filters=form.given,
        errors=form.errors,
        openings=openings,
        rows=listing.rows,
        count=listing.count,
        most_counted=MOST_COUNTED,
        previous_cursor=listing.previous_cursor,
        next_cursor=listing.next_cursor,
    )


async def _listing(unit: Unit, form: Form[Search]) -> Listing:
    if form.value is None:
        return Listing()
    wanted, place = form.value.filter, form.value.place
    found = await search(unit, wanted, place, PAGE + 1)
    shown = window(found, PAGE, place_key, inside=place is not None, backwards=place is not None and place.backwards)
    items = await disclose(unit, [one.introduction_id for one in shown.rows], None, "listed", LISTED)
    return Listing(
        rows=[_row(one, items[one.introduction_id]) for one in shown.rows if one.introduction_id in items],
        count=(found[0].matches if found else 0) if place is None else form.value.count,
        previous_cursor=shown.previous,
        next_cursor=shown.next,
    )


def _row(found: Found, shown: Disclosure) -> dict[str, Any]:
    name = shown.items.get("name")
    residence = shown.items.get("residence_status")
    return {
        "id": found.introduction_id,
        "code": found.code,
        "name": name["display"] if name else None,
        "name_latin": name["latin"] if name else None,
        "opening_title": i18n.written(found.opening_title, found.opening_title_latin),
        "stage": found.stage,
        "introduced_at": found.introduced_at,
        "japanese": shown.items.get("japanese_level"),
        "residence": residence
        and {"name": residence_name(residence["code"], i18n.language()), "work": residence["work"]},
        "outcome": found.outcome,
        "contact_until": found.contact_until,
    }


routes = [show_candidates, search_candidates]
