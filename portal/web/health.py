"""Whether this process can serve pages just now."""

import asyncio

from portal.database import pool
from portal.database.answers import DatabaseAway
from portal.database.unit import Transaction

READY_SECONDS = 3.0
GATE_DIGEST = "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = 'gate'"


async def unready(gate_digest: str) -> str | None:
    """None when pages can be served, because the gate in the database is the one of this version.

    Otherwise what is missing, in words for the operator.
    """
    try:
        async with asyncio.timeout(READY_SECONDS), Transaction() as unit:
            found = await unit.fetchval(GATE_DIGEST)
    except (DatabaseAway, TimeoutError, *pool.AWAY):
        return "the database does not answer"
    if found is None:
        return "the database is not migrated; run `portal migrate`"
    return None if found == gate_digest else "the database is of another version; run `portal migrate`"
