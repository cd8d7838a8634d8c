"""The company's agreement as its recruiters read it, and their own undertaking under it."""

from datetime import UTC, datetime

from litestar import Response, get, post

from portal.agreements.campaigns import asked_of
from portal.agreements.forms import OTHER_TEXT, UndertakingForm
from portal.agreements.queries import accepted, days_left, last_agreement, standing_agreement, undertaking_texts
from portal.agreements.signing import papers_of
from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER
from portal.language.i18n import N_, Said, language
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

ORIGINAL = "ja"


@get("/agreement", opt=signed_in(*EMPLOYER))
async def show_agreement(request: PortalRequest) -> Response[str]:
    """The agreement in force and the viewer's undertaking."""
    return await _page(request, None)


@post("/agreement/undertaking", opt=signed_in(*EMPLOYER, leads="/agreement"))
async def accept_undertaking(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Accept the undertaking; the box must be ticked."""
    form = await read_form(request, UndertakingForm)
    if form.value is None:
        return await _page(request, form)
    async with work(request) as unit:
        asked = form.value
        answer = await unit.fetchval("select gate.accept_undertaking($1, $2)", asked.agreement, asked.shown)
        if answer == "no_such_record":
            raise Refused
    if answer == "other_text":
        return await _page(request, form.wrong(promise=Said(OTHER_TEXT)).filled(promise=""))
    return lead_on(request, "/candidates", N_("Your undertaking is recorded."))


async def _page(request: PortalRequest, form: Form[UndertakingForm] | None) -> Response[str]:
    async with work(request) as unit:
        viewer = unit.who
        agreement = await standing_agreement(unit)
        promise = await accepted(viewer, agreement["id"]) if agreement else None
        texts = await undertaking_texts(unit, promise["text_version"] if promise else None)
        last = None if agreement else await last_agreement(viewer)
        papers = await papers_of(unit, [agreement["id"]]) if agreement else {}
        campaign = await asked_of(unit, agreement["id"]) if agreement else None
    if agreement is None:
        return page(request, "agreements/none.html", last_agreement=last)
    names = {"company_name": viewer.company, "operator_name": visit(request).kit.settings.operator_name}
    shown = texts.get(language(), texts[ORIGINAL])
    filled = {"agreement": str(agreement["id"]), "shown": shown["digest"]}
    return page(
        request,
        "agreements/detail.html",
        status=200 if form is None else 422,
        agreement={**agreement, **names, "days_left": days_left(agreement["ends_at"], datetime.now(UTC))},
        promise=promise,
        paper=papers.get(agreement["id"]),
        campaign=campaign,
        shown=shown,
        original=None if shown["language"] == ORIGINAL else texts[ORIGINAL],
        form=blank(UndertakingForm, **filled) if form is None else form.filled(**filled),
    )


routes = [show_agreement, accept_undertaking]
