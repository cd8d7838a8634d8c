"""Provision records (APPI 29) and the placement register, for compliance: a list, and files in Japanese."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog.export.entries import CSV, csv_table
from portal.companies.forms import look_up
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.desk.handlers.telling import pdf_answer, signed_pdf
from portal.documents.report import Report, Section
from portal.language.i18n import N_, Undone, speaking
from portal.rights import queries, records
from portal.rights.forms import ContractForm, ProvisionFile, ProvisionSearch, RegisterFile
from portal.web.bodies import query_fields
from portal.web.forms import Form, read_form
from portal.web.lists import Found, Listing, Start
from portal.web.markers import signed_in
from portal.web.rendering import file_answer, lead_on, see_other
from portal.web.searches import asked
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

KEY = (datetime, UUID)
LIST = "/provision-records"
CONTRACT = N_("It is recorded: with a contract the record is kept for a year, without for three.")
TOO_MANY = Undone(
    N_("Nothing was exported: there are more than 20,000 records. Choose a company, a person or a shorter time.")
)


async def _found(unit: Unit, asked: ProvisionSearch, start: Start) -> Found:
    at, one = (start.key[0], start.key[1]) if start.key else (None, None)
    rows = await queries.provisions(unit, asked.filter, at, one, start.backwards, start.most)  # type: ignore[arg-type]  # the keys are KEY
    shown = start.window(rows, lambda row: (row["last_at"], row["id"]))
    return Found(shown.rows, shown.previous, shown.next, values={"asked": asked})


provisions = Listing(
    LIST, "rights/provisions.html", ProvisionSearch, Role.COMPLIANCE, find=_found, key=KEY, look_up=look_up
)


@get("/provision-records/file", opt=signed_in(Role.COMPLIANCE, carries=ProvisionFile))
async def export_provisions(request: PortalRequest) -> Response[bytes]:
    """The records that were asked for, with the persons' names, as CSV or as a signed PDF."""
    form = asked(query_fields(request), ProvisionFile, visit(request).secret)
    try:
        async with work(request) as unit:
            wanted = (await look_up(unit, form)).value
            rows = await queries.provisions_to_export(unit, wanted.filter, wanted.form) if wanted else []
    except queries.TooMany:
        return lead_on(request, LIST, TOO_MANY)
    if wanted is None:
        return see_other(request, LIST)
    table = records.section("第三者提供に係る記録", records.GIVEN, [records.given(row) for row in rows])
    return await as_file(request, wanted.form, records.GIVEN_TITLE, [table], "shokai-provisions")


@get("/provision-records/register", opt=signed_in(Role.COMPLIANCE, carries=RegisterFile))
async def export_register(request: PortalRequest) -> Response[bytes]:
    """The register of job seekers and job offers, as CSV or as a signed PDF."""
    form = asked(query_fields(request), RegisterFile, visit(request).secret)
    if form.value is None:
        return await _nothing(request)
    async with work(request) as unit:
        rows = await queries.register(unit, *form.value.times, form.value.form) or []
    with speaking("ja"):
        tables = [
            records.section("求職管理簿", records.SEEKERS, [records.seeker(row) for row in rows]),
            records.section("求人管理簿", records.OFFERS, [records.offer(row) for row in rows]),
        ]
    return await as_file(request, form.value.form, "求職管理簿・求人管理簿（職業紹介）", tables, "shokai-register")


@post("/provision-records/{record:uuid}/contract", opt=signed_in(Role.COMPLIANCE, keeps=False, leads=LIST))
async def stand_in(request: PortalRequest, record: FromPath[UUID]) -> Response[bytes]:
    """Record that a contract with the person stands in for a record, or no longer does."""
    form: Form[ContractForm] = await read_form(request, ContractForm)
    async with work(request) as unit:
        done = form.value is not None and await queries.contract(unit, record, form.value.contract)
    if form.value is not None and not done:
        raise Refused
    return lead_on(request, LIST, CONTRACT)


async def _nothing(request: PortalRequest) -> Response[bytes]:
    async with work(request):
        pass
    return see_other(request, LIST)


async def as_file(
    request: PortalRequest, form: str, title: str, tables: list[Section], name: str, back: str = LIST
) -> Response[bytes]:
    """Tables in Japanese as one file: CSV with a mark for Excel, or a PDF that is signed."""
    now = datetime.now(UTC)
    name = f"{name}-{now:%Y%m%d-%H%M%S}"
    operator = visit(request).kit.settings.operator_name
    if form == "csv":
        return _csv(tables, f"{name}.csv")
    made = f"{operator}が{records.day(now)}に作成。運営会社の証明書で電子署名しています。"
    foot, empty = f"{operator} · {records.day(now)}", "該当する記録はありません。"
    report = Report("ja", title, made, foot, sections=tuple(tables), landscape=True, empty=empty)
    return pdf_answer(await signed_pdf(request, report, back), f"{name}.pdf")


def _csv(tables: list[Section], name: str) -> Response[bytes]:
    rows: list[tuple[str, ...]] = []
    for place, table in enumerate(tables):
        rows += [("",)] if place else []
        rows += [(table.title,)] if len(tables) > 1 else []
        rows += [table.columns, *table.rows]
    return file_answer(csv_table(rows), CSV, name)


routes = [*provisions.routes, export_provisions, export_register, stand_in]
