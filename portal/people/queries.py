"""A person as staff see them, without an item."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.candidates.items import ALL_ITEMS, Item
from portal.database.unit import Unit
from portal.language.i18n import written

LOOKED_AT = ALL_ITEMS & ~(Item.PHOTO | Item.RESUME_ORIGINAL)
MOMENTS = ("loosened_at", "lifted_at", "restricted_at", "objected_at", "given_at", "until", "withdrawn_at", "at")


async def person(unit: Unit, asked: UUID) -> dict[str, Any] | None:
    """The person's record; None when this viewer may not open it. Recorded."""
    found = await unit.fetchval("select gate.person($1)", asked)
    if found is None:
        return None
    record: dict[str, Any] = json.loads(found)
    for one in (record, *record["consents"], *record["introductions"], *record["statements"], *record["changes"]):
        one.update({name: datetime.fromisoformat(one[name]) for name in MOMENTS if one.get(name)})
        one["company_name"] = written(one["name"], one["name_latin"]) if one.get("name") else None
    return record


async def reached(unit: Unit, asked: UUID, company: UUID | None = None) -> tuple[str, str] | None:
    """The person's number and the company's name; None when this viewer may not record what the person says of it."""
    row = await unit.fetchrow("select * from gate.reached_person($1, $2)", asked, company)
    return None if row is None else (row["reference"], written(row["name"] or "", row["name_latin"]))


async def items(unit: Unit, asked: UUID, ground: str, wanted: Item = LOOKED_AT) -> dict[str, Any] | None:
    """The person's items but photo and files, for a ground; None when this viewer may not look. Recorded.

    `seen` has the mark of each, by which a correction tells that it is still the same."""
    found = await unit.fetchval("select gate.look_at_person($1, $2, $3)", asked, ground, int(wanted))
    if found is None:
        return None
    held = {code: value for code, value in json.loads(found).items() if value is not None}
    for said in (*held.get("notes", ()), *held.get("scorecards", ()), *held.get("questions", ())):
        said["at"] = datetime.fromisoformat(said["at"])
        said["company"] = written(said["company"], said["company_latin"])
    return held
