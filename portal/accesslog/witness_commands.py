"""`portal witness`: looking at somebody's log from elsewhere. It needs no database, and nothing of a portal's home."""

import asyncio
import time
from pathlib import Path

import click

from portal.accesslog.seal import witness as watching
from portal.accesslog.seal.note import NoteWrong, Verifier
from portal.accesslog.seal.place import Place, PlaceError
from portal.accesslog.seal.publish import CHECKPOINT
from portal.own_files import NotAnOwnFile

WRONG = (watching.NothingThere, NoteWrong, PlaceError, NotAnOwnFile)
state_option = click.option(
    "--state",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="The witness's own folder, on a machine that the log's operator cannot change.",
)


@click.group()
def witness() -> None:
    """Cosign the checkpoints of a log as long as each continues the one before."""


@witness.command()
@click.option("--name", required=True, help="The witness's name, such as witness.example.com.")
@state_option
def key(name: str, state: Path) -> None:
    """Print the witness's public key, made under NAME when there is none. PORTAL_LOG_WITNESSES takes it."""
    if not name.isascii() or any(each in name for each in " +\n"):
        raise click.BadParameter("a name is of ASCII letters without spaces and without +", param_hint="--name")
    try:
        click.echo(watching.Home(state).make(name).witness.text)
    except WRONG as error:
        raise click.ClickException(str(error)) from error


@witness.command()
@click.option("--log-key", required=True, help="The log's public key, as `portal log key` prints it.")
@click.option("--from", "source", required=True, help="Where the log is published: a folder, s3://... or https://...")
@click.option("--to", help="Where to put the cosigned checkpoint, for the portal to read. Otherwise it is printed.")
@click.option("--every", type=click.FloatRange(min=1), help="Look again and again, so many seconds apart.")
@state_option
def run(log_key: str, source: str, to: str | None, every: float | None, state: Path) -> None:
    """Look at the published log, and cosign its checkpoint. A fork or a rollback is refused, and ends this with exit
    code 1: the checkpoints that contradict each other are kept in the witness's folder."""
    try:
        log = Verifier.read(log_key)
    except NoteWrong as error:
        raise click.BadParameter(str(error), param_hint="--log-key") from error
    while True:
        try:
            asyncio.run(_look(source, log, watching.Home(state), to))
        except watching.Refused as refused:
            raise click.ClickException(f"Not cosigned. {refused}") from refused
        except WRONG as error:
            if every is None:
                raise click.ClickException(str(error)) from error
            click.echo(f"Not cosigned: {error} It is tried again.", err=True)
        if every is None:
            return
        time.sleep(every)


async def _look(source: str, log: Verifier, home: watching.Home, to: str | None) -> None:
    cosigned = await watching.look(Place.open(source), log, home, int(time.time()))
    if to is None:
        click.echo(cosigned, nl=False)
        return
    await Place.open(to, making=True).write(CHECKPOINT, cosigned.encode())
    click.echo(f"Cosigned {cosigned.splitlines()[1]} entries.")
