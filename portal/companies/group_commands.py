"""`portal group`: the groups of companies, who is in them, and which lists they published."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import click

from portal.companies import groups
from portal.operate.command_line import home_option, settings_with
from portal.operate.connect import connected
from portal.operate.errors import OperateError
from portal.values.days import JAPAN


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
