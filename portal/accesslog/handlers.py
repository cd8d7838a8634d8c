"""Compliance's view of the access log."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import parse_qs, parse_qsl, urlencode
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from portal.accesslog import basis, queries
from portal.accesslog.actions import action_words, subject_words
from portal.accesslog.export import running
from portal.accesslog.export.entries import plain
from portal.accesslog.export.files import ExportFile
from portal.accesslog.forms import (
    EXPORTS,
    KEY,
    ForgottenSearchForm,
    LogExport,
    LogSearch,
    SavedSearchForm,
    kept_address,
    look_up,
    place,
)
from portal.database.answers import Refused
from portal.database.paging import encode
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.language.i18n import N_, Undone
from portal.language.zone import JAPAN
from portal.web.bodies import query_fields
from portal.web.forms import Form, blank, read_form
from portal.web.lists import PLACE, Found, Listing, Start
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page, see_other
from portal.web.searches import asked
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

ASKED = N_("The log is being verified. It may take minutes; you can leave this page.")
CHECKED = {
    "holds": N_("The entry is as it was sealed: leaf %(leaf)s, under the signed checkpoint of %(size)s entries."),
    "changed": N_(
        "The entry is NOT what was sealed as leaf %(leaf)s. Keep a copy of the database before anything is changed, "
        "and have the whole log verified."
    ),
    "waiting": N_("The entry is not sealed yet. That usually takes a few seconds."),
}
UNDER_WAY = N_("The log is being verified already.")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def narrowed(here: str, **wanted: object) -> str:
    """The log narrowed further: by what an address holds, and by these."""
    query = here.partition("?")[2]
    stands = [(name, value) for name, value in parse_qsl(query) if name not in (*wanted, *PLACE, "form")]
    return f"/log?{urlencode([*stands, *wanted.items()], safe='~')}"


def around(at: datetime) -> dict[str, object]:
    """The days on which a sign-in can have lasted that did something at this moment."""
    day = at.astimezone(JAPAN).date()
    return {"since": day - timedelta(days=1), "until": day + timedelta(days=1)}


def _cursor(of: queries.Place | None) -> str | None:
    return None if of is None else encode((of.at, of.id))


async def _found(unit: Unit, asked: LogSearch, start: Start) -> Found:
    shown = await queries.requests(unit, asked.filter, place(start), start.most - 1, asked.receipt)
    values = {
        "action_words": action_words,
        "exports": EXPORTS,
        "narrowed": narrowed,
        "asked": asked,
        "saved": await queries.saved_searches(unit),
        "save": blank(SavedSearchForm).named("save"),
        "reached": shown.reached,
        "further": start.key is not None,
    }
    turns = _cursor(shown.before), _cursor(shown.after)
    return Found(shown.rows, *turns, values=values, looked=shown.reached is not None)


log = Listing(
    "/log",
    "accesslog/list.html",
    LogSearch,
    Role.COMPLIANCE,
    find=_found,
    key=KEY,
    look_up=look_up,
)


@get("/log/{entry:uuid}", opt=signed_in(Role.COMPLIANCE, back=("/log",)))
async def show_entry(request: PortalRequest, entry: FromPath[UUID]) -> Response[str]:
    """Everything one entry holds."""
    async with work(request) as unit:
        found, stands_on = await queries.entry(unit, entry), await basis.basis(unit, entry)
    if found is None:
        raise Refused
    return page(
        request,
        "accesslog/entry.html",
        entry=found,
        basis=stands_on,
        raw=json.dumps(plain(found["row"]), ensure_ascii=False, indent=2),
        around=around(found["recorded_at"]),
        action_words=action_words,
        subject_words=subject_words,
        narrowed=narrowed,
    )


@post("/log/{entry:uuid}/check", opt=signed_in(Role.COMPLIANCE, leads="/log/{entry}", keeps=False))
async def check_entry(request: PortalRequest, entry: FromPath[UUID]) -> Response[bytes]:
    """Reckon the entry's leaf anew, and the way from it to the signed checkpoint."""
    async with work(request) as unit:
        found = await basis.checked(unit, entry)
    if found is None:
        raise Refused
    return lead_on(request, f"/log/{entry}", CHECKED[found.state], leaf=str(found.leaf), size=str(found.size))


