"""Personal links for tests, made as the gate makes them, with a secret that the test knows; and told passwords."""

import hashlib
from uuid import UUID

import asyncpg

from portal.accounts.actions import give_password
from portal.accounts.passwords import initial_password, new_credentials
from portal.agreements.forms import PLACES
from portal.agreements.understanding import QUESTIONS
from portal.database.viewer import new_secret


async def make_link(owner: asyncpg.Connection, account: UUID, kind: str = "lost_password") -> str:
    """A link to an account; returns its secret, as the worker would have put it into a mail."""
    link = await owner.fetchval("select gate.make_link($1, $2, null)", kind, account)
    secret = new_secret()
    digest = hashlib.sha256(secret.encode()).digest()
    await owner.execute("insert into portal.link_secret (secret_hash, link_id) values ($1, $2)", digest, link)
    return secret


async def open_link(owner: asyncpg.Connection, account: UUID, *, awaits_code: bool = False) -> str:
    """A sign-in by a link to an account; returns the secret that its browser has."""
    link = await owner.fetchval("select gate.make_link('lost_password', $1, null)", account)
    secret = new_secret()
    session = await owner.fetchval(
        "insert into portal.link_session (link_id, secret_hash, expires_at, awaits_code)"
        " values ($1, $2, now() + interval '1 hour', $3) returning id",
        link, hashlib.sha256(secret.encode()).digest(), awaits_code,
    )  # fmt: skip
    if awaits_code:
        await owner.execute("insert into portal.link_code (session_id) values ($1)", session)
    return secret


async def sent_link(owner: asyncpg.Connection, email: str) -> str:
    """The secret of the link that was last sent to an address, as its mail would hold it."""
    link = await owner.fetchval(
        "select link_id from portal.mail join portal.account on account.id = account_id"
        " where lower(email) = lower($1) and link_id is not null order by written_at desc limit 1",
        email,
    )
    secret = new_secret()
    digest = hashlib.sha256(secret.encode()).digest()
    await owner.execute("insert into portal.link_secret (secret_hash, link_id) values ($1, $2)", digest, link)
    return secret


async def told_password(owner: asyncpg.Connection, account: UUID) -> str:
    """A temporary password, as `portal account new-password` gives it and tells it."""
    password = initial_password()
    await give_password(owner, account, new_credentials(password), temporary=True)
    return password


async def right_answers(owner: asyncpg.Connection, secret: str, agreement: UUID) -> list[int]:
    """What is right to the questions that a sign-in is asked under an agreement, in their places."""
    rows = await owner.fetch(
        "select drawn.right_choice from portal.session, gate.drawn_questions(session.id, $2) as drawn"
        " where secret_hash = $1 order by drawn.place",
        hashlib.sha256(secret.encode()).digest(), agreement,
    )  # fmt: skip
    return [row[0] for row in rows]


def answers_to(asked: list[str]) -> dict[str, str]:
    """The right answers to these questions, as the fields of the page that asks them with their numbers."""
    pool = [(said.question, one.right) for one in QUESTIONS[1] for said in one.wordings.values()]
    return {name: str(dict(pool)[one.partition(". ")[2]]) for name, one in zip(PLACES, asked, strict=True)}
