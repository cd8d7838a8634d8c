"""The people of a company: invited by its account manager, and looked after by its own administrators."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accesslog.actions import Action
from portal.accounts import actions as accounts
from portal.accounts.actions import NewAccount
from portal.accounts.handlers import suspension as account_pages
from portal.accounts.handlers.administration import IN_THE_WAY, SENT
from portal.accounts.handlers.forms import SuspendForm
from portal.agreements.queries import accepted_by, in_force
from portal.companies import queries
from portal.companies.forms import InvitationForm
from portal.companies.handlers.own_company import OF_COMPANY, ON_COMPANY, require_going_on
from portal.database.answers import Refused
from portal.database.unit import Unit
from portal.database.viewer import Role
from portal.language.i18n import N_, Said
from portal.web.form_pages import FormPage
from portal.web.forms import Form, blank, read_form
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest
from portal.web.work import work

T = TypeVar("T")
TEAM = signed_in(Role.EMPLOYER_ADMIN)
OF_TEAM = signed_in(Role.EMPLOYER_ADMIN, back=("/team",))
ON_TEAM = signed_in(Role.EMPLOYER_ADMIN, leads="/team", keeps=False)
SHOWN = {
    "title": N_("Invite somebody"),
    "lead": N_(
        "They get a mail with a link, choose their own password, and accept the undertaking before they see anybody."
    ),
    "button": N_("Send the invitation"),
}
INVITE_FOR = FormPage(**SHOWN, behind=N_("Company"))
INVITE = FormPage(**SHOWN, behind=N_("Team"))
SUSPEND = replace(account_pages.SUSPEND, behind=N_("Team"))
USED_HERE = N_(
    "Somebody has an account with this address already, and an account belongs to one company. Whoever works for two "
    "companies of a group needs an address of their own at each."
)
USED = N_(
    "This address cannot be invited: somebody has an account with it already, and an account belongs to one company. "
    "Ask for another address of the same person."
)


async def _invited(
    request: PortalRequest, company: UUID, form: Form[InvitationForm], shown: FormPage, behind: str
) -> Response[str] | Response[bytes]:
    """Send the invitation and lead to the page behind; or the form again, when the address has an account."""
    if form.value is None:
        return await shown.show(request, form)
    said = form.value
    async with work(request) as unit:
        answer = await accounts.invite(unit, NewAccount(said.display_name, said.email, said.role, company, said.locale))
    if answer is None:
        raise Refused
    if answer == "invited":
        return lead_on(request, behind, SENT["invitation"], email=said.email)
    used = USED if shown is INVITE else USED_HERE
    return await shown.show(request, form.wrong(email=Said(used if answer == "email_used" else IN_THE_WAY[answer])))


@get("/companies/{asked:uuid}/people/new", opt=OF_COMPANY)
async def new_person(request: PortalRequest, asked: FromPath[UUID]) -> Response[str]:
    """The form by which an account manager invites somebody of a company."""
    await require_going_on(request, asked, Action.ACCOUNT_CREATED)
    return await INVITE_FOR.show(request, blank(InvitationForm, role="employer_admin"))


@post("/companies/{asked:uuid}/people/new", opt=OF_COMPANY)
async def invite_person(request: PortalRequest, asked: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Make the account, and send its owner a link."""
    await require_going_on(request, asked, Action.ACCOUNT_CREATED)
    form: Form[InvitationForm] = await read_form(request, InvitationForm)
    return await _invited(request, asked, form, INVITE_FOR, f"/companies/{asked}")


@post("/companies/{asked:uuid}/people/{account:uuid}/link", opt=ON_COMPANY)
async def invite_again(request: PortalRequest, asked: FromPath[UUID], account: FromPath[UUID]) -> Response[bytes]:
    """The invitation once more, for somebody of the company whom the first did not reach, or who let it lapse."""
    await require_going_on(request, asked, Action.LINK_MADE)
    async with work(request):
        theirs = {one["id"] for one in await queries.people_of(asked)}
    if account not in theirs:
        raise Refused
    whose = await _done(request, lambda unit: accounts.send_link(unit, account))
    assert whose is not None, "refused otherwise"
    return lead_on(request, f"/companies/{asked}", SENT[whose["kind"]], email=whose["email"])


def _own(unit: Unit) -> UUID:
    assert unit.who.company_id is not None, "employers' people belong to a company"
    return unit.who.company_id


