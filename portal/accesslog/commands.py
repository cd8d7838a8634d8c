"""`portal log`: proving that the access log is whole."""

import asyncio
import json
import os
from base64 import b64encode
from dataclasses import asdict
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from portal.accesslog.seal.apart import apart
from portal.accesslog.seal.keys import PUBLIC
from portal.accesslog.seal.note import Checkpoint, NoteWrong, Verifier, read
from portal.accesslog.seal.place import Place, PlaceError
from portal.accesslog.seal.progress import Progressed
from portal.accesslog.seal.publish import NotContinued, Publisher
from portal.accesslog.seal.questions import AS_OWNER
from portal.accesslog.seal.tree import Tree
from portal.accesslog.seal.verify import Needed, Verified, verify
from portal.language.i18n import speaking
from portal.operate.command_line import home_option, settings_with
from portal.operate.connect import connected
from portal.operate.errors import OperateError
from portal.own_files import read_own
from portal.settings import PROJECT, Settings

ALONE = 50_000  # leaves that one process has read before others are started
NEWEST = "select note from accesslog.checkpoint order by size desc limit 1"


@click.group()
def log() -> None:
    """The access log, and the proof that it is whole."""


@log.command()
@home_option
def checkpoint(home: Path | None) -> None:
    """Print the newest signed checkpoint. Keep it elsewhere: `portal log verify --kept` compares with it."""
    settings = settings_with(home=home)
    note = _asked(settings, NEWEST)
    if note is None:
        raise OperateError("Nothing is sealed yet: the worker of a portal that runs seals every two seconds.")
    click.echo(note, nl=False)


@log.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@home_option
def publish(folder: Path, home: Path | None) -> None:
    """Publish the checkpoint and tiles into FOLDER, beside where the worker publishes them: to carry to a witness."""
    from portal.operate.prepare import migrated_database

    settings = settings_with(home=home)

    async def run(url: str) -> int:
        async with connected(url) as connection:
            return await Publisher(Place.open(str(folder), making=True), noted=False).publish(connection)

    try:
        with migrated_database(settings) as found:
            done = asyncio.run(run(found.owner_url))
    except (PlaceError, NotContinued, NoteWrong) as error:
        raise OperateError(f"Not published: {error}") from error
    click.echo(f"Published {done} more entries' hashes in {folder}.")


@log.command()
@home_option
def key(home: Path | None) -> None:
    """Print the public key of the log's checkpoints, to be given to whoever verifies."""
    click.echo(_public(settings_with(home=home)).text)


@log.command()
@click.option("--language", type=click.Choice(["en", "ja"]), default="en", help="Language of the words.")
def codes(language: str) -> None:
    """Print every action, fact and reason that an entry can hold, with its words. It needs no database."""
    from portal.accesslog.codes import tables
    from portal.web.templates import templates_in

    with speaking(language):
        reason = templates_in(PROJECT / "templates").get_template("components/words.html").module.reason  # type: ignore[attr-defined]  # its macro
        click.echo(tables(reason), nl=False)


@log.command("verify")
@click.option(
    "--kept", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A checkpoint kept elsewhere."
)
@click.option("--key", "key_text", help="The log's public key, if it was kept elsewhere too.")
@click.option(
    "--resume",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file that remembers how far it came: when it is cut off, the next one with the same file goes on there.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@home_option
def verify_log(kept: Path | None, key_text: str | None, resume: Path | None, as_json: bool, home: Path | None) -> None:
    """Reckon every entry, leaf and checkpoint anew, and say what does not agree. Exit code 1 when anything does not.

    Cosignatures are checked too; how many are needed is PORTAL_LOG_WITNESSES_NEEDED.
    """
    settings = settings_with(home=home)
    try:
        known = Verifier.read(key_text) if key_text else _public(settings)
        compared = read(kept.read_text(encoding="utf-8"), known) if kept else None
    except (NoteWrong, UnicodeDecodeError) as error:
        raise OperateError(f"Nothing was verified: {error}") from error
    found = _verified(settings, known, compared, Progressed(resume, known.text) if resume else None)
    if as_json:
        plain = asdict(found) | {"root": b64encode(found.root).decode()}
        click.echo(json.dumps(plain, ensure_ascii=False, indent=2))
    else:
        _show(found, compared)
    if found.wrong:
        raise SystemExit(1)


def _verified(
    settings: Settings, known: Verifier, compared: Checkpoint | None, progressed: Progressed | None
) -> Verified:
    from portal.operate.prepare import migrated_database
    from portal.operate.publishing import witnesses

    needed = Needed(tuple(one.witness for one in witnesses(settings)), settings.log_witnesses_needed)
    begun = progressed.read() if progressed else None

    async def run(url: str) -> Verified:
        bar = Progress(
            TextColumn("Verifying"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        async with connected(url) as connection, connection.transaction(isolation="repeatable_read", readonly=True):
            total = await connection.fetchval("select count(*) from accesslog.leaf")
            many = os.cpu_count() or 1 if total - (begun.size if begun else 0) > ALONE else 0
            async with apart(connection, url, AS_OWNER.pages, many) as readers:
                with bar:
                    task = bar.add_task("", total=total)

                    async def told(tree: Tree) -> None:
                        bar.update(task, completed=tree.size)
                        if progressed:
                            progressed.write(tree)

                    return await verify(
                        connection, known, compared, told=told, witnesses=needed, begun=begun, readers=readers
                    )

    with migrated_database(settings) as found:
        done = asyncio.run(run(found.owner_url))
    if progressed:
        progressed.forget()
    return done


def _show(found: Verified, compared: Checkpoint | None) -> None:
    for fault in found.wrong:
        click.echo(f"{fault.kind}: {fault.said}")
    if found.wrong:
        return
    click.echo(
        f"The log is whole: {found.size} sealed entries agree with {found.checkpoints} signed checkpoints. Root "
        f"{b64encode(found.root).decode()}. {found.waiting} wait to be sealed."
    )
    if found.cosigned:
        click.echo(f"Witnesses have cosigned {found.cosigned} of them.")
    if compared is None:
        click.echo(
            "It was compared with no checkpoint that was kept elsewhere (--kept): a log that was put back from a "
            "backup or signed anew agrees with itself, too."
        )
    else:
        click.echo(f"It continues the checkpoint of {compared.size} entries that was kept.")


def _public(settings: Settings) -> Verifier:
    text = read_own(settings.log_key_folder / PUBLIC)
    if text is None:
        raise OperateError(
            f"There is no {settings.log_key_folder / PUBLIC}: the worker makes it when it first seals. Is that the "
            "portal's home (--home)? A key that was kept elsewhere is given with --key."
        )
    try:
        return Verifier.read(text)
    except NoteWrong as error:
        raise OperateError(f"{settings.log_key_folder / PUBLIC}: {error}") from error


def _asked(settings: Settings, question: str) -> object:
    from portal.operate.prepare import migrated_database

    async def ask(url: str) -> object:
        async with connected(url) as connection:
            return await connection.fetchval(question)

    with migrated_database(settings) as found:
        return asyncio.run(ask(found.owner_url))
