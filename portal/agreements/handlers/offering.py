"""What the form of a draft offers for one company: nothing that the template's text or the company has no place for."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from portal.agreements import drafting
from portal.agreements.handlers.draft_forms import AgreementForm
from portal.agreements.queries import in_force
from portal.candidates.items import Item, codes_of
from portal.companies.groups import groups
from portal.database.unit import Unit
from portal.web.forms import Form

LEAST = (
    Item.NAME | Item.EMAIL | Item.TELEPHONE | Item.BACKGROUND | Item.QUALIFICATIONS | Item.RESIDENCE_STATUS
    | Item.JAPANESE_LEVEL
)  # fmt: skip
"""The items that a new draft begins with: what a selection and contact cannot do without. The others may not decide
(nationality, gender, age, date of birth, photo), can hold those (the original file), or are needed late (address)."""
PLACES = ("inactive_days", "daily_downloads", "fair_screening")


@dataclass(frozen=True, slots=True)
class Offer:
    """The template that a draft is made from, None while none is approved, and the fields that are left out."""

    template: dict[str, Any] | None
    left_out: frozenset[str]

    def fitted(self, form: Form[AgreementForm]) -> Form[AgreementForm]:
        """The form without what is left out."""
        return replace(form, left_out=self.left_out)


async def offer(unit: Unit, company: UUID) -> Offer:
    """What can be chosen for a company of this viewer's."""
    template = next((one for one in await drafting.templates(unit) if one["approved_at"]), None)
    text = "" if template is None else "".join(clause["ja"]["body"] for clause in template["clauses"])
    left_out = {place for place in PLACES if template and f"{{{place}}}" not in text}
    if "{group}" not in text or all(one["responsible_id"] != company for one in await groups(unit)):
        left_out.add("for_group")
    if not await in_force(unit, [company]):
        left_out.add("replaces")
    bounds = template and {**template, "items": codes_of(Item(template["most_items"]))}
    return Offer(bounds, frozenset(left_out))
