"""A file that left the portal, as its two entries alone, for tests that need no PDF."""

from typing import Any
from uuid import UUID

LEFT = """
insert into accesslog.entry (id, recorded_at, action, subject_id, subject_kind, actor_id, role, company_id,
                             introduction_id, purpose, items, decision, document_digest, consent_id, agreement_id,
                             commitment)
select accesslog.entry_id(now()), now(), $1, $2, $3, $4, 'recruiter', $5, $6, 1, 1, 'permitted', sha256(''),
       gen_random_uuid(), gen_random_uuid(), sha256('')
returning id
"""


async def left(owner: Any, actor: UUID | None, company: UUID, introduction: UUID) -> UUID:
    """Write them; returns the number of the receipt."""
    about = (actor, company, introduction)
    number: UUID = await owner.fetchval(LEFT, "resume_downloaded", None, None, *about)
    await owner.fetchval(LEFT, "handed_over", number, "entry", *about)
    return number
