"""Putting candidates forward for a position: who can be chosen, and the act. No names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.companies import queries
from portal.database.answers import Refused
from portal.database.paging import decode, encode
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.language.i18n import N_, written
from portal.selection.forward import Done, key_of, put_forward, to_put_forward
from portal.selection.handlers.forward_forms import ForwardForm, ForwardPage
from portal.web.bodies import query_fields
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.searches import asked as searched
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

PATH = "/companies/{asked:uuid}/openings/{opening:uuid}/candidates"
FORWARD = signed_in(Role.ACCOUNT_MANAGER, back=("/companies/{asked}",), carries=ForwardPage)
SIZE = 50


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one sending came to: how many of each result, and those refused."""

    counts: Counter[str]
    refused: list[Done]


async def position_of(unit: Unit, company: UUID, opening: UUID) -> dict[str, Any]:
    """The position with its company; raises Refused when it is none of the viewer's."""
    found, of = await queries.opening(company, opening), await queries.company(company)
    if found is None or of is None:
        raise Refused
    return {**found, "title": written(found["title"], found["title_latin"]), "company": of["name"]}


async def _show(
    request: PortalRequest, company: UUID, opening: UUID, form: Form[ForwardForm], after: str, outcome: Outcome | None
) -> Response[str]:
    start = decode(after, str, UUID)
    async with work(request) as unit:
        rows = await to_put_forward(unit, company, opening, start, SIZE + 1)
        position = await position_of(unit, company, opening)
    shown = rows[:SIZE]
    path = f"/companies/{company}/openings/{opening}/candidates"
    return page(
        request,
        "introductions/forward.html",
        status=422 if form.errors or outcome else 200,
        form=form.filled(after=after),
        rows=shown,
        position=position,
        outcome=outcome,
        first=path if start else None,
        next=f"{path}?after={encode(key_of(shown[-1]))}" if len(rows) > SIZE else None,
    )


@get(PATH, opt=FORWARD)
async def show_candidates(request: PortalRequest, asked: FromPath[UUID], opening: FromPath[UUID]) -> Response[str]:
    """Who can be put forward for the position, by number, with what would open. Asking is recorded."""
    place = searched(query_fields(request), ForwardPage, visit(request).secret)
    return await _show(request, asked, opening, blank(ForwardForm), place.value.after if place.value else "", None)


@post(PATH, opt=FORWARD)
async def put_candidates_forward(
    request: PortalRequest, asked: FromPath[UUID], opening: FromPath[UUID]
) -> Response[str] | Response[bytes]:
    """Introduce those chosen. When somebody was refused, the page says whom and why."""
    form: Form[ForwardForm] = await read_form(request, ForwardForm)
    after = form.given.get("after", "")
    if form.value is None:
        return await _show(request, asked, opening, form, after, None)
    async with work(request) as unit:
        done = await put_forward(unit, asked, opening, form.value.candidates)
    if not done:
        raise Refused
    outcome = _outcome(done)
    if outcome.refused:
        return await _show(request, asked, opening, blank(ForwardForm), after, outcome)
    said = N_("Put forward: %(made)s. Introduced before: %(already)s.")
    counts = {name: str(outcome.counts[name]) for name in ("made", "already")}
    return lead_on(request, f"/companies/{asked}/openings/{opening}/candidates", said, **counts)


def _outcome(done: Sequence[Done]) -> Outcome:
    return Outcome(Counter(one.result for one in done), [one for one in done if one.result == "refused"])


routes = [show_candidates, put_candidates_forward]
