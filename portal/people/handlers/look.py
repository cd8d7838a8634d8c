"""What is personal, shown to staff on a ground: items, or the scan of what was signed. Each view is an entry."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.language.i18n import N_
from portal.people import papers, queries
from portal.people.forms import GroundForm
from portal.people.handlers.of_person import OF_PERSON, asked_of
from portal.resume.workshop import Workshop
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.rendering import file_answer, page
from portal.web.visit import PortalRequest
from portal.web.work import work

LOOK = FormPage(
    title=N_("Look at the person's data"),
    lead=N_("The data held of the person are shown once. The look and its reason are recorded."),
    button=N_("Show the data"),
    behind=N_("Person"),
)
PAPER = FormPage(
    title=N_("Open the scanned paper"),
    lead=N_("What the person signed may hold more than a signature. The look and its reason are recorded."),
    button=N_("Open the paper"),
    behind=N_("Person"),
)


@get("/people/{person:uuid}/items", opt=OF_PERSON)
async def ask_look(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """Why the data are looked at."""
    return await asked_of(request, person, LOOK, blank(GroundForm))


@post("/people/{person:uuid}/items", status_code=200, opt=OF_PERSON)
async def look_at_person(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """The items, in the answer to the form alone: no address shows them."""
    form: Form[GroundForm] = await read_form(request, GroundForm)
    if form.value is None:
        return await asked_of(request, person, LOOK, form)
    async with work(request) as unit:
        items = await queries.items(unit, person, form.value.ground)
    if items is None:
        raise Refused
    return page(request, "people/items.html", items=items, person=person)


@get("/people/{person:uuid}/statements/{statement:uuid}", opt=OF_PERSON)
async def ask_paper(request: PortalRequest, person: FromPath[UUID], statement: FromPath[UUID]) -> Response[str]:
    """Why the paper is opened."""
    return await asked_of(request, person, PAPER, blank(GroundForm))


@post("/people/{person:uuid}/statements/{statement:uuid}", status_code=200, opt=OF_PERSON)
async def open_paper(
    request: PortalRequest, person: FromPath[UUID], statement: FromPath[UUID]
) -> Response[str] | Response[bytes]:
    """The paper as a PDF."""
    form: Form[GroundForm] = await read_form(request, GroundForm)
    if form.value is None:
        return await asked_of(request, person, PAPER, form)
    async with work(request) as unit:
        sealed = await papers.opened(unit, person, statement, form.value.ground)
    if sealed is None:
        raise Refused
    workshop: Workshop = request.app.state.workshop
    content = await workshop.content(sealed)
    return file_answer(content, "application/pdf", f"{statement}.pdf", save=False)


routes = [ask_look, look_at_person, ask_paper, open_paper]
