"""Fills an empty portal with the demo world: imports `sample/`, then gives its people passwords.

Promise: loading again changes nothing and gives nobody a new password; a load that was cut is finished
by the next. Only accounts of the folder are given one, and of those only whoever has none. Passwords are
made here and leave the process only to `demo-sign-ins.json`.
"""

import asyncio
from datetime import datetime
from pathlib import Path

import asyncpg

from portal.accounts.actions import give_password
from portal.accounts.passwords import initial_password, new_credentials_in_thread
from portal.demo.campaign import write_campaign
from portal.demo.history import write_history
from portal.demo.keeping import set_up_keeping
from portal.demo.questions import set_up_questions
from portal.demo.refusals import set_up_refusals
from portal.demo.scorecards import set_up_scorecards
from portal.demo.sign_ins import SignIn, keep, sign_ins
from portal.demo.signatory import ask_to_sign
from portal.demo.stages import set_up
from portal.demo.template import write_template
from portal.intake.folder import Tables
from portal.intake.problems import Problem
from portal.intake.writing.run import run_import
from portal.language.zone import JAPAN
from portal.settings import PROJECT, Settings

SAMPLE = PROJECT / "sample"
ACCOUNTS = """
select account.id, account.email, account.role, company.name as company,
       exists (select from portal.credential where account_id = account.id) as has_password
from portal.account left join portal.company on company.id = account.company_id
where lower(account.email) = any ($1)
order by array_position('{recruiter,employer_admin,account_manager,compliance,administrator}'::text[], account.role),
         company.reference, account.created_at, account.email
"""


class DemoBroken(Exception):
    """The sample folder does not import without problems; each is named."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(each.place() + each.told() for each in problems))


def load_demo(settings: Settings, folder: Path = SAMPLE) -> list[str]:
    """Load the demo world as portal_owner at `settings.database_url`. Returns the addresses of the folder's accounts
    that were left alone, because they have a password that `demo-sign-ins.json` does not know. Raises DemoBroken and
    what `run_import` raises."""
    return asyncio.run(_load(settings, folder))


async def _load(settings: Settings, folder: Path) -> list[str]:
    report = await run_import(settings, folder)
    if report.problems:
        raise DemoBroken(report.problems)
    emails = [each.record.key for each in Tables(folder).accounts]
    connection = await asyncpg.connect(settings.database_url)
    try:
        left_alone = await _give_passwords(connection, settings.home, emails)
        await ask_to_sign(connection, settings.home, [each.record.key for each in Tables(folder).agreements])
        companies = [each.record.key for each in Tables(folder).companies]
        await set_up(connection, companies, emails)
        await set_up_keeping(connection, companies, emails)
        await set_up_refusals(connection, companies, emails)
        await set_up_scorecards(connection, companies, emails)
        await set_up_questions(connection, companies, emails)
        await write_template(connection)
        await write_campaign(connection)
        await write_history(connection, emails, datetime.now(JAPAN).date())
        return left_alone
    finally:
        await connection.close()


async def _give_passwords(connection: asyncpg.Connection, home: Path, emails: list[str]) -> list[str]:
    """Give those of `emails` a password who have none, and list everyone whose password is ours; returns the others.
    The list is kept before the credentials commit, so that no password works that is not in it."""
    known = {each["email"]: each["password"] for each in sign_ins(home)}
    listed: list[SignIn] = []
    left_alone: list[str] = []
    async with connection.transaction():
        for account in await connection.fetch(ACCOUNTS, emails):
            email = account["email"]
            if account["has_password"] and email not in known:
                left_alone.append(email)
                continue
            password = known.get(email) or initial_password()
            if not account["has_password"]:
                made = await new_credentials_in_thread(password)
                await give_password(connection, account["id"], made, temporary=False)
            listed.append(
                {"role": account["role"], "company": account["company"], "email": email, "password": password}
            )
        keep(home, listed)
    return left_alone
