"""Deciding on several at once: a page to look at, with a result for all or for each, and what became of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from litestar import Response, get, post

from portal.agreements.grounds import GROUNDS
from portal.candidates.items import Item
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER
from portal.disclosure.calls import disclose_several
from portal.language.i18n import N_, Said, Undone, gettext, written
from portal.selection.actions import grounds_in, just_decided, put_outcomes
from portal.selection.forms import ASKED
from portal.selection.handlers.candidates import candidates
from portal.selection.handlers.several_forms import DecideForm, DecisionsForm
from portal.selection.reasons import REASONS
from portal.web.bodies import query_fields
from portal.web.forms import Form, blank, parse, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.searches import address, asked
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

LIST = "/candidates"
NONE = N_("Nobody was decided on. Choose up to 25 candidates in the list, then press Decide.")
CLOSED = N_("Closed or decided on meanwhile, so there is nothing to decide: %(num)s.")
MINE = "/candidates/decided"
SEVERAL = signed_in(*EMPLOYER, keeps=False, leads=LIST, back=(LIST, "/board"))
Chosen = list[dict[str, object]]


@post("/candidates/decide", status_code=200, opt=SEVERAL)
async def choose(request: PortalRequest) -> Response[str] | Response[bytes]:
    """The page on which results are chosen for those who were chosen; the list again when none of them is open."""
    form: Form[DecideForm] = await read_form(request, DecideForm)
    if form.value is None or not form.value.chosen:
        return await candidates.again(request, Said(NONE))
    async with work(request) as unit:
        people = await _people(unit, form.value.chosen)
    if not people:
        return await candidates.again(request, Said(CLOSED, {"num": len(form.value.chosen)}))
    closed = len(form.value.chosen) - len(people)
    return _review(request, blank(DecisionsForm), people, closed)


@post("/candidates/decisions", status_code=200, opt=SEVERAL)
async def record(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Record each; those that cannot be are counted and not named. The page again with what is wrong."""
    form: Form[DecisionsForm] = await read_form(request, DecisionsForm)
    people: Chosen = []
    answers: Mapping[UUID, str | None] = {}
    async with work(request) as unit:
        if form.value:
            form = await _named(unit, form, form.value)
        if form.value:
            answers = await put_outcomes(unit, form.value.decisions)
        else:
            again = parse({"chosen": form.sent.get("chosen", ())}, DecideForm).value
            people = await _people(unit, again.chosen if again else ())
    if form.value is None:
        return _review(request, form, people, 0, status=422) if people else await candidates.again(request, Said(NONE))
    return _told(request, answers)


@get(MINE, opt=signed_in(*EMPLOYER, keeps=False, carries=DecideForm, back=(LIST, "/board")))
async def show_mine(request: PortalRequest) -> Response[str]:
    """Those that the viewer decided on at once, for as long as they can be taken back."""
    form = asked(query_fields(request), DecideForm, visit(request).secret)
    async with work(request) as unit:
        found = await just_decided(unit, form.value.chosen) if form.value else []
        if not found:
            raise Refused
    return page(request, "candidates/decided_several.html", decided=found)


async def _people(unit: Unit, chosen: Sequence[UUID]) -> Chosen:
    """Who of them is still to be decided on, each recorded as looked at."""
    return [
        {
            "id": stands_on.introduction_id,
            "name": shown.items.get("name"),
            "code": stands_on.code,
            "stage": stands_on.stage,
            "opening": written(stands_on.opening_title, stands_on.opening_title_latin),
            "closes_all": not stands_on.contact_items,
        }
        for shown, stands_on in await disclose_several(unit, chosen, Item.NAME)
        if not stands_on.decided
    ]


async def _named(unit: Unit, form: Form[DecisionsForm], sent: DecisionsForm) -> Form[DecisionsForm]:
    """The form with what its note names and its writer was not asked about."""
    named = await grounds_in(unit, sent.note)
    if set(named) <= set(sent.confirmed):
        return form
    words = gettext(", ").join(gettext(GROUNDS[ground].english) for ground in named)
    return form.wrong(note=Said(ASKED, {"grounds": words})).filled(confirmed=" ".join(named))


def _review(
    request: PortalRequest, form: Form[DecisionsForm], people: Chosen, closed: int, status: int = 200
) -> Response[str]:
    own = {one.partition(".")[0]: one.partition(".")[2] for one in form.sent.get("own", ()) if one}
    values: dict[str, Any] = {"form": form, "people": people, "closed": closed, "own": own, "results": REASONS}
    return page(request, "candidates/decide_several.html", status=status, **values)


def _told(request: PortalRequest, answers: Mapping[UUID, str | None]) -> Response[bytes]:
    """What became of them, in numbers; on to those that can be taken back."""
    done = [one for one, answer in answers.items() if answer in ("recorded", "recorded_and_closed")]
    left = len(answers) - len(done)
    if not done:
        return lead_on(
            request, LIST, Undone(N_("Nothing was recorded: all of them were closed or decided on meanwhile."))
        )
    place = address(MINE, parse({"chosen": [str(one) for one in done]}, DecideForm), visit(request).secret)
    if left:
        said = N_("Recorded: %(done)s. Closed or decided on meanwhile, so nothing was recorded: %(left)s.")
        return lead_on(request, place, said, done=str(len(done)), left=str(left))
    return lead_on(request, place, N_("Recorded: %(done)s."), done=str(len(done)))


routes = [choose, record, show_mine]
