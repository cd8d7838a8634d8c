"""The administrator's accounts: the list, a new one, and a link to a password."""

from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accounts import actions, queries
from portal.accounts.actions import NewAccount
from portal.accounts.forms import AccountSearch, NewAccountForm
from portal.accounts.handlers.forms import SuspendForm
from portal.companies.forms import look_up
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.language.i18n import N_, Said, Undone
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.lists import Found, Listing, Start
from portal.web.markers import signed_in
from portal.web.rendering import back, lead_on
from portal.web.visit import PortalRequest
from portal.web.work import work

ADMINISTRATOR = Role.ADMINISTRATOR
NEW = FormPage(
    title=N_("New account"),
    lead=N_("An account belongs to one named person. It is never shared and never passed on."),
    button=N_("Create the account"),
    behind=N_("Accounts"),
)
ON_LIST = {"suspend": blank(SuspendForm), "wrong": None, "suspending": None}


async def _found(unit: Unit, asked: AccountSearch, start: Start) -> Found:
    rows = await queries.accounts(unit, asked.q, asked.role or "", start.key, start.backwards)
    shown = start.window(rows, queries.key_of)
    return Found(shown.rows, shown.previous, shown.next, values=ON_LIST)


accounts = Listing(
    "/accounts",
    "accounts/list.html",
    AccountSearch,
    ADMINISTRATOR,
    find=_found,
    key=(str,),
    seals=True,
    add=("/accounts/new", N_("New account")),
)


SENT = {
    "invitation": N_("A mail with a link to a password of their own is on its way to %(email)s, good for seven days."),
    "lost_password": N_(
        "A mail with a link to a new password is on its way to %(email)s, good for an hour. Until it is used the old "
        "password stays good."
    ),
    "too_many": Undone(
        N_("No mail was sent: too many links were sent within the last hour. Please wait, and try again.")
    ),
}
IN_THE_WAY = {
    "email_used": N_("Another account has this e-mail address."),
    "too_many": N_("Too many were invited, or tried, within the last hour. Please wait an hour, and try again."),
}
ON_ACCOUNT = signed_in(ADMINISTRATOR, leads="/accounts", keeps=False)


@get("/accounts/new", opt=signed_in(ADMINISTRATOR, back=("/accounts",)))
async def new_account(request: PortalRequest) -> Response[str]:
    """The form for a new account."""
    return await NEW.show(request, blank(NewAccountForm))


@post("/accounts/new", opt=signed_in(ADMINISTRATOR, back=("/accounts",)))
async def create_account(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Make the account; its owner is sent a link to a password of their own."""
    form: Form[NewAccountForm] = await read_form(request, NewAccountForm)
    async with work(request) as unit:
        form = await look_up(unit, form, going_on=True)
    if form.value is not None:
        new = NewAccount(form.value.display_name, form.value.email, form.value.role, form.value.company)
        async with work(request) as unit:
            answer = await actions.invite(unit, new)
        if answer is None:
            raise Refused
        if answer == "invited":
            return lead_on(request, back(request) or "/accounts", SENT["invitation"], email=new.email)
        form = form.wrong(email=Said(IN_THE_WAY[answer]))
    return await NEW.show(request, form)


@post("/accounts/{account:uuid}/link", opt=ON_ACCOUNT)
async def send_link(request: PortalRequest, account: FromPath[UUID]) -> Response[bytes]:
    """A link for somebody who lost their password, or let the invitation lapse."""
    async with work(request) as unit:
        whose = await actions.send_link(unit, account)
    if whose is None:
        raise Refused
    return lead_on(request, back(request) or "/accounts", SENT[whose["kind"]], email=whose["email"])


routes = [*accounts.routes, new_account, create_account, send_link]
