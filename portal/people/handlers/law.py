"""Loosening a person's law: compliance alone, signed in, with reason and proof."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.language.i18n import N_, Said
from portal.people import actions
from portal.people.forms import LoosenForm
from portal.people.handlers.of_person import OF_COMPLIANCE, require_reached
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

LOOSEN = FormPage(
    title=N_("Loosen the person's law"),
    lead=N_("What was closed opens by a consent that the person gives afterwards, and by none from before."),
    button=N_("Loosen it"),
    behind=N_("Person"),
    tone="danger",
)
NOTHING = N_("There is nothing to loosen: this does not stand, or the law is as loose already.")
LOOSENED = N_("It is loosened. What was closed opens by a consent given from now on.")


async def _ask(request: PortalRequest, person: UUID, form: Form[LoosenForm]) -> Response[str]:
    await require_reached(request, person)
    return await LOOSEN.show(request, form)


@get("/people/{person:uuid}/law", opt=OF_COMPLIANCE)
async def ask_loosening(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """What is loosened, why, and where the proof is."""
    return await _ask(request, person, blank(LoosenForm))


@post("/people/{person:uuid}/law", opt=OF_COMPLIANCE)
async def loosen_law(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Loosen it, as whoever is signed in."""
    form: Form[LoosenForm] = await read_form(request, LoosenForm)
    if form.value is None:
        return await _ask(request, person, form)
    value = form.value
    async with work(request) as unit:
        refusal = await actions.loosen(unit, person, value.what, value.law, value.reason, value.evidence)
    if refusal == "nothing_to_change":
        return await _ask(request, person, form.wrong(what=Said(NOTHING)))
    if refusal is not None:
        raise Refused
    return lead_on(request, f"/people/{person}", LOOSENED)


routes = [ask_loosening, loosen_law]
