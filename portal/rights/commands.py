"""`portal person erase`: what is a person's goes for good; what the law makes the operator keep stays for its time."""

import asyncio
from pathlib import Path

import click

from portal.documents.store import ObjectStore
from portal.operate.command_line import home_option, settings_with
from portal.operate.connect import connected
from portal.operate.errors import OperateError
from portal.rights.erasure import erase
from portal.settings import Settings


@click.group()
def person() -> None:
    """What the law gives a person."""


@person.command("erase")
@click.argument("number")
@click.option("--yes", is_flag=True, help="Do not ask again. It cannot be undone.")
@home_option
def erase_person(number: str, yes: bool, home: Path | None) -> None:
    """Erase the person who has this NUMBER of the platform. Provision records stay until their own time is over."""
    if not yes:
        click.confirm(f"Erase {number} for good?", abort=True)
    settings = settings_with(home=home)
    files = asyncio.run(_erased(settings, number))
    if files is None:
        raise OperateError(f"Nothing was erased: there is nobody with the number {number}, or they were erased before.")
    click.echo(f"{number} is erased, with {files} files. What the law makes you keep stays until its time is over.")


async def _erased(settings: Settings, number: str) -> int | None:
    from portal.operate.prepare import migrated_database

    with migrated_database(settings) as found:
        async with connected(found.owner_url) as connection:
            return await erase(connection, ObjectStore.open(settings.store_url), number)
