"""What a company's record says: changed by whoever looks after it, and what stops when others stand on it."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog.actions import Action
from portal.companies import actions, queries
from portal.companies.forms import BoundCompanyForm, CompanyForm, record_of
from portal.companies.handlers.own_company import CHANGED, OF_COMPANY, SAVE, overtaken, require_kept
from portal.database.answers import Refused
from portal.disclosure.what_if import what_if
from portal.language.i18n import N_, Said
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

FREE = FormPage(
    title=N_("Change the company"),
    lead=N_("Agreements and consents will stand on these. Once one does, a change of them stops disclosure."),
    button=SAVE,
    behind=N_("Company"),
)
BOUND = FormPage(
    title=N_("Change the company"),
    lead=N_(
        "A signed agreement or people's consents stand on its name, corporate number, country, address and "
        "representative. When one of them becomes another, nothing is disclosed until compliance has recorded a "
        "succession with evidence."
    ),
    button=SAVE,
    behind=N_("Company"),
)
STOPPING = replace(BOUND, template="companies/effect.html")
SUSPENDS = N_("This changes who the company is, and stops every disclosure to it. Tick this if it is so.")
UNNAMED = N_("Please enter country and number as a signed agreement names them: they open data.")
TAKEN = N_("Another company has this corporate number already.")
WRONG = {
    "suspends": ("confirmed", SUSPENDS),
    "bound": ("country", UNNAMED),
    "taken": ("corporate_number", TAKEN),
}


async def _standing(request: PortalRequest, asked: UUID) -> tuple[dict[str, Any], bool]:
    """The company as it stands, and whether its identity is bound. Raises Refused."""
    company = await require_kept(request, asked, Action.COMPANY_CHANGED)
    async with work(request) as unit:
        return company, await queries.is_bound(unit, asked)


@get("/companies/{asked:uuid}/record", opt=OF_COMPANY)
async def show_record(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """The record as a form, with what stands in it."""
    company, bound = await _standing(request, asked)
    kind: type[Any] = BoundCompanyForm if bound else CompanyForm
    return await (BOUND if bound else FREE).show(request, blank(kind, **record_of(company)))


@post("/companies/{asked:uuid}/record", opt=OF_COMPANY)
async def change_record(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Change the record, unless somebody did meanwhile: then the form comes back with what they made of it."""
    company, bound = await _standing(request, asked)
    page = BOUND if bound else FREE
    form: Form[Any] = await read_form(request, BoundCompanyForm if bound else CompanyForm)
    if form.value is None:
        return await page.show(request, form)
    confirmed = bound and form.value.confirmed
    async with work(request) as unit:
        result = await actions.change_company(unit, asked, form.value.seen, form.value.company, confirmed=confirmed)
        effect = await what_if(unit, asked, "identity") if result == "suspends" else None
    if result in ("changed", "unchanged"):
        return lead_on(request, f"/companies/{asked}", CHANGED)
    if result in WRONG:
        field, said = WRONG[result]
        wrong = form.wrong(**{field: Said(said)})
        return await (STOPPING if effect else page).show(request, wrong, effect=effect)
    if result is None:
        raise Refused
    company, bound = await _standing(request, asked)
    return await (BOUND if bound else FREE).show(request, overtaken(form, record_of(company)))


routes = [show_record, change_record]
