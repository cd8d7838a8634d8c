"""`portal company`: a company's states, each change with its reason; who looks after it and stands in; its networks.

Each is the act of the company's page, by a program of the operator, and binds the very next transaction. Groups of
companies are `portal group` (groups.py).
"""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import click

from portal.companies import actions as changes
from portal.companies import keepers, networks
from portal.companies.commands.shared import NOTHING, changed, company_of, in_home
from portal.language.i18n import speaking
from portal.operate.command_line import Value, home_option
from portal.operate.connect import changing
from portal.operate.errors import OperateError
from portal.values import text
from portal.values.networks import networks as read_ranges
from portal.values.wrong import Wrong

REFUSED_STAND_IN = {
    "already": "looks after, or stands in already for,",
    "cannot": "cannot look after",
    False: "does not stand in for",
}
STANDS = "select status from portal.company where id = $1"
_reason = click.option(
    "--reason",
    required=True,
    type=Value(partial(text.line, most=text.LONGEST_REASON)),
    help="Why; the company's account manager reads it.",
)


@click.group()
def company() -> None:
    """The contracted companies."""


@company.command("send-to-screening")
@click.argument("reference")
@_reason
@home_option
def send_to_screening(reference: str, reason: str, home: Path | None) -> None:
    """Send a company whose record is whole to compliance, which reads the reason and approves or refuses it."""
    _run(home, reference, ("pending",), "screening", reason)
    click.echo(f"The company {reference} waits for compliance to screen it.")


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
    in_home(home, lambda url: _change(url, reference, only, wanted, reason))


async def _change(url: str, reference: str, only: tuple[str, ...], wanted: str, reason: str) -> None:
    """Change a company that is in one of the states `only`. Raises OperateError otherwise, or when something lacks."""
    async with changing(url) as connection:
        asked = await company_of(connection, reference)
        stands = await connection.fetchval(STANDS, asked)
        if stands == "pending" and (lacks := await changes.lacking(connection, asked, wanted)):
            raise OperateError(f"The company {reference} lacks {', '.join(lacks)}: its page says more. {NOTHING}")
        done = stands in only and await changes.set_company_status(connection, asked, wanted, reason)
        if not done and wanted == "screening" and stands in only:
            raise OperateError(f"The company {reference} was sent to screening already. {NOTHING}")
        if not done:
            raise OperateError(f"The company {reference} is {stands}, not {' or '.join(only)}. {NOTHING}")


@company.command("hand-over")
@click.argument("reference")
@click.argument("email")
@home_option
def hand_over(reference: str, email: str, home: Path | None) -> None:
    """Let the account manager EMAIL look after a company from now on."""
    said = _keeping(home, reference, email, changes.hand_over)
    if said == "no_heir":
        raise OperateError(f"{email} cannot look after {reference}, or does so already. {NOTHING}")
    click.echo(f"From now on {email} looks after {reference}.")


@company.command("stand-in")
@click.argument("reference")
@click.argument("email")
@click.option("--end", is_flag=True, help="They stand in no more.")
@home_option
def stand_in(reference: str, email: str, end: bool, home: Path | None) -> None:
    """Let the account manager EMAIL act for a company besides the one who looks after it."""
    said = _keeping(home, reference, email, keepers.end_stand_in if end else keepers.name_stand_in)
    if said in REFUSED_STAND_IN:
        raise OperateError(f"{email} {REFUSED_STAND_IN[said]} {reference}. {NOTHING}")
    click.echo(f"{email} {'stands in no more' if end else 'stands in'} for {reference}.")


@company.command("networks")
@click.argument("reference")
@click.argument("ranges", nargs=-1)
@click.option("--anywhere", is_flag=True, help="From now on its people may come from anywhere.")
@home_option
def name_networks(reference: str, ranges: tuple[str, ...], anywhere: bool, home: Path | None) -> None:
    """The networks that a company's people may come from: RANGES from now on, such as 203.0.113.0/24. Without any, what
    stands is shown."""
    with speaking("en"):
        try:
            wanted = read_ranges(" ".join(ranges))
        except Wrong as wrong:
            raise OperateError(f"{wrong.said} {NOTHING}") from None
    if wanted and anywhere:
        raise OperateError(f"Either networks, or --anywhere. {NOTHING}")

    async def named(connection: asyncpg.Connection, asked: UUID) -> list[Any]:
        stands = await connection.fetchval("select gate.networks_of($1)", asked)
        if wanted or anywhere:
            await networks.set_networks(connection, asked, stands, wanted)
        return list(await connection.fetchval("select gate.networks_of($1)", asked))

    found = changed(home, reference, named)
    click.echo("\n".join(str(one) for one in found) or f"The people of {reference} may come from anywhere.")


def _keeping(home: Path | None, reference: str, email: str, act: Callable[..., Awaitable[Any]]) -> Any:
    """What became of an act about a company and an account manager. Raises OperateError without either."""

    async def done(connection: asyncpg.Connection, asked: UUID) -> Any:
        who = await connection.fetchval("select id from portal.account where lower(email) = lower($1)", email)
        if who is None:
            raise OperateError(f"There is no account with the e-mail address {email}.")
        return await act(connection, asked, who)

    return changed(home, reference, done)
