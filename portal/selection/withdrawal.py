"""Taking introductions back. The gate decides, closes, records and tells the recruiters."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.database.unit import Unit
from portal.language.i18n import written

BECAUSE = ("by_mistake", "person_asked", "company_asked", "position_changed", "record_wrong", "legal_duty")
"""Why an introduction is withdrawn: a closed list, so that no protected ground can be written down as a reason."""


@dataclass(frozen=True, slots=True)
class Withdrawable:
    """An introduction of a company that the viewer looks after, as `gate.introduction_to_withdraw` orders it."""

    code: str
    company_name: str
    company_name_latin: str | None
    opening_title: str
    opening_title_latin: str | None
    withdrawn_at: datetime | None

    @property
    def place(self) -> str:
        """Company and position, as this reader reads them."""
        company = written(self.company_name, self.company_name_latin)
        return f"{company} · {written(self.opening_title, self.opening_title_latin)}"


async def to_withdraw(unit: Unit, introduction: UUID) -> Withdrawable | None:
    """What the page that asks for it says; None, and an entry, when the viewer may not."""
    row = await unit.fetchrow("select * from gate.introduction_to_withdraw($1)", introduction)
    return None if row is None else Withdrawable(**row)


async def withdraw(unit: Unit, introduction: UUID, reason: str) -> str | None:
    """Withdraw it: "withdrawn", or "already" when it was before. None when the viewer may not."""
    result: str | None = await unit.fetchval("select gate.withdraw_introduction($1, $2)", introduction, reason)
    return result
