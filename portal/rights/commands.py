"""`portal person erase`: what is a person's goes for good; what the law makes the operator keep stays for its time."""

import asyncio
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import click

from portal.documents.store import ObjectStore
from portal.operate.command_line import Value, home_option, settings_with
from portal.operate.connect import changing
from portal.operate.errors import OperateError
from portal.rights.erasure import GROUNDS, Erased, Ground, erase, remove, weigh
from portal.settings import Settings
from portal.values import contact, text

PERSON = "select gate.person_of($1)"
REFUSALS = {
    "no_such_record": "There is nobody with the number {number}, or they were erased before.",
    "not_for_this_role": "{officer} is no active account of compliance. Compliance decides, and is named.",
    "text_names_person": "--reason or --note names the person. They are kept: write them without the name.",
}
said = Value(partial(text.line, most=500))


@click.group()
def person() -> None:
    """What the law gives a person."""


@person.command("erase")
@click.argument("number")
@click.option("--ground", type=click.Choice(GROUNDS), required=True, help="Why the person is erased.")
@click.option("--reason", required=True, type=said, help="The same in a sentence, without the person's name.")
@click.option("--channel", type=click.Choice(["telephone", "paper"]), required=True, help="How it was asked for.")
@click.option("--note", required=True, type=said, help="Note of the call, or where the paper is kept; no name.")
@click.option(
    "--by", "officer", required=True, type=Value(contact.email), help="Who of compliance decided it: their e-mail."
)
@click.option("--leave-texts", is_flag=True, help="Do not black the name out in what staff and companies wrote.")
@click.option("--yes", is_flag=True, help="Do not ask again. It cannot be undone.")
@home_option
def erase_person(
    number: str,
    ground: str,
    reason: str,
    channel: str,
    note: str,
    officer: str,
    leave_texts: bool,
    yes: bool,
    home: Path | None,
) -> None:
    """Erase the person who has this NUMBER of the platform. Provision records stay until their own time is over."""
    from portal.operate.prepare import migrated_database

    settings, why = settings_with(home=home), Ground(ground, reason, channel, note)
    with migrated_database(settings) as found:
        if not yes:
            _show(number, asyncio.run(_weighed(found.owner_url, number)))
            click.confirm(f"Erase {number} for good?", abort=True)
        done, left = asyncio.run(_erased(settings, found.owner_url, number, why, officer, leave_texts))
    if done.refusal is not None:
        raise OperateError(f"{REFUSALS[done.refusal].format(number=number, officer=officer)} Nothing was erased.")
    click.echo(
        f"{number} is erased, with {len(done.files)} files. What the law makes you keep stays until its time is over."
    )
    if left:
        click.echo(f"The store did not give up {len(left)} of them. Nobody can read them: their key is gone.", err=True)
    click.echo(
        f"Erasures of compliance's People page lists it as {done.erasure}, with where the name stood in free text."
    )


def _show(number: str, told: dict[str, Any] | None) -> None:
    if told is None:
        raise OperateError(f"{REFUSALS['no_such_record'].format(number=number)} Nothing was erased.")
    goes, stays = told["goes"], told["stays"]
    click.echo("Goes:  " + ", ".join(f"{many} {kind}" for kind, many in goes.items() if many))
    until = f", until {stays['kept_until']:%Y-%m-%d}" if stays["kept_until"] else ""
    click.echo(f"Stays: {stays['provisions']} provision records{until}; {stays['consents']} consents by number alone")
    for one in told["texts"]:
        click.echo(f"Named: {one['kind']} {one['record']}{'' if one['can'] else ' (cannot be blacked out)'}")


async def _weighed(url: str, number: str) -> dict[str, Any] | None:
    async with changing(url) as connection:
        found = await _person(connection, number)
        return None if found is None else await weigh(connection, found)


async def _person(connection: asyncpg.Connection, number: str) -> UUID | None:
    found: UUID | None = await connection.fetchval(PERSON, number)
    return found


async def _erased(
    settings: Settings, url: str, number: str, why: Ground, officer: str, leave_texts: bool
) -> tuple[Erased, list[str]]:
    async with changing(url) as connection:
        found = await _person(connection, number)
        records: list[UUID] | None = [] if leave_texts else None
        done = await erase(connection, found, why, records, officer) if found else Erased("no_such_record", None, [])
    return done, await remove(ObjectStore.open(settings.store_url), done.files)
