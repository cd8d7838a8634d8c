"""What a company's recruiter would see of somebody before they are put forward: the recruiter's own page, recorded."""

from uuid import UUID

from portal.database.unit import Unit
from portal.disclosure.calls import IN_COLUMNS, Basis, Disclosure, basis_of, disclosure_of

GROUNDS = ("before_introducing", "person_asked_what_is_shown")
"""Why it is looked at: the codes that `gate.preview_grounds` has. Their words are in `components/words.html`."""


async def preview(
    unit: Unit, company: UUID, opening: UUID, person: UUID, ground: str
) -> tuple[Disclosure, Basis] | None:
    """What would be open for selection, and on which basis; None when the person cannot be put forward. Recorded."""
    shown = await unit.fetchrow(
        "select * from gate.preview($1, $2, $3, $4, $5)", company, opening, person, ground, int(IN_COLUMNS)
    )
    if shown is None:
        return None
    stands_on = await unit.fetchrow("select * from gate.preview_basis($1, $2)", opening, person)
    assert stands_on is not None, "what is open stands on something"
    return disclosure_of(shown), basis_of(stands_on)
