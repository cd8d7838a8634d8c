"""Certification: an employer's administrators say which accounts are still needed."""

from litestar import Response, get, post

from portal.database.viewer import Role
from portal.desk import queries
from portal.desk.forms import CertificationForm
from portal.language.i18n import N_, Undone
from portal.web.forms import Form, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

PAGE = "/team/certification"


@get(PAGE, opt=signed_in(Role.EMPLOYER_ADMIN, back=("/team",)))
async def show_certification(request: PortalRequest) -> Response[str]:
    """The accounts of which something is to be said."""
    async with work(request) as unit:
        rows = await queries.certification(unit)
    return page(request, "desk/certification.html", rows=rows)


@post(PAGE, opt=signed_in(Role.EMPLOYER_ADMIN, keeps=False))
async def certify(request: PortalRequest) -> Response[bytes]:
    """Record what was said of each."""
    form: Form[CertificationForm] = await read_form(request, CertificationForm)
    async with work(request) as unit:
        said = await queries.certify(unit, form.value.needed, form.value.unneeded) if form.value else None
    if said is None:
        return lead_on(request, PAGE, Undone(N_("Nothing was recorded: nothing is asked at present.")))
    return lead_on(request, PAGE, N_("Recorded of %(num)s accounts."), num=str(said))


routes = [show_certification, certify]
