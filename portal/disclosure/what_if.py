"""What an act on a company would close and open, before it is done: asked of the rule itself, and undone.

async with work(request) as unit:
    effect = await what_if(unit, company, "suspended")
return await SUSPEND.show(request, form, effect=effect)  # of a FormPage whose template is companies/effect.html
"""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from portal.database.unit import Unit

Act = Literal[
    "active",
    "suspended",
    "terminated",
    "identity",
    "country",
    "position_closed",
    "position_open",
    "agreement",
    "left_group",
    "joined",
]


@dataclass(frozen=True, slots=True)
class Effect:
    """For how many introductions of a company something closes or opens: wholly, and for each purpose."""

    introductions: int
    closes: int
    opens: int
    closes_selection: int
    opens_selection: int
    closes_contact: int
    opens_contact: int

    @property
    def changes(self) -> list[tuple[str, str, int]]:
        """What changes for each purpose: the purpose, "closes" or "opens", and for how many introductions."""
        found = [
            ("selection", "closes", self.closes_selection),
            ("selection", "opens", self.opens_selection),
            ("contact", "closes", self.closes_contact),
            ("contact", "opens", self.opens_contact),
        ]
        return [one for one in found if one[2]]


async def what_if(unit: Unit, company: UUID, act: Act, about: str | None = None) -> Effect | None:
    """What `act` would change; `about` is the country, the position or the agreement.

    None when the viewer may not do it, or when it would change nothing.
    """
    row = await unit.fetchrow("select * from gate.what_if($1, $2, $3)", company, act, about)
    return None if row is None else Effect(**row)
