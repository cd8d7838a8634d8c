"""The list of candidates. Every row shown is recorded; a name searched for stands in no address for others to read."""

from dataclasses import dataclass, field
from typing import Any

from litestar import Response, get, post

from portal.candidates.items import Item, Name
from portal.candidates.residence import residence_name
from portal.companies.queries import own_openings
from portal.database.paging import window
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER
from portal.disclosure.calls import Disclosure, Found, disclose, place_key, search
from portal.language import i18n
from portal.selection.forms import MOST_COUNTED, Search, address, asked
from portal.web.forms import Form, body_fields, parse, query_fields
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.searches import WITH_FIELDS, led_on
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

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
    """A page of the list, narrowed as its address says."""
    given, unread = asked(query_fields(request), visit(request).secret)
    return await _answer(request, parse(given, Search), unread=unread)


@post("/candidates", status_code=200, opt=signed_in(*EMPLOYER))
async def search_candidates(request: PortalRequest) -> Response[str] | Response[bytes]:
    """A search, or the next or previous page of one. It leads to an address where it can be found again."""
    form = parse(await body_fields(request), Search)
    found_at = address(form, visit(request).secret)
    return await led_on(request, found_at, lambda: _answer(request, form), whole=form.value is not None)


async def _answer(request: PortalRequest, form: Form[Search], *, unread: bool = False) -> Response[str]:
    """The list. `unread` says that a name in the address was not looked for. What is wrong stands at the form's
    fields, so that htmx exchanges the whole of it then."""
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
        headers={} if form.value else WITH_FIELDS,
        filters=form.given,
        errors=form.errors,
        unread=unread,
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


def _reading(name: Name) -> str | None:
    """How a name is read, in letters that this reader can read: in Japanese its kana, when it has any."""
    kana = " ".join(part for part in (name["family_kana"], name["given_kana"]) if part)
    return i18n.written(kana or name["latin"], name["latin"])


def _row(found: Found, shown: Disclosure) -> dict[str, Any]:
    name = shown.items.get("name")
    residence = shown.items.get("residence_status")
    return {
        "id": found.introduction_id,
        "code": found.code,
        "name": name["display"] if name else None,
        "name_reading": name and _reading(name),
        "opening_title": i18n.written(found.opening_title, found.opening_title_latin),
        "stage": found.stage,
        "introduced_at": found.introduced_at,
        "japanese": shown.items.get("japanese_level"),
        "residence": residence
        and {"name": residence_name(residence["code"], i18n.language()), "work": residence["work"]},
        "missing": shown.missing,
        "outcome": found.outcome,
        "contact_until": found.contact_until,
    }


routes = [show_candidates, search_candidates]
