"""The account manager's introductions: who was put forward where, and why something is or is not open. No names."""

from datetime import datetime
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from portal.companies.forms import look_up
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.disclosure.explain import Managed, closed_items, conditions, explain, managed_introductions
from portal.disclosure.next_acts import next_act
from portal.selection.handlers.search_forms import MANAGED_KEY, ManagedSearch, managed_place
from portal.web.lists import Found, Listing, Start
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work

WHY = signed_in(Role.ACCOUNT_MANAGER, Role.COMPLIANCE, back=("/introductions", "/log"))


async def _found(unit: Unit, asked: ManagedSearch, start: Start) -> Found:
    rows = await managed_introductions(
        unit, asked.company, asked.standing, asked.code, managed_place(start), start.most
    )
    shown = start.window(rows, _key)
    return Found(shown.rows, shown.previous, shown.next)


def _key(one: Managed) -> tuple[datetime, UUID]:
    return one.introduced_at, one.introduction_id


introductions = Listing(
    "/introductions",
    "introductions/list.html",
    ManagedSearch,
    Role.ACCOUNT_MANAGER,
    find=_found,
    key=MANAGED_KEY,
    look_up=look_up,
)


@get("/introductions/{introduction:uuid}", opt=WHY)
async def explain_introduction(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str]:
    """Why the company can or cannot see this candidate, condition by condition. Asking is recorded."""
    async with work(request) as unit:
        found = await explain(unit, introduction)
        if found is None:
            raise Refused
    return page(
        request,
        "introductions/explain.html",
        introduction=found,
        conditions=conditions(found),
        closed=closed_items(found),
        next_acts={
            purpose: next_act(found[f"{purpose}_reasons"], found["facts"]["company_status"])
            for purpose in ("selection", "contact")
        },
    )


routes = [*introductions.routes, explain_introduction]
