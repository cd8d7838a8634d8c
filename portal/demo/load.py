"""Fills an empty portal with the demo world: imports `sample/`, then gives its people passwords.

Promise: loading again changes nothing and gives nobody a new password; a load that was cut is finished
by the next. Passwords are made here and leave the process only to `demo-sign-ins.json`.
"""

import asyncio
from pathlib import Path

import asyncpg

from portal.accounts.passwords import initial_password, new_credentials_in_thread
from portal.demo.sign_ins import SignIn, keep, sign_ins
from portal.intake.problems import Problem
from portal.intake.writing.run import run_import
from portal.settings import PROJECT, Settings

SAMPLE = PROJECT / "sample"
ACCOUNTS = """
select account.id, account.email, account.role, company.name as company,
       exists (select from portal.credential where account_id = account.id) as has_password
from portal.account left join portal.company on company.id = account.company_id
order by array_position('{recruiter,employer_admin,account_manager,compliance,administrator}'::text[], account.role),
         company.reference, account.created_at, account.email
"""
CREDENTIAL = """
insert into portal.credential (account_id, salt, time_cost, memory_kib, parallelism, proof_hash)
values ($1, $2, $3, $4, $5, $6)
on conflict (account_id) do update
set salt = excluded.salt, time_cost = excluded.time_cost, memory_kib = excluded.memory_kib,
    parallelism = excluded.parallelism, proof_hash = excluded.proof_hash, changed_at = now()
"""


class DemoBroken(Exception):
    """The sample folder does not import without problems; each is named."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(each.place() + each.told() for each in problems))


def load_demo(settings: Settings, folder: Path = SAMPLE) -> None:
    """Load the demo world as portal_owner at `settings.database_url`. Raises DemoBroken and what
    `run_import` raises."""
    asyncio.run(_load(settings, folder))


async def _load(settings: Settings, folder: Path) -> None:
    report = await run_import(settings, folder)
    if report.problems:
        raise DemoBroken(report.problems)
    connection = await asyncpg.connect(settings.database_url)
    try:
        await _give_passwords(connection, settings.home)
    finally:
        await connection.close()


async def _give_passwords(connection: asyncpg.Connection, home: Path) -> None:
    """Known passwords stay; an account whose password nobody could know any more gets a new one. The
    list is kept before the credentials commit, so that no password works that is not in it."""
    known = {each["email"]: each["password"] for each in sign_ins(home)}
    async with connection.transaction():
        listed: list[SignIn] = []
        for account in await connection.fetch(ACCOUNTS):
            email = account["email"]
            password = known.get(email) or initial_password()
            if email not in known or not account["has_password"]:
                made = await new_credentials_in_thread(password)
                costs = made.parameters
                await connection.execute(
                    CREDENTIAL,
                    account["id"],
                    made.salt,
                    costs.time_cost,
                    costs.memory_kib,
                    costs.parallelism,
                    made.proof_hash,
                )
            listed.append(
                {"role": account["role"], "company": account["company"], "email": email, "password": password}
            )
        keep(home, listed)
