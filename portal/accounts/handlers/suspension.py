"""Suspending an account, with what it looks after, and taking that back."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accounts import actions
from portal.accounts.handlers.administration import accounts
from portal.accounts.handlers.forms import SuspendForm, SuspendManagerForm, digest_of
from portal.accounts.handlers.one_account import ACCOUNT, LAST, Shown, shown_account
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.language.i18n import N_, Said
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import back, lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

SUSPEND = FormPage(
    title=N_("Suspend an account"),
    lead=N_("Every sign-in of this person ends at once. What they recorded stays."),
    button=N_("Suspend"),
    behind=N_("Accounts"),
    template="accounts/suspend.html",
    tone="danger",
)
OTHERS = N_("The companies, or who can look after them, have changed meanwhile. Please look again.")


async def _suspended(unit: Unit, asked: UUID) -> Shown:
    """Whom a page is about that suspends: somebody else, who is active."""
    shown = await shown_account(unit, asked)
    if shown.account.status != "active" or asked == unit.who.account_id:
        raise Refused
    return shown


def _form(shown: Shown, **typed: str) -> Form[SuspendForm]:
    if not shown.companies:
        return blank(SuspendForm, **typed)
    form: Form[SuspendForm] = blank(SuspendManagerForm, **{**typed, "companies": digest_of(shown.ids)})
    return form.offering(heir=shown.managers)


async def _page(request: PortalRequest, shown: Shown, form: Form[SuspendForm]) -> Response[str]:
    companies = [name for _id, name in shown.companies]
    return await SUSPEND.show(request, form, account=shown.account, companies=companies)


@get("/accounts/{account:uuid}/suspend", opt=ACCOUNT)
async def suspension(request: PortalRequest, account: FromPath[UUID]) -> Response[str]:
    """The form, with the companies that the account looks after."""
    async with work(request) as unit:
        shown = await _suspended(unit, account)
    return await _page(request, shown, _form(shown))


@post("/accounts/{account:uuid}/suspend", opt=ACCOUNT)
async def suspend_account(request: PortalRequest, account: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Suspend an account; its sessions end, and its companies are handed over, with the same transaction."""
    async with work(request) as unit:
        shown = await _suspended(unit, account)
    form: Form[SuspendForm] = await read_form(request, SuspendManagerForm if shown.companies else SuspendForm)
    form = form.offering(heir=shown.managers) if shown.companies else form
    if form.value is None and not shown.companies:
        return await accounts.again(request, suspending=account, wrong=form)
    if form.value is None:
        return await _page(request, shown, form)
    async with work(request) as unit:
        answer = await actions.suspend_account(unit, account, form.value.reason, form.value.left(shown.ids))
        if answer is None:
            raise Refused
        shown = await shown_account(unit, account)
    if answer == "suspended":
        said = N_("The account is suspended, and its sign-ins have ended.")
        return lead_on(request, back(request) or "/accounts", said)
    typed = {name: value for name, value in form.given.items() if name != "companies"}
    wrong = {"heir": Said(OTHERS)} if answer == "companies_left" else {"reason": Said(LAST)}
    return await _page(request, shown, _form(shown, **typed).wrong(**wrong))


@post("/accounts/{account:uuid}/reactivate", opt=signed_in(Role.ADMINISTRATOR, leads="/accounts", keeps=False))
async def reactivate_account(request: PortalRequest, account: FromPath[UUID]) -> Response[bytes]:
    """Let a suspended account sign in again."""
    async with work(request) as unit:
        done = await actions.reactivate_account(unit, account)
    if not done:
        raise Refused
    return lead_on(request, back(request) or "/accounts", N_("The account is active: its owner can sign in again."))


routes = [suspension, suspend_account, reactivate_account]
