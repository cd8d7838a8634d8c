"""Taking a decision back: its writer, within five minutes."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.candidates.items import NO_ITEMS
from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.disclosure.calls import disclose
from portal.language.i18n import N_, Said, Undone
from portal.selection.actions import just_decided, take_back
from portal.selection.handlers.candidate import candidate_page, seen_or_none
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page, path_of, see_other
from portal.web.visit import PortalRequest
from portal.web.work import work

LIST = "/candidates"
DONE = {
    "taken_back": N_("The decision is taken back, and what it had closed is open again."),
    "over": N_("The decision is taken back. The selection stays closed, because it ended otherwise meanwhile."),
    "closed": N_("The decision is taken back. The data stay closed, because the selection ended otherwise meanwhile."),
    "already": Undone(N_("No decision stands here: it was taken back already.")),
}  # fmt: skip
TROUBLE = {
    "too_late": N_("The five minutes for taking it back are over. You can correct the outcome; the data stay closed."),
    "not_yours": N_("Only whoever recorded this outcome can take it back. You can correct it."),
    "corrected": N_("A colleague corrected this outcome meanwhile, so it cannot be taken back. You can correct it."),
}


@get("/candidates/{introduction:uuid}/decided", opt=signed_in(*EMPLOYER, back=(LIST,)))
async def show_decided(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """What was just decided, also where that closed everything; later the candidate's page, while it is open."""
    async with work(request) as unit:
        found = await just_decided(unit, [introduction])
        if not found and await disclose(unit, introduction, None, "page_shown", NO_ITEMS) is None:
            raise Refused
    if not found:
        return see_other(request, f"/candidates/{introduction}")
    return page(request, "candidates/decided.html", decided=found[0])


@post(
    "/candidates/{introduction:uuid}/take-back",
    status_code=200,
    opt=signed_in(*EMPLOYER, keeps=False, leads="/candidates/{introduction}"),
)
async def take_decision_back(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Take it back; on to the candidate's page, or to the list where nothing of it is open."""
    async with work(request) as unit:
        answer = await take_back(unit, introduction)
        if answer is None:
            raise Refused
        seen = await seen_or_none(unit, introduction) if answer in TROUBLE else None
        viewer = unit.who
    if answer in DONE:
        return lead_on(request, LIST if answer == "closed" else path_of(request), DONE[answer])
    if seen is None:
        return lead_on(request, LIST, TROUBLE[answer])
    values = candidate_page(viewer.company, *seen)
    return page(request, "candidates/detail.html", status=422, **values, trouble=Said(TROUBLE[answer]))


routes = [show_decided, take_decision_back]
