"""`portal account`: the first administrator, any account nobody can sign in to make, a lost password, a suspension."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import asyncpg
import click

from portal.accounts import actions
from portal.accounts.actions import EmailUsed, HandOver, NewAccount
from portal.accounts.passwords import initial_password, new_credentials
from portal.database.viewer import EMPLOYER, Role
from portal.operate.command_line import Value, home_option, settings_with
from portal.operate.connect import changing
from portal.operate.errors import OperateError
from portal.settings import Settings
from portal.values import contact, text

T = TypeVar("T")
COMPANY = "select id from portal.company where reference = $1"
ACCOUNT = "select id from portal.account where lower(email) = lower($1)"
LOOKED_AFTER = "select id, reference from portal.company where account_manager_id = $1 order by reference"
LINKS = {
    "invitation": "a link to the first password, good for seven days",
    "lost_password": "a link to a new password, good for an hour",
}
temporary_option = click.option(
    "--temporary-password", is_flag=True, help="Print a temporary password instead, for whoever cannot get mail."
)


@click.group()
def account() -> None:
    """The people who sign in."""


@account.command()
@click.option("--name", required=True, type=Value(partial(text.line, most=100)), help="The person's name.")
@click.option("--email", required=True, type=Value(contact.email), help="The address they sign in with.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What they may do.")
@click.option("--company", help="Reference of the company, for a recruiter or employer_admin.")
@temporary_option
@home_option
def create(name: str, email: str, role: str, company: str | None, temporary_password: bool, home: Path | None) -> None:
    """Make an account. Its owner is sent a link and chooses a password by it."""
    if (role in EMPLOYER) != (company is not None):
        raise click.UsageError("Give --company for a recruiter or employer_admin, and for nobody else.")
    settings = settings_with(home=home)
    password = initial_password() if temporary_password else None
    _run(settings, lambda owner: _create(owner, name, email, role, company, password))
    _tell(settings, email, password, "invitation")


@account.command("new-password")
@click.argument("email", type=Value(text.symbols))
@temporary_option
@home_option
def new_password(email: str, temporary_password: bool, home: Path | None) -> None:
    """Send somebody a link to a new password, or to the first. What they have is good until they choose another.

    A temporary password ends what they have at once, and every sign-in.
    """
    settings = settings_with(home=home)
    password = initial_password() if temporary_password else None
    kind = _run(settings, lambda owner: _replace(owner, email, password))
    if kind == "invitation":
        click.echo(f"{email} has no password yet.", err=True)
    _tell(settings, email, password, kind)


@account.command()
@click.argument("email", type=Value(text.symbols))
@click.option("--reason", required=True, type=Value(partial(text.line, most=text.LONGEST_REASON)), help="Why.")
@click.option("--heir", type=Value(text.symbols), help="E-mail of the account manager who gets their companies.")
@click.option("--nobody", is_flag=True, help="Leave their companies with nobody for now.")
@home_option
def suspend(email: str, reason: str, heir: str | None, nobody: bool, home: Path | None) -> None:
    """Suspend an account: every sign-in of it ends at once. Companies that it looks after are handed over."""
    if heir and nobody:
        raise click.UsageError("Give --heir or --nobody, and not both.")
    handed = _run(settings_with(home=home), lambda owner: _suspend(owner, email, reason, heir, nobody))
    click.echo(f"{email} is suspended.")
    if handed:
        click.echo(f"{', '.join(handed)}: looked after by {heir or 'nobody'} from now on.")


@account.command()
@click.argument("email", type=Value(text.symbols))
@home_option
def reactivate(email: str, home: Path | None) -> None:
    """Let a suspended account sign in again."""
    _run(settings_with(home=home), lambda owner: _reactivate(owner, email))
    click.echo(f"{email} is active.")


def _run(settings: Settings, act: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
    """Do something in one transaction, as the owner of a database that has every migration."""
    from portal.operate.prepare import migrated_database

    async def whole(url: str) -> T:
        async with changing(url) as connection:
            return await act(connection)

    with migrated_database(settings) as found:
        return asyncio.run(whole(found.owner_url))


def _tell(settings: Settings, email: str, password: str | None, kind: str) -> None:
    """What was done; of a temporary password that alone on stdout, and what it is on stderr."""
    if password is not None:
        said = "shown this once. Whoever signs in with it chooses their own first:"
        click.echo(f"The temporary password of {email}, {said}", err=True)
        click.echo(password)
        return
    click.echo(f"A mail to {email} waits, with {LINKS[kind]}. The worker of a portal that runs sends it.")
    if settings.smtp_url is None:
        click.echo("No mail server is configured: `portal mail show last` prints it then.")


async def _account(owner: asyncpg.Connection, email: str) -> UUID:
    found: UUID | None = await owner.fetchval(ACCOUNT, email)
    if found is None:
        raise OperateError(f"There is no account with the address {email}.")
    return found


async def _create(
    owner: asyncpg.Connection, name: str, email: str, role: str, company: str | None, password: str | None
) -> None:
    found = await owner.fetchval(COMPANY, company)
    if company is not None and found is None:
        raise OperateError(f"There is no company with the reference {company}.")
    new = NewAccount(name, email, role, found, invited=password is None)
    try:
        made = await actions.create_account(owner, new)
    except EmailUsed:
        raise OperateError(f"An account with the address {email} exists already.") from None
    if password is not None:
        await actions.give_password(owner, made, new_credentials(password), temporary=True)


async def _replace(owner: asyncpg.Connection, email: str, password: str | None) -> str:
    """Give the password, or send a link; of which kind."""
    found = await _account(owner, email)
    if password is not None:
        await actions.give_password(owner, found, new_credentials(password), temporary=True)
        return ""
    sent = await actions.send_link(owner, found)
    if sent is None:
        raise OperateError(f"{email} is suspended, and is sent nothing: `portal account reactivate` comes first.")
    return str(sent["kind"])


async def _suspend(owner: asyncpg.Connection, email: str, reason: str, heir: str | None, nobody: bool) -> list[str]:
    """Suspend; the references of the companies that were handed over."""
    found = await _account(owner, email)
    looked_after = {row["id"]: row["reference"] for row in await owner.fetch(LOOKED_AFTER, found)}
    to = await _account(owner, heir) if heir else None
    left = HandOver(list(looked_after), to) if heir or nobody else None
    match await actions.suspend_account(owner, found, reason, left):
        case "suspended":
            return list(looked_after.values())
        case "companies_left" if heir:
            raise OperateError(f"{heir} cannot look after companies: that is for another active account manager.")
        case "companies_left":
            companies = ", ".join(looked_after.values())
            raise OperateError(f"{email} looks after {companies}. Give --heir EMAIL, or --nobody for now.")
        case "last_administrator":
            raise OperateError(f"{email} is the last administrator who can sign in. Make another one first.")
    raise OperateError(f"{email} is suspended already.")


async def _reactivate(owner: asyncpg.Connection, email: str) -> None:
    if not await actions.reactivate_account(owner, await _account(owner, email)):
        raise OperateError(f"{email} is not suspended.")
