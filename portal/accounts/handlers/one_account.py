"""One account as an administrator sees it: what it is, and what can be changed of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accounts import actions, queries
from portal.accounts.actions import Details
from portal.accounts.handlers.forms import NOBODY, ChangeAccountForm, ChangeManagerForm, as_seen, digest_of
from portal.accounts.queries import OneAccount
from portal.companies.forms import look_up
from portal.companies.queries import account_managers
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.language.i18n import N_, Said, Undone, _
from portal.web.forms import Form, Offered, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import back, lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

ACCOUNT = signed_in(Role.ADMINISTRATOR, back=("/accounts",))
DONE = N_("The account is changed.")
ANEW = N_("The account is changed, and its sign-ins have ended.")
MOVED = N_(
    "The account is changed. Its sign-ins and its password have ended. A mail with a link to a password of their own "
    "is on its way to %(email)s, good for seven days."
)
UNCHANGED = Undone(N_("Nothing was changed."))
LAST = N_("This is the last administrator who can sign in. Make another one first.")
MEANWHILE = N_("Somebody else changed this meanwhile. What is saved now stands above.")
IN_THE_WAY = {
    "email_used": ("email", N_("Another account has this e-mail address.")),
    "own_role": ("role", N_("Nobody changes their own role. Another administrator can do it.")),
    "last_administrator": ("role", LAST),
    "companies_left": (
        "heir",
        N_("Whoever is no account manager looks after no company. Please choose who does, or nobody for now."),
    ),
    "changed_meanwhile": ("seen", MEANWHILE),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """An account with what it looks after, and what its form offers."""

    account: OneAccount
    companies: list[tuple[UUID, str]]
    managers: Offered
    halted_since: datetime | None = None

    @property
    def ids(self) -> list[UUID]:
        """The companies by their ids."""
        return [one for one, _name in self.companies]

    @property
    def kind(self) -> type[ChangeAccountForm]:
        """The form that it needs."""
        return ChangeManagerForm if self.companies else ChangeAccountForm

    def form(self, typed: Mapping[str, str]) -> Form[ChangeAccountForm]:
        """Its form, with what was typed in place of what is saved."""
        stands = values(self.account.details)
        fixed = {"seen": as_seen(self.account.details), "companies": digest_of(self.ids)}
        return self.offering(blank(self.kind, **{**stands, **typed, **fixed}))

    def offering(self, form: Form[ChangeAccountForm]) -> Form[ChangeAccountForm]:
        """A form of it with what it offers."""
        stands = values(self.account.details)
        offered = {"heir": self.managers} if self.companies else {}
        return form.over(display_name=stands["display_name"], email=stands["email"]).offering(**offered)


def values(details: Details) -> dict[str, str]:
    """The details as the fields of a form hold them."""
    company = str(details.company or "")
    return {"display_name": details.display_name, "email": details.email, "role": details.role, "company": company}


async def shown_account(unit: Unit, asked: UUID) -> Shown:
    """An account with what its pages need. Raises Refused when there is none."""
    account = await queries.account(unit, asked)
    if account is None:
        raise Refused
    others = [(str(one), name) for one, name in await account_managers(unit) if one != asked]
    managers = [(NOBODY, _("Nobody for now")), *others]
    companies = await queries.looked_after(unit, asked)
    return Shown(account, companies, managers, await queries.halted_since(unit, asked))


def _page(request: PortalRequest, shown: Shown, form: Form[ChangeAccountForm]) -> Response[str]:
    return page(
        request,
        "accounts/detail.html",
        status=422 if form.errors else 200,
        account=shown.account,
        companies=[name for _id, name in shown.companies],
        halted_since=shown.halted_since,
        form=form,
    )


@get("/accounts/{account:uuid}", opt=ACCOUNT)
async def show_account(request: PortalRequest, account: FromPath[UUID]) -> Response[str]:
    """One account, and the form to change it."""
    async with work(request) as unit:
        shown = await shown_account(unit, account)
        form = await look_up(unit, shown.form({}))
    return _page(request, shown, form)


@post("/accounts/{account:uuid}", opt=ACCOUNT)
async def change_account(request: PortalRequest, account: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Change an account; or its page again, with what is in the way."""
    async with work(request) as unit:
        shown = await shown_account(unit, account)
        form = await look_up(unit, shown.offering(await read_form(request, shown.kind)))
    wanted = form.value
    if wanted is None:
        return _page(request, shown, form)
    async with work(request) as unit:
        answer = await actions.change_account(unit, account, wanted.seen, wanted.details, wanted.left(shown.ids))
        if answer in IN_THE_WAY:  # whoever changed the own address is signed out by now, and may look at nothing
            shown = await shown_account(unit, account)
            form = await look_up(unit, _again(shown, form, wanted, answer))
    if answer is None:
        raise Refused
    if answer in IN_THE_WAY:
        return _page(request, shown, form)
    said = UNCHANGED if answer == "as_it_was" else _done(wanted, shown.account.status)
    return lead_on(request, back(request) or "/accounts", said, email=wanted.email)


def _done(wanted: ChangeAccountForm, status: str) -> str:
    if wanted.details.moves(wanted.seen) and status == "active":
        return MOVED
    return ANEW if wanted.details.starts_anew(wanted.seen) else DONE


def _again(
    shown: Shown, form: Form[ChangeAccountForm], wanted: ChangeAccountForm, answer: str
) -> Form[ChangeAccountForm]:
    """The form as it was typed, beside what was changed meanwhile; what was not touched follows that."""
    before, now, typed = values(wanted.seen), values(shown.account.details), values(wanted.details)
    kept = {name: form.given[name] for name, value in typed.items() if value != before[name]}
    again = shown.form({"heir": form.given.get("heir", ""), **kept})
    field, said = IN_THE_WAY[answer]
    fields = [name for name in now if now[name] != before[name]] if answer == "changed_meanwhile" else [field]
    return again.wrong(**{name: Said(said) for name in fields})


routes = [show_account, change_account]
