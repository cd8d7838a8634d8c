"""Searches of the list that an account keeps under a name: its choices and its order, and nothing that was typed."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

from portal.database.unit import Unit

MOST_VIEWS = 30
MOST_NAME = 60


@dataclass(frozen=True, slots=True)
class View:
    """One of one's own. `filters` are the choices by field, as an address holds them."""

    id: UUID
    name: str
    filters: Mapping[str, str]

    @property
    def address(self) -> str:
        """Where it is shown."""
        return found_at(self.filters)


def found_at(filters: Mapping[str, str]) -> str:
    """Where these choices of the list are shown."""
    return f"/candidates?{urlencode(filters)}" if filters else "/candidates"


async def my_views(unit: Unit) -> Sequence[View]:
    """One's own, by name."""
    rows = await unit.fetch("select * from gate.my_views()")
    return [View(row["id"], row["name"], json.loads(row["filters"])) for row in rows]


async def save_view(unit: Unit, name: str, filters: Mapping[str, str]) -> Literal["saved", "too_many", "refused"]:
    """Keep a search; one that has the name is replaced."""
    said: Literal["saved", "too_many", "refused"] = await unit.fetchval(
        "select gate.save_view($1, $2)", name, json.dumps(dict(filters))
    )
    return said


async def rename_view(unit: Unit, view: UUID, name: str) -> Literal["renamed", "taken", "refused"]:
    """Give one another name, unless another has it."""
    said: Literal["renamed", "taken", "refused"] = await unit.fetchval("select gate.rename_view($1, $2)", view, name)
    return said


async def delete_view(unit: Unit, view: UUID) -> bool:
    """Forget one; false when it is not there."""
    done: bool = await unit.fetchval("select gate.delete_view($1)", view)
    return done
