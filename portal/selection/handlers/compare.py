"""Two to four candidates of one position side by side: of each only what is open, and an entry for each."""

from types import SimpleNamespace

from litestar import Response, get, post

from portal.candidates.items import SELECTION_ITEMS, Item, Purpose, codes_of
from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.disclosure.calls import IN_COLUMNS, Basis, Disclosure, compare
from portal.language.i18n import N_, Said, written
from portal.selection.handlers.candidates import candidates
from portal.selection.handlers.chosen import led_to
from portal.selection.handlers.several_forms import CompareForm
from portal.web.bodies import query_fields
from portal.web.forms import read_form
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.searches import asked
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

PATH = "/candidates/compare"
NONE = N_("Nobody was compared. Choose two to four candidates of one position in the list, then press Compare.")
COMPARED = SELECTION_ITEMS & IN_COLUMNS & ~Item.PHOTO  # a photo is a file with an entry of its own, and may not decide
ACCESS = signed_in(*EMPLOYER, keeps=False, carries=CompareForm, back=("/candidates", "/board"))


@get(PATH, opt=ACCESS)
async def show_comparison(request: PortalRequest) -> Response[str]:
    """The page. Those that are closed are counted and not named; when all are, there is no such page."""
    form = asked(query_fields(request), CompareForm, visit(request).secret)
    async with work(request) as unit:
        viewer = unit.who
        if form.value is None or not form.value.fits:
            raise Refused
        found = await compare(unit, form.value.chosen, COMPARED)
        if found == [] and viewer.may_see_candidates:
            raise Refused
    if not viewer.may_see_candidates:
        return page(request, "candidates/blocked.html")
    people = [_person(*one) for one in found or []]
    closed = len(form.value.chosen) - len(people)
    return page(request, "candidates/compare.html", status=200 if people else 422, people=people, closed=closed)


@post(PATH, status_code=200, opt=ACCESS)
async def choose(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Lead to the page of those that were chosen on a list or the board; back to the list when they are not so many."""
    form = await read_form(request, CompareForm)
    if form.value is None or not form.value.fits:
        return await candidates.again(request, Said(NONE))
    return await led_to(request, PATH, CompareForm, form.value.chosen)


def _person(shown: Disclosure, stands_on: Basis) -> SimpleNamespace:
    """One column: the items, and why each that is not there is not."""
    held = codes_of(stands_on.selection_held) if shown.purpose is Purpose.SELECTION else ()
    return SimpleNamespace(
        id=shown.introduction_id,
        code=stands_on.code,
        opening=written(stands_on.opening_title, stands_on.opening_title_latin),
        stage=stands_on.stage,
        outcome=stands_on.decided[-1]["result"] if stands_on.decided else None,
        introduced_at=stands_on.introduced_at,
        items=shown.items,
        missing=shown.missing,
        until_offer=held,
        over=shown.purpose is Purpose.CONTACT,
        scorecards=SimpleNamespace(**stands_on.scorecards),
        entry_id=shown.entry_id,
    )


routes = [show_comparison, choose]
