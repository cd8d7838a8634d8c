"""`portal account`: the first administrator, any account nobody can sign in to make, and a lost password."""

import asyncio
from functools import partial
from pathlib import Path

import asyncpg
import click

from portal.accesslog.actions import Action
from portal.accounts.passwords import initial_password, new_credentials
from portal.database.viewer import EMPLOYER, Role
from portal.operate.command_line import Value, home_option, settings_with
from portal.operate.connect import changing
from portal.operate.errors import OperateError
from portal.values import contact, text

ACCOUNT = """
insert into portal.account (display_name, email, role, company_id)
select $1, $2, $3, company.id
from (values (1)) as one left join portal.company on company.reference = $4
where $4 is null or company.id is not null
returning id, company_id
"""
CREDENTIAL = """
insert into portal.credential (account_id, salt, time_cost, memory_kib, parallelism, proof_hash, temporary)
values ($1, $2, $3, $4, $5, $6, true)
"""
RECORD = "select gate.record_import($1, null, $2, $3, jsonb_build_object('role', $4::text))"

REPLACE_CREDENTIAL = """
with found as (
    select id, company_id from portal.account where lower(email) = lower($1)
), given as (  -- an imported account has none yet
    insert into portal.credential (account_id, salt, time_cost, memory_kib, parallelism, proof_hash, temporary)
    select id, $2, $3, $4, $5, $6, true from found
    on conflict (account_id) do update
    set salt = excluded.salt, time_cost = excluded.time_cost, memory_kib = excluded.memory_kib,
        parallelism = excluded.parallelism, proof_hash = excluded.proof_hash, changed_at = now(), temporary = true
)
select id, company_id from found
"""
END_SESSIONS = """
with ended as (insert into portal.revocation (account_id) values ($1) returning account_id)
select count(*) from gate.live_session join ended using (account_id)
"""
RECORD_REPLACED = "select gate.record_import($1, null, $2, $3, jsonb_build_object('ended', $4::bigint))"


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
    password, kept = _made()
    async with changing(url) as connection:
        row = await connection.fetchrow(REPLACE_CREDENTIAL, email, *kept)
        if row is None:
            raise OperateError(f"There is no account with the address {email}.")
        ended = await connection.fetchval(END_SESSIONS, row["id"])
        code = Action.PASSWORD_REPLACED.code
        await connection.fetchval(RECORD_REPLACED, code, row["company_id"], row["id"], ended)
    return password


async def _create(url: str, name: str, email: str, role: str, company: str | None) -> str:
    password, kept = _made()
    async with changing(url) as connection:
        try:
            row = await connection.fetchrow(ACCOUNT, name, email, role, company)
        except asyncpg.UniqueViolationError:
            raise OperateError(f"An account with the address {email} exists already.") from None
        if row is None:
            raise OperateError(f"There is no company with the reference {company}.")
        await connection.execute(CREDENTIAL, row["id"], *kept)
        await connection.fetchval(RECORD, Action.ACCOUNT_CREATED.code, row["company_id"], row["id"], role)
    return password


def _made() -> tuple[str, tuple[bytes | int, ...]]:
    """A new password, and the columns of the credential that are kept of it."""
    password = initial_password()
    made = new_credentials(password)
    costs = made.parameters
    return password, (made.salt, costs.time_cost, costs.memory_kib, costs.parallelism, made.proof_hash)
