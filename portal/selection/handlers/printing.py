"""Candidates' pages for printing: each whole, with the entry that opening them for this was recorded in."""

from types import SimpleNamespace

from litestar import Response, get, post

from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.disclosure.calls import IN_COLUMNS, take_printed
from portal.language.i18n import N_, Said
from portal.selection.handlers.candidate import printed_page
from portal.selection.handlers.candidates import candidates
from portal.selection.handlers.chosen import led_to
from portal.selection.handlers.several_forms import PrintForm
from portal.web.bodies import query_fields
from portal.web.forms import read_form
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.searches import asked
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

PATH = "/candidates/print"
NONE = N_("Nobody was opened for printing. Choose up to 25 candidates in the list, then press Print.")
ACCESS = signed_in(*EMPLOYER, keeps=False, carries=PrintForm, back=("/candidates", "/board"))


@get(PATH, opt=ACCESS)
async def show_print(request: PortalRequest) -> Response[str]:
    """The pages. Those that are closed are counted and not named; when all are, there is no such page."""
    form = asked(query_fields(request), PrintForm, visit(request).secret)
    async with work(request) as unit:
        viewer = unit.who
        if form.value is None or not form.value.chosen:
            raise Refused
        found = await take_printed(unit, form.value.chosen, IN_COLUMNS)
        if not found and viewer.may_see_candidates:
            raise Refused
    if not viewer.may_see_candidates:
        return page(request, "candidates/blocked.html")
    people = [SimpleNamespace(**printed_page(viewer.company, *one)) for one in found]
    closed = len(form.value.chosen) - len(people)
    return page(request, "candidates/print.html", people=people, closed=closed)


@post(PATH, status_code=200, opt=ACCESS)
async def choose(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Lead to the pages of those that were chosen on a list or the board; back to the list when nobody was."""
    form = await read_form(request, PrintForm)
    if form.value is None or not form.value.chosen:
        return await candidates.again(request, Said(NONE))
    return await led_to(request, PATH, PrintForm, form.value.chosen)


routes = [show_print, choose]
