"""The outbox as the operator's own programs read it, as portal_owner."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

LISTED = """
select mail.id, mail.kind,
       coalesce(mail.former_email, account.email, agreement.signatory_email, 'a candidate') as email, mail.written_at,
       mail.state, mail.attempts, mail.failure, mail.ended_at, mail.until
from portal.mail
left join portal.account on account.id = mail.account_id
left join portal.agreement on agreement.id = mail.agreement_id
where $1::text is null or mail.id::text like $1 || '%'
order by mail.written_at desc, mail.id
limit $2
"""
STANDING = """
select count(*) filter (where state = 'waiting') as waiting,
       count(*) filter (where state = 'waiting' and attempts = 0
                        and written_at < now() - interval '5 minutes') as untouched,
       count(*) filter (where state = 'waiting' and failure is not null) as failing,
       max(failure) filter (where state = 'waiting') as failure,
       count(*) filter (where state = 'given_up' and ended_at > now() - interval '7 days') as given_up
from portal.mail
"""
AGAIN = "select gate.send_mail_again($1)"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail of the outbox, and whose it is: an address, and of a person who was introduced nothing but that."""

    id: UUID
    kind: str
    email: str
    written_at: datetime
    state: str
    attempts: int
    failure: str | None
    ended_at: datetime | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How the outbox stands: how many wait, and how many of them were not tried for five minutes or failed.

    `failure` is one of those failures; `given_up` counts a week."""

    waiting: int
    untouched: int
    failing: int
    failure: str | None
    given_up: int


async def listed(connection: asyncpg.Connection, *, begins: str | None = None, most: int = 50) -> list[Mail]:
    """The newest mail first; of ids that begin with `begins` alone, where it is given."""
    return [Mail(**row) for row in await connection.fetch(LISTED, begins, most)]


async def standing(connection: asyncpg.Connection) -> Standing:
    """How the outbox stands."""
    return Standing(**await connection.fetchrow(STANDING))


async def send_again(connection: asyncpg.Connection, mail: UUID) -> bool:
    """Have a mail that was given up tried again; false when it was not given up."""
    done: bool = await connection.fetchval(AGAIN, mail)
    return done
