"""Loosening a person's law, and lifting a restriction or an objection: compliance alone, with reason and proof."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.language.i18n import N_, Said
from portal.people import actions
from portal.people.forms import LiftForm, LoosenForm
from portal.people.handlers.of_person import OF_COMPLIANCE, asked_of
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

LOOSEN = FormPage(
    title=N_("Change the law to a looser one"),
    lead=N_(
        "What was closed opens by a consent that the person gives afterwards, and by none from before. The law of "
        "another record with the same e-mail address or telephone number stays."
    ),
    button=N_("Change the law"),
    behind=N_("Person"),
    tone="danger",
)
LIFTS = {
    "restriction": FormPage(
        title=N_("Lift the restriction"),
        lead=N_("No consent from before counts afterwards: the person is asked anew."),
        button=N_("Lift the restriction"),
        behind=N_("Person"),
        tone="danger",
    ),
    "objection": FormPage(
        title=N_("Lift the objection"),
        lead=N_("No consent from before counts afterwards: the person is asked anew."),
        button=N_("Lift the objection"),
        behind=N_("Person"),
        tone="danger",
    ),
}
WRONG = {
    "nothing_to_change": Said(N_("There is nothing to change: this does not stand, or the law is as loose already.")),
    "law_of_address": Said(
        N_("The address in the record demands a stricter law, or names no country. Please correct the address first.")
    ),
    "unproved": Said(N_("Please say why, and where the proof is kept.")),
}
LOOSENED = N_("It is changed. What was closed opens by a consent given from now on.")


async def _loosened(
    request: PortalRequest, person: UUID, what: str, said: FormPage, form: Form[LoosenForm] | Form[LiftForm]
) -> Response[str] | Response[bytes]:
    """Loosen it, as whoever is signed in."""
    if form.value is None:
        return await asked_of(request, person, said, form)
    value = form.value
    async with work(request) as unit:
        refusal = await actions.loosen(unit, person, what, value.law, value.reason, value.evidence)
    if refusal in WRONG:
        field = "evidence" if refusal == "unproved" else "law" if what == "regime" else "reason"
        return await asked_of(request, person, said, form.wrong(**{field: WRONG[refusal]}))
    if refusal is not None:
        raise Refused
    return lead_on(request, f"/people/{person}", LOOSENED)


@get("/people/{person:uuid}/law", opt=OF_COMPLIANCE)
async def ask_loosening(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """The law from now on, why, and where the proof is."""
    return await asked_of(request, person, LOOSEN, blank(LoosenForm))


@post("/people/{person:uuid}/law", opt=OF_COMPLIANCE)
async def loosen_law(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Loosen the law."""
    return await _loosened(request, person, "regime", LOOSEN, await read_form(request, LoosenForm))


@get("/people/{person:uuid}/restriction/lift", opt=OF_COMPLIANCE)
async def ask_end_of_restriction(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """Why the restriction is lifted, and where the proof is."""
    return await asked_of(request, person, LIFTS["restriction"], blank(LiftForm))


@post("/people/{person:uuid}/restriction/lift", opt=OF_COMPLIANCE)
async def lift_restriction(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Lift the restriction."""
    return await _loosened(request, person, "restriction", LIFTS["restriction"], await read_form(request, LiftForm))


@get("/people/{person:uuid}/objection/lift", opt=OF_COMPLIANCE)
async def ask_end_of_objection(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """Why the objection is lifted, and where the proof is."""
    return await asked_of(request, person, LIFTS["objection"], blank(LiftForm))


@post("/people/{person:uuid}/objection/lift", opt=OF_COMPLIANCE)
async def lift_objection(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Lift the objection."""
    return await _loosened(request, person, "objection", LIFTS["objection"], await read_form(request, LiftForm))


routes = [
    ask_loosening, loosen_law, ask_end_of_restriction, lift_restriction, ask_end_of_objection, lift_objection,
]  # fmt: skip
