"""A file that left the portal, as its two entries alone, for tests that need no PDF."""

from datetime import date, timedelta
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


PAST = """
insert into accesslog.entry (id, recorded_at, action, actor_id, role, company_id, items, purpose, decision, commitment)
select accesslog.entry_id($1), $1, 'listed', $2, 'recruiter', $3, 1, 1, 'permitted', sha256('')
from generate_series(1, $4::integer)
"""


async def past_entry(owner: Any, company: UUID, actor: UUID, many: int = 1) -> date:
    """Entries of somebody of a company in the month before this one; which month that is, by its first day."""
    at = await owner.fetchval(
        "select (date_trunc('month', now() at time zone 'Asia/Tokyo') - interval '10 days') at time zone 'Asia/Tokyo'"
    )
    await owner.execute("select accesslog.make_partitions($1, $2)", at.date() - timedelta(days=40), at.date())
    await owner.execute(PAST, at, actor, company, many)
    month: date = at.date().replace(day=1)
    return month
