"""Recording an outcome, or correcting it within 24 hours. A person decides; the page says beforehand what closes."""

from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from portal.agreements.grounds import GROUNDS
from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.language.i18n import N_, Said, gettext
from portal.selection.actions import grounds_in, put_outcome
from portal.selection.forms import ASKED, TROUBLE, OutcomeForm
from portal.selection.handlers.candidate import candidate_page, opened
from portal.web.forms import Form, read_form
from portal.web.markers import signed_in
from portal.web.rendering import back, lead_on, page, path_of
from portal.web.visit import PortalRequest
from portal.web.work import work


@post("/candidates/{introduction:uuid}/outcome", opt=signed_in(*EMPLOYER, leads="/candidates/{introduction}"))
async def record_outcome(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Record, or correct what was recorded; back to the page, or the page again with what is wrong."""
    form: Form[OutcomeForm] = await read_form(request, OutcomeForm)
    async with work(request) as unit:
        answer = await put_outcome(unit, introduction, form.value.decided) if form.value else None
        if form.value and answer is None:
            raise Refused
        if answer in TROUBLE:
            form = form.wrong(result=Said(TROUBLE[answer]))
        if form.value and answer == "names_ground":
            form = _asked_once(form, await grounds_in(unit, form.value.note))
        if form.errors:
            shown, stands_on = await opened(unit, introduction)
            viewer = unit.who
    if form.errors:
        values = candidate_page(viewer.company, shown, stands_on)
        stood = values["outcome_form"].given["note"]
        return page(request, "candidates/detail.html", status=422, **{**values, "outcome_form": form.over(note=stood)})
    if answer == "recorded_and_closed":
        return lead_on(request, back(request) or "/candidates", N_("The outcome is recorded, and the data are closed."))
    return lead_on(request, path_of(request), N_("The outcome is recorded."))


def _asked_once(form: Form[OutcomeForm], grounds: list[str]) -> Form[OutcomeForm]:
    """The form as it was filled in, with what its note names; sent again as it is, it passes."""
    words = gettext(", ").join(gettext(GROUNDS[ground].english) for ground in grounds)
    return form.wrong(note=Said(ASKED, {"grounds": words})).filled(confirmed=" ".join(grounds))


routes = [record_outcome]