@get("/team", opt=TEAM)
async def team(request: PortalRequest) -> Response[str]:
    """Who of the own company can sign in, and who has yet to accept the undertaking."""
    async with work(request) as unit:
        company = _own(unit)
        people = await queries.people_of(company)
        accepted = await accepted_by(unit, set(await in_force(unit, [company])))
    return page(
        request,
        "companies/team.html",
        people=[
            {**one, "undertaking_accepted": one["id"] in accepted, "checked": accepted.get(one["id"])} for one in people
        ],
    )


@get("/team/new", opt=OF_TEAM)
async def new_colleague(request: PortalRequest) -> Response[str]:
    """The form by which an employer administrator invites a colleague."""
    return await INVITE.show(request, blank(InvitationForm))


@post("/team/new", opt=OF_TEAM)
async def invite_colleague(request: PortalRequest) -> Response[str] | Response[bytes]:
    """Make the account, and send its owner a link."""
    form: Form[InvitationForm] = await read_form(request, InvitationForm)
    async with work(request) as unit:
        company = _own(unit)
    return await _invited(request, company, form, INVITE, "/team")


async def _colleague(request: PortalRequest, account: UUID, act: Action) -> dict[str, Any]:
    """Somebody else of the own company. Raises Refused; that the act was refused is entered then."""
    async with work(request) as unit:
        people = await queries.people_of(_own(unit))
        found = next((one for one in people if one["id"] == account != unit.who.account_id), None)
        if found is None:
            await accounts.may_keep(unit, act.code, account)
    if found is None:
        raise Refused
    return found


async def _done(request: PortalRequest, act: Callable[[Unit], Awaitable[T]]) -> T:
    """What an act on a colleague's account comes to. Raises Refused when it is none of theirs, or not so any more."""
    async with work(request) as unit:
        result = await act(unit)
    if result is None or result is False:
        raise Refused
    return result


@get("/team/{account:uuid}/suspend", opt=OF_TEAM)
async def ask_suspension(request: PortalRequest, account: FromPath[UUID]) -> Response[str]:
    """What suspending does, and the form for its reason."""
    found = await _colleague(request, account, Action.ACCOUNT_SUSPENDED)
    return await SUSPEND.show(request, blank(SuspendForm), account={**found, "company": None}, companies=[])


@post("/team/{account:uuid}/suspend", opt=OF_TEAM)
async def suspend_colleague(request: PortalRequest, account: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Suspend a colleague's account: their sign-ins end with the same transaction."""
    found = await _colleague(request, account, Action.ACCOUNT_SUSPENDED)
    form: Form[SuspendForm] = await read_form(request, SuspendForm)
    if form.value is None:
        return await SUSPEND.show(request, form, account={**found, "company": None}, companies=[])
    reason = form.value.reason
    await _done(request, lambda unit: accounts.suspend_account(unit, account, reason))
    return lead_on(request, "/team", N_("The account is suspended, and its sign-ins have ended."))


@post("/team/{account:uuid}/reactivate", opt=ON_TEAM)
async def reactivate_colleague(request: PortalRequest, account: FromPath[UUID]) -> Response[bytes]:
    """Let a suspended colleague sign in again."""
    await _done(request, lambda unit: accounts.reactivate_account(unit, account))
    return lead_on(request, "/team", N_("The account is active: its owner can sign in again."))


@post("/team/{account:uuid}/link", opt=ON_TEAM)
async def send_link(request: PortalRequest, account: FromPath[UUID]) -> Response[bytes]:
    """A link for a colleague who lost their password, or let the invitation lapse."""
    whose = await _done(request, lambda unit: accounts.send_link(unit, account))
    assert whose is not None, "refused otherwise"
    return lead_on(request, "/team", SENT[whose["kind"]], email=whose["email"])


@post("/team/{account:uuid}/sign-out", opt=ON_TEAM)
async def sign_out_colleague(request: PortalRequest, account: FromPath[UUID]) -> Response[bytes]:
    """End a colleague's sign-ins; the account goes on."""
    await _colleague(request, account, Action.ACCOUNT_SIGNED_OUT)
    await _done(request, lambda unit: accounts.end_sign_ins(unit, account))
    return lead_on(request, "/team", N_("Their sign-ins have ended. They can sign in again."))


routes = [
    new_person, invite_person, invite_again, team, new_colleague, invite_colleague,
    ask_suspension, suspend_colleague, reactivate_colleague, send_link, sign_out_colleague,
]  # fmt: skip
