"""Compliance approves or refuses a company before it can be active. The company is owed no reason (S48)."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.companies import actions, queries
from portal.companies.forms import ScreeningForm
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Undone
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

LIST = "/screenings"
ONE = signed_in(Role.COMPLIANCE, back=(LIST,))
SCREEN = FormPage(
    title=N_("Screen the company"),
    lead=N_("It can be active only once it is approved. It is owed no reason, and reads none."),
    button=N_("Record the result of the screening"),
    behind=N_("Companies to screen"),
    template="companies/screening.html",
)
DONE = {
    "approved": N_("The company is approved. With its agreement in force its account manager can activate it."),
    "refused": N_("The company is refused: it cannot be active unless it is approved later."),
}
OVER = Undone(N_("Nothing was recorded: the company is no longer being set up."))
NOT_SENT = Undone(N_("Nothing was recorded: its account manager has not sent the company to screening."))


@get(LIST, opt=signed_in(Role.COMPLIANCE))
async def to_screen(request: PortalRequest) -> Response[str]:
    """The companies that wait for compliance: those being set up, without a word first, and those that changed."""
    async with work(request) as unit:
        rows, changed = await queries.to_screen(unit), await queries.in_succession(unit)
    return page(request, "companies/to_screen.html", rows=rows, changed=changed)


async def _show(request: PortalRequest, asked: UUID, form: Form[ScreeningForm]) -> Response[str]:
    """The form, below what is known of the company. Raises Refused for one that is no longer being set up."""
    async with work(request) as unit:
        company = await queries.company(asked)
        said = await queries.screenings(unit, asked)
        if company is None or company["status"] != "pending":
            raise Refused
        lacking = await queries.lacking(unit, asked)
    return await SCREEN.show(request, form, company=company, lacking=lacking, screenings=said)


@get("/screenings/{asked:uuid}", opt=ONE)
async def ask_screening(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """What is known of the company, what was said before, and the form."""
    return await _show(request, asked, blank(ScreeningForm))


@post("/screenings/{asked:uuid}", opt=ONE)
async def screen_company(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Record the outcome with its note."""
    form: Form[ScreeningForm] = await read_form(request, ScreeningForm)
    if form.value is None:
        return await _show(request, asked, form)
    async with work(request) as unit:
        said = await actions.screen_company(unit, asked, form.value.outcome, form.value.note)
    if said is None:
        raise Refused
    return lead_on(request, LIST, {"over": OVER, "not_sent": NOT_SENT}.get(said, DONE[form.value.outcome]))


routes = [to_screen, ask_screening, screen_company]
