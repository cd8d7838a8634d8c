"""The tab of a candidate's page with the scorecards: one's own to fill in, and beside it those of colleagues."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.agreements.grounds import GROUNDS
from portal.candidates.items import Item
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER
from portal.disclosure.calls import disclose
from portal.language.i18n import N_, Said, gettext
from portal.selection.actions import grounds_in
from portal.selection.forms import ASKED
from portal.selection.handlers.candidate import candidate_page, opened
from portal.selection.handlers.neighbours import around
from portal.selection.handlers.scorecard_forms import CardFields, CardForm
from portal.selection.handlers.search_forms import Search
from portal.selection.scorecards import Filling, Scorecards, fill_in, scorecards
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page, see_other
from portal.web.visit import PortalRequest
from portal.web.work import work

TAB = signed_in(*EMPLOYER, back=("/candidates",), carries=Search)
OVER = N_("The selection has ended meanwhile, and its scorecards are closed. Yours was not saved.")
DONE = {
    "filled": N_("Your scorecard is filled in."),
    "corrected": N_("Your scorecard is corrected."),
    "unchanged": N_("Your scorecard says this already."),
}
TROUBLE = {
    "already": N_("You filled in a scorecard already. Send this one again to correct it."),
    "meanwhile": N_("The criteria of this position were changed meanwhile. These stand now: please look at each."),
    "too_late": N_("The 24 hours for corrections are over. Your scorecard stands as it is."),
}


@get("/candidates/{introduction:uuid}/scorecards", opt=TAB)
async def show_scorecards(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """The tab; the candidate's page where the selection is closed."""
    async with work(request) as unit:
        values = await _values(request, unit, introduction)
    if values is None:
        return see_other(request, f"/candidates/{introduction}")
    return page(request, "candidates/scorecards.html", **values, form=_form(values["cards"]))


@post("/candidates/{introduction:uuid}/scorecards", opt=TAB)
async def put_scorecard(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Fill in one's own, or correct it; or the tab again with what is wrong, and with what was typed."""
    form: Form[CardFields] = await read_form(request, CardForm)
    async with work(request) as unit:
        answer = await fill_in(unit, introduction, form.value.filled_in) if form.value else None
        if form.value and answer is None:
            raise Refused
        if answer == "names_ground":
            form = await _asked_once(unit, form)
        values = None if answer in DONE or answer == "over" else await _values(request, unit, introduction)
        if values is None and answer not in DONE:
            shown, stands_on = await opened(unit, introduction)
            viewer = unit.who
    if answer in DONE:
        return lead_on(request, f"/candidates/{introduction}/scorecards", DONE[answer])
    if values is None:
        closed = candidate_page(viewer.company, shown, stands_on)
        return page(
            request,
            "candidates/detail.html",
            status=422,
            **closed,
            trouble=gettext(OVER),
            unsaved=form.given["note"],
        )
    form = _told(form, answer, values["cards"])
    return page(request, "candidates/scorecards.html", status=422, **values, form=form)


async def _values(request: PortalRequest, unit: Unit, introduction: UUID) -> Mapping[str, Any] | None:
    """What the tab shows besides the form: the name and no other item. None where the selection is closed. Raises
    Refused when nothing is open."""
    found = await disclose(unit, introduction, None, "page_shown", Item.NAME)
    if found is None:
        raise Refused
    cards = await scorecards(unit, introduction)
    if cards is None:
        return None
    shown, stands_on = found
    values = candidate_page(unit.who.company, shown, stands_on)
    return {**values, "cards": cards, "around": around(request, stands_on, tab="scorecards")}


def _form(cards: Scorecards) -> Form[CardFields]:
    """One's own as it stands, to correct it; or one to fill in."""
    own = cards.own
    if own is None:
        return blank(CardForm, version=str(cards.version))
    ratings = {code: str(rating) for code, rating in own.ratings.items()}
    said = {"recommendation": own.recommendation, "note": own.note or "", "version": str(own.version)}
    return blank(CardForm, **said, **ratings, correcting="yes").over(note=own.note or "")


def _told(form: Form[CardFields], answer: Filling | None, cards: Scorecards) -> Form[CardFields]:
    """The form as it was filled in, with what came of it, and with the criteria that it is filled in by now."""
    if answer in TROUBLE:
        form = form.wrong(version=Said(TROUBLE[answer]))
    own = cards.own
    version = own.version if own else cards.version
    return form.filled(version=str(version), correcting="yes" if own else "")


async def _asked_once(unit: Unit, form: Form[CardFields]) -> Form[CardFields]:
    """The form with what its note names; sent again as it is, it passes."""
    grounds = await grounds_in(unit, form.given["note"])
    words = gettext(", ").join(gettext(GROUNDS[ground].english) for ground in grounds)
    return form.wrong(note=Said(ASKED, {"grounds": words})).filled(confirmed=" ".join(grounds))


routes = [show_scorecards, put_scorecard]
