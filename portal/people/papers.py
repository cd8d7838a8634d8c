"""A scanned paper as evidence: sealed with the person's own key once it is cleaned, and opened to staff alone."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from portal.database.unit import Unit
from portal.documents.cleaning import CleanDocument
from portal.documents.sealing import DataKey, MasterKeys, WrappedKey
from portal.documents.store import ObjectStore
from portal.resume.workshop import Sealed


@dataclass(frozen=True, slots=True)
class Paper:
    """A stored scan as the gate notes it; digests are SHA-256 in hex."""

    object_key: str
    pages: int
    bytes: int
    content_digest: str
    received_digest: str


async def data_key(unit: Unit, person: UUID, keys: MasterKeys) -> DataKey | None:
    """The key of the person's files, made when there is none; None when the viewer may not record for them."""
    _key, wrapped = keys.new_data_key(str(person))
    query = "select * from gate.document_key_of_person($1, $2, $3)"
    row = await unit.fetchrow(query, person, wrapped.master_id, wrapped.wrapped)
    if row is None:
        return None
    return keys.unwrap(WrappedKey(row["master_key_id"], row["wrapped_key"]), str(person))


async def store(shelf: ObjectStore, key: DataKey, scan: CleanDocument) -> Paper:
    """Seal and store a scan. Until its row commits no row names it. Raises StoreError."""
    object_key = str(uuid4())
    await shelf.put(object_key, key.seal(object_key, scan.pdf))
    return Paper(object_key, scan.pages, len(scan.pdf), scan.clean_sha256, scan.original_sha256)


async def opened(unit: Unit, person: UUID, statement: UUID, ground: str) -> Sealed | None:
    """The stored scan of a statement, for staff, on a ground; None when the viewer may not. Recorded."""
    row = await unit.fetchrow("select * from gate.open_evidence($1, $2, $3)", person, statement, ground)
    if row is None:
        return None
    key = WrappedKey(row["master_key_id"], row["wrapped_key"])
    return Sealed(row["object_key"], row["candidate_id"], key, row["content_digest"])
