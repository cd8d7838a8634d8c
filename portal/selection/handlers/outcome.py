"""Recording an outcome, or correcting it within 24 hours. A person decides; the page says beforehand what closes."""

from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.language.i18n import Said
from portal.selection.actions import put_outcome
from portal.selection.forms import TROUBLE, OutcomeForm, checked
from portal.selection.handlers.candidate import candidate_page, opened
from portal.web.forms import Errors, read_form
from portal.web.left_over import leads
from portal.web.markers import signed_in
from portal.web.rendering import page, see_other
from portal.web.visit import PortalRequest
from portal.web.work import work


@post("/candidates/{introduction:uuid}/outcome", opt=signed_in(*EMPLOYER))
async def record_outcome(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Record, or correct what was recorded; back to the page, or the page again with what is wrong."""
    form = checked(await read_form(request, OutcomeForm))
    async with work(request) as unit:
        answer = await put_outcome(unit, introduction, form.value.decided) if form.value else None
        if form.value and answer is None:
            raise Refused
        errors = Errors(result=Said(TROUBLE[answer])) if answer in TROUBLE else form.errors
        if errors:
            shown, stands_on = await opened(unit, introduction)
            viewer = unit.who
    if not errors:
        return see_other(request, "/candidates" if answer == "recorded_and_closed" else f"/candidates/{introduction}")
    values = candidate_page(viewer, shown, stands_on)
    values |= {"path": f"/candidates/{introduction}", "outcome_form": form.given, "outcome_errors": errors}
    return page(request, "candidates/detail.html", status=422, **values)


outcome_left_over = leads("/candidates/{introduction:uuid}/outcome", "/candidates/{introduction}", *EMPLOYER)

routes = [record_outcome, outcome_left_over]
