"""A file that was downloaded, its proof, and what somebody does to either."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.accesslog.seal.cosignature import Cosigner
from portal.accesslog.seal.note import read
from portal.accesslog.seal.sealer import seal
from tests.client import Browser, Portal
from tests.journeys.cast import LINH, Cast, Person, cast

WITNESS = Cosigner("witness.example", Ed25519PrivateKey.from_private_bytes(bytes(32)))
AT = datetime(2026, 11, 29, 3, tzinfo=UTC)  # when it cosigned
KEPT = """
insert into accesslog.cosignature (size, witness, key, cosigned_at, line) values ($1, $2, $3, $4, $5)
on conflict do nothing
"""


@dataclass
class Downloaded:
    """Linh's resume as Hana received it, under which number, and what proves that."""

    people: Cast
    linh: Person
    hana: Browser
    file: bytes
    number: str
    bundle: str
    keys: list[dict[str, str]] = field(default_factory=list)


async def sealed(portal: Portal, folder: Path) -> None:
    """Seal what was done, as the worker does."""
    worker = await portal.database.connect("portal_worker")
    await seal(worker, folder, "portal.example.jp/log")
    await worker.close()


async def cosign(url: str) -> None:
    """Keep a witness's line over the newest checkpoint, as the worker does."""
    owner = await asyncpg.connect(url)
    size, note = await owner.fetchrow("select size, note from accesslog.checkpoint order by size desc limit 1")
    line = WITNESS.line(read(note), int(AT.timestamp())).rstrip("\n")
    await owner.execute(KEPT, size, WITNESS.name, WITNESS.witness.text, AT, line)
    await owner.close()


async def downloaded(portal: Portal, folder: Path) -> Downloaded:
    """Hana downloads Linh's resume; before and after it other things are done and sealed."""
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    for _look in range(3):
        await hana.get(linh.page)
        await sealed(portal, folder)
    answer = await hana.raw("GET", f"{linh.page}/resume.pdf?form=ja&calendar=era")
    await hana.get(linh.page)
    await sealed(portal, folder)
    await cosign(portal.database.url("portal_owner"))
    (entry,) = await portal.log("action = 'resume_read'")
    number = str(entry["id"])
    bundle = (await hana.raw("GET", f"/receipts/{number}/bundle")).text
    return Downloaded(people, linh, hana, answer.content, number, bundle, portal.app.state.receipt_keys)
