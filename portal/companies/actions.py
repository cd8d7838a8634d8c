"""What is done to companies. One act, one function, one transaction; the gate writes the change and its entry."""

from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

from portal.database.unit import Unit

CREATE = "select * from gate.create_company($1, $2, $3, $4, $5, $6, $7)"


@dataclass(frozen=True, slots=True)
class NewCompany:
    """A company to be made, as `gate.create_company` orders it; None is not known."""

    corporate_number: str | None
    name: str
    name_latin: str | None
    address: str
    representative: str
    country: str
    industry: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """The company that has the corporate number, and whether it is the one that was just made.

    `manager` is who looks after it; `mine` that this is the viewer.
    """

    company: UUID
    made: bool
    name: str
    name_latin: str | None
    manager: str | None
    mine: bool


async def create_company(unit: Unit, new: NewCompany) -> Numbered | None:
    """Make a company that the viewer looks after, unless there is one with its number; None when the viewer may not."""
    row: Any = await unit.fetchrow(CREATE, *astuple(new))
    return None if row is None else Numbered(*row)
