"""Who looks after a company from now on: said by its account manager, or by an administrator."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog.actions import Action
from portal.companies import actions, queries
from portal.companies.forms import look_up
from portal.companies.handlers.keeping_forms import GiveForm, HandOverForm
from portal.companies.handlers.own_company import OF_COMPANY, require_kept
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import N_, Said
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

OF_ACCOUNT = signed_in(Role.ADMINISTRATOR, back=("/accounts/{account}",))
HAND_OVER = FormPage(
    title=N_("Hand the company over"),
    lead=N_("From the next click on it is the other account manager's, and no longer yours."),
    button=N_("Hand it over"),
    behind=N_("Company"),
)
GIVE = FormPage(
    title=N_("Give a company to look after"),
    lead=N_(
        "From the next click on it is this account manager's. Beside each company that is suggested stands who looks "
        "after it now."
    ),
    button=N_("Give it"),
    behind=N_("Account"),
)
ITS_OWN = N_("This account manager looks after the company already. Please choose another one.")
NO_HEIR = N_("This account cannot look after the company any more. Please choose another one.")


async def _heirs(request: PortalRequest, asked: UUID) -> Sequence[tuple[object, str]]:
    """The other account managers, for a company of the viewer's. Raises Refused."""
    company = await require_kept(request, asked, Action.COMPANY_HANDED_OVER)
    async with work(request) as unit:
        managers = await queries.account_managers(unit)
    return [one for one in managers if one[0] != company["account_manager_id"]]


@get("/companies/{asked:uuid}/hand-over", opt=OF_COMPANY)
async def ask_heir(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """The form with who could look after it; for its account manager alone. Raises Refused."""
    company = await require_kept(request, asked, Action.COMPANY_HANDED_OVER)
    async with work(request) as unit:
        if company["account_manager_id"] != unit.who.account_id:
            raise Refused
    return await HAND_OVER.show(request, blank(HandOverForm).offering(heir=await _heirs(request, asked)))


@post("/companies/{asked:uuid}/hand-over", opt=OF_COMPANY)
async def hand_over(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Hand the company over, and lead to those that are left."""
    heirs = await _heirs(request, asked)
    form: Form[HandOverForm] = (await read_form(request, HandOverForm)).offering(heir=heirs)
    if form.value is None:
        return await HAND_OVER.show(request, form)
    async with work(request) as unit:
        result = await actions.hand_over(unit, asked, form.value.heir)
    if result is None:
        raise Refused
    if result == "no_heir":
        return await HAND_OVER.show(request, form.wrong(heir=Said(NO_HEIR)))
    return lead_on(request, "/companies", N_("The company is handed over."))


async def _receiver(request: PortalRequest, account: UUID) -> None:
    """Raises Refused unless this account can look after companies."""
    async with work(request) as unit:
        managers = dict(await queries.account_managers(unit))
    if account not in managers:
        raise Refused


@get("/accounts/{account:uuid}/companies", opt=OF_ACCOUNT)
async def ask_company(request: PortalRequest, account: FromPath[UUID]) -> Response[str]:
    """The form, on which a company is looked for."""
    await _receiver(request, account)
    return await GIVE.show(request, blank(GiveForm))


@post("/accounts/{account:uuid}/companies", opt=OF_ACCOUNT)
async def give_company(request: PortalRequest, account: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Give one of them to this account manager."""
    await _receiver(request, account)
    form: Form[GiveForm] = await read_form(request, GiveForm)
    async with work(request) as unit:
        form = await look_up(unit, form, going_on=True)
        result = await actions.hand_over(unit, form.value.company, account) if form.value else "wrong"
    if result is None:
        raise Refused
    if result == "no_heir":
        form = form.wrong(company=Said(ITS_OWN))
    if form.value is None:
        return await GIVE.show(request, form)
    return lead_on(request, f"/accounts/{account}", N_("The company is handed over."))


routes = [ask_heir, hand_over, ask_company, give_company]
