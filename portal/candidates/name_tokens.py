"""The tokens of names that are there already, made anew whenever the gate makes them in another way.

A name's tokens are kept by a trigger, so a database would go on finding older names as an older version did.
"""

import hashlib
from pathlib import Path
from typing import Any, Protocol

PORTAL = Path(__file__).parent.parent
MAKERS = ("accounts/gate/folded.sql", "candidates/gate/names.sql", "candidates/gate/variants.sql")
RENEW = """
delete from personal.name_token;
insert into personal.name_token (candidate_id, token)
select candidate_id, token from personal.candidate_items cross join lateral gate.name_tokens(name) as token;
"""


class Connection(Protocol):
    """As much of an asyncpg connection as this needs."""

    async def execute(self, query: str) -> Any: ...
    async def fetchval(self, query: str) -> Any: ...


def digest() -> str:
    """SHA-256 of what makes tokens, in hex."""
    return hashlib.sha256(b"\n".join((PORTAL / path).read_bytes() for path in MAKERS)).hexdigest()


async def renew(connection: Connection) -> None:
    """Make all tokens anew, unless they were made by these very files. Runs in the transaction that builds the gate."""
    made_by = await connection.fetchval("select obj_description('personal.name_token'::regclass, 'pg_class')")
    if made_by == digest():
        return
    await connection.execute(RENEW)
    await connection.execute(f"comment on table personal.name_token is '{digest()}'")
