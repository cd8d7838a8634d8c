"""A company's states: sent to screening, activated once nothing lacks, suspended, reactivated, terminated for good."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog.actions import Action
from portal.companies import actions, queries
from portal.companies.forms import ReasonForm, SendingForm, TerminationForm
from portal.companies.handlers.own_company import OF_COMPANY, require_kept
from portal.database.answers import Refused
from portal.disclosure.what_if import Act, what_if
from portal.language.i18n import N_, Undone
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

SUSPEND = FormPage(
    title=N_("Suspend the company"),
    lead=N_(
        "Its people are signed out at once and see no candidate. What they recorded stays, and you can reactivate it."
    ),
    button=N_("Suspend the company"),
    behind=N_("Company"),
    template="companies/effect.html",
    tone="danger",
)
TERMINATE = FormPage(
    title=N_("Terminate the company"),
    lead=N_(
        "This cannot be undone. Its people are signed out at once and see no candidate again; links sent to them end. "
        "What was recorded stays in the access log."
    ),
    button=N_("Terminate the company"),
    behind=N_("Company"),
    template="companies/effect.html",
    tone="danger",
)
ACTIVATE = FormPage(
    title=N_("Activate the company"),
    lead=N_("Its people see from then on whom consent, agreement and undertaking open."),
    button=N_("Activate the company"),
    behind=N_("Company"),
    template="companies/effect.html",
)
REACTIVATE = replace(ACTIVATE, title=N_("Reactivate the company"), button=N_("Reactivate the company"))
SEND = FormPage(
    title=N_("Send the company to screening"),
    lead=N_("Compliance approves or refuses it, and reads what you write here. Its record is whole."),
    button=N_("Send it to screening"),
    behind=N_("Company"),
)
PAGES: dict[Act, FormPage] = {"active": REACTIVATE, "suspended": SUSPEND, "terminated": TERMINATE}
ACTS: dict[Act, Action] = {
    "active": Action.COMPANY_REACTIVATED,
    "suspended": Action.COMPANY_SUSPENDED,
    "terminated": Action.COMPANY_TERMINATED,
}
DONE = {
    "active": N_("The company is active: its people see whom consent, agreement and undertaking open."),
    "suspended": N_("The company is suspended: its people are signed out and see no candidate."),
    "terminated": N_("The company is terminated, and its people are signed out."),
}
NOT_DONE = Undone(N_("Nothing was changed: the company was in another state meanwhile."))
ALREADY: dict[Act, str] = {
    "active": N_("The company is active already."),
    "suspended": N_("The company is suspended already."),
}
NOT_YET = Undone(N_("The company is not active yet: what is lacking stands below."))
SENT = N_("The company is sent to screening: compliance sees it from now on.")
NOT_SENT = Undone(N_("Nothing was changed: its record lacks something, or it was sent to screening already."))
LACKING = Undone(N_("Nothing was changed: the company is in another state meanwhile, or something is lacking."))


async def _show(request: PortalRequest, asked: UUID, wanted: Act, form: Form[Any]) -> Response[str] | Response[bytes]:
    """The form that asks why, with what it changes, for a company of the viewer's that is not over; where nothing is to
    be done, its page, which says so. Raises Refused."""
    company = await require_kept(request, asked, ACTS[wanted])
    if company["status"] == "terminated":
        raise Refused
    if company["status"] == wanted:
        return lead_on(request, f"/companies/{asked}", ALREADY[wanted])
    async with work(request) as unit:
        lacking = company["status"] == "pending" and wanted != "terminated" and await queries.lacking(unit, asked)
        effect = None if lacking else await what_if(unit, asked, wanted)
    if lacking:
        return lead_on(request, f"/companies/{asked}", NOT_YET)
    said = ACTIVATE if (wanted, company["status"]) == ("active", "pending") else PAGES[wanted]
    return await said.show(request, form, effect=effect)


async def _set(request: PortalRequest, asked: UUID, wanted: Act, form: Form[Any]) -> Response[str] | Response[bytes]:
    """Set the state and lead to the company's page, which says what was done. The form comes back with what is wrong.

    Raises Refused.
    """
    if form.value is None:
        return await _show(request, asked, wanted, form)
    async with work(request) as unit:
        done = await actions.set_company_status(unit, asked, wanted, form.value.reason)
    if done is None:
        raise Refused
    not_done = LACKING if wanted == "active" else NOT_DONE
    return lead_on(request, f"/companies/{asked}", DONE[wanted] if done else not_done)


@get("/companies/{asked:uuid}/send-to-screening", opt=OF_COMPANY)
async def ask_sending(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """The form for what compliance should know; where it cannot be sent, the company's page, which says so."""
    await require_kept(request, asked, Action.COMPANY_SENT_TO_SCREENING)
    async with work(request) as unit:
        possible = await queries.can_be_screened(unit, asked)
    return (
        await SEND.show(request, blank(SendingForm)) if possible else lead_on(request, f"/companies/{asked}", NOT_SENT)
    )


@post("/companies/{asked:uuid}/send-to-screening", opt=OF_COMPANY)
async def send_to_screening(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Send a company whose record is whole to compliance."""
    form = await read_form(request, SendingForm)
    if form.value is None:
        await require_kept(request, asked, Action.COMPANY_SENT_TO_SCREENING)
        return await SEND.show(request, form)
    async with work(request) as unit:
        done = await actions.set_company_status(unit, asked, "screening", form.value.reason)
    if done is None:
        raise Refused
    return lead_on(request, f"/companies/{asked}", SENT if done else NOT_SENT)


@get("/companies/{asked:uuid}/suspend", opt=OF_COMPANY)
async def ask_suspension(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """What suspending does, and the form for its reason."""
    return await _show(request, asked, "suspended", blank(ReasonForm))


@post("/companies/{asked:uuid}/suspend", opt=OF_COMPANY)
async def suspend_company(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Suspend the company: the very next click of its people is refused."""
    return await _set(request, asked, "suspended", await read_form(request, ReasonForm))


@get("/companies/{asked:uuid}/terminate", opt=OF_COMPANY)
async def ask_termination(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """What terminating does, and the form for its reason."""
    return await _show(request, asked, "terminated", blank(TerminationForm))


@post("/companies/{asked:uuid}/terminate", opt=OF_COMPANY)
async def terminate_company(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Terminate the company for good."""
    return await _set(request, asked, "terminated", await read_form(request, TerminationForm))


@get("/companies/{asked:uuid}/activate", opt=OF_COMPANY)
async def ask_activation(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """What activating or reactivating does, and the form for its reason."""
    return await _show(request, asked, "active", blank(ReasonForm))


@post("/companies/{asked:uuid}/activate", opt=OF_COMPANY)
async def activate_company(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Make a company that was set up, or suspended, active. What it lacks is on its page."""
    return await _set(request, asked, "active", await read_form(request, ReasonForm))


routes = [
    ask_sending, send_to_screening, ask_suspension, suspend_company, ask_termination, terminate_company,
    ask_activation, activate_company,
]  # fmt: skip
