"""What the person says is wrong about their data, corrected by staff."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.language.i18n import N_
from portal.people import actions
from portal.people.forms import CorrectionForm
from portal.people.handlers.of_person import OF_PERSON, require_reached
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

CORRECT = FormPage(
    title=N_("Correct the person's data"),
    lead=N_(
        "Fill in only what is wrong, as the person says it is right. Every company to which it is open sees it so from "
        "the next click on. An uploaded file is not changed. Address, career, certificates, status of residence and "
        "Japanese are corrected where they come from, by the platform's next import."
    ),
    button=N_("Record the correction"),
    behind=N_("Person"),
)
DONE = {
    "corrected": N_("The correction is recorded, and the person is told."),
    "same": N_("Nothing was changed: it stands so already."),
}


@get("/people/{person:uuid}/correction", opt=OF_PERSON)
async def ask_correction(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """What is right instead, and who said so."""
    await require_reached(request, person)
    return await CORRECT.show(request, blank(CorrectionForm))


@post("/people/{person:uuid}/correction", opt=OF_PERSON)
async def correct_items(request: PortalRequest, person: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Correct what was filled in."""
    form: Form[CorrectionForm] = await read_form(request, CorrectionForm)
    if form.value is None:
        await require_reached(request, person)
        return await CORRECT.show(request, form)
    async with work(request) as unit:
        result = await actions.correct(unit, person, form.value.said, form.value.how)
    if result is None:
        raise Refused
    return lead_on(request, f"/people/{person}", DONE[result])


routes = [ask_correction, correct_items]
