"""One candidate's page: the items that are open, beside them what they rest on, and that opening it was recorded."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.candidates.items import ALL_ITEMS, CONTACT_ITEMS, DEFAULT_ITEMS, Purpose, codes_of
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER
from portal.disclosure.calls import IN_COLUMNS, Basis, Disclosure, disclose
from portal.language.i18n import written
from portal.selection.actions import STAGES
from portal.selection.forms import AssignForm, NoteForm, OutcomeForm
from portal.selection.handlers.forward_forms import ReopenForm
from portal.selection.handlers.neighbours import around
from portal.selection.handlers.search_forms import Search
from portal.web.forms import Form, blank
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work

RESUME_FORMS = [("ja", "era"), ("ja", "western"), ("en", "western")]
CORRECTABLE, RETURNABLE = timedelta(hours=24), timedelta(minutes=5)


CANDIDATE = signed_in(*EMPLOYER, back=("/candidates", "/board", "/home"), carries=Search)


@get("/candidates/{introduction:uuid}", opt=CANDIDATE)
async def show_candidate(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str]:
    """The page; to somebody who may see nobody yet, whoever it is about, what comes first."""
    async with work(request) as unit:
        viewer = unit.who
        if not viewer.may_see_candidates:
            await disclose(unit, introduction, None, "page_shown", ALL_ITEMS)  # refused, which is recorded
            return page(request, "candidates/blocked.html")
        shown, stands_on = await opened(unit, introduction)
    values = candidate_page(viewer.company, shown, stands_on)
    beside = around(request, stands_on)
    return page(request, "candidates/detail.html", **values, around=beside, back=beside["back"])


CONTACT = signed_in(*EMPLOYER, keeps=False, leads="/candidates/{introduction}")


@post("/candidates/{introduction:uuid}/contact", status_code=200, opt=CONTACT)
async def show_contact(request: PortalRequest, introduction: FromPath[UUID]) -> Response[str]:
    """The contact details, for the purpose of contact and nothing else."""
    async with work(request) as unit:
        found = await disclose(unit, introduction, Purpose.CONTACT, "contact_revealed", CONTACT_ITEMS)
        if found is None:
            raise Refused
    shown, stands_on = found
    return page(
        request,
        "candidates/contact.html",
        items=shown.items,
        entry_id=shown.entry_id,
        introduction=_introduction(stands_on),
    )


async def seen_or_none(unit: Unit, introduction: UUID) -> tuple[Disclosure, Basis] | None:
    """The items of one page and their basis, recorded; None when nothing is open."""
    return await disclose(unit, introduction, None, "page_shown", IN_COLUMNS)


async def opened(unit: Unit, introduction: UUID) -> tuple[Disclosure, Basis]:
    """The same. Raises Refused when nothing is open."""
    found = await seen_or_none(unit, introduction)
    if found is None:
        raise Refused
    return found


def printed_page(company: str | None, shown: Disclosure, stands_on: Basis) -> dict[str, Any]:
    """What `candidates/print.html` shows of one. Namespaces, because a template finds their names at the first try."""
    photo = shown.items.get("photo")
    return {
        "introduction": _introduction(stands_on),
        "items": shown.items,
        "photo_url": f"/candidates/{stands_on.introduction_id}/documents/{photo}" if photo else None,
        "basis": _basis(company, shown, stands_on),
    }


def candidate_page(company: str | None, shown: Disclosure, stands_on: Basis) -> dict[str, Any]:
    """What `candidates/detail.html` shows: what stands on paper as well, what can be done, and the forms for it."""
    return {
        **printed_page(company, shown, stands_on),
        "not_shared": codes_of(DEFAULT_ITEMS[shown.purpose] & ~shown.open & ~stands_on.selection_held),
        "until_offer": codes_of(stands_on.selection_held) if shown.purpose is Purpose.SELECTION else (),
        "assigned_to": stands_on.assigned_to,
        "assign_form": _assign_form(stands_on),
        "notes": stands_on.notes,
        "scorecards": SimpleNamespace(**stands_on.scorecards),
        "note_form": offered(blank(NoteForm), stands_on),
        "movable": bool(stands_on.selection_items | stands_on.selection_held),
        "stages": STAGES,
        "documents": _originals(stands_on),
        "resume_forms": RESUME_FORMS,
        "can_contact": bool(stands_on.contact_items & CONTACT_ITEMS),
        "contact_days": stands_on.contact_days,
        "outcome": _outcome(stands_on, shown),
        "undone": [SimpleNamespace(**one) for one in stands_on.outcomes if one["undone_at"]],
        "outcome_form": _outcome_form(stands_on),
        "reopen_form": blank(ReopenForm).named("reopen"),
    }


def _originals(stands_on: Basis) -> list[dict[str, Any]]:
    return [one for one in stands_on.documents if one["kind"] == "resume_original"]


def _basis(company: str | None, shown: Disclosure, stands_on: Basis) -> SimpleNamespace:
    """What the narrow column says: on whose consent, under which agreement, for what, and that it was recorded."""
    missing = {*shown.missing, *(() if _originals(stands_on) else ("resume_original",))}
    open_items = codes_of(shown.open)
    return SimpleNamespace(
        company_name=company,
        consent_given_at=stands_on.consent_given_at,
        consent_until=stands_on.consent_until,
        notice_version=stands_on.notice_version,
        notice_published_at=stands_on.notice_published_at,
        agreement_number=stands_on.agreement_number,
        agreement_until=stands_on.agreement_until,
        purpose=shown.purpose.name.lower(),
        items=[code for code in open_items if code not in missing],
        sources=_sources(stands_on, [code for code in open_items if code in shown.items]),
        missing=[code for code in open_items if code in missing],
        recorded_at=shown.recorded_at,
        entry_id=shown.entry_id,
        selection_open=bool(stands_on.selection_items),
        contact_until=stands_on.contact_until,
        opening_closed=bool(stands_on.opening_closed),
        inactive_at=stands_on.inactive_at,
        lapsed=stands_on.inactive_at is not None and stands_on.inactive_at <= shown.recorded_at,
    )


def offered(form: Form[NoteForm], stands_on: Basis) -> Form[NoteForm]:
    """The form for a note, with the colleagues who can be mentioned."""
    others = [(number, name) for number, name, me in stands_on.colleagues if not me]
    return form.named("note").offering(mentions=others)


def _assign_form(stands_on: Basis) -> Form[AssignForm]:
    """The form for whose it is, with the colleagues who can have it."""
    stands = str(stands_on.assigned_to or "")
    colleagues = [(number, name) for number, name, _me in stands_on.colleagues]
    return blank(AssignForm, to=stands, shown=stands).offering(to=colleagues)


def _outcome_form(stands_on: Basis) -> Form[OutcomeForm]:
    """The form for an outcome, or for the correction of the one that stands."""
    if not stands_on.decided:
        return blank(OutcomeForm)
    latest = stands_on.decided[-1]
    stands = {name: latest[name] or "" for name in ("result", "reason", "note")}
    return blank(OutcomeForm, **stands, correcting="yes").over(note=stands["note"])


def _introduction(stands_on: Basis) -> SimpleNamespace:
    return SimpleNamespace(
        id=stands_on.introduction_id,
        code=stands_on.code,
        opening_title=written(stands_on.opening_title, stands_on.opening_title_latin),
        opening_description=stands_on.opening_description,
        stage=stands_on.stage,
        introduced_at=stands_on.introduced_at,
        outcome=stands_on.decided[-1]["result"] if stands_on.decided else None,
    )


def _sources(stands_on: Basis, items: list[str]) -> list[tuple[str, datetime | None, list[str]]]:
    """From whom these items come and when each was confirmed, those of one source and day together."""
    found: dict[tuple[str, datetime | None], list[str]] = {}
    for code in items:
        found.setdefault(stands_on.sources.get(code, ("platform", None)), []).append(code)
    return [(source, at, codes) for (source, at), codes in found.items()]


def _outcome(stands_on: Basis, shown: Disclosure) -> SimpleNamespace | None:
    """The outcome that stands, what it corrected, and until when it can be corrected itself."""
    if not stands_on.decided:
        return None
    *before, latest = stands_on.decided
    until = stands_on.decided[0]["recorded_at"] + CORRECTABLE
    back_until = stands_on.decided[0]["recorded_at"] + RETURNABLE
    mine = all(one["mine"] for one in stands_on.decided)
    return SimpleNamespace(
        **latest,
        corrected=[SimpleNamespace(**one) for one in before],
        correctable_until=until if until > shown.recorded_at else None,
        returnable_until=back_until if mine and back_until > shown.recorded_at else None,
    )


routes = [show_candidate, show_contact]
