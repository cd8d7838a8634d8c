"""Moving to a stage: one, on its page or by the button of its row, or several that were chosen on the list.

The offer opens what fair screening held back, so that a move there is asked about once, on a page that says what opens.
"""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from portal.candidates.items import codes_of
from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.language.i18n import N_, Said
from portal.selection.actions import Moved, Standing, move_stages
from portal.selection.forms import MoveForm
from portal.selection.handlers.candidate import candidate_page, opened
from portal.selection.handlers.candidates import candidates
from portal.selection.handlers.several_forms import MovesForm
from portal.web.forms import read_form
from portal.web.markers import signed_in
from portal.web.rendering import back, came_from, lead_on, page, path_of
from portal.web.visit import PortalRequest
from portal.web.work import work

ONE = signed_in(*EMPLOYER, keeps=False, leads="/candidates/{introduction}", back=("/candidates",))
SEVERAL = signed_in(*EMPLOYER, keeps=False, leads="/candidates", back=("/candidates", "/board"))
NONE = N_("Nobody was moved. Choose candidates in the list and a stage, then press Move.")
SEVERAL_DONE = N_("Moved: %(num)s.")
PARTLY = {
    "meanwhile": N_("Moved by a colleague meanwhile, and left as they are: %(num)s."),
    "opens": N_(
        "Left, because the offer opens what fair screening holds back: %(num)s. Move each of them on the candidate's "
        "page."
    ),
    "closed": N_("Closed meanwhile, so nothing was changed: %(num)s."),
}
DONE = N_("The stage is changed.")
TROUBLE = {
    "meanwhile": N_(
        "A colleague moved this candidate meanwhile. The stage that stands is shown here; move it again if you still "
        "want to."
    ),
    "over": N_("The selection has ended, so there is no stage to move to."),
}  # fmt: skip
CHANGED = ("moved", "already")


@post("/candidates/{introduction:uuid}/stage", status_code=200, opt=ONE)
async def move_one(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Move one, or say what the offer opens, or why it was not moved."""
    form = await read_form(request, MoveForm)
    async with work(request) as unit:
        if form.value is None:
            raise Refused
        sent = form.value
        (done,) = await move_stages(unit, [Standing(introduction, sent.shown)], sent.stage, sent.told)
        if done.result == "refused":
            raise Refused
        if done.result in TROUBLE:
            shown, stands_on = await opened(unit, introduction)
            viewer = unit.who
    if done.result in CHANGED:
        return lead_on(request, same_page(request), DONE)
    if done.result == "opens":
        return _asked(request, done, sent.shown)
    values = candidate_page(viewer.company, shown, stands_on)
    return page(request, "candidates/detail.html", status=422, **values, trouble=Said(TROUBLE[done.result]))


@post("/candidates/stage", status_code=200, opt=SEVERAL)
async def move_several(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Move those chosen. Of those that were not moved the list says how many and why, and names none."""
    form = await read_form(request, MovesForm)
    if form.value is None:
        return await candidates.again(request, Said(NONE))
    chosen, stage = form.value.chosen, form.value.stage
    if form.value.one:
        only, stage = form.value.one
        chosen = (only,)
    if not chosen:
        return await candidates.again(request, Said(NONE))
    async with work(request) as unit:
        done = await move_stages(unit, chosen, stage)
    if form.value.one and done[0].result == "opens":
        return _asked(request, done[0], chosen[0].stage)
    return await _answer(request, done)


def same_page(request: PortalRequest) -> str:
    """The candidate's page, with the search of the list that its next and previous belong to."""
    came, path = came_from(request), path_of(request)
    return came if came and came.partition("?")[0] in (path, f"{path}/resume") else path


async def _answer(request: PortalRequest, done: Sequence[Moved]) -> Response[str] | Response[bytes]:
    """What became of each, in numbers: those that are closed to this viewer and those whose selection ended are one."""
    counts = Counter("closed" if one.result in ("over", "refused") else one.result for one in done)
    moved = sum(counts[result] for result in CHANGED)
    if moved == len(done):
        place = f"#at-{done[0].introduction_id}" if len(done) == 1 else ""
        return lead_on(request, f"{back(request) or '/candidates'}{place}", SEVERAL_DONE, num=str(moved))
    left = [Said(said, {"num": counts[why]}) for why, said in PARTLY.items() if counts[why]]
    return await candidates.again(request, Said(SEVERAL_DONE, {"num": moved}), *left, partly=True)


def _asked(request: PortalRequest, done: Moved, shown: str) -> Response[str]:
    """What the offer opens, and the button that opens it."""
    return page(
        request,
        "candidates/offer.html",
        introduction_id=done.introduction_id,
        code=done.code,
        shown=shown,
        opens=codes_of(done.held),
    )


routes = [move_one, move_several]
