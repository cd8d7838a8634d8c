"""On what one entry stands, and whether it is what was sealed. Asking is recorded, in the same transaction."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.note import NoteWrong, Verifier, read
from portal.accesslog.seal.tree import included, leaf_hash, path_under
from portal.database.unit import Unit

BASIS_MOMENTS = (
    "given_at", "until", "withdrawn_at", "signed_at", "countersigned_at", "effective_at", "terminated_at", "at",
    "sealed_at",
)  # fmt: skip


async def basis(unit: Unit, asked: UUID) -> dict[str, Any] | None:
    """On what an entry stands, its neighbours in the sign-in, and its leaf; see `gate.entry_basis`. Recorded."""
    found = await unit.fetchval("select gate.entry_basis($1)", asked)
    if found is None:
        return None
    told: dict[str, Any] = json.loads(found)
    for one in filter(None, told.values()):
        one.update({name: one[name] and datetime.fromisoformat(one[name]) for name in BASIS_MOMENTS if name in one})
    if told["downloads"]:
        told["downloads"]["day"] = date.fromisoformat(told["downloads"]["day"])
    return told


@dataclass(frozen=True, slots=True)
class CheckedEntry:
    """Whether an entry "holds", is "changed" or "waiting" to be sealed; its leaf, and how large the log was then."""

    state: str
    leaf: int = 0
    size: int = 0


async def checked(unit: Unit, asked: UUID) -> CheckedEntry | None:
    """Reckon an entry's leaf anew, and the way from it to the root that was signed. Recorded; None where there is no
    such entry, and for all but compliance."""
    row = await unit.fetchrow("select * from gate.entry_proof($1)", asked)
    if row is None:
        return None
    if row["note"] is None:
        return CheckedEntry("waiting")
    leaf = leaf_hash(sealed_bytes(row["entry"]))
    known = [Verifier.read(row["key"])] if row["key"] else []  # of the first checkpoints it was not kept
    try:
        checkpoint = read(row["note"], *known)
    except NoteWrong:
        return CheckedEntry("changed", row["leaf"])
    way = path_under(row["leaf"], row["before"], list(row["edges"] or ()), list(row["leaves"]))
    holds = included(checkpoint.root, checkpoint.size, row["leaf"], leaf, way)
    return CheckedEntry("holds" if holds else "changed", row["leaf"], checkpoint.size)