@get("/log/seal", opt=signed_in(Role.COMPLIANCE, back=("/log",)))
async def show_seal(request: PortalRequest) -> Response[str]:
    """How far the log is sealed, and the checkpoint to keep."""
    async with work(request) as unit:
        found = await queries.seal(unit)
    return page(request, "accesslog/seal.html", seal=found)


@post("/log/seal/verify", opt=signed_in(Role.COMPLIANCE, leads="/log/seal", keeps=False))
async def have_verified(request: PortalRequest) -> Response[bytes]:
    """Have the worker verify the whole log."""
    async with work(request) as unit:
        asked = await queries.ask_verification(unit)
    if asked is None:
        raise Refused
    return lead_on(request, "/log/seal", ASKED if asked else UNDER_WAY)


@post("/log/saved", opt=signed_in(Role.COMPLIANCE, keeps=False, leads="/log"))
async def save_search(request: PortalRequest) -> Response[bytes]:
    """Keep what the log was narrowed to under a name. A word that was typed is left out: it is not kept in clear."""
    form: Form[SavedSearchForm] = await read_form(request, SavedSearchForm)
    said = form.sent.get("asked") or [""]
    kept = kept_address(parse_qs(said[0]), visit(request).secret)
    if form.value is None:
        async with work(request):
            pass
        return lead_on(
            request, "/log", Undone(N_("Nothing was kept: please give the search a name of up to 80 characters."))
        )
    async with work(request) as unit:
        done = await queries.save_search(unit, form.value.name, kept)
    if not done:
        return lead_on(
            request, "/log", Undone(N_("Nothing was kept: fifty searches are kept already. Forget one first."))
        )
    return lead_on(request, "/log", N_("The search is kept. A name or address that was typed into it is not."))


@post("/log/saved/forget", opt=signed_in(Role.COMPLIANCE, keeps=False, leads="/log"))
async def forget_search(request: PortalRequest) -> Response[bytes]:
    """Forget a search that was kept."""
    form: Form[ForgottenSearchForm] = await read_form(request, ForgottenSearchForm)
    async with work(request) as unit:
        gone = form.value is not None and await queries.forget_search(unit, form.value.search)
    return lead_on(
        request, "/log", N_("The search is forgotten.") if gone else Undone(N_("There was nothing to forget."))
    )


@get("/log/export", opt=signed_in(Role.COMPLIANCE, carries=LogExport))
async def export_log(request: PortalRequest) -> Stream | Response[bytes]:
    """What the log was narrowed to, as a file. An address that cannot be read exports nothing."""
    form = asked(query_fields(request), LogExport, visit(request).secret)
    async with work(request) as unit:
        wanted = (await look_up(unit, form)).value
        begun = await running.begin(unit, wanted.filter, wanted.receipt, wanted.form) if wanted else None
    if begun is None or wanted is None:
        return see_other(request, "/log")
    narrowing = {name: _told(value) for name, value in asdict(wanted).items() if value and name != "introduction"}
    file = ExportFile(wanted.form, {**narrowing, "export": str(begun.id)}, begun.at)
    book = wanted.form == "xlsx"
    name = f"shokai-log-{begun.at:%Y%m%d-%H%M%S}-{wanted.form}.{'xlsx' if book else 'zip'}"
    return Stream(
        running.pieces(partial(work, request, again=True), begun, file),
        media_type=WORKBOOK if book else "application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _told(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


routes = [*log.routes, export_log, show_entry, check_entry, show_seal, have_verified, save_search, forget_search]
