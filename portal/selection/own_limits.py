"""How many files in a day a company's administrators let its people save: fewer than the agreement says, never more."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from portal.database.unit import Unit

Setting = Literal["set", "unchanged", "above"]


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """Of one person, or with no account of everybody: what is set (`daily`), by whom and when.

    `agreed` is what the agreement says, `counts` what holds by all of them; None is no limit. `saved`: files today.
    """

    account_id: UUID | None
    name: str | None
    daily: int | None
    set_by: str | None
    set_at: datetime | None
    agreed: int | None
    counts: int | None
    saved: int | None


async def own_limits(unit: Unit) -> list[OwnLimit]:
    """Everybody first, then each person by name; empty for all but the company's administrators."""
    return [OwnLimit(**row) for row in await unit.fetch("select * from gate.download_limits()")]


async def set_own_limit(unit: Unit, account: UUID | None, daily: int | None) -> Setting | None:
    """Set or, with no number, lift it; "above" when the agreement says less. None for whoever may not."""
    said: Setting | Literal["refused"] = await unit.fetchval("select gate.set_download_limit($1, $2)", account, daily)
    return None if said == "refused" else said
