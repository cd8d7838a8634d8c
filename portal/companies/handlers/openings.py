"""The positions that a company recruits for: made, changed, closed and opened again."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog.actions import Action
from portal.companies import actions, queries
from portal.companies.forms import OpeningForm, opening_of
from portal.companies.handlers.own_company import (
    CHANGED,
    OF_COMPANY,
    ON_COMPANY,
    SAVE,
    overtaken,
    require_going_on,
)
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.disclosure.what_if import what_if
from portal.language.i18n import N_, written
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

NEW = FormPage(
    title=N_("New position"),
    lead=N_("Recruiters and candidates read what you write here."),
    button=N_("Create the position"),
    behind=N_("Company"),
)
CLOSING = signed_in(Role.ACCOUNT_MANAGER, back=("/companies/{asked}",), keeps=False)
CLOSE = FormPage(
    title=N_("Close the position"),
    lead=N_(
        "From the next click on nobody sees these candidates to decide whether to hire. Contact goes on for the "
        "agreement's days. No outcome is made up, and you can open the position again."
    ),
    button=N_("Close the position"),
    behind=N_("Company"),
    template="companies/closing.html",
    tone="danger",
)
CHANGE = FormPage(title=N_("Change the position"), button=SAVE, behind=N_("Company"))


@dataclass(frozen=True)
class Closing:
    """That a position is to be closed: there is nothing to fill in."""


@get("/companies/{asked:uuid}/openings/new", opt=OF_COMPANY)
async def new_opening(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """The form for a new position."""
    return await _show_new(request, asked, blank(OpeningForm))


async def _show_new(request: PortalRequest, asked: UUID, form: Form[OpeningForm]) -> Response[str]:
    await require_going_on(request, asked, Action.OPENING_CREATED)
    return await NEW.show(request, form)


@post("/companies/{asked:uuid}/openings/new", opt=OF_COMPANY)
async def create_opening(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Make the position and lead to its company."""
    form: Form[OpeningForm] = await read_form(request, OpeningForm)
    if form.value is None:
        return await _show_new(request, asked, form)
    async with work(request) as unit:
        result = await actions.save_opening(unit, asked, None, None, form.value.opening)
    if result is None:
        raise Refused
    return lead_on(request, f"/companies/{asked}", N_("The position is created."))


async def _standing(request: PortalRequest, company: UUID, asked: UUID) -> dict[str, Any]:
    async with work(request):
        found, whose = await queries.opening(company, asked), await queries.company_record(company)
    if found is None or whose is None:
        raise Refused
    visit(request).about = written(whose["name"], whose["name_latin"])
    return found


@get("/companies/{asked:uuid}/openings/{opening:uuid}", opt=OF_COMPANY)
async def show_opening(request: PortalRequest, asked: FromPath[UUID], opening: FromPath[UUID]) -> Response[str]:
    """The position as a form, with what stands in it."""
    return await CHANGE.show(request, blank(OpeningForm, **opening_of(await _standing(request, asked, opening))))


@post("/companies/{asked:uuid}/openings/{opening:uuid}", opt=OF_COMPANY)
async def change_opening(
    request: PortalRequest, asked: FromPath[UUID], opening: FromPath[UUID]
) -> Response[str] | Response[bytes]:
    """Change the position, unless somebody did meanwhile: then the form comes back with what they made of it."""
    form: Form[OpeningForm] = await read_form(request, OpeningForm)
    if form.value is None:
        await _standing(request, asked, opening)
        return await CHANGE.show(request, form)
    async with work(request) as unit:
        result = await actions.save_opening(unit, asked, opening, form.value.seen, form.value.opening)
    if result is None:
        raise Refused
    if result != "stale":
        return lead_on(request, f"/companies/{asked}", CHANGED)
    stands = opening_of(await _standing(request, asked, opening))
    return await CHANGE.show(request, overtaken(form, stands))


async def _set(request: PortalRequest, company: UUID, asked: UUID, wanted: str, said: str) -> Response[bytes]:
    async with work(request) as unit:
        done = await actions.set_opening_status(unit, company, asked, wanted)
    if done is None:
        raise Refused
    return lead_on(request, f"/companies/{company}", said)


@get("/companies/{asked:uuid}/openings/{opening:uuid}/close", opt=CLOSING)
async def ask_closing(request: PortalRequest, asked: FromPath[UUID], opening: FromPath[UUID]) -> Response[str]:
    """What closing the position closes, before it is done."""
    found = await _standing(request, asked, opening)
    async with work(request) as unit:
        effect = await what_if(unit, asked, "position_closed", str(opening))
    title = written(found["title"], found["title_latin"])
    return await CLOSE.show(request, blank(Closing), effect=effect, position=title)


@post("/companies/{asked:uuid}/openings/{opening:uuid}/close", opt=CLOSING)
async def close_opening(request: PortalRequest, asked: FromPath[UUID], opening: FromPath[UUID]) -> Response[bytes]:
    """Recruit for the position no more."""
    return await _set(request, asked, opening, "closed", N_("The position is closed."))


@post("/companies/{asked:uuid}/openings/{opening:uuid}/reopen", opt=ON_COMPANY)
async def reopen_opening(request: PortalRequest, asked: FromPath[UUID], opening: FromPath[UUID]) -> Response[bytes]:
    """Recruit for the position again."""
    return await _set(request, asked, opening, "open", N_("The position is open again."))


routes = [new_opening, create_opening, show_opening, change_opening, ask_closing, close_opening, reopen_opening]
