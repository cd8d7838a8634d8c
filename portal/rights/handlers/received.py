"""A recipient's own record of what it received (APPI 30), for its administrators: by code, without any item."""

from litestar import Response, get

from portal.database.viewer import Role
from portal.rights import queries, records
from portal.rights.forms import ReceivedFile
from portal.rights.handlers.records import as_file
from portal.web.bodies import query_fields
from portal.web.markers import signed_in
from portal.web.rendering import page, see_other
from portal.web.searches import asked
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

PAGE = "/received-records"


@get(PAGE, opt=signed_in(Role.EMPLOYER_ADMIN))
async def show_received(request: PortalRequest) -> Response[str]:
    """The newest records of the own company, and the files to keep."""
    async with work(request) as unit:
        rows = await queries.received(unit)
    return page(request, "rights/received.html", rows=rows)


@get("/received-records/file", opt=signed_in(Role.EMPLOYER_ADMIN, carries=ReceivedFile))
async def export_received(request: PortalRequest) -> Response[bytes]:
    """All of them in Japanese, as CSV or as a signed PDF."""
    form = asked(query_fields(request), ReceivedFile, visit(request).secret)
    if form.value is None:
        async with work(request):
            pass
        return see_other(request, PAGE)
    async with work(request) as unit:
        rows = await queries.received(unit, form.value.form)
    operator = visit(request).kit.settings.operator_name
    taken = [records.taken(row, operator) for row in rows]
    table = records.section("第三者提供を受けた際の確認・記録", records.RECEIVED, taken)
    return await as_file(request, form.value.form, records.RECEIVED_TITLE, [table], "shokai-received", PAGE)


routes = [show_received, export_received]
