"""What the own company did with an introduction: a page beside the candidate's."""

from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from portal.accesslog.actions import action_words
from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.selection.history import history_of
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work

ACCESS = signed_in(*EMPLOYER, back=("/candidates/{introduction}",))


@get("/candidates/{introduction:uuid}/history", opt=ACCESS)
async def show_history(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str]:
    """The acts, by code; there is no such page where nothing is open."""
    async with work(request) as unit:
        found = await history_of(unit, introduction)
    if found is None:
        raise Refused
    code, acts = found
    return page(request, "candidates/history.html", code=code, acts=acts, of=introduction, action_words=action_words)


routes = [show_history]
