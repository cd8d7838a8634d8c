"""What the log was narrowed to, summed up on one page and as a signed report: the answers to compliance's questions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from litestar import Response, get

from portal.accesslog import queries
from portal.accesslog.actions import action_words
from portal.accesslog.export import running
from portal.accesslog.forms import LogSearch, look_up
from portal.accesslog.handlers import narrowed
from portal.database.viewer import Role
from portal.desk.handlers.conditions import conditions
from portal.desk.handlers.telling import Telling, made_by, pdf_answer, signed_pdf
from portal.documents.report import Report, Section, lines
from portal.language import formats
from portal.language.holidays import holidays_around
from portal.language.i18n import N_, gettext
from portal.language.zone import JAPAN
from portal.web.bodies import query_fields
from portal.web.forms import Form
from portal.web.markers import signed_in
from portal.web.rendering import page, see_other
from portal.web.searches import asked
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

QUESTIONS = {
    "person": N_("Who saw this person, and which items?"),
    "session": N_("What happened in this sign-in?"),
    "actor": N_("What did this account touch?"),
    "company": N_("Did this company keep to its purposes?"),
    "": N_("Summary of the access log"),
}
CHARTS = (
    ("action", N_("By action")), ("actor", N_("By account")), ("company", N_("By company")),
    ("purpose", N_("By purpose")), ("decision", N_("By decision")),
)  # fmt: skip
PURPOSES = {"1": "selection", "2": "contact", "3": "selection"}


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: its code, its caption, and rows of a word, a number and the fields that lead to its entries."""

    code: str
    caption: str
    rows: list[tuple[str, int, dict[str, object]]]


def question(wanted: LogSearch) -> str:
    """Which question is asked, by what the log is narrowed to."""
    if wanted.person or (wanted.introduction and not wanted.receipt and not wanted.typed_address):
        return "person"
    return next((name for name in ("session", "actor", "company") if getattr(wanted, name)), "")


def charts(told: dict[str, Any], telling: Telling) -> list[Chart]:
    """The charts of a summary, those with anything to compare."""
    made = [
        Chart(code, gettext(caption), _rows(code, told["counts"].get(code, []), telling)) for code, caption in CHARTS
    ]
    return [one for one in made if one.rows]


def _rows(code: str, counted: list[dict[str, Any]], telling: Telling) -> list[tuple[str, int, dict[str, object]]]:
    rows: list[tuple[str, int, dict[str, object]]] = []
    for one in counted:
        key: str = one["key"]
        if code == "purpose":
            if key == "0":
                continue
            word = telling.several("purpose", ["selection", "contact"] if key == "3" else [PURPOSES[key]])
            rows.append((word, one["entries"], {"purpose": PURPOSES[key]}))
        else:
            word = (
                {"action": action_words(key), "decision": telling.word("decision", key)}.get(code) or one["name"] or key
            )
            rows.append((word, one["entries"], {code: key}))
    return rows


def hours(told: dict[str, Any]) -> list[tuple[str, int, dict[str, object]]]:
    """How many entries there are in each hour of the day in Japan."""
    many = {int(one["key"]): one["entries"] for one in told["counts"].get("hour", [])}
    return [(f"{hour:02}", many.get(hour, 0), {"hour": f"{hour:02}"}) for hour in range(24)]


def days(told: dict[str, Any]) -> list[tuple[str, int, dict[str, object]]]:
    """How many entries there are on each day between the first and the last, of at most 92."""
    if told["first_at"] is None:
        return []
    many = {date.fromisoformat(one["key"]): one["entries"] for one in told["counts"].get("day", [])}
    last: date = told["last_at"].astimezone(JAPAN).date()
    first = max(told["first_at"].astimezone(JAPAN).date(), last - timedelta(days=91))
    listed = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    return (
        [(f"{one:%m-%d}", many.get(one, 0), {"since": one, "until": one}) for one in listed] if len(listed) > 1 else []
    )


def facts(told: dict[str, Any], asked_for: str) -> list[tuple[str, str]]:
    """What a summary says in numbers."""
    after: dict[str, int] = told["after_decisions"]
    made = [
        (gettext("Entries"), f"{told['entries']:,}"),
        (gettext("Introductions"), f"{told['introductions']:,}"),
        (gettext("Refused or undetermined"), f"{told['refused']:,}"),
        (gettext("Nights, weekends and holidays"), f"{told['off_hours']:,}"),
    ]
    if asked_for in ("company", "actor"):
        made += [
            (gettext("After a decision: contact, permitted"), f"{after.get('permitted_2', 0):,}"),
            (gettext("After a decision: selection, permitted"), f"{after.get('permitted_1', 0):,}"),
            (
                gettext("After a decision: refused"),
                f"{sum(many for code, many in after.items() if not code.startswith('permitted')):,}",
            ),
            (gettext("Most files that one account took on one day"), f"{told['most_downloads'] or 0:,}"),
        ]
    return made


