"""Personal links for tests: made as the gate makes them, with a secret that the test knows."""

import hashlib
from uuid import UUID

import asyncpg

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
