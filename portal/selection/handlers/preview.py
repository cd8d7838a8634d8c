"""The recruiter's page of somebody who is not put forward yet, shown to the account manager on a ground."""

from types import SimpleNamespace
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.candidates.items import Item
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.disclosure.preview import preview
from portal.language.i18n import N_
from portal.selection.handlers.candidate import candidate_page
from portal.selection.handlers.forward import position_of
from portal.selection.handlers.forward_forms import PreviewForm
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work

PATH = "/companies/{asked:uuid}/openings/{opening:uuid}/candidates/{person:uuid}/preview"
PREVIEW = signed_in(Role.ACCOUNT_MANAGER, back=("/companies/{asked}/openings/{opening}/candidates",))
LOOK = FormPage(
    title=N_("See what the company would see"),
    lead=N_(
        "The page that the company's recruiters would open is shown once, with the person's data as consent, agreement "
        "and law open them. The look and its reason are recorded."
    ),
    button=N_("Show the page"),
    behind=N_("Put candidates forward"),
)


async def _ask(request: PortalRequest, company: UUID, opening: UUID, form: Form[PreviewForm]) -> Response[str]:
    async with work(request) as unit:
        await position_of(unit, company, opening)
    return await LOOK.show(request, form)


@get(PATH, opt=PREVIEW)
async def ask_preview(
    request: PortalRequest, asked: FromPath[UUID], opening: FromPath[UUID], person: FromPath[UUID]
) -> Response[str]:
    """Why it is looked at. Nothing is said of the person, not even whether they are there."""
    return await _ask(request, asked, opening, blank(PreviewForm))


@post(PATH, status_code=200, opt=PREVIEW)
async def show_preview(
    request: PortalRequest, asked: FromPath[UUID], opening: FromPath[UUID], person: FromPath[UUID]
) -> Response[str]:
    """The page, in the answer to the form alone: no address shows it."""
    form: Form[PreviewForm] = await read_form(request, PreviewForm)
    if form.value is None:
        return await _ask(request, asked, opening, form)
    async with work(request) as unit:
        found = await preview(unit, asked, opening, person, form.value.ground)
        if found is None:
            raise Refused
        position = await position_of(unit, asked, opening)
    values = candidate_page(position["company"], *found)
    values["introduction"].code = "SK-…"
    look = SimpleNamespace(
        company=position["company"],
        forward=f"/companies/{asked}/openings/{opening}/candidates",
        person=person,
        ground=form.value.ground,
        photo=bool(found[0].shown & Item.PHOTO),
    )
    return page(request, "candidates/detail.html", **values, preview=look)


routes = [ask_preview, show_preview]
