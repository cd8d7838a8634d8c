"""`portal doctor`: checks everything the portal needs and says what to do about what is missing."""

import asyncio
from collections.abc import Collection
from dataclasses import asdict

import asyncpg
from rich.console import Console
from rich.table import Table

from portal.demo.refusals import WAITING
from portal.operate.check_database import database_checks, passwords_check
from portal.operate.check_evidence import agreements_check, companies_check, consents_check, files_check, laws_check
from portal.operate.check_halts import halts_check
from portal.operate.check_log import log_check
from portal.operate.check_machine import machine_checks
from portal.operate.check_mail import outbox_check, server_check
from portal.operate.check_networks import country_file_check
from portal.operate.check_proxy import proxy_check
from portal.operate.check_signing import certificate_check
from portal.operate.checks import Check
from portal.operate.demo import is_demo
from portal.operate.errors import OperateError
from portal.operate.prepare import reachable_owner
from portal.operate.roles import ways_out
from portal.settings import Settings

_MARKS = {"ok": "[green]ok[/green]", "failed": "[red]failed[/red]", "skipped": "skipped"}


def examine(settings: Settings) -> list[Check]:
    """Return all checks. The database is looked at as it is: nothing is started or changed."""
    machine = asyncio.run(machine_checks(settings))
    around = [proxy_check(settings), asyncio.run(server_check(settings)), certificate_check(settings)]
    around.append(country_file_check(settings))
    return [*_database(settings), *machine, *around]


def _database(settings: Settings) -> list[Check]:
    directory = settings.home / "postgres"
    remedy = "Start the portal with `portal up`."
    if settings.database_url:
        remedy = "See that its server runs, and check PORTAL_DATABASE_URL."
    try:
        with reachable_owner(settings) as url:
            found = [
                *asyncio.run(database_checks(url)),
                asyncio.run(consents_check(url)),
                asyncio.run(agreements_check(url)),
                asyncio.run(companies_check(url, _examples(settings))),
                asyncio.run(laws_check(url)),
                asyncio.run(files_check(url)),
                asyncio.run(halts_check(url)),
                asyncio.run(log_check(url)),
                asyncio.run(outbox_check(url)),
            ]
            if settings.database_url:
                found.append(asyncio.run(passwords_check(url, directory)))
            return found
    except OperateError as error:
        if isinstance(error.__cause__, asyncpg.InvalidPasswordError):
            remedy = f"The roles were given other passwords, from another home or by hand. {ways_out(directory)}"
        return [Check("database", "failed", str(error), remedy)]
    except (OSError, TimeoutError, asyncpg.PostgresError) as error:
        return [Check("database", "failed", f"{type(error).__name__}: {error}", remedy)]


def _examples(settings: Settings) -> Collection[str]:
    """The companies that wait in a demo because it shows that. A home that is closed to whoever asks is none."""
    try:
        return WAITING if is_demo(settings) else ()
    except PermissionError:
        return ()


def as_records(checks: list[Check]) -> list[dict[str, str]]:
    """Return the checks as they are printed with --json."""
    return [asdict(check) for check in checks]


def show(checks: list[Check]) -> None:
    """Print the checks as a table, and under it what to do."""
    console = Console()
    table = Table()
    for heading in ("check", "", "found"):
        table.add_column(heading)
    for check in checks:
        table.add_row(check.name, _MARKS[check.state], check.found)
    console.print(table)
    for check in checks:
        if check.remedy:
            # Never broken into lines: a command is there to be copied.
            console.print(f"[bold]{check.name}[/bold]: {check.remedy}", highlight=False, soft_wrap=True)
