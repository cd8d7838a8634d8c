"""`portal campaign`: which companies have signed a new version of the agreement, and which have not."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import asyncpg
import click

from portal.agreements import campaigns
from portal.language.zone import JAPAN
from portal.operate.command_line import home_option, settings_with
from portal.operate.connect import connected
from portal.operate.errors import OperateError

STATES = {
    "none": "nothing drafted yet", "drafted": "drafted, not sent", "signatory": "waits for its signatory",
    "declined": "declined by its signatory", "countersignature": "waits for compliance to countersign",
    "signed": "signed by both", "closed": "not signed in time: closed",
}  # fmt: skip


@click.group()
def campaign() -> None:
    """New versions of the agreement that companies are asked to sign."""


@campaign.command("list")
@home_option
def list_campaigns(home: Path | None) -> None:
    """Every campaign, the newest first: its version, its last day and how many have signed."""
    found = _read(home, campaigns.campaigns)
    for one in found:
        state = "called off" if one["called_off_at"] else f"until {one['ends_at'].astimezone(JAPAN):%Y-%m-%d %H:%M}"
        click.echo(f"version {one['template_version']}\t{state}\t{one['signed']} of {one['companies']} signed")
    if not found:
        click.echo("There is no campaign.")


@campaign.command()
@click.argument("version", type=int)
@home_option
def show(version: int, home: Path | None) -> None:
    """The companies asked for VERSION, those that have not signed first."""

    async def asked(connection: asyncpg.Connection) -> list[dict[str, Any]] | None:
        listed = await campaigns.campaigns(connection)
        found = next((one["id"] for one in listed if one["template_version"] == version), None)
        return None if found is None else await campaigns.companies_asked(connection, found)

    companies = _read(home, asked)
    if companies is None:
        raise OperateError(f"No campaign asks for version {version}. `portal campaign list` shows what there is.")
    for one in companies:
        click.echo(f"{one['reference']}\t{STATES[one['state']]}\t{one['manager'] or '–'}")


def _read(home: Path | None, what: Callable[[asyncpg.Connection], Awaitable[Any]]) -> Any:
    from portal.operate.prepare import migrated_database

    async def read(url: str) -> Any:
        async with connected(url) as connection:
            return await what(connection)

    with migrated_database(settings_with(home=home)) as found:
        return asyncio.run(read(found.owner_url))