@get("/log/summary", opt=signed_in(Role.COMPLIANCE, back=("/log",), carries=LogSearch))
async def show_summary(request: PortalRequest) -> Response[str]:
    """What the log was narrowed to, summed up. An address that cannot be read sums up nothing."""
    form = asked(query_fields(request), LogSearch, visit(request).secret)
    async with work(request) as unit:
        form = await look_up(unit, form)
        told = await _told(unit, form.value) if form.value else None
    asked_for = question(form.value) if form.value else ""
    telling = Telling(request)
    shown = told and {
        "conditions": conditions(form, told, telling), "facts": facts(told, asked_for),
        "charts": charts(told, telling), "hours": hours(told), "days": days(told),
    }  # fmt: skip
    return page(
        request,
        "accesslog/summary.html",
        summed_up=told,
        shown=shown,
        question=gettext(QUESTIONS[asked_for]),
        form=form,
        narrowed=narrowed,
        action_words=action_words,
    )


async def _told(unit: Any, wanted: LogSearch) -> dict[str, Any] | None:
    return await queries.summary(unit, wanted.filter, wanted.receipt, holidays_around(datetime.now(JAPAN).date()))


@get("/log/report.pdf", opt=signed_in(Role.COMPLIANCE, carries=LogSearch))
async def download_summary(request: PortalRequest) -> Response[bytes]:
    """The same as a PDF, signed with the operator's certificate. That it was made, and its hash, are recorded."""
    form = asked(query_fields(request), LogSearch, visit(request).secret)
    async with work(request) as unit:
        form = await look_up(unit, form)
        wanted = form.value
        begun = await running.begin(unit, wanted.filter, wanted.receipt, "pdf") if wanted else None
        told = await _told(unit, wanted) if wanted else None
    if wanted is None or begun is None or told is None:
        return see_other(request, "/log")
    pdf = await signed_pdf(request, _report(request, form, wanted, told), "/log")
    if isinstance(pdf, Response):
        return pdf
    async with work(request, again=True) as unit:
        await unit.fetchval(running.END, begun.id, told["entries"], sha256(pdf).digest(), True)
    return pdf_answer(pdf, f"shokai-log-{begun.at:%Y%m%d-%H%M%S}.pdf")


MOST_ROWS = 100  # of a report's table
LINES = N_("There are %(all)s lines: the %(num)s with the latest entries are shown. Narrow the log to see the rest.")
CAPPED = N_("There are more entries than are counted at once: only those since %(moment)s are.")


def _report(request: PortalRequest, form: Form[LogSearch], wanted: LogSearch, told: dict[str, Any]) -> Report:
    telling, asked_for = Telling(request), question(wanted)
    made, foot = made_by(request)
    said = conditions(form, told, telling)
    if told["first_at"]:
        said.append(
            (gettext("First and last entry"), f"{formats.moment(told['first_at'])} – {formats.moment(told['last_at'])}")
        )
    return Report(
        visit(request).locale,
        gettext(QUESTIONS[asked_for]),
        made,
        foot,
        facts=tuple(said + facts(told, asked_for)),
        sections=(*_bars(told, telling), _table(told, telling)),
        notes=_notes(told),
        landscape=True,
        empty=gettext("No entry matches these conditions"),
    )


def _notes(told: dict[str, Any]) -> tuple[str, ...]:
    since = told["counted_since"]
    notes = [gettext(CAPPED) % {"moment": formats.moment(since)}] if since else []
    if told["sums"] > MOST_ROWS:
        notes.append(gettext(LINES) % {"all": f"{told['sums']:,}", "num": MOST_ROWS})
    return tuple(notes)


def _bars(told: dict[str, Any], telling: Telling) -> list[Section]:
    shown = [(one.caption, one.rows) for one in charts(told, telling)]
    shown += [(gettext("By hour in Japan"), hours(told))] if told["entries"] else []
    return [Section(caption, bars=tuple((word, many) for word, many, _to in rows)) for caption, rows in shown]


def _table(told: dict[str, Any], telling: Telling) -> Section:
    columns = (
        gettext("Action"), gettext("Who"), gettext("Purpose"), gettext("Items shown"), gettext("Decision"),
        gettext("Entries"), gettext("From and to"),
    )  # fmt: skip
    return Section(gettext("Who did what"), columns, lines([_cells(row, telling) for row in told["rows"][:MOST_ROWS]]))


def _cells(row: dict[str, Any], telling: Telling) -> list[str]:
    who = row["actor_name"] or telling.word("actor_role", row["role"]) or gettext("Nobody signed in")
    reasons = telling.several("reason", row["reasons"])
    return [
        action_words(row["action"]),
        f"{who}\n{row['company_name'] or ''}".strip(),
        telling.several("purpose_short", row["purposes"]),
        telling.several("item", row["items"]),
        f"{telling.word('decision', row['decision'])}\n{reasons}".strip(),
        f"{row['entries']:,}",
        f"{formats.moment(row['first_at'])}\n{formats.moment(row['last_at'])}",
    ]


routes = [show_summary, download_summary]
