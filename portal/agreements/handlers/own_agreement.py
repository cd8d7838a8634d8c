"""The company's agreement as its recruiters read it, and their own undertaking under it."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response, get, post

from portal.agreements.campaigns import asked_of
from portal.agreements.clauses import clauses_of_agreement, in_english
from portal.agreements.forms import OTHER_TEXT, PLACES, UndertakingForm
from portal.agreements.queries import (
    accepted,
    days_left,
    last_agreement,
    questions,
    standing_agreement,
    undertaking_texts,
)
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
CHOOSE = N_("Please choose an answer.")
WRONG = N_("That is not what the undertaking says. %(why)s Please answer again.")


@get("/agreement", opt=signed_in(*EMPLOYER))
async def show_agreement(request: PortalRequest) -> Response[str]:
    """The agreement in force and the viewer's undertaking."""
    return await _page(request, None)


@post("/agreement/undertaking", opt=signed_in(*EMPLOYER, leads="/agreement"))
async def accept_undertaking(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Accept the undertaking; the box must be ticked, and the questions answered."""
    form = await read_form(request, UndertakingForm)
    if form.value is None:
        return await _page(request, form)
    async with work(request) as unit:
        asked = form.value
        answers = [asked.first, asked.second, asked.third]
        answer = await unit.fetchval(
            "select gate.accept_undertaking($1, $2, $3)", asked.agreement, asked.shown, answers
        )
        if answer == "no_such_record":
            raise Refused
    if answer == "accepted":
        return lead_on(request, "/candidates", N_("Your undertaking is recorded."))
    return await _page(
        request, form.wrong(promise=Said(OTHER_TEXT)).filled(promise="") if answer == "other_text" else form
    )


async def _page(request: PortalRequest, form: Form[UndertakingForm] | None) -> Response[str]:
    async with work(request) as unit:
        viewer = unit.who
        agreement = await standing_agreement(unit)
        promise = await accepted(viewer, agreement["id"]) if agreement else None
        texts = await undertaking_texts(unit, promise["text_version"] if promise else None)
        asked = await questions(unit, agreement["id"], language()) if agreement and not promise else []
        last = None if agreement else await last_agreement(unit)
        papers = await papers_of(unit, [one["id"] for one in (agreement, last) if one])
        campaign = await asked_of(unit, agreement["id"]) if agreement else None
        clauses = (await clauses_of_agreement(unit, agreement["id"]))[0] if agreement else []
    if agreement is None:
        return page(request, "agreements/none.html", last=last, paper=papers.get(last["id"]) if last else None)
    names = {"company_name": viewer.company, "operator_name": visit(request).kit.settings.operator_name}
    shown = texts.get(language(), texts[ORIGINAL])
    original = {"language": ORIGINAL, "text": agreement["text"]}
    text = {"language": "en", "text": in_english(clauses)} if clauses and language() == "en" else original
    filled = {"agreement": str(agreement["id"]), "shown": shown["digest"]}
    return page(
        request,
        "agreements/detail.html",
        status=200 if form is None else 422,
        agreement={**agreement, **names, "days_left": days_left(agreement["ends_at"], datetime.now(UTC))},
        promise=promise,
        paper=papers.get(agreement["id"]),
        campaign=campaign,
        text=text,
        text_original=None if text is original else original,
        shown=shown,
        original=None if shown["language"] == ORIGINAL else texts[ORIGINAL],
        questions=dict(zip(PLACES, asked, strict=False)),
        form=_asking(blank(UndertakingForm) if form is None else form, asked).filled(**filled),
    )


def _asking(form: Form[UndertakingForm], asked: list[dict[str, Any]]) -> Form[UndertakingForm]:
    """The form with the questions of this sign-in; one that came back says what is missing, and why one was wrong."""
    offered = {name: list(enumerate(one["choices"], start=1)) for name, one in zip(PLACES, asked, strict=False)}
    came_back = not form.fresh and not form.only_shown
    said: dict[str, Said] = {}
    for name, one in zip(PLACES, asked, strict=False):
        given = form.given[name]
        if came_back and not one["is_right"] and (not given or given == str(one["answered"])):
            said[name] = Said(WRONG, {"why": one["explanation"]}) if given else Said(CHOOSE)
    return (form.wrong(**said) if said else form).offering(**offered)


routes = [show_agreement, accept_undertaking]
