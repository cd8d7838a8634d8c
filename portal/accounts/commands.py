"""`portal account`: the first administrator, any account nobody can sign in to make, and a lost password."""

import asyncio
from functools import partial
from pathlib import Path

import click

from portal.accounts.actions import EmailUsed, NewAccount, create_account, give_password
from portal.accounts.passwords import initial_password, new_credentials
from portal.database.viewer import EMPLOYER, Role
from portal.operate.command_line import Value, home_option, settings_with
from portal.operate.connect import changing
from portal.operate.errors import OperateError
from portal.values import contact, text

COMPANY = "select id from portal.company where reference = $1"
ACCOUNT = "select id from portal.account where lower(email) = lower($1)"


@click.group()
def account() -> None:
    """The people who sign in."""


@account.command()
@click.option("--name", required=True, type=Value(partial(text.line, most=100)), help="The person's name.")
@click.option("--email", required=True, type=Value(contact.email), help="The address they sign in with.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]), help="What they may do.")
@click.option("--company", help="Reference of the company, for a recruiter or employer_admin.")
@home_option
def create(name: str, email: str, role: str, company: str | None, home: Path | None) -> None:
    """Make an account and print its first password, which is kept nowhere."""
    from portal.operate.prepare import migrated_database

    if (role in EMPLOYER) != (company is not None):
        raise click.UsageError("Give --company for a recruiter or employer_admin, and for nobody else.")
    with migrated_database(settings_with(home=home)) as found:
        password = asyncio.run(_create(found.owner_url, name, email, role, company))
    _tell(email, password)


@account.command("new-password")
@click.argument("email", type=Value(text.symbols))
@home_option
def new_password(email: str, home: Path | None) -> None:
    """Give an account a new password, print it, and end every sign-in it has."""
    from portal.operate.prepare import migrated_database

    with migrated_database(settings_with(home=home)) as found:
        password = asyncio.run(_replace(found.owner_url, email))
    _tell(email, password)


def _tell(email: str, password: str) -> None:
    """The password alone on stdout; what it is, on stderr."""
    click.echo(
        f"The temporary password of {email}, shown this once. Whoever signs in with it chooses their own first:",
        err=True,
    )
    click.echo(password)


async def _replace(url: str, email: str) -> str:
    password = initial_password()
    async with changing(url) as connection:
        found = await connection.fetchval(ACCOUNT, email)
        if found is None:
            raise OperateError(f"There is no account with the address {email}.")
        await give_password(connection, found, new_credentials(password), temporary=True)
    return password


async def _create(url: str, name: str, email: str, role: str, company: str | None) -> str:
    password = initial_password()
    async with changing(url) as connection:
        found = await connection.fetchval(COMPANY, company)
        if company is not None and found is None:
            raise OperateError(f"There is no company with the reference {company}.")
        try:
            made = await create_account(connection, NewAccount(name, email, role, found, invited=False))
        except EmailUsed:
            raise OperateError(f"An account with the address {email} exists already.") from None
        await give_password(connection, made, new_credentials(password), temporary=True)
    return password
