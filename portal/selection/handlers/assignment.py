"""Assigning introductions to the company's people: one, on its page, or several that were chosen on a list."""

from collections import Counter
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.language.i18n import N_, Said
from portal.selection.actions import MOST_MOVED, Assigning, assign
from portal.selection.forms import AssignForm
from portal.selection.handlers.candidate import candidate_page, opened
from portal.selection.handlers.candidates import candidates
from portal.selection.handlers.several_forms import AssignSeveralForm
from portal.selection.handlers.stage import same_page
from portal.web.forms import read_form
from portal.web.markers import signed_in
from portal.web.rendering import back, lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

ONE = signed_in(*EMPLOYER, keeps=False, leads="/candidates/{introduction}", back=("/candidates",))
SEVERAL = signed_in(*EMPLOYER, keeps=False, leads="/candidates", back=("/candidates", "/board"))
NONE = N_("Nobody was assigned. Choose candidates in the list and a colleague, then press Assign.")
SEVERAL_DONE = N_("Assigned: %(num)s.")
PARTLY: dict[Assigning, str] = {
    "left": N_("Left as they are, because that colleague can no longer be assigned candidates: %(num)s."),
    "refused": N_("Closed meanwhile, so nothing was changed: %(num)s."),
}
DONE = N_("It is changed to whom this candidate is assigned.")
TROUBLE = {
    "meanwhile": N_(
        "A colleague assigned this candidate meanwhile. To whom is shown here; assign it again if you still want to."
    ),
    "left": N_("That colleague can no longer be assigned candidates. Nothing was changed; choose somebody else."),
}


@post("/candidates/{introduction:uuid}/assignee", status_code=200, opt=ONE)
async def assign_one(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Assign one, or say why it was not."""
    form = await read_form(request, AssignForm)
    async with work(request) as unit:
        if form.value is None:
            raise Refused
        to = unit.who.account_id if form.value.mine else form.value.to
        (done,) = await assign(unit, [introduction], to, checked=True, shown=form.value.shown)
        if done == "refused":
            raise Refused
        if done in TROUBLE:
            shown, stands_on = await opened(unit, introduction)
            viewer = unit.who
    if done not in TROUBLE:
        return lead_on(request, same_page(request), DONE)
    values = candidate_page(viewer.company, shown, stands_on)
    return page(request, "candidates/detail.html", status=422, **values, trouble=Said(TROUBLE[done]))


@post("/candidates/assign", status_code=200, opt=SEVERAL)
async def assign_several(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Assign those chosen. Of those that were not the list says how many, and names none."""
    form = await read_form(request, AssignSeveralForm)
    if form.value is None or not 1 <= len(form.value.chosen) <= MOST_MOVED:
        return await candidates.again(request, Said(NONE))
    async with work(request) as unit:
        to = unit.who.account_id if form.value.mine else form.value.to
        done = Counter(await assign(unit, form.value.chosen, to))
    assigned = done["assigned"] + done["already"]
    if assigned == done.total():
        return lead_on(request, back(request) or "/candidates", SEVERAL_DONE, num=str(assigned))
    left = [Said(said, {"num": done[why]}) for why, said in PARTLY.items() if done[why]]
    return await candidates.again(request, Said(SEVERAL_DONE, {"num": assigned}), *left, partly=True)


routes = [assign_one, assign_several]
