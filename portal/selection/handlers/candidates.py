"""The list of candidates. Every row shown is recorded; a name searched for stands in no address for others to read."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

from portal.accounts.queries import own_colleagues
from portal.candidates.items import Item, Name
from portal.candidates.residence import residence_name
from portal.companies.queries import own_openings
from portal.database.paging import encode
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER, Viewer
from portal.disclosure.calls import Disclosure
from portal.disclosure.searching import Found as Introduced
from portal.disclosure.searching import Results, place_key, search
from portal.language import i18n
from portal.selection.actions import STAGES
from portal.selection.handlers.search_forms import KEY, MOST_COUNTED, Search, place
from portal.selection.views import my_views
from portal.web.forms import Offered
from portal.web.lists import Found, Listing, Start

LISTED = Item.NAME | Item.JAPANESE_LEVEL | Item.RESIDENCE_STATUS


async def _found(unit: Unit, asked: Search, start: Start) -> Found:
    colleagues = await own_colleagues(unit)
    results = await search(unit, asked.filter, place(start), start.most, LISTED, asked.order, asked.filter.judges)
    shown = start.window(results.found, lambda one: place_key(one, asked.order))
    count = start.count if results.matches is None else results.matches + (start.count or 0)
    page = Found(
        [_row(one, one.disclosed) for one in shown.rows if one.disclosed],
        None if start.looked and not start.count else shown.previous,  # nobody was found before
        shown.next,
        count,
        {"most_counted": MOST_COUNTED, "colleagues": colleagues, "views": await my_views(unit)},
    )
    return page if results.reached is None else _so_far(page, results, start)


def _so_far(page: Found, results: Results, start: Start) -> Found:
    """A page where the step ended before everything was looked through."""
    assert results.reached is not None
    values = {**page.values, "so_far": page.count, "reached": results.reached.at}
    if len(results.found) == start.most:  # its rows go on within this step, and nobody counted what comes after it
        return replace(page, count=None, values=values)
    further = encode((results.reached.stage, results.reached.at, results.reached.id))
    return replace(page, next=further, values=values, looked=True)


async def _offered(unit: Unit) -> Mapping[str, Offered]:
    return {"opening": await own_openings(unit)}


def _instead(viewer: Viewer) -> str | None:
    """What somebody reads who may see nobody yet."""
    return None if viewer.may_see_candidates else "candidates/blocked.html"


candidates = Listing(
    "/candidates",
    "candidates/list.html",
    Search,
    *EMPLOYER,
    find=_found,
    key=KEY,
    size=25,
    offer=_offered,
    instead=_instead,
)


def _reading(name: Name) -> str | None:
    """How a name is read, in letters that this reader can read: in Japanese its kana, when it has any."""
    kana = " ".join(part for part in (name["family_kana"], name["given_kana"]) if part)
    return i18n.written(kana or name["latin"], name["latin"])


def next_stage(stage: str) -> str | None:
    """The stage after this one; None after the last."""
    return dict(pairwise(STAGES)).get(stage)


def _row(found: Introduced, shown: Disclosure) -> dict[str, Any]:
    name = shown.items.get("name")
    residence = shown.items.get("residence_status")
    return {
        "id": found.introduction_id,
        "code": found.code,
        "name": name["display"] if name else None,
        "name_reading": name and _reading(name),
        "opening_title": i18n.written(found.opening_title, found.opening_title_latin),
        "stage": found.stage,
        "unread": found.unread,
        "assignee": found.assignee,
        "movable": found.selection_open,
        "next_stage": next_stage(found.stage),
        "introduced_at": found.introduced_at,
        "changed_at": found.changed_at,
        "japanese": shown.items.get("japanese_level"),
        "residence": residence
        and {
            "name": residence_name(residence["code"], i18n.language(), residence["grade"]),
            "work": residence["work"],
        },
        "missing": shown.missing,
        "outcome": found.outcome,
        "contact_until": found.contact_until,
        "ends_on": found.inactive_at if found.selection_open else None,
    }


routes = candidates.routes
