"""The tab of a candidate's page on which the resume is read, in the form that this account used last."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from portal.database.viewer import EMPLOYER
from portal.disclosure.calls import Basis
from portal.language.i18n import gettext
from portal.selection.handlers.candidate import RESUME_FORMS, candidate_page, opened
from portal.selection.handlers.neighbours import around, narrowed
from portal.selection.handlers.search_forms import Search
from portal.selection.taking import RESUME_TABS, resume_tab
from portal.web.bodies import query_fields
from portal.web.fields import choice, ticked
from portal.web.forms import parse
from portal.web.markers import signed_in
from portal.web.rendering import page, see_other
from portal.web.searches import address
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

FORMS = [(f"{form}-{calendar}", form, calendar) for form, calendar in RESUME_FORMS]


@dataclass(frozen=True)
class ResumeTab(Search):
    """Which form is read, and whether the original stands beside it; and the list that one came from."""

    show: str | None = choice("", RESUME_TABS, required=False)
    beside: bool = ticked()


@get("/candidates/{introduction:uuid}/resume", opt=signed_in(*EMPLOYER, back=("/candidates",), carries=ResumeTab))
async def read_resume(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """The tab; the candidate's page where the selection is closed. What opens in it is recorded by itself."""
    query = query_fields(request)
    form = parse({name: query.get(name, ()) for name in ("show", "beside")}, ResumeTab)
    asked = form.value.show if form.value else None
    async with work(request) as unit:
        shown, stands_on = await opened(unit, introduction)
        chosen = await resume_tab(unit, asked)
        viewer = unit.who
    if not stands_on.selection_items:
        return see_other(request, f"/candidates/{introduction}")
    values = candidate_page(viewer.company, shown, stands_on)
    tab = _tab(request, stands_on, chosen, beside=bool(form.value and form.value.beside))
    return page(request, "candidates/resume.html", **{**values, **tab})


def _tab(request: PortalRequest, stands_on: Basis, chosen: str, *, beside: bool) -> dict[str, Any]:
    """What stands on the tab: an original that does not open is none, and the form that is made takes its place."""
    own = f"/candidates/{stands_on.introduction_id}"
    originals = [one for one in stands_on.documents if one["kind"] == "resume_original" and one["opens"]]
    original = f"{own}/documents/{originals[0]['id']}" if originals else None
    chosen = FORMS[0][0] if chosen == "original" and original is None else chosen
    made = {show: f"{own}/resume.pdf?form={form}&calendar={calendar}" for show, form, calendar in FORMS}
    word = gettext("Resume preview")
    frames = [(word, original if chosen == "original" and original else made.get(chosen, made[FORMS[0][0]]))]
    if beside and original and chosen != "original":
        frames.append((gettext("The original"), original))
    search, secret = narrowed(request), visit(request).secret
    return {
        "around": around(request, stands_on, tab="resume"),
        "forms": FORMS,
        "chosen": chosen,
        "beside": len(frames) > 1,
        "original": original,
        "frames": frames,
        "saving": [(title, f"{at}{'&' if '?' in at else '?'}save=yes") for title, at in frames],
        "shown_as": {show: address(f"{own}/resume", search, secret, show=show) for show in RESUME_TABS},
        "beside_address": address(
            f"{own}/resume", search, secret, show=chosen, beside=None if len(frames) > 1 else "yes"
        ),
    }


routes = [read_resume]
