"""Recording an outcome, or correcting it within 24 hours. A person decides; a page says beforehand what closes."""

from uuid import UUID

from litestar import Response, post
from litestar.params import FromPath

from portal.agreements.grounds import GROUNDS
from portal.candidates.items import Item, codes_of
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER
from portal.disclosure.calls import Basis, Disclosure, disclose
from portal.language.i18n import N_, Said, gettext
from portal.selection.actions import grounds_in, put_outcome
from portal.selection.forms import ASKED, TROUBLE, OutcomeForm
from portal.selection.handlers.candidate import candidate_page, opened
from portal.web.forms import Form, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page, path_of
from portal.web.visit import PortalRequest
from portal.web.work import work

Seen = tuple[Disclosure, Basis]
CLOSED = N_("The outcome is recorded, and the data are closed.")


@post(
    "/candidates/{introduction:uuid}/outcome",
    status_code=200,
    opt=signed_in(*EMPLOYER, leads="/candidates/{introduction}"),
)
async def record_outcome(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Say what closes; then record, or correct what was recorded. The page again with what is wrong."""
    form: Form[OutcomeForm] = await read_form(request, OutcomeForm)
    seen, answer = None, None
    async with work(request) as unit:
        if form.value and form.value.asks:
            form, seen = await _before(unit, introduction, form)
        elif form.value:
            answer = await put_outcome(unit, introduction, form.value.decided)
            form = await _answered(unit, form, answer)
        if form.errors:
            seen = await opened(unit, introduction)
        viewer = unit.who
    if form.errors and seen:
        return _again(request, form, viewer.company, seen)
    if seen:
        return _asked(request, form, viewer.company, seen)
    if answer == "recorded_and_closed":
        return lead_on(request, f"/candidates/{introduction}/decided", CLOSED)
    return lead_on(request, path_of(request), N_("The outcome is recorded."))


def _again(request: PortalRequest, form: Form[OutcomeForm], company: str | None, seen: Seen) -> Response[str]:
    """The candidate's page with the form as it was sent. What closes is said anew before it is recorded."""
    values = candidate_page(company, *seen)
    form = form.filled(told="").over(note=values["outcome_form"].given["note"])
    return page(request, "candidates/detail.html", status=422, **{**values, "outcome_form": form})


async def _before(unit: Unit, introduction: UUID, form: Form[OutcomeForm]) -> tuple[Form[OutcomeForm], Seen]:
    """The form with what stands against it, and whom it is about."""
    assert form.value is not None
    found = await disclose(unit, introduction, None, "page_shown", Item.NAME)
    if found is None:
        raise Refused
    named = set(await grounds_in(unit, form.value.note)) - set(form.value.confirmed)
    if found[1].decided:
        form = form.wrong(result=Said(TROUBLE["already_recorded"]))
    elif named:
        form = await _answered(unit, form, "names_ground")
    return form, found


async def _answered(unit: Unit, form: Form[OutcomeForm], answer: str | None) -> Form[OutcomeForm]:
    """The form with what the gate said to it."""
    if answer is None:
        raise Refused
    if answer in TROUBLE:
        return form.wrong(result=Said(TROUBLE[answer]))
    if answer == "names_ground" and form.value:
        return _asked_once(form, await grounds_in(unit, form.value.note))
    return form


def _asked_once(form: Form[OutcomeForm], grounds: list[str]) -> Form[OutcomeForm]:
    """The form as it was filled in, with what its note names; sent again as it is, it passes."""
    words = gettext(", ").join(gettext(GROUNDS[ground].english) for ground in grounds)
    return form.wrong(note=Said(ASKED, {"grounds": words})).filled(confirmed=" ".join(grounds))


def _asked(request: PortalRequest, form: Form[OutcomeForm], company: str | None, seen: Seen) -> Response[str]:
    """What will close, for whom and from when, and the button that closes it."""
    shown, stands_on = seen
    ends = [end for end in (stands_on.consent_until, stands_on.agreement_until) if end]
    return page(
        request,
        "candidates/decide.html",
        introduction_id=stands_on.introduction_id,
        code=stands_on.code,
        name=shown.items.get("name"),
        decided=form.value,
        sent={**form.given, "told": "yes"},
        closes=codes_of(stands_on.selection_items & ~stands_on.contact_items),
        stays=codes_of(stands_on.contact_items),
        contact_days=stands_on.contact_days,
        ends=min(ends, default=None),
        company=company,
    )


routes = [record_outcome]
