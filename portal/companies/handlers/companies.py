"""The account manager's companies: who they are, what they promised, what they recruit for."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accounts.queries import halted_since
from portal.agreements.queries import accepted_by, agreements_of, days_left
from portal.agreements.signing import links_of, papers_of
from portal.companies import actions, queries
from portal.companies.actions import Numbered
from portal.companies.forms import CompanySearch, FirstCompanyForm, number_in
from portal.companies.handlers.networks import where
from portal.companies.keepers import contacts_of, keepers_of
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.disclosure.explain import introduction_counts
from portal.language.i18n import N_, Said, written
from portal.selection.deletions import open_by_company
from portal.selection.scorecards import positions
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.lists import Found, Listing, Start
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest, visit
from portal.web.work import work


async def _found(unit: Unit, asked: CompanySearch, start: Start) -> Found:
    name = number_in(asked.name) or asked.name
    rows = await queries.companies(unit, name, asked.stage, start.key, start.backwards, start.most)
    shown = start.window(rows, queries.key_of)
    counts = await introduction_counts(unit, [one["id"] for one in shown.rows])
    now = datetime.now(UTC)
    listed = []
    for one in shown.rows:
        number, until = one["agreement_number"], one["agreement_until"]
        agreement = {"number": number, "until": until, "days_left": days_left(until, now)} if number else None
        listed.append({**one, "agreement": agreement, "introductions_count": counts.get(one["id"], 0)})
    return Found(listed, shown.previous, shown.next, values={"board": await queries.board(unit)})


companies = Listing(
    "/companies",
    "companies/list.html",
    CompanySearch,
    Role.ACCOUNT_MANAGER,
    find=_found,
    key=(str, UUID),
    add=("/companies/new", N_("New company")),
)


NAMESAKE = N_(
    "%(company)s is there already, looked after by %(manager)s. If yours is another company of that name, send the "
    "form once more: it is made then."
)
TAKEN = N_("%(company)s has this corporate number already. It is looked after by %(manager)s.")
NEW = FormPage(
    title=N_("New company"),
    lead=N_(
        "You look after it from now on. Its name is enough for a draft; once its record is whole, you send it "
        "to screening. It sees no candidate before its agreement is in force and it is active."
    ),
    button=N_("Create the company"),
    behind=N_("Companies"),
)
MAKER = signed_in(Role.ACCOUNT_MANAGER, back=("/companies",))


@get("/companies/new", opt=MAKER)
async def new_company(request: PortalRequest) -> Response[str]:
    """The form for a new company."""
    return await NEW.show(request, blank(FirstCompanyForm))


@post("/companies/new", opt=MAKER)
async def create_company(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Make the company and lead to its page; or name the one that has its corporate number, or once its name."""
    form = await read_form(request, FirstCompanyForm)
    if form.value is None:
        return await NEW.show(request, form)
    async with work(request) as unit:
        other = await actions.namesake(unit, form.value.company)
        told = other is None or other.company == form.value.namesake
        found = await actions.create_company(unit, form.value.company) if told else other
    if found is None:
        raise Refused
    if found.made:
        return lead_on(request, f"/companies/{found.company}", N_("The company is created."))
    wrong = {"corporate_number": TAKEN} if told else {"name": NAMESAKE}
    return await _there_already(request, form, found, wrong)


async def _there_already(
    request: PortalRequest, form: Form[FirstCompanyForm], found: Numbered, wrong: dict[str, str]
) -> Response[str]:
    """The form once more, with the company that is there, and the way to it for whoever looks after it."""
    name = written(found.name, found.name_latin)
    values = {"company": name, "manager": found.manager or "–"}
    back = form.wrong(**{field: Said(said, values) for field, said in wrong.items()})
    if "name" in wrong:
        back = back.filled(namesake=str(found.company))
    return await NEW.show(request, back, other=(f"/companies/{found.company}", name) if found.mine else None)


async def _agreements(unit: Unit, asked: UUID, now: datetime) -> list[dict[str, Any]]:
    """Those of a company, each with the days it has left, its signatory's link and its paper."""
    found = await agreements_of(unit, asked)
    links = await links_of(unit, [one["id"] for one in found])
    papers = await papers_of(unit, [one["id"] for one in found])
    return [
        {
            **one,
            "days_left": days_left(one["ends_at"], now) if one["in_force"] else None,
            "link": links.get(one["id"]),
            "paper": papers.get(one["id"]),
        }
        for one in found
    ]


@get("/companies/{asked:uuid}", opt=signed_in(Role.ACCOUNT_MANAGER, back=("/companies",)))
async def show_company(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """One company with its agreements, openings and accounts."""
    now = datetime.now(UTC)
    async with work(request) as unit:
        company = await queries.company(asked)
        if company is None:
            raise Refused
        agreements = await _agreements(unit, asked, now)
        openings = await queries.openings_of(asked)
        people = await queries.people_of(asked)
        accepted = await accepted_by(unit, {one["id"] for one in agreements if one["in_force"]})
        counts = await introduction_counts(unit, [asked])
        lacking = await queries.lacking(unit, asked) if company["status"] == "pending" else []
        halted = await halted_since(unit, None, asked)
        standing = await queries.stages(unit, [asked])
        to_delete = await open_by_company(unit, asked)
        judged_by = {one.id: one.codes for one in await positions(unit, asked)}
        keepers, contacts = await keepers_of(unit, asked), await contacts_of(unit, asked)
        places = await where(unit, company, visit(request).kit.countries)
    return page(
        request,
        "companies/detail.html",
        company={**company, **standing[asked], "introductions_count": counts.get(asked, 0), "halted_since": halted},
        agreements=agreements,
        now=now,
        lacking=lacking,
        to_delete=to_delete[0] if to_delete else None,
        **places,
        keepers=keepers,
        contacts=contacts,
        openings=[
            {**one, "introductions_count": counts.get(one["id"], 0), "criteria": judged_by.get(one["id"], ())}
            for one in openings
        ],
        accounts=[{**one, "undertaking_accepted": one["id"] in accepted} for one in people],
    )


routes = [*companies.routes, new_company, create_company, show_company]
