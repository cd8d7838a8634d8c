"""The administrator's accounts: the list, a new one, suspending and taking back."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accounts import actions, queries
from portal.accounts.actions import EmailUsed, NewAccount
from portal.accounts.forms import AccountsForm, NewAccountForm, SuspendForm, account_errors
from portal.database import paging
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.language.i18n import _
from portal.web.forms import Errors, Form, body_fields, parse, read_form
from portal.web.left_over import leads
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work

ONLY = signed_in(Role.ADMINISTRATOR)
EMPTY_FORM = {"display_name": "", "email": "", "role": "", "company": ""}
ALL = AccountsForm("", None, "")


async def _list(
    request: PortalRequest,
    asked: AccountsForm,
    wrong: Form[SuspendForm] | None = None,
    account: UUID | None = None,
) -> Response[str]:
    """The list; with a form that is wrong, at the account it was for."""
    key = paging.decode(asked.after, str)
    async with work(request) as unit:
        found = await queries.accounts(unit, asked.q, asked.role or "", str(key[0]) if key else "")
    return page(
        request,
        "accounts/list.html",
        status=422 if wrong else 200,
        path="/accounts",
        accounts=found.rows,
        filters=_filters(asked),
        next=found.next,
        suspending=account,
        form=wrong.given if wrong else {"reason": ""},
        errors=wrong.errors if wrong else Errors(),
    )


async def _narrowed(request: PortalRequest) -> AccountsForm:
    """What the list was narrowed to, as each of its forms says; all accounts when it does not say."""
    return parse(await body_fields(request), AccountsForm).value or ALL


def _filters(asked: AccountsForm) -> dict[str, str]:
    """The same as a page's forms carry it."""
    return {"q": asked.q, "role": asked.role or "", "after": asked.after}


def _as_before() -> Response[bytes]:
    """Back to the list as it was narrowed: 307, so that the body is sent on, and no name stands in an address."""
    return Response(b"", status_code=307, headers={"Location": "/accounts"}, media_type="text/plain")


@get("/accounts", opt=ONLY)
async def accounts(request: PortalRequest) -> Response[str]:
    """All accounts, by e-mail address."""
    return await _list(request, ALL)


@post("/accounts", opt=ONLY)
async def search_accounts(request: PortalRequest) -> Response[str]:
    """The accounts asked for; a POST, because names and addresses do not belong in URLs."""
    return await _list(request, await _narrowed(request))


@get("/accounts/new", opt=ONLY)
async def new_account(request: PortalRequest) -> Response[str]:
    """The form for a new account."""
    async with work(request) as unit:
        companies = await queries.companies(unit)
    return page(request, "accounts/new.html", form=EMPTY_FORM, errors=Errors(), companies=companies)


def _sent(
    request: PortalRequest, whose: dict[str, str], filters: dict[str, str], *, made: bool = False
) -> Response[str]:
    """To whom a link is on its way, and the way back to the list as it was narrowed."""
    return page(request, "accounts/link_sent.html", path="/accounts", whose=whose, filters=filters, made=made)


@post("/accounts/new", opt=ONLY)
async def create_account(request: PortalRequest) -> Response[str]:
    """Make the account; its owner is sent a link to a password of their own."""
    form: Form[NewAccountForm] = await read_form(request, NewAccountForm)
    async with work(request) as unit:
        companies = await queries.companies(unit)
    errors = account_errors(form, companies)
    if form.value is not None and not errors:
        new = NewAccount(form.value.display_name, form.value.email, form.value.role, form.value.company)
        try:
            async with work(request) as unit:
                await actions.create_account(unit, new)
            whose = {"display_name": new.display_name, "email": new.email, "kind": "invitation"}
            return _sent(request, whose, {}, made=True)
        except EmailUsed:
            errors["email"] = _("Another account has this e-mail address.")
    return page(request, "accounts/new.html", status=422, form=form.given, errors=errors, companies=companies)


@post("/accounts/{account:uuid}/link", status_code=200, opt=signed_in(Role.ADMINISTRATOR, keeps=False))
async def send_link(request: PortalRequest, account: FromPath[UUID]) -> Response[str]:
    """A link for somebody who lost their password, or let the invitation lapse."""
    async with work(request) as unit:
        whose = await actions.send_link(unit, account)
    if whose is None:
        raise Refused
    return _sent(request, whose, _filters(await _narrowed(request)))


@post("/accounts/{account:uuid}/suspend", opt=ONLY)
async def suspend_account(request: PortalRequest, account: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Suspend an account; its sessions end with the same transaction."""
    form = await read_form(request, SuspendForm)
    if form.value is None:
        return await _list(request, await _narrowed(request), form, account)
    async with work(request) as unit:
        done = await actions.suspend_account(unit, account, form.value.reason)
    if not done:
        raise Refused
    return _as_before()


@post("/accounts/{account:uuid}/reactivate", opt=signed_in(Role.ADMINISTRATOR, keeps=False))
async def reactivate_account(request: PortalRequest, account: FromPath[UUID]) -> Response[bytes]:
    """Let a suspended account sign in again."""
    async with work(request) as unit:
        done = await actions.reactivate_account(unit, account)
    if not done:
        raise Refused
    return _as_before()


left_over = [
    leads(f"/accounts/{{account:uuid}}/{action}", "/accounts", Role.ADMINISTRATOR)
    for action in ("link", "suspend", "reactivate")
]

routes = [
    accounts,
    search_accounts,
    new_account,
    create_account,
    send_link,
    suspend_account,
    reactivate_account,
    *left_over,
]
