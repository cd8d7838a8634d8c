"""From one candidate's page to the next or the one before, in the order of the list that one came from."""

from dataclasses import dataclass

from litestar import Response, get

from portal.candidates.items import NO_ITEMS
from portal.database.paging import decode, encode
from portal.database.viewer import EMPLOYER
from portal.disclosure.calls import Basis
from portal.disclosure.searching import Order, Place, place_key, search
from portal.language.i18n import N_
from portal.selection.handlers.search_forms import KEY, Search
from portal.web.bodies import query_fields
from portal.web.fields import choice
from portal.web.forms import Form
from portal.web.markers import signed_in
from portal.web.rendering import back, lead_on, see_other
from portal.web.searches import address, asked
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

PATH = "/candidates/next"
TABS = ("resume", "scorecards")


@dataclass(frozen=True)
class Onwards(Search):
    """The list that one is in, and on which tab of the candidates' pages one is."""

    tab: str | None = choice("", TABS, required=False)


def narrowed(request: PortalRequest) -> Form[Search]:
    """The list's search, which the address carries on from it."""
    return asked(query_fields(request), Search, visit(request).secret)


def around(request: PortalRequest, stands_on: Basis, tab: str | None = None) -> dict[str, str]:
    """The addresses that lead to the next and the one before of the same list, on the same tab, and Back to it."""
    form, secret = narrowed(request), visit(request).secret
    order: Order = form.value.order if form.value else "introduced"
    cursor = encode(place_key(stands_on, order))
    found = {which: address(PATH, form, secret, tab=tab, **{which: cursor}) for which in ("after", "before")}
    came, own = back(request) or "/candidates", f"/candidates/{stands_on.introduction_id}"
    tabs = {one: address(f"{own}/{one}", form, secret) for one in TABS} | {"page": address(own, form, secret)}
    return {**found, **tabs, "back": address("/candidates", form, secret) if came == "/candidates" else came}


@get(PATH, opt=signed_in(*EMPLOYER, back=("/candidates",), carries=Onwards))
async def show_next(request: PortalRequest) -> Response[bytes]:
    """Lead on to the neighbour, or at the end to the list. Looking for it is a search, and recorded as one."""
    form, query, secret = narrowed(request), query_fields(request), visit(request).secret
    keys = {which: decode(query.get(which, [""])[0], *KEY) for which in ("after", "before")}
    key = keys["after"] or keys["before"]
    async with work(request) as unit:
        found = []
        if form.value is not None and key is not None:
            stage, at, number = key
            place = Place(at, number, keys["after"] is None, stage)  # type: ignore[arg-type]  # the keys are KEY
            found = (await search(unit, form.value.filter, place, 1, NO_ITEMS, form.value.order)).found
    if not found:
        return lead_on(request, address("/candidates", form, secret), N_("You have reached the end of this list."))
    tab = next((f"/{one}" for one in TABS if query.get("tab") == [one]), "")
    return see_other(request, address(f"/candidates/{found[0].introduction_id}{tab}", form, secret))


routes = [show_next]
