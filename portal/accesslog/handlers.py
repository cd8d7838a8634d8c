"""Compliance's view of the access log."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from portal.accesslog import queries
from portal.accesslog.actions import action_words, subject_words
from portal.accesslog.export import running
from portal.accesslog.export.files import ExportFile
from portal.accesslog.forms import EXPORTS, KEY, LogExport, LogSearch, place, place_key
from portal.companies.forms import look_up
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.language.i18n import N_
from portal.web.bodies import query_fields
from portal.web.forms import Offered
from portal.web.lists import Found, Listing, Start
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page, see_other
from portal.web.searches import asked
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

ASKED = N_("The log is being verified. It may take minutes; you can leave this page.")
UNDER_WAY = N_("The log is being verified already.")
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def _found(unit: Unit, asked: LogSearch, start: Start) -> Found:
    shown = start.window(await queries.entries(unit, asked.filter, place(start), start.most, asked.receipt), place_key)
    return Found(shown.rows, shown.previous, shown.next, values={"action_words": action_words, "exports": EXPORTS})


async def _offered(unit: Unit) -> Mapping[str, Offered]:
    return {"actor": await queries.actors(unit)}


log = Listing(
    "/log",
    "accesslog/list.html",
    LogSearch,
    Role.COMPLIANCE,
    find=_found,
    key=KEY,
    offer=_offered,
    look_up=look_up,
)


@get("/log/{entry:uuid}", opt=signed_in(Role.COMPLIANCE, back=("/log",)))
async def show_entry(request: PortalRequest, entry: FromPath[UUID]) -> Response[str]:
    """Everything one entry holds."""
    async with work(request) as unit:
        found = await queries.entry(unit, entry)
    if found is None:
        raise Refused
    return page(request, "accesslog/entry.html", entry=found, action_words=action_words, subject_words=subject_words)


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


@get("/log/summary", opt=signed_in(Role.COMPLIANCE, back=("/log",), carries=LogSearch))
async def show_summary(request: PortalRequest) -> Response[str]:
    """What the log was narrowed to, summed up. An address that cannot be read sums up nothing."""
    form = asked(query_fields(request), LogSearch, visit(request).secret)
    async with work(request) as unit:
        form = await look_up(unit, form)
        rows = await queries.summary(unit, form.value.filter, form.value.receipt) if form.value else []
    return page(request, "accesslog/summary.html", rows=rows, form=form, action_words=action_words)


@get("/log/export", opt=signed_in(Role.COMPLIANCE, carries=LogExport))
async def export_log(request: PortalRequest) -> Stream | Response[bytes]:
    """What the log was narrowed to, as a file. An address that cannot be read exports nothing."""
    form = asked(query_fields(request), LogExport, visit(request).secret)
    async with work(request) as unit:
        wanted = (await look_up(unit, form)).value
        begun = await running.begin(unit, wanted.filter, wanted.receipt, wanted.form) if wanted else None
    if begun is None or wanted is None:
        return see_other(request, "/log")
    narrowed = {name: str(value) for name, value in asdict(wanted).items() if value and name != "introduction"}
    file = ExportFile(wanted.form, {**narrowed, "export": str(begun.id)}, begun.at)
    book = wanted.form == "xlsx"
    name = f"shokai-log-{begun.at:%Y%m%d-%H%M%S}-{wanted.form}.{'xlsx' if book else 'zip'}"
    return Stream(
        running.pieces(partial(work, request, again=True), begun, file),
        media_type=WORKBOOK if book else "application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


routes = [*log.routes, show_summary, export_log, show_entry, show_seal, have_verified]
