"""`portal receipt`: checking a file that left a portal, and handing on what is needed for it."""

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from portal.disclosure.receipts import bundle as bundles
from portal.disclosure.receipts import keys
from portal.disclosure.receipts.bundle import Bundle, NoBundle
from portal.disclosure.receipts.check import Checked, check
from portal.operate.command_line import home_option, settings_with
from portal.operate.connect import connected
from portal.operate.errors import OperateError
from portal.web.tokens import ReceiptSigner

LARGEST = 200 * 1024 * 1024
PROOF = "select * from gate.receipt_proof($1)"
File = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def receipt() -> None:
    """The receipts in files that left a portal."""


@receipt.command("verify")
@click.argument("file", type=File)
@click.option("--bundle", "bundle_file", type=File, help="The proof that was downloaded for the file.")
@click.option("--key", "key_file", type=File, help="The portal's public keys (`portal receipt key`), kept elsewhere.")
@click.option("--log-key", help="The log's public key (`portal log key`), kept elsewhere.")
@click.option(
    "--witness-key",
    "witness_keys",
    multiple=True,
    help="The public key of a witness that must have cosigned (`portal witness key`), kept elsewhere; can be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def verify_receipt(
    file: Path,
    bundle_file: Path | None,
    key_file: Path | None,
    log_key: str | None,
    witness_keys: tuple[str, ...],
    as_json: bool,
) -> None:
    """Say who received FILE, when, for what and on whose consent, and what is wrong with it.

    It needs no portal and no network. Exit code 1 when something is wrong, or when no key is known.
    """
    if file.stat().st_size > LARGEST:
        raise OperateError(f"{file} is larger than any file that a portal gives out.")
    bundle = _bundle(bundle_file) if bundle_file else None
    if witness_keys and bundle is None:
        raise click.UsageError("--witness-key needs the proof: give it with --bundle.")
    known = _keys(key_file) if key_file else ()
    found = check(file.read_bytes(), known, bundle, [log_key] if log_key else (), witness_keys)
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    else:
        _show(found)
    if found.wrong:
        raise SystemExit(1)


@receipt.command("bundle")
@click.argument("number", type=click.UUID)
@home_option
def make_bundle(number: UUID, home: Path | None) -> None:
    """Print the proof for the receipt NUMBER, to be kept beside the file."""
    from portal.operate.prepare import migrated_database

    settings = settings_with(home=home)
    with migrated_database(settings) as found:
        rows = asyncio.run(_proof(found.owner_url, number))
    if not rows:
        raise OperateError(f"No file left the portal under the number {number}.")
    if any(row["leaf"] is None for row in rows):
        raise OperateError("Its entries are not sealed yet: the worker of a portal that runs seals every two seconds.")
    made = bundles.bundle_of(rows, _public(settings.receipt_key_folder))
    click.echo(bundles.written(str(number), made), nl=False)


@receipt.command("key")
@home_option
def key(home: Path | None) -> None:
    """Print the public keys of the portal's receipts, to be given to whoever checks them."""
    public = _public(settings_with(home=home).receipt_key_folder)
    if not public:
        raise OperateError("There is no key yet: the portal makes one when it first starts. Is that its home (--home)?")
    click.echo(json.dumps({"keys": public}, indent=1))


@receipt.command("new-key")
@home_option
def new_key(home: Path | None) -> None:
    """Make a new key. It signs once the web processes are started anew; what the older ones signed stays good."""
    keys.add(settings_with(home=home).receipt_key_folder)
    click.echo("There is a new key. Start the portal anew, and hand on what `portal receipt key` prints.")


async def _proof(url: str, number: UUID) -> list[Any]:
    async with connected(url) as connection:
        rows: list[Any] = await connection.fetch(PROOF, number)
        return rows


def _public(folder: Path) -> list[dict[str, str]]:
    return [ReceiptSigner(pem).public for pem in keys.all_keys(folder)]


def _bundle(path: Path) -> Bundle:
    try:
        return bundles.read(path.read_text(encoding="utf-8"))
    except (NoBundle, UnicodeDecodeError) as error:
        raise OperateError(f"{path}: {error}") from error


def _keys(path: Path) -> list[dict[str, str]]:
    try:
        return [
            {str(name): str(value) for name, value in one.items()}
            for one in json.loads(path.read_text("utf-8"))["keys"]
        ]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise OperateError(f"{path} holds no public keys as `portal receipt key` prints them.") from error


def _show(found: Checked) -> None:
    for fault in found.wrong:
        click.echo(f"{fault.kind}: {fault.said}")
    if found.wrong or found.receipt is None:
        return
    said = found.receipt
    agreement = said["agreement"]
    lines = {
        "Number": said["number"],
        "Portal": said["portal"],
        "Received by": f"{said['account']['name']}, {said['company']['name']}",
        "When": f"{said['left']['at']} (asked for {said['at']})",
        "Introduction": said["introduction"]["code"],
        "Purpose": ", ".join(said["purposes"]),
        "Items": ", ".join(said["items"]),
        "Consent": said["consent"],
        "Agreement": f"{agreement['number']} (SHA-256 of the signed paper: {agreement.get('paper', 'none')})",
        "Pages": f"unchanged, SHA-256 {said['document']['sha256']}",
        "Signed with": f"{found.key} ({_trusted(found.key_given)})",
        "In the log": f"yes, by the key {found.log_key} ({_trusted(found.log_key_given)})" if found.sealed
        else "not checked: give the proof with --bundle",
    }  # fmt: skip
    for label, text in lines.items():
        click.echo(f"{label + ':':<14}{text}")
    for one in found.cosigned:
        click.echo(f"{'Cosigned:':<14}{one.witness}, {one.at} ({_trusted(one.key_given)})")


def _trusted(given: bool) -> str:
    return (
        "the key that was given" if given else "known from the proof alone: compare it with what the operator publishes"
    )
