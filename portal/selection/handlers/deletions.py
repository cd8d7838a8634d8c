"""What a company has to delete: its administrators attest it; its account manager and compliance see what is open."""

from datetime import UTC, datetime

from litestar import Response, get, post

from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_
from portal.selection.deletions import attest, open_by_company, own_duties
from portal.selection.handlers.forward_forms import AttestationForm
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

PATH = "/deletions"


async def _show(request: PortalRequest, form: Form[AttestationForm]) -> Response[str]:
    async with work(request) as unit:
        duties = await own_duties(unit)
    return page(
        request,
        "deletions/own.html",
        status=422 if form.errors else 200,
        form=form,
        now=datetime.now(UTC),
        open_duties=[one for one in duties if one.is_open],
        attested=[one for one in duties if not one.is_open],
    )


@get(PATH, opt=signed_in(Role.EMPLOYER_ADMIN, Role.ACCOUNT_MANAGER, Role.COMPLIANCE))
async def show_deletions(request: PortalRequest) -> Response[str]:
    """The own company's duties by code, or for the operator's staff how many each company has left."""
    async with work(request) as unit:
        role = unit.who.role
        companies = [] if role == Role.EMPLOYER_ADMIN else await open_by_company(unit)
    if role == Role.EMPLOYER_ADMIN:
        return await _show(request, blank(AttestationForm))
    return page(request, "deletions/companies.html", companies=companies)


@post(PATH, opt=signed_in(Role.EMPLOYER_ADMIN))
async def attest_deletion(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Record that what was chosen is deleted, or kept because the law says so."""
    form: Form[AttestationForm] = await read_form(request, AttestationForm)
    if form.value is None:
        return await _show(request, form)
    async with work(request) as unit:
        done = await attest(unit, form.value.duties, form.value.said)
    if done is None:
        raise Refused
    left = str(len(form.value.duties) - done)
    if left != "0":
        said = N_("Recorded: %(done)s. Not recorded: %(left)s, because it is closed already, or nobody was hired.")
        return lead_on(request, PATH, said, done=str(done), left=left)
    return lead_on(request, PATH, N_("Recorded: %(done)s."), done=str(done))


routes = [show_deletions, attest_deletion]
