"""The cast in a database, and what its people do there: each method is one transaction of portal_web."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from portal.agreements.undertakings import TEXTS
from tests.database import Database
from tests.facts import Agreement
from tests.links import right_answers
from tests.people import Cast, Introduced, Person
from tests.world import signed_in

EVERYTHING = 16383
ACCEPT = "select gate.accept_undertaking($1, $2, $3)"
SHOWN = hashlib.sha256(TEXTS[1]["en"].encode()).digest()


@dataclass
class Stage:
    """A database with the cast in it, and a connection for each side."""

    database: Database
    owner: Any
    web: Any
    people: Cast

    async def shown(
        self,
        who: Person | None,
        *introduced: Introduced | UUID,
        purpose: str | None = None,
        wanted: int = EVERYTHING,
        ip: str | None = None,
    ) -> dict[UUID, dict[str, Any]]:
        """What `gate.disclose` gives, by introduction; each row without its closed items."""
        asked = [one if isinstance(one, UUID) else one.introduction.id for one in introduced]
        async with signed_in(self.web, secret_of(who), ip):
            rows = await self.web.fetch("select * from gate.disclose($1, $2, 'listed', $3)", asked, purpose, wanted)
        return {row["introduction_id"]: {k: v for k, v in row.items() if v is not None} for row in rows}

    async def found(self, who: Person | None, **asked: Any) -> set[str]:
        """The references of the candidates whose introductions a search gives."""
        rows = await self.search(who, **asked)
        names = {one.introduction.id: name for name, one in vars(self.people).items() if isinstance(one, Introduced)}
        return {names[row["introduction_id"]] for row in rows}

    async def search(self, who: Person | None, ip: str | None = None, **asked: Any) -> list[Any]:
        """The rows of `gate.search`, newest first."""
        names = (
            "name",
            "opening_id",
            "stage",
            "japanese_rank",
            "work_permission",
            "decided",
            "code",
            "japanese_own_rank",
            "outcome",
            "unread",
            "assigned",
            "keywords",
            "qualification",
            "language",
            "available_months",
        )
        assert set(asked) <= set(names)
        async with signed_in(self.web, secret_of(who), ip):
            rows: list[Any] = await self.web.fetch(
                "select * from gate.search($1::gate.search_filter, null, null, false, 100)",
                tuple(asked.get(name) for name in names),
            )
        return rows

    async def call(self, who: Person | None, sql: str, *values: Any) -> list[Any]:
        """Any statement in a session, in a transaction of its own."""
        async with signed_in(self.web, secret_of(who)):
            rows: list[Any] = await self.web.fetch(sql, *values)
        return rows

    async def value(self, who: Person | None, sql: str, *values: Any) -> Any:
        """The first column of the first row of a statement in a session."""
        return (await self.call(who, sql, *values))[0][0]

    async def answers(self, who: Person, agreement: Agreement) -> list[int]:
        """What is right to the questions that somebody's sign-in is asked about the undertaking."""
        return await right_answers(self.owner, who.session.secret, agreement.id)

    async def accept(self, who: Person, agreement: Agreement, shown: bytes = SHOWN) -> str:
        """Accept the undertaking with its questions answered rightly; what the gate says."""
        answers = await self.answers(who, agreement)
        return str(await self.value(who, ACCEPT, agreement.id, shown, answers))

    async def entries(self, **equal: Any) -> list[Any]:
        """Entries with these values, oldest first, with reasons spelt out, seen by the owner."""
        rows = await self.owner.fetch(
            "select entry.*, coalesce(reasons, '{}') as codes from accesslog.entry order by recorded_at, id"
        )
        return [row for row in rows if all(row[name] == value for name, value in equal.items())]

    async def sign_in(self, email: str, proof: bytes, ip: str = "192.0.2.7", web: Any = None) -> tuple[str, str]:
        """Tries to sign in with a proof; what `gate.sign_in` answers, and the new secret."""
        secret = uuid4().hex * 2
        row = await (web or self.web).fetchrow(
            "select * from gate.sign_in($1, $2, $3, $4)",
            email,
            proof,
            hashlib.sha256(secret.encode()).digest(),
            json.dumps({"id": str(uuid4()), "ip": ip, "agent": "Tests/1.0"}),
        )
        return row["result"], secret


def secret_of(who: Person | None) -> str | None:
    """The secret of someone's session; None for nobody."""
    return who.session.secret if who else None


def open_items(row: dict[str, Any]) -> set[str]:
    """The codes of the items that a disclosed row carries."""
    beside = {"introduction_id", "entry_id", "recorded_at", "purpose", "items", "open_items"}
    return set(row) - beside
