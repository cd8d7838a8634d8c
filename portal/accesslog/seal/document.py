"""An entry as the bytes that are sealed: JSON in the one form of RFC 8785. `docs/log-format.md` lists the members.

Nothing here may change for a schema version that was once sealed: another version gets a function of its own.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import rfc8785

VERSIONS = (1, 2)  # they have the same members; what the codes in them mean says docs/log-format.md
# The member of the document for each column. A column that is null has none.
PLAIN = {
    "action": "action",
    "role": "role",
    "purpose": "purposes",
    "items": "items",
    "decision": "decision",
    "reasons": "reasons",
    "subject_kind": "subject_kind",
}
IDS = {
    "id": "id",
    "actor_id": "actor",
    "company_id": "company",
    "session_id": "session",
    "request_id": "request",
    "introduction_id": "introduction",
    "consent_id": "consent",
    "agreement_id": "agreement",
    "subject_id": "subject",
}
HASHES = {"agreement_digest": "agreement_paper", "document_digest": "document", "commitment": "commitment"}
OTHERWISE = {"schema_version", "recorded_at", "facts"}
_WRITTEN = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode
NOT_SEALED = {"transaction"}  # a number of one cluster of the database
MARK = b"\x1e"  # before and behind facts whose names are in another order; no JSON holds it


class UnknownSchema(Exception):
    """An entry of a version that this program does not know."""


def sealed_bytes(row: Mapping[str, Any]) -> bytes:
    """The bytes of a row of `accesslog.entry`. Raises UnknownSchema."""
    if row["schema_version"] not in VERSIONS:
        raise UnknownSchema(f"The entry {row['id']} is of schema version {row['schema_version']}.")
    document: dict[str, Any] = {"schema": row["schema_version"], "recorded_at": moment(row["recorded_at"])}
    for column, member in PLAIN.items():
        if (value := row[column]) is not None:
            document[member] = value
    for column, member in IDS.items():
        if (value := row[column]) is not None:
            document[member] = str(value)
    for column, member in HASHES.items():
        if (value := row[column]) is not None:
            document[member] = bytes(value).hex()
    if row["facts"] is not None:
        document["facts"] = json.loads(row["facts"])
    return canonical(document)


def canonical(document: dict[str, Any]) -> bytes:
    """RFC 8785. Of whole numbers, words and yes or no the standard library writes the same, ten times as fast."""
    facts = document.get("facts", {})
    if isinstance(facts, dict) and all(map(_plain, facts.values())) and all(map(str.isascii, facts)):
        return _WRITTEN(document).encode()
    return rfc8785.dumps(document)


def _plain(value: object) -> bool:
    return isinstance(value, str | bool) or (type(value) is int and abs(value) < 2**53)


def moment(at: datetime) -> str:
    """A moment in UTC to the microsecond, always with six digits."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def with_facts(entry: bytes) -> bytes:
    """The bytes of an entry with its facts as RFC 8785 has them; none when they cannot be written so."""
    before, facts, after = entry.split(MARK)
    told = _facts(facts)
    return b"" if told is None else before + told + after


@lru_cache(1024)
def _facts(text: bytes) -> bytes | None:
    try:
        return b"," + canonical({"facts": json.loads(text)})[1:-1]
    except (ValueError, RecursionError):
        return None
