"""`portal mail`: what the portal sent, could not send, or wrote down because no mail server is configured."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import asyncpg
import click

from portal.notify import files, outbox
from portal.notify.outbox import Mail
from portal.notify.smtp import NotSent
from portal.operate.command_line import home_option, settings_with
from portal.operate.connect import changing, connected
from portal.operate.errors import OperateError
from portal.settings import Settings

T = TypeVar("T")
MOST = 50


@click.group()
def mail() -> None:
    """The mail that the portal sends."""


@mail.command("list")
@home_option
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def list_mail(home: Path | None, as_json: bool) -> None:
    """List the newest mail: to whom, what, and how it stands."""
    settings = settings_with(home=home)
    found = _asked(settings, lambda connection: outbox.listed(connection, most=MOST))
    kept = files.kept(settings.home)
    if as_json:
        listed = [asdict(each) | {"file": str(kept[each.id]) if each.id in kept else None} for each in found]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2, default=str))
        return
    for each in found:
        click.echo(f"{each.id}  {each.written_at:%Y-%m-%d %H:%M} UTC  {each.email}  {each.kind}: {_how(each, kept)}")
    if not found:
        click.echo("No mail was to be sent yet.", err=True)


@mail.command()
@click.argument("mail_id", metavar="ID")
@home_option
def show(mail_id: str, home: Path | None) -> None:
    """Print a mail that was written down instead of being sent. ID may be its first characters, or `last`."""
    settings = settings_with(home=home)
    kept = files.kept(settings.home)
    if not kept:
        raise OperateError(
            f"There is no mail in {files.folder(settings.home)}. Is that the portal's home (--home)? "
            "Where a mail server is set, mail is sent and not kept."
        )
    matching = [path for id, path in kept.items() if str(id).startswith(mail_id)]
    path = list(kept.values())[-1] if mail_id == "last" else _only(matching, mail_id)
    message = files.read(path)
    if message is None:
        raise OperateError(f"{path} is gone.")
    for name in ("To", "Subject"):
        click.echo(f"{name}: {message[name]}")
    body = message.get_body(("plain",))
    click.echo(f"\n{body.get_content() if body else ''}")


@mail.command()
@click.argument("mail_id", metavar="ID")
@home_option
def again(mail_id: str, home: Path | None) -> None:
    """Try a mail again that was given up. ID may be its first characters."""
    from portal.operate.prepare import migrated_database

    async def retry(url: str) -> bool:
        async with changing(url) as connection:
            found = _only(await outbox.listed(connection, begins=mail_id, most=2), mail_id)
            return await outbox.send_again(connection, found.id)

    with migrated_database(settings_with(home=home)) as found:
        if not asyncio.run(retry(found.owner_url)):
            raise OperateError("Only mail that was given up is tried again: `portal mail list` says how it stands.")
    click.echo("It is tried again, by the worker of a portal that runs.")


@mail.command("try")
@click.argument("address")
@home_option
def try_server(address: str, home: Path | None) -> None:
    """Send a mail to ADDRESS now, past the outbox, to see that the mail server takes it."""
    from portal.notify.post import send_trial

    try:
        where = asyncio.run(send_trial(settings_with(home=home), address))
    except NotSent as trouble:
        raise OperateError(f"It was not taken: {trouble.failure}. {trouble.remedy}") from trouble
    click.echo(f"Written to {where}: no mail server is configured." if where else "The mail server took it.")


def _asked(settings: Settings, question: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
    from portal.operate.prepare import migrated_database

    async def ask(url: str) -> T:
        async with connected(url) as connection:
            return await question(connection)

    with migrated_database(settings) as found:
        return asyncio.run(ask(found.owner_url))


def _only(matching: list[T], begins: str) -> T:
    if len(matching) != 1:
        number = "No" if not matching else "More than one"
        raise OperateError(f"{number} mail has an ID that begins with {begins}: `portal mail list` lists them.")
    return matching[0]


def _how(each: Mail, kept: dict[UUID, Path]) -> str:
    match each.state:
        case "sent":
            return f"written to {kept[each.id]}" if each.id in kept else "sent"
        case "given_up":
            return f"given up after {each.attempts} tries ({each.failure})"
        case "dropped":
            return "not sent: the account was suspended or got another address, or its link was withdrawn"
    return f"waits ({each.attempts} tries, the last: {each.failure})" if each.failure else "waits"
