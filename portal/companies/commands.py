"""`portal company`: a company's states, each change with its reason. It binds the very next transaction.

`portal group`: the groups of companies, who is in them, and which lists they published.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import click

from portal.companies import groups
from portal.companies.actions import set_company_status
from portal.language.zone import JAPAN
from portal.operate.command_line import Value, home_option, settings_with
from portal.operate.connect import changing, connected
from portal.operate.errors import OperateError
from portal.values import text

FOUND = "select id, status from portal.company where reference = $1"
LACKS = "select gate.lacking(company) from portal.company where id = $1"
_reason = click.option(
    "--reason",
    required=True,
    type=Value(partial(text.line, most=text.LONGEST_REASON)),
    help="Why; the company's account manager reads it.",
)


@click.group()
def company() -> None:
    """The contracted companies."""


@company.command()
@click.argument("reference")
@_reason
@home_option
def activate(reference: str, reason: str, home: Path | None) -> None:
    """Activate a company that is being set up, once nothing is lacking."""
    _run(home, reference, ("pending",), "active", reason)
    click.echo(f"The company {reference} is active: its people see whom consent, agreement and undertaking open.")


@company.command()
@click.argument("reference")
@_reason
@home_option
def suspend(reference: str, reason: str, home: Path | None) -> None:
    """Suspend an active company: from the next click on, its people see no candidate."""
    _run(home, reference, ("active",), "suspended", reason)
    click.echo(f"The company {reference} is suspended: from the next click on, its people see no candidate.")


@company.command()
@click.argument("reference")
@_reason
@home_option
def reactivate(reference: str, reason: str, home: Path | None) -> None:
    """Lift a company's suspension, whether a page, a command or an import made it."""
    _run(home, reference, ("suspended",), "active", reason)
    click.echo(f"The company {reference} is active: its people see again whom consent, agreement and undertaking open.")


@company.command()
@click.argument("reference")
@_reason
@click.confirmation_option(prompt="This cannot be undone. Terminate the company?")
@home_option
def terminate(reference: str, reason: str, home: Path | None) -> None:
    """End a company for good: its people are signed out, and links sent to them end."""
    _run(home, reference, ("pending", "active", "suspended"), "terminated", reason)
    click.echo(f"The company {reference} is terminated, and its people are signed out.")


def _run(home: Path | None, reference: str, only: tuple[str, ...], wanted: str, reason: str) -> None:
    from portal.operate.prepare import migrated_database

    with migrated_database(settings_with(home=home)) as found:
        asyncio.run(_change(found.owner_url, reference, only, wanted, reason))


async def _change(url: str, reference: str, only: tuple[str, ...], wanted: str, reason: str) -> None:
    """Change a company that is in one of the states `only`. Raises OperateError otherwise, or when something lacks."""
    async with changing(url) as connection:
        row = await connection.fetchrow(FOUND, reference)
        if row is None:
            raise OperateError(f"There is no company with the reference {reference}.")
        if (row["status"], wanted) == ("pending", "active") and (lacks := await connection.fetchval(LACKS, row["id"])):
            raise OperateError(
                f"The company {reference} lacks {', '.join(lacks)}: its page says more. Nothing was changed."
            )
        done = row["status"] in only and await set_company_status(connection, row["id"], wanted, reason)
        if not done:
            raise OperateError(
                f"The company {reference} is {row['status']}, not {' or '.join(only)}. Nothing was changed."
            )


@click.group()
def group() -> None:
    """Groups of companies. They are made, entered and left on the companies' pages."""


@group.command("list")
@home_option
def list_groups(home: Path | None) -> None:
    """Every group by name: its reference, the company that answers for it, and how many are in it."""
    found = _read(home, groups.groups)
    for one in found:
        click.echo(f"{one['reference']}\t{one['name']}\t{one['responsible'] or '–'}\t{one['members']} in it")
    if not found:
        click.echo("There is no group.")


@group.command()
@click.argument("reference")
@home_option
def show(reference: str, home: Path | None) -> None:
    """The companies that are or were in the group REFERENCE, and its published lists."""

    async def asked(connection: asyncpg.Connection) -> tuple[list[dict[str, Any]], list[dict[str, Any]]] | None:
        found = next((one["id"] for one in await groups.groups(connection) if one["reference"] == reference), None)
        if found is None:
            return None
        return await groups.members(connection, found), await groups.lists(connection, found)

    found = _read(home, asked)
    if found is None:
        raise OperateError(
            f"There is no group with the reference {reference}. `portal group list` shows what there is."
        )
    members, lists = found
    for one in members:
        until = f" until {_day(one['until'])}" if one["until"] else ""
        click.echo(f"{one['name']}\t{one['corporate_number'] or '–'}\tsince {_day(one['since'])}{until}")
    for one in lists:
        click.echo(f"list {one['version']}\t{one['published_on']}\t{one['address']}")


def _day(moment: Any) -> str:
    return f"{moment.astimezone(JAPAN):%Y-%m-%d}"


def _read(home: Path | None, what: Callable[[asyncpg.Connection], Awaitable[Any]]) -> Any:
    from portal.operate.prepare import migrated_database

    async def read(url: str) -> Any:
        async with connected(url) as connection:
            return await what(connection)

    with migrated_database(settings_with(home=home)) as found:
        return asyncio.run(read(found.owner_url))
