"""`portal account`: the first administrator, any account nobody can sign in to make, and a lost password."""

import asyncio
from pathlib import Path

import asyncpg
import click

from portal.accounts.passwords import initial_password, new_credentials
from portal.settings import load_settings
from portal.web.forms import EMAIL
from portal.web.viewer import EMPLOYER, Role

ACCOUNT = """
insert into portal.account (display_name, email, role, company_id)
select $1, $2, $3, company.id
from (values (1)) as one left join portal.company on company.reference = $4
where $4 is null or company.id is not null
returning id, company_id
"""
CREDENTIAL = """
insert into portal.credential (account_id, salt, time_cost, memory_kib, parallelism, proof_hash)
values ($1, $2, $3, $4, $5, $6)
"""
RECORD = "select gate.record_import('account_created', null, $1, $2)"

REPLACE_CREDENTIAL = """
update portal.credential
set salt = $2, time_cost = $3, memory_kib = $4, parallelism = $5, proof_hash = $6, changed_at = now()
from portal.account
where account.id = credential.account_id and lower(account.email) = lower($1)
returning account.id, account.company_id
"""
END_SESSIONS = "update portal.session set ended_at = now() where account_id = $1 and ended_at is null"
RECORD_REPLACED = "select gate.record_import('password_changed', null, $1, $2)"


@click.group()
def account() -> None:
    """The people who sign in."""


@account.command()
@click.option("--name", required=True, help="The person's name.")
@click.option("--email", required=True, help="The address they sign in with.")
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--company", help="Reference of the company, for a recruiter or employer_admin.")
@click.option("--home", type=click.Path(path_type=Path), help="Folder for everything kept on this machine.")
def create(name: str, email: str, role: str, company: str | None, home: Path | None) -> None:
    """Make an account and print its first password, which is kept nowhere."""
    from portal.operate.prepare import database

    if not EMAIL.fullmatch(email):
        raise click.ClickException(f"{email} is not an e-mail address such as name@example.com.")
    if (role in EMPLOYER) != (company is not None):
        raise click.ClickException("Give --company for a recruiter or employer_admin, and for nobody else.")
    settings = load_settings(**({} if home is None else {"home": home}))
    with database(settings, lambda line: click.echo(line, err=True)) as found:
        click.echo(asyncio.run(_create(found.owner_url, name.strip(), email, role, company)))


@account.command("new-password")
@click.argument("email")
@click.option("--home", type=click.Path(path_type=Path), help="Folder for everything kept on this machine.")
def new_password(email: str, home: Path | None) -> None:
    """Give an account a new password, print it, and end every sign-in it has."""
    from portal.operate.prepare import database

    settings = load_settings(**({} if home is None else {"home": home}))
    with database(settings, lambda line: click.echo(line, err=True)) as found:
        click.echo(asyncio.run(_replace(found.owner_url, email)))


async def _replace(url: str, email: str) -> str:
    password = initial_password()
    made = new_credentials(password)
    costs = made.parameters
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            kept = (made.salt, costs.time_cost, costs.memory_kib, costs.parallelism, made.proof_hash)
            row = await connection.fetchrow(REPLACE_CREDENTIAL, email, *kept)
            if row is None:
                raise click.ClickException(f"There is no account with the address {email}.")
            await connection.execute(END_SESSIONS, row["id"])
            await connection.fetchval(RECORD_REPLACED, row["company_id"], row["id"])
    except asyncpg.UndefinedTableError:
        raise click.ClickException("The database is not migrated; run `portal migrate` first.") from None
    finally:
        await connection.close()
    return password


async def _create(url: str, name: str, email: str, role: str, company: str | None) -> str:
    password = initial_password()
    made = new_credentials(password)
    costs = made.parameters
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            row = await connection.fetchrow(ACCOUNT, name, email, role, company)
            if row is None:
                raise click.ClickException(f"There is no company with the reference {company}.")
            await connection.execute(
                CREDENTIAL,
                row["id"],
                made.salt,
                costs.time_cost,
                costs.memory_kib,
                costs.parallelism,
                made.proof_hash,
            )
            await connection.fetchval(RECORD, row["company_id"], row["id"])
    except asyncpg.UniqueViolationError:
        raise click.ClickException(f"An account with the address {email} exists already.") from None
    except asyncpg.UndefinedTableError:
        raise click.ClickException("The database is not migrated; run `portal migrate` first.") from None
    finally:
        await connection.close()
    return password
