"""A second verifier of the sealed log, written from docs/log-format.md alone. It shares no code with the portal's own.

Entries are written as JSON by the standard library, the tree is pymerkle's, and Ed25519 is written out here (RFC 8032).
It reads the tables as they are and believes none of them.
"""

import hashlib
import json
from base64 import b64decode
from functools import lru_cache
from typing import Any

import pymerkle

QUESTION = """
select leaf.number, leaf.hash as leaf_hash, leaf.entry_id as leaf_entry, entry.id as entry_id, to_jsonb(entry) as said,
       to_char(entry.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
       encode(agreement_digest, 'hex') as agreement_paper, encode(document_digest, 'hex') as document,
       encode(commitment, 'hex') as commitment
from accesslog.leaf left join accesslog.entry on entry.id = leaf.entry_id and entry.recorded_at = leaf.recorded_at
order by leaf.number
"""
UNSEALED = """
select count(*) from accesslog.entry
left join accesslog.leaf on leaf.entry_id = entry.id and leaf.recorded_at = entry.recorded_at
where leaf.number is null
  and (coalesce(entry.transaction < (select coalesce(max(until), '0') from accesslog.checkpoint), true)
       or entry.id in (select entry_id from accesslog.leaf))
"""
AS_IT_IS = ("id", "action", "role", "items", "decision", "reasons", "subject_kind", "facts")
SIDES = """
select commitment, salt, candidate_id, host(ip) as ip, agent
from accesslog.entry join accesslog.entry_subject on entry_id = id and entry_subject.recorded_at = entry.recorded_at
"""
# Each row is read of tables, not of views or of another server; to the superuser who asks, no policy applies.
TABLES = """
select count(*) from pg_class where relnamespace = 'accesslog'::regnamespace and relkind not in ('r', 'p')
    and relname ~ '^(entry|leaf|checkpoint)(_[0-9_]+)?$'
"""
RENAMED = {
    "schema_version": "schema",
    "actor_id": "actor",
    "company_id": "company",
    "session_id": "session",
    "request_id": "request",
    "introduction_id": "introduction",
    "consent_id": "consent",
    "agreement_id": "agreement",
    "subject_id": "subject",
    "purpose": "purposes",
}


async def faults(connection: Any, public_key: str) -> list[str]:
    """What is wrong with the log, as far as the database and the public key's line tell."""
    found: list[str] = []
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    roots = {}
    checkpoints = await connection.fetch("select size, root, note from accesslog.checkpoint order by size")
    wanted = {row["size"] for row in checkpoints}
    rows = await connection.fetch(QUESTION)
    for place, row in enumerate(rows):
        if row["number"] != place:
            found.append(f"leaf {place} has the number {row['number']}")
        if row["entry_id"] is None:
            return [*found, f"the entry {row['leaf_entry']} is missing"]
        try:
            written = document(row)
        except (ValueError, RecursionError):
            return [*found, f"the entry {row['entry_id']} has facts that nothing can have sealed"]
        tree.append_entry(written)
        if hashlib.sha256(b"\0" + written).digest() != row["leaf_hash"]:
            found.append(f"the entry {row['entry_id']} is not what was sealed")
        if place + 1 in wanted:
            roots[place + 1] = tree.get_root()
    for row in checkpoints:
        if (row["root"], row["note"]) != (roots.get(row["size"]), row["note"]):
            found.append(f"the checkpoint of {row['size']} has another root than its entries")
        if not signed(row["note"] or "", row["size"], row["root"], public_key):
            found.append(f"the checkpoint of {row['size']} is not signed")
    if max(wanted, default=0) != len(rows):
        found.append("the leaves end elsewhere than the newest checkpoint")
    if await connection.fetchval(TABLES):
        found.append("what is read is no table")
    if await connection.fetchval(UNSEALED):
        found.append("an entry was added behind the seal")
    for row in await connection.fetch(SIDES):
        told = row["salt"] + (row["candidate_id"].bytes if row["candidate_id"] else bytes(16))
        for text in (row["ip"], row["agent"]):
            told += len((text or "").encode()).to_bytes(4) + (text or "").encode()
        if hashlib.sha256(told).digest() != row["commitment"]:
            found.append("an entry is bound to another side row")
    return found


def document(row: Any) -> bytes:
    """An entry's bytes: RFC 8785 has members in order and no space. Its numbers are whole, and its keys ASCII."""
    said = json.loads(row["said"])
    members = {key: said[key] for key in AS_IT_IS} | {member: said[column] for column, member in RENAMED.items()}
    members |= {"recorded_at": row["at"]}
    members |= {key: row[key] for key in ("agreement_paper", "document", "commitment")}
    kept = {key: value for key, value in members.items() if value is not None}
    return json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def signed(note: str, size: int, root: bytes, public_key: str) -> bool:
    """Whether a note is the checkpoint of this size and root, signed with the key of the line."""
    name, short, key = public_key.split("+", 2)
    text, _, lines = note.partition("\n\n")
    if text.split("\n")[:2] != [name, str(size)] or b64decode(text.split("\n")[2]) != root:
        return False
    for line in lines.splitlines():
        mark, who, signature = line.split(" ")
        raw = b64decode(signature)
        if (mark, who, raw[:4].hex()) == ("\u2014", name, short):
            return verified(b64decode(key)[1:], f"{text}\n".encode(), raw[4:])
    return False


# Ed25519 as RFC 8032 has it, section 6, in short. Points are x, y with z and x*y/z.
P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def _added(a: Point, b: Point) -> Point:
    left, right = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    t, z = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = right - left, z - t, z + t, right + left
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    found = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            found = _added(found, point)
        point, factor = _added(point, point), factor >> 1
    return found


def _point(written: bytes) -> Point | None:
    y = int.from_bytes(written, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or y >= P:
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


BASE = _point(((4 * pow(5, P - 2, P)) % P).to_bytes(32, "little"))


@lru_cache(maxsize=4096)
def verified(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature over the message was made with the key."""
    a, r, s = _point(key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or BASE is None or s >= Q:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    left, right = _times(s, BASE), _added(r, _times(h, a))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)
