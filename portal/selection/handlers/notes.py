"""Notes among colleagues: written on a candidate's page, and there alone; a colleague who is mentioned is told."""

from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from portal.agreements.grounds import GROUNDS
from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.language.i18n import N_, Said, gettext
from portal.selection.actions import grounds_in, write_note
from portal.selection.forms import ASKED, NoteForm
from portal.selection.handlers.candidate import candidate_page, offered, opened
from portal.selection.handlers.stage import same_page
from portal.web.forms import Form, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

TROUBLE = {
    "over": N_("The selection has ended meanwhile, and its notes are closed. Yours was not saved."),
    "left": N_("Somebody you mention is no longer at your company. Untick the name, and send the note again."),
}


@post("/candidates/{introduction:uuid}/notes", opt=signed_in(*EMPLOYER, leads="/candidates/{introduction}"))
async def add_note(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Add it, or the page again with what is wrong and with what was typed."""
    form: Form[NoteForm] = await read_form(request, NoteForm)
    async with work(request) as unit:
        sent = form.value
        answer = await write_note(unit, introduction, sent.body, sent.mentions, sent.confirmed) if sent else None
        if sent and answer is None:
            raise Refused
        if answer in TROUBLE:
            form = form.wrong(body=Said(TROUBLE[answer]))
        if sent and answer == "names_ground":
            form = _asked_once(form, await grounds_in(unit, sent.body))
        if form.errors:
            shown, stands_on = await opened(unit, introduction)
            viewer = unit.who
    if not form.errors:
        return lead_on(request, f"{same_page(request)}#notes", N_("The note is added."))
    values = candidate_page(viewer.company, shown, stands_on) | {"note_form": offered(form, stands_on)}
    return page(request, "candidates/detail.html", status=422, **values, unsaved=form.given["body"])


def _asked_once(form: Form[NoteForm], grounds: list[str]) -> Form[NoteForm]:
    """The form as it was filled in, with what it names; sent again as it is, it passes."""
    words = gettext(", ").join(gettext(GROUNDS[ground].english) for ground in grounds)
    return form.wrong(body=Said(ASKED, {"grounds": words})).filled(confirmed=" ".join(grounds))


routes = [add_note]
