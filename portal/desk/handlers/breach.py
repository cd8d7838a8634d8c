"""Breach help: from an account, a sign-in, a time or a file to the persons reached, the report and its deadlines."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from litestar import Response, get

from portal.accesslog.export.entries import CSV, csv_table
from portal.accesslog.forms import KEY, look_up
from portal.accesslog.queries import LogFilter
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.desk import queries
from portal.desk.breach import clocks, triggers
from portal.desk.forms import BreachFile, BreachSearch
from portal.desk.handlers.telling import Telling, made_by, pdf_answer, signed_pdf
from portal.documents.report import Report, Section, lines
from portal.language import formats
from portal.language.holidays import holidays_around
from portal.language.i18n import N_, gettext
from portal.language.zone import JAPAN
from portal.web.bodies import query_fields
from portal.web.lists import Found, Listing, Start
from portal.web.markers import signed_in
from portal.web.rendering import file_answer, see_other
from portal.web.searches import asked
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

LIST = "/breaches"
# The nine items of the report to the Commission (Rule 8): what the portal can fill in, and what only people know.
REPORT = (
    ("outline", N_("1. Outline")), ("items", N_("2. Personal data that leaked or may have leaked")),
    ("persons", N_("3. Number of persons")), ("cause", N_("4. Cause")),
    ("secondary", N_("5. Secondary damage, or the danger of it")),
    ("response", N_("6. What is done towards the persons")),
    ("publicity", N_("7. What is made public")), ("prevention", N_("8. Measures against a repetition")),
    ("other", N_("9. Other matters")),
)  # fmt: skip
TO_FILL = N_("To be filled in by you.")


def _filter(wanted: BreachSearch) -> LogFilter:
    return replace(wanted.filter, session_id=wanted.session or wanted.sign_in)


async def _found(unit: Unit, asked: BreachSearch, start: Start) -> Found:
    told = await queries.breach(unit, _filter(asked), asked.receipt, None) if asked.narrowed else None
    rows = told["rows"] if told else []
    return Found(rows, values={"reached": told, "law": told and law(asked, told), "asked": asked, "report": REPORT})


def law(wanted: BreachSearch, told: Mapping[str, Any]) -> dict[str, Any]:
    """What the law asks for: which cases are there, and the clocks, from when it is known or from now."""
    found = triggers(wanted.triggers, told["persons"], wanted.cause)
    known = wanted.known_at or datetime.now(UTC)
    closed = holidays_around(known.astimezone(JAPAN).date().replace(month=12, day=31))
    return {"triggers": found, "clocks": clocks(known, found, told["eea"], closed), "known": known}


breaches = Listing(LIST, "desk/breach.html", BreachSearch, Role.COMPLIANCE, find=_found, key=KEY, look_up=look_up)


@get("/breaches/file", opt=signed_in(Role.COMPLIANCE, carries=BreachFile))
async def export_breach(request: PortalRequest) -> Response[bytes]:
    """Everybody who was reached as CSV, or the report as a signed PDF. Nobody is named."""
    form = asked(query_fields(request), BreachFile, visit(request).secret)
    async with work(request) as unit:
        wanted = (await look_up(unit, form)).value
        told = None
        if wanted is not None and wanted.narrowed:
            told = await queries.breach(unit, _filter(wanted), wanted.receipt, wanted.form)
    if wanted is None or told is None:
        return see_other(request, LIST)
    name = f"shokai-breach-{datetime.now(UTC):%Y%m%d-%H%M%S}.{wanted.form}"
    if wanted.form == "csv":
        return _csv(request, told, name)
    return pdf_answer(await signed_pdf(request, _report(request, wanted, told), LIST), name)


def _columns() -> tuple[str, ...]:
    return (
        gettext("Person's number"), gettext("Introduction codes"), gettext("Law that protects the person"),
        gettext("Items shown"), gettext("Recipients"), gettext("Entries"), gettext("Files taken"), gettext("First"),
        gettext("Last"),
    )  # fmt: skip


def _cells(row: Mapping[str, Any], telling: Telling) -> list[str]:
    return [
        row["reference"], " ".join(row["codes"]), telling.word("regime", row["regime"]) or gettext("Not known"),
        telling.several("item", row["items"]), ", ".join(row["companies"]), str(row["entries"]), str(row["files"]),
        formats.moment(row["first_at"]), formats.moment(row["last_at"]),
    ]  # fmt: skip


def _csv(request: PortalRequest, told: Mapping[str, Any], name: str) -> Response[bytes]:
    telling = Telling(request)
    rows = [_columns(), *(_cells(row, telling) for row in told["rows"])]
    return file_answer(csv_table([*rows, *([said] for said in cut(told))]), CSV, name)


def cut(told: Mapping[str, Any]) -> list[str]:
    """What a file says that has not everybody."""
    if len(told["rows"]) == told["persons"]:
        return []
    said = gettext(
        "NOT WHOLE: the latest %(num)s of %(persons)s persons. Ask for shorter times, and each file holds all."
    )
    return [said % {"num": f"{len(told['rows']):,}", "persons": f"{told['persons']:,}"}]


def filled(wanted: BreachSearch, told: Mapping[str, Any], telling: Telling) -> dict[str, str]:
    """Of the nine items those that the log knows."""
    seen = gettext("%(entries)s entries showed data of %(persons)s persons, from %(first)s to %(last)s.") % {
        "entries": f"{told['entries']:,}", "persons": f"{told['persons']:,}",
        "first": formats.moment(told["first_at"]), "last": formats.moment(told["last_at"]),
    }  # fmt: skip
    items = [f"{telling.word('item', code)} ({told['by_item'].get(code, 0):,})" for code in told["items"]]
    persons = f"{told['persons']:,}"
    if told["erased"]:
        persons += " " + gettext("(and %(num)s entries about persons who were erased)") % {"num": told["erased"]}
    return {
        "outline": seen, "items": gettext(", ").join(items), "persons": persons,
        "cause": telling.word("breach_cause", wanted.cause) or gettext(TO_FILL),
    }  # fmt: skip


def _report(request: PortalRequest, wanted: BreachSearch, told: Mapping[str, Any]) -> Report:
    telling, found = Telling(request), law(wanted, told)
    made, foot = made_by(request)
    known = filled(wanted, told, telling)
    nine = [(gettext(title), known.get(code) or gettext(TO_FILL)) for code, title in REPORT]
    return Report(
        visit(request).locale,
        gettext("Report of a leak (APPI Article 26)"),
        made,
        foot,
        facts=tuple(nine),
        sections=(
            Section(gettext("Clocks"), ("", ""), lines(_clocks(found, telling))),
            Section(
                " ".join([gettext("Persons reached"), *cut(told)]),
                _columns(),
                lines([_cells(row, telling) for row in told["rows"]]),
            ),
        ),
        landscape=True,
        empty=gettext("Nobody was reached by what these conditions find"),
    )


def _clocks(found: Mapping[str, Any], telling: Telling) -> list[tuple[str, str]]:
    at = found["clocks"]
    rows = [
        (gettext("Known since"), formats.moment(found["known"])),
        (gettext("What applies"), telling.several("trigger", found["triggers"]) or gettext("None of the four cases")),
        (gettext("Preliminary report"), f"{formats.day(at.preliminary[0])} – {formats.day(at.preliminary[1])}"),
        (gettext("Final report"), formats.day(at.final)),
    ]
    return [*rows, (gettext("GDPR Article 33 (72 hours)"), formats.moment(at.gdpr))] if at.gdpr else rows


routes = [*breaches.routes, export_breach]
