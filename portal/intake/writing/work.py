"""What every table's writer shares: the connection, the hour, the count, and how a row is settled.

Promise: a row is compared before it is written, so that the same folder changes nothing; whatever is
written has its entry in the access log, in the same transaction.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

import asyncpg

from portal.accesslog.actions import Action
from portal.intake.folder import Placed
from portal.intake.moments import Moment
from portal.intake.problems import Name, Problem, Unreadable, quoted
from portal.intake.records import Record
from portal.language.i18n import N_
from portal.language.zone import JAPAN

R = TypeVar("R", bound=Record)
BATCH = 200
RECORD = "select gate.record_import($1, $2, $3, $4, $5)"
TABLES = {"companies": "portal.company", "openings": "portal.opening", "candidates": "personal.candidate"}
UNKNOWN = N_("the reference of a record that is in this folder or was imported before")
# What only one record may have, by the constraint that says so: the column, and what its writer is told.
TAKEN: dict[str, tuple[str, str]] = {
    "company_corporate_number_key": (
        "corporate_number",
        N_("Another company in the portal has this corporate number."),
    ),
    "agreement_number_version_key": ("number", N_("Another agreement in the portal has this number and version.")),
    "introduction_candidate_id_opening_id_key": (
        "opening",
        N_("This candidate was introduced for this position before, under another reference."),
    ),
    "account_email": ("email", N_("Another account in the portal has this e-mail address.")),
}
HELD = N_(
    "Somebody else is changing this record, or one that it belongs to, and has not finished. "
    "Import the folder again; what is imported already stays."
)
TAKEN_OTHERWISE = N_("Another record in the portal has something that only one may have.")


class State(StrEnum):
    """What became of one record."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Work:
    """One import. `now` is the moment from which relative dates count; `step` is told each record done.
    `notices` are of records that were taken and left something as it stands."""

    connection: asyncpg.Connection
    now: datetime
    step: Callable[[], None] = lambda: None
    problems: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    tally: defaultdict[str, Counter[State]] = field(default_factory=lambda: defaultdict(Counter))
    _moved: set[tuple[str, str]] = field(default_factory=set)
    _unchanged: set[tuple[str, str]] = field(default_factory=set)
    _taken: set[tuple[str, str]] = field(default_factory=set)

    def count(self, kind: str, state: State) -> None:
        """Another record of this kind is done."""
        self.tally[kind][state] += 1
        self.step()

    def refuse(self, kind: str, problems: list[Problem], name: Name = ()) -> None:
        """A record was not taken, for these reasons, which may know its name."""
        self.problems += [replace(each, name=name) for each in problems] if name else problems
        self.count(kind, State.REFUSED)

    async def each(
        self, kind: str, rows: list[Placed[R]], write: Callable[["Work", Placed[R]], Awaitable[State]]
    ) -> None:
        """Write the rows, some hundreds to a transaction; one that is refused takes no other with it."""
        for start in range(0, len(rows), BATCH):
            async with self.connection.transaction():
                for placed in rows[start : start + BATCH]:
                    await self._one(kind, placed, write)

    async def beside(self, rows: list[Placed[R]], act: Callable[["Work", Placed[R]], Awaitable[None]]) -> None:
        """Do something further with rows that are counted elsewhere, each in a transaction of its own."""
        for placed in rows:
            try:
                async with self.connection.transaction():
                    await act(self, placed)
            except asyncpg.LockNotAvailableError:
                self.problems.append(replace(placed.problem(HELD), sentence=True))

    def was_taken(self, kind: str, key: str) -> bool:
        """Whether the record's row held, so that what follows from it can be done."""
        return (kind, key) in self._taken

    def moved(self, kind: str, key: str) -> None:
        """A record was changed besides its row, before or after that is counted: it is not unchanged."""
        self._moved.add((kind, key))
        if (kind, key) in self._unchanged:
            self._unchanged.remove((kind, key))
            self.tally[kind][State.UNCHANGED] -= 1
            self.tally[kind][State.UPDATED] += 1
            self.tally[kind] += Counter()  # without what is none any more

    async def _one(self, kind: str, placed: Placed[R], write: Callable[["Work", Placed[R]], Awaitable[State]]) -> None:
        try:
            async with self.connection.transaction():
                state = await write(self, placed)
        except Unreadable as refused:
            self.refuse(kind, [refused.problem])
        except asyncpg.UniqueViolationError as clash:
            column, taken = TAKEN.get(clash.constraint_name or "", (None, TAKEN_OTHERWISE))
            self.refuse(kind, [replace(placed.problem(taken, column), sentence=True)])
        except asyncpg.LockNotAvailableError:
            self.refuse(kind, [replace(placed.problem(HELD), sentence=True)])
        else:
            one = (kind, placed.record.key)
            self._taken.add(one)
            if state is State.UNCHANGED and one in self._moved:
                state = State.UPDATED
            elif state is State.UNCHANGED:
                self._unchanged.add(one)
            self.count(kind, state)

    async def required(self, kind: str, placed: Placed[Any], column: str) -> UUID:
        """The id of the company, opening or candidate that a record refers to in `column`. Raises Unreadable
        when there is none."""
        reference = getattr(placed.record, column)
        query = f"select id from {TABLES[kind]} where reference = $1"  # noqa: S608 - tables are named in code
        found: UUID | None = await self.connection.fetchval(query, reference)
        if found is None:
            raise Unreadable(placed.lacking(UNKNOWN, column, kind, reference))
        return found

    async def account(self, email: str) -> asyncpg.Record | None:
        """The account with this e-mail: id, role, company_id, status."""
        return await self.connection.fetchrow(
            "select id, role, company_id, status from portal.account where lower(email) = lower($1)", email
        )

    async def record(
        self,
        act: Action,
        *,
        candidate: UUID | None = None,
        company: UUID | None = None,
        subject: UUID | None = None,
        **facts: object,
    ) -> None:
        """Write the entry for what this transaction does, with the facts that `act` has."""
        said = json.dumps(facts) if facts else None
        await self.connection.execute(RECORD, act.code, candidate, company, subject, said)

    def at(self, moment: Moment | None) -> datetime | None:
        """A moment as it is stored."""
        return None if moment is None else moment.at(self.now)

    async def insert(self, table: str, values: Mapping[str, object]) -> UUID:
        """A new row; returns its id."""
        plain = {name: self.at(value) if isinstance(value, Moment) else value for name, value in values.items()}
        places = ", ".join(f"${number}" for number in range(1, len(plain) + 1))
        query = f"insert into {table} ({', '.join(plain)}) values ({places}) returning id"  # noqa: S608 - names are in code
        made: UUID = await self.connection.fetchval(query, *plain.values())
        return made

    async def update(self, table: str, row_id: UUID, values: Mapping[str, object]) -> None:
        """New values for some columns of one row."""
        sets = ", ".join(f"{name} = ${number}" for number, name in enumerate(values, start=2))
        await self.connection.execute(f"update {table} set {sets} where id = $1", row_id, *values.values())  # noqa: S608 - names are in code

    def differences(self, row: asyncpg.Record, values: Mapping[str, object]) -> dict[str, object]:
        """The columns whose value is another than the row's, with the new value. A relative moment was
        fixed when the row first got one, so it differs only from none."""
        changed: dict[str, object] = {}
        for name, value in values.items():
            if isinstance(value, Moment):
                if value.relative and row[name] is not None:
                    continue
                value = value.at(self.now)
            if row[name] != value:
                changed[name] = value
        return changed


def conflict(placed: Placed[Any], wanted: str, column: str, stands: object) -> Unreadable:
    """A change that an import may not make; what stands is named, a time as a file could write it."""
    if isinstance(stands, datetime):
        stands = stands.astimezone(JAPAN).replace(tzinfo=None).isoformat()
    return Unreadable(placed.problem(wanted, column, stands=quoted(stands)))
