"""`portal company`: a company's states, each change with its reason. It binds the very next transaction."""

import asyncio
from functools import partial
from pathlib import Path

import click

from portal.companies.actions import set_company_status
from portal.operate.command_line import Value, home_option, settings_with
from portal.operate.connect import changing
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
