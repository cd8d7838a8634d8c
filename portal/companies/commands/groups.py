"""`portal group`: the groups of companies, what they publish, and who is in them.

What changes one is the act of the pages, by a program of the operator.
"""

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import click

from portal.companies import groups
from portal.companies.commands.shared import NOTHING, changed, in_home
from portal.companies.groups import PublishedList
from portal.language.zone import JAPAN
from portal.operate.command_line import home_option
from portal.operate.connect import changing, connected
from portal.operate.errors import OperateError

REFUSED = {
    "in_group": "is in a group already",
    "responsible": "answers for its group, which others are in",
    "none": "is in no group",
    "no_member": "is not in this group",
    "answered": "cannot answer for it: another company does",
}


@click.group()
def group() -> None:
    """Groups of companies: what their lists say and who is in them, as on the companies' pages."""


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

    async def asked(connection: asyncpg.Connection) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        found = await _group_of(connection, reference)
        return await groups.members(connection, found), await groups.lists(connection, found)

    members, lists = _read(home, asked)
    for one in members:
        until = f" until {_day(one['until'])}" if one["until"] else ""
        click.echo(f"{one['name']}\t{one['corporate_number'] or '–'}\tsince {_day(one['since'])}{until}")
    for one in lists:
        click.echo(f"list {one['version']}\t{one['published_on']}\t{one['address']}")


def published(command: Callable[..., None]) -> Callable[..., None]:
    """The options that say what a list is."""
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    options = (
        click.option("--address", required=True, help="Where it is published, beginning with https://."),
        click.option("--published-on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Today or earlier."),
        click.option("--list", "list_file", required=True, type=file, help="Its text, in UTF-8."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@group.command()
@click.argument("company")
@click.argument("name")
@published
@home_option
def make(company: str, name: str, address: str, published_on: datetime, list_file: Path, home: Path | None) -> None:
    """Make a group that COMPANY, a reference, answers for, with its first list."""
    listed = _list(address, published_on.date(), list_file)
    result, _made = changed(home, company, lambda unit, asked: groups.make_group(unit, asked, name, None, listed))
    if result != "made":
        raise OperateError(f"{company} {REFUSED[result]}. {NOTHING}")
    click.echo(f"The group {name} is made, and {company} answers for it.")


@group.command()
@click.argument("reference")
@click.argument("company")
@home_option
def answer(reference: str, company: str, home: Path | None) -> None:
    """COMPANY, a member, answers for the group REFERENCE, which an import brought and nobody answers for yet."""

    async def act(connection: asyncpg.Connection, asked: UUID) -> str:
        return await groups.answer_for(connection, await _group_of(connection, reference), asked)

    result = changed(home, company, act)
    if result != "answers":
        raise OperateError(f"{company} {REFUSED[result]}. {NOTHING}")
    click.echo(f"{company} answers for the group {reference}.")


@group.command()
@click.argument("reference")
@published
@home_option
def publish(reference: str, address: str, published_on: datetime, list_file: Path, home: Path | None) -> None:
    """Keep a newer version of the list of the group REFERENCE."""
    listed = _list(address, published_on.date(), list_file)

    async def act(connection: asyncpg.Connection) -> bool | None:
        return await groups.publish_list(connection, await _group_of(connection, reference), listed)

    done = _write(home, act)
    if done is None:
        raise OperateError(f"No company answers for {reference}: `portal group answer` says which. {NOTHING}")
    click.echo("The list is kept." if done else f"It stands so already. {NOTHING}")


@group.command()
@click.argument("reference")
@click.argument("company")
@home_option
def enter(reference: str, company: str, home: Path | None) -> None:
    """COMPANY is in the group REFERENCE from now on. This opens nothing."""

    async def act(connection: asyncpg.Connection, asked: UUID) -> str | None:
        return await groups.add_member(connection, await _group_of(connection, reference), asked)

    result = changed(home, company, act)
    if result != "added":
        raise OperateError(f"{company} {REFUSED[result]}. {NOTHING}")
    click.echo(f"{company} is in the group {reference}.")


@group.command()
@click.argument("company")
@click.confirmation_option(prompt="What it is under as a member closes at once. Does it leave?")
@home_option
def leave(company: str, home: Path | None) -> None:
    """COMPANY leaves its group, and what it was under as a member closes at that second."""
    result = changed(home, company, groups.leave_group)
    if result != "left":
        raise OperateError(f"{company} {REFUSED[result]}. {NOTHING}")
    click.echo(f"{company} has left its group.")


def _list(address: str, published_on: date, file: Path) -> PublishedList:
    """Raises OperateError for what the form would refuse, too."""
    if not address.startswith(("https://", "http://")):
        raise OperateError(f"--address is the whole address, beginning with https://. {NOTHING}")
    if published_on > datetime.now(JAPAN).date():
        raise OperateError(f"--published-on is the day on which it was published: today or earlier. {NOTHING}")
    try:
        text = file.read_text(encoding="utf-8-sig").strip()
    except UnicodeDecodeError:
        raise OperateError(f"{file} is not UTF-8. {NOTHING}") from None
    if not text:
        raise OperateError(f"{file} is empty. {NOTHING}")
    return PublishedList(address, published_on, text)


async def _group_of(connection: asyncpg.Connection, reference: str) -> UUID:
    found: UUID | None = await connection.fetchval(
        "select id from portal.company_group where reference = $1", reference
    )
    if found is None:
        raise OperateError(
            f"There is no group with the reference {reference}. `portal group list` shows what there is."
        )
    return found


def _day(moment: Any) -> str:
    return f"{moment.astimezone(JAPAN):%Y-%m-%d}"


def _read(home: Path | None, what: Callable[[asyncpg.Connection], Awaitable[Any]]) -> Any:
    async def read(url: str) -> Any:
        async with connected(url) as connection:
            return await what(connection)

    return in_home(home, read)


def _write(home: Path | None, what: Callable[[asyncpg.Connection], Awaitable[Any]]) -> Any:
    async def write(url: str) -> Any:
        async with changing(url) as connection:
            return await what(connection)

    return in_home(home, write)
