"""What a person says about the use of their data, recorded by staff: a withdrawal, a restriction, an objection."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.language.i18n import N_, Undone
from portal.people import actions
from portal.people.forms import SaidForm, WithdrawForm
from portal.people.handlers.of_person import OF_PERSON, asked_of, require_company
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

WITHDRAW = FormPage(
    title=N_("Record a withdrawal"),
    lead=N_(
        "The person no longer agrees to this company. From the next click on it sees nothing of them. "
        "A file that the company keeps is recalled by the agreement, and not by this."
    ),
    button=N_("Withdraw the consent"),
    behind=N_("Person"),
    template="people/of_company.html",
    tone="danger",
)
HOLDS = {
    "restriction": FormPage(
        title=N_("Restrict the use of the data"),
        lead=N_("From the next click on no company sees anything of the person. Compliance lifts it, with a reason."),
        button=N_("Restrict the use"),
        behind=N_("Person"),
        tone="danger",
    ),
    "objection": FormPage(
        title=N_("Record an objection"),
        lead=N_("From the next click on no company sees anything of the person. Compliance lifts it, with a reason."),
        button=N_("Record the objection"),
        behind=N_("Person"),
        tone="danger",
    ),
}
DONE = {
    "withdrawn": N_("The withdrawal is recorded and holds."),
    "nothing": Undone(N_("Nothing was changed: no consent to this company stands.")),
    "done": N_("It is recorded and holds."),
    "already": Undone(N_("Nothing was changed: it stands already.")),
}


async def _ask_withdrawal(request: PortalRequest, person: UUID, asked: UUID, form: Form[WithdrawForm]) -> Response[str]:
    return await WITHDRAW.show(request, form, company=await require_company(request, person, asked))


def _told(request: PortalRequest, person: UUID, result: str | None) -> Response[bytes]:
    if result is None:
        raise Refused
    return lead_on(request, f"/people/{person}", DONE[result])


@get("/people/{person:uuid}/consents/{asked:uuid}/withdraw", opt=OF_PERSON)
async def ask_withdrawal(request: PortalRequest, person: FromPath[UUID], asked: FromPath[UUID]) -> Response[str]:
    """How the withdrawal was said, for the company `asked`."""
    return await _ask_withdrawal(request, person, asked, blank(WithdrawForm))


@post("/people/{person:uuid}/consents/{asked:uuid}/withdraw", opt=OF_PERSON)
async def withdraw_consent(
    request: PortalRequest, person: FromPath[UUID], asked: FromPath[UUID]
) -> Response[str] | Response[bytes]:
    """Withdraw: the company's very next click is refused."""
    form: Form[WithdrawForm] = await read_form(request, WithdrawForm)
    if form.value is None:
        return await _ask_withdrawal(request, person, asked, form)
    async with work(request) as unit:
        result = await actions.withdraw(unit, person, asked, form.value.how)
    return _told(request, person, result)


async def _hold(request: PortalRequest, person: UUID, what: str) -> Response[str] | Response[bytes]:
    form: Form[SaidForm] = await read_form(request, SaidForm)
    if form.value is None:
        return await asked_of(request, person, HOLDS[what], form)
    async with work(request) as unit:
        result = await actions.hold(unit, person, what, form.value.how)
    return _told(request, person, result)


@get("/people/{person:uuid}/restriction", opt=OF_PERSON)
async def ask_restriction(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """How the restriction was asked for."""
    return await asked_of(request, person, HOLDS["restriction"], blank(SaidForm))


@post("/people/{person:uuid}/restriction", opt=OF_PERSON)
async def restrict(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Restrict the use of the person's data."""
    return await _hold(request, person, "restriction")


@get("/people/{person:uuid}/objection", opt=OF_PERSON)
async def ask_objection(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """How the objection was said."""
    return await asked_of(request, person, HOLDS["objection"], blank(SaidForm))


@post("/people/{person:uuid}/objection", opt=OF_PERSON)
async def object_to_use(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Note that the person objects."""
    return await _hold(request, person, "objection")


routes = [ask_withdrawal, withdraw_consent, ask_restriction, restrict, ask_objection, object_to_use]
