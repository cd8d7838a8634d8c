"""What a company has to delete of what its people downloaded. The gate says what and when; nothing here does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.database.unit import Unit
from portal.language.i18n import written

ATTESTED = ("deleted", "kept_by_law")


@dataclass(frozen=True, slots=True)
class Duty:
    """One introduction's files to delete, by its code; attested or still open."""

    duty_id: UUID
    code: str
    cause: str
    ended_at: datetime
    due_at: datetime
    files: int
    own_attested: int
    hired: bool
    attested_at: datetime | None
    attested_as: str | None
    attested_by: str | None

    @property
    def is_open(self) -> bool:
        """Whether nobody attested it yet."""
        return self.attested_at is None


async def own_duties(unit: Unit) -> list[Duty]:
    """The duties of the viewer's company, the open ones first. Recorded; empty for all but its administrators."""
    return [Duty(**row) for row in await unit.fetch("select * from gate.deletion_duties()")]


async def attest(unit: Unit, duties: Sequence[UUID], said: str) -> int | None:
    """Say of these duties that they are done ("deleted"), or that the law keeps the files ("kept_by_law"); how many
    it closed, and None when the viewer may not."""
    done: int | None = await unit.fetchval("select gate.attest_deletion($1, $2)", list(duties), said)
    return done


async def open_by_company(unit: Unit, company: UUID | None = None) -> list[dict[str, Any]]:
    """How many duties are open at each company that the viewer looks after, or for compliance at any."""
    rows = await unit.fetch("select * from gate.open_deletions($1)", company)
    return [{**row, "name": written(row["name"], row["name_latin"])} for row in rows]
