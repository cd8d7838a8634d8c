"""The account manager's introductions: who was put forward where, and why something is or is not open. No names."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.companies.queries import company_names
from portal.database.answers import Refused
from portal.database.paging import window
from portal.database.viewer import Role
from portal.disclosure.explain import Managed, closed_items, conditions, explain, managed_introductions
from portal.selection.codes import code_in, telling_code_in
from portal.selection.forms import place
from portal.web.forms import Form, body_fields, choice, identifier, parse, query_fields, text
from portal.web.markers import signed_in
from portal.web.rendering import came_from, page
from portal.web.searches import address, led_on
from portal.web.visit import PortalRequest
from portal.web.work import work

PAGE = 50


@dataclass(frozen=True)
class ManagedSearch:
    """Which company's, whether open, which code, and where to go on from."""

    company: UUID | None = identifier(required=False)
    standing: bool | None = choice({"open": True, "blocked": False}, required=False)
    introduction: str = text(most=20, required=False)
    after: str = text(most=1000, required=False)
    before: str = text(most=1000, required=False)


@get("/introductions", opt=signed_in(Role.ACCOUNT_MANAGER))
async def show_introductions(request: PortalRequest) -> Response[str]:
    """Introductions to the companies the viewer looks after, newest first, narrowed as the address says."""
    given = query_fields(request)
    code = telling_code_in(given.get("introduction", [""])[0])
    return await _answer(request, parse({**given, "introduction": [code or ""]}, ManagedSearch))


@post("/introductions", status_code=200, opt=signed_in(Role.ACCOUNT_MANAGER))
async def search_introductions(request: PortalRequest) -> Response[str] | Response[bytes]:
    """A search, or the next or previous page of one. It leads to an address, where of what was typed only a code
    stands."""
    form = parse(await body_fields(request), ManagedSearch)
    code = telling_code_in(form.given["introduction"])
    found_at = address("/introductions", form, introduction=code)
    whole = form.value is not None and bool(code or not form.value.introduction)
    return await led_on(request, found_at, lambda: _answer(request, form), whole=whole)


async def _answer(request: PortalRequest, form: Form[ManagedSearch]) -> Response[str]:
    asked = form.value or ManagedSearch(None, None, "", "", "")
    start = place(asked.after) or place(asked.before, backwards=True)
    async with work(request) as unit:
        code = code_in(asked.introduction) or asked.introduction or None
        found = await managed_introductions(unit, asked.company, asked.standing, code, start, PAGE + 1)
        companies = await company_names()
    shown = window(found, PAGE, _key, inside=start is not None, backwards=start is not None and start.backwards)
    return page(
        request,
        "introductions/list.html",
        status=200 if form.value else 422,
        introductions=shown.rows,
        companies=companies,
        filters=form.given,
        errors=form.errors,
        previous_cursor=shown.previous,
        next_cursor=shown.next,
    )


def _key(one: Managed) -> tuple[datetime, UUID]:
    return one.introduced_at, one.introduction_id


@get("/introductions/{introduction:uuid}", opt=signed_in(Role.ACCOUNT_MANAGER, Role.COMPLIANCE))
async def explain_introduction(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str]:
    """Why the company can or cannot see this candidate, condition by condition. Asking is recorded."""
    async with work(request) as unit:
        found = await explain(unit, introduction)
        if found is None:
            raise Refused
        back = came_from(request, "/introductions" if unit.who.role is Role.ACCOUNT_MANAGER else "/log")
    return page(
        request,
        "introductions/explain.html",
        introduction=found,
        conditions=conditions(found),
        closed=closed_items(found),
        back=back,
    )


routes = [show_introductions, search_introductions, explain_introduction]
