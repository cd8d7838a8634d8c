"""Accounts: opened by an import, and from then on looked after in the portal alone.

No import reopens an account that an administrator closed, and none gives a password.
"""

from uuid import UUID

from portal.accesslog.actions import Action
from portal.accounts.actions import NewAccount, create_account
from portal.intake.folder import Placed
from portal.intake.problems import Problem, Unreadable
from portal.intake.records import EMPLOYER_ROLES, Account
from portal.intake.writing.work import State, Work
from portal.language.i18n import N_

FORMER = "select exists (select from portal.former_email where email_hash = portal.text_digest(lower($1)))"


def is_staff(placed: Placed[Account]) -> bool:
    """Staff come before the companies they look after, employers' people after their companies."""
    return placed.record.role not in EMPLOYER_ROLES


async def write_account(work: Work, placed: Placed[Account]) -> State:
    """Raises Unreadable for an unknown company, for an account that stands with another role or company, and for a
    former address of an account."""
    account = placed.record
    company = await work.required("companies", placed, "company") if account.company else None
    row = await work.account(account.email)
    if row is None and await work.connection.fetchval(FORMER, account.email):
        raise Unreadable(placed.problem(N_("the e-mail that the account has in the portal now"), "email"))
    if row is None:
        new = NewAccount(
            account.display_name, account.email, account.role, company, account.locale, account.status, invited=False
        )
        await create_account(work.connection, new)
        return State.ADDED
    if (row["role"], row["company_id"]) != (account.role, company):
        raise Unreadable(placed.problem(N_("the role and company that the account has in the portal"), "role"))
    return State.UNCHANGED


async def write_undertaking(work: Work, placed: Placed[Account]) -> State:
    """The recruiter's promise, under the agreement that was in force when it was made. Raises
    Unreadable when there was none."""
    account = await work.account(placed.record.email)
    if account is None:
        raise Unreadable(
            placed.lacking(N_("an account that could be opened"), "email", "accounts", placed.record.email)
        )
    stands = "select exists (select from portal.undertaking where account_id = $1)"
    if await work.connection.fetchval(stands, account["id"]):
        return State.UNCHANGED
    accepted = work.at(placed.record.undertaking)
    agreement: UUID | None = await work.connection.fetchval(
        "select id from portal.agreement where company_id = $1 and effective_at <= $2"
        " and company_signed_at <= $2 and operator_signed_at <= $2 and (expires_at is null or expires_at > $2)"
        " and (terminated_at is null or terminated_at > $2) order by effective_at desc, id desc limit 1",
        account["company_id"],
        accepted,
    )
    if agreement is None:
        raise Unreadable(await _no_agreement(work, placed))
    made = await work.insert(
        "portal.undertaking", {"agreement_id": agreement, "account_id": account["id"], "accepted_at": accepted}
    )
    await work.record(Action.UNDERTAKING_IMPORTED, company=account["company_id"], subject=made)
    return State.ADDED


async def _no_agreement(work: Work, placed: Placed[Account]) -> Problem:
    """Of a company that has agreements the time is wrong; another one lacks its agreement."""
    wanted = N_("a time at which a signed agreement of the company was in force")
    company = placed.record.company
    has_any = (
        "select exists (select from portal.agreement join portal.company on company.id = company_id"
        " where company.reference = $1)"
    )
    if await work.connection.fetchval(has_any, company):
        return placed.problem(wanted, "undertaking")
    return placed.lacking(wanted, "undertaking", "agreements", company)
