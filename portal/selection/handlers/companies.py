"""The account manager's companies: who they are, what they promised, what they recruit for. Read only for now."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from portal.agreements.queries import accepted_by, agreements_of, days_left, newest_in_force
from portal.companies import queries
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.disclosure.explain import introduction_counts
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work


@get("/companies", opt=signed_in(Role.ACCOUNT_MANAGER))
async def show_companies(request: PortalRequest) -> Response[str]:
    """The companies the viewer looks after."""
    now = datetime.now(UTC)
    async with work(request) as unit:
        companies = await queries.companies()
        agreements = await newest_in_force(unit)
        counts = await introduction_counts(unit)
    rows = []
    for one in companies:
        number, until = agreements.get(one["id"], (None, None))
        agreement = {"number": number, "until": until, "days_left": days_left(until, now)} if number else None
        rows.append({**one, "agreement": agreement, "introductions_count": counts.get(one["id"], 0)})
    return page(request, "companies/list.html", companies=rows)


@get("/companies/{asked:uuid}", opt=signed_in(Role.ACCOUNT_MANAGER))
async def show_company(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """One company with its agreements, openings and accounts."""
    now = datetime.now(UTC)
    async with work(request) as unit:
        company = await queries.company(asked)
        if company is None:
            raise Refused
        agreements = await agreements_of(unit, asked)
        openings = await queries.openings_of(asked)
        people = await queries.people_of(asked)
        accepted = await accepted_by({one["id"] for one in agreements if one["in_force"]})
        counts = await introduction_counts(unit, asked)
    return page(
        request,
        "companies/detail.html",
        company={**company, "introductions_count": counts.get(asked, 0)},
        agreements=[
            {**one, "days_left": days_left(one["ends_at"], now) if one["in_force"] else None} for one in agreements
        ],
        now=now,
        openings=[{**one, "introductions_count": counts.get(one["id"], 0)} for one in openings],
        accounts=[{**one, "undertaking_accepted": one["id"] in accepted} for one in people],
    )


routes = [show_companies, show_company]
