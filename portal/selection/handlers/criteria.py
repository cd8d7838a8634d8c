"""By what a position's candidates are judged: set by the company's administrators, before anybody is judged."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Said
from portal.selection.handlers.scorecard_forms import CriteriaForm
from portal.selection.scorecards import Position, position, positions, set_criteria
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

PATH = "/team/criteria"
ONE = signed_in(Role.EMPLOYER_ADMIN, back=(PATH,))
MEANWHILE = N_("A colleague set other criteria meanwhile. Yours are ticked here: send them again if they are to stand.")
DONE = {
    "set": N_("The criteria are set."),
    "unchanged": N_("These criteria stand already."),
}


@get(PATH, opt=signed_in(Role.EMPLOYER_ADMIN, back=("/team",)))
async def show_criteria(request: PortalRequest) -> Response[str]:
    """The positions, and which criteria each has."""
    async with work(request) as unit:
        found = await positions(unit, unit.who.company_id)
    return page(request, "companies/criteria.html", positions=found)


def _form(request: PortalRequest, about: Position, form: Form[CriteriaForm]) -> Response[str]:
    status = 422 if form.errors else 200
    return page(request, "companies/criteria_of.html", status=status, position=about, form=form)


@get(f"{PATH}/{{opening:uuid}}", opt=ONE)
async def show_criteria_of(request: PortalRequest, opening: FromPath[UUID]) -> Response[str]:
    """The list, with those ticked that stand for the position."""
    async with work(request) as unit:
        about = await position(unit, opening)
        if about is None:
            raise Refused
    return _form(request, about, blank(CriteriaForm, codes=list(about.codes), shown=str(about.version)))


@post(f"{PATH}/{{opening:uuid}}", opt=ONE)
async def put_criteria_of(request: PortalRequest, opening: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Set them, unless a colleague set others meanwhile."""
    form: Form[CriteriaForm] = await read_form(request, CriteriaForm)
    async with work(request) as unit:
        sent = form.value
        said = await set_criteria(unit, opening, sent.shown, sent.codes) if sent else None
        if sent and said is None:
            raise Refused
        about = await position(unit, opening)
        if about is None:
            raise Refused
    if said in DONE:
        return lead_on(request, PATH, DONE[said])
    if said == "meanwhile":
        form = form.wrong(codes=Said(MEANWHILE)).filled(shown=str(about.version))
    return _form(request, about, form)


routes = [show_criteria, show_criteria_of, put_criteria_of]
