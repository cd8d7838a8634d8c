"""Erasing a person: the records in one transaction, then their files, whose key is gone by then."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from portal.documents.store import ObjectStore, StoreError
from portal.language.i18n import written

GROUNDS = ("person_asked", "purpose_over", "consent_withdrawn", "unlawful", "legal_duty")
WEIGH = "select gate.weigh_erasure($1, $2)"
ERASE = "select * from gate.erase_person($1, $2, $3, $4, $5, $6, $7)"
ERASURES = "select * from gate.erasures($1)"


class Connection(Protocol):
    """As much of a unit of work, or of the command's connection, as this needs."""

    async def fetchval(self, query: str, *values: Any) -> Any: ...
    async def fetchrow(self, query: str, *values: Any) -> Any: ...
    async def fetch(self, query: str, *values: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a person is erased, how it was asked for, and what was noted of that. Nothing in it names the person."""

    ground: str
    reason: str
    channel: str
    note: str


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of it: a code where nothing was done; else its number, and the files that are to go."""

    refusal: str | None
    erasure: UUID | None
    files: list[str]


async def weigh(connection: Connection, person: UUID, said: str = "") -> dict[str, Any] | None:
    """What would go, what stays, in which free texts the name stands, and whether `said` names the person. Recorded;
    None for whoever may not ask."""
    found = await connection.fetchval(WEIGH, person, said)
    if found is None:
        return None
    told: dict[str, Any] = json.loads(found)
    return {**told, "stays": _stays(told["stays"]), "texts": [_named(one) for one in told["texts"]]}


async def erase(
    connection: Connection, person: UUID, ground: Ground, records: Sequence[UUID] | None, officer: str | None = None
) -> Erased:
    """Erase a person, as whoever of compliance is signed in, or whom a program names by e-mail address.

    The name is blacked out in the free texts of `records`, and in all in which it can be where that is None. The
    files are to be removed once this is committed: see `remove`.
    """
    chosen = None if records is None else list(records)
    row = await connection.fetchrow(ERASE, person, *astuple(ground), chosen, officer)
    return Erased(row["refusal"], row["erasure"], list(row["files"] or ()))


async def remove(store: ObjectStore, files: Sequence[str]) -> list[str]:
    """Remove the files of somebody who was erased; those that the store did not give up. Nobody can read those: their
    key is gone."""
    left = []
    for one in files:
        try:
            await store.delete(one)
        except StoreError:
            left.append(one)
    return left


async def erasures(connection: Connection, asked: UUID | None = None) -> list[dict[str, Any]]:
    """The erasures, the newest first; or one, with where the name stood. Recorded; empty for all but compliance."""
    return [
        {
            **row,
            "gone": json.loads(row["gone"]),
            "stays": _stays(json.loads(row["stays"])),
            "texts": [_named(one) for one in json.loads(row["texts"])],
        }
        for row in await connection.fetch(ERASURES, asked)
    ]


def _stays(told: dict[str, Any]) -> dict[str, Any]:
    return {**told, "kept_until": told["kept_until"] and datetime.fromisoformat(told["kept_until"])}


def _named(text: dict[str, Any]) -> dict[str, Any]:
    return {**text, "company": text["name"] and written(text["name"], text["name_latin"])}
