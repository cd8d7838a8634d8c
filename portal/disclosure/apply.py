"""Puts the gate into the database: the SQL files under `gate/`, in the order of their numbers.

The gate is always rebuilt whole, in one transaction, so that what stands in the database is exactly what stands
in the files. Their digest is kept as the schema's comment: by it `portal migrate` knows when to rebuild, and
`portal doctor`, /readyz and a test whether it was done.
"""

import hashlib
import re
from pathlib import Path
from typing import Any, Protocol

FOLDER = Path(__file__).parent / "gate"

# Everything of the gate hangs on its schema; the policies that ask it hang on the tables. The owner's own policy stays:
# without it a table under forced row security would be empty even to the next rebuild.
REMOVE = """
do $$
declare
    held record;
begin
    for held in select schemaname, tablename, policyname from pg_policies
        where schemaname in ('portal', 'personal', 'accesslog') and policyname <> 'owner_all'
    loop
        execute format('drop policy %I on %I.%I', held.policyname, held.schemaname, held.tablename);
    end loop;
end
$$;
drop schema if exists gate cascade;
"""

WORDS = """
select code, mask from portal.item
union all select code, mask from portal.purpose
union all select code, mask from portal.reason
union all select 'missing_fact', sum(mask)::integer from portal.reason where missing_fact
"""


class Connection(Protocol):
    """As much of an asyncpg connection as this needs."""

    async def execute(self, query: str) -> Any: ...
    async def fetch(self, query: str) -> list[Any]: ...
    async def fetchval(self, query: str) -> Any: ...


def files() -> list[Path]:
    """The gate's files in the order they are applied."""
    return sorted(FOLDER.glob("*.sql"), key=lambda path: int(path.name.split("_")[0]))


def source() -> str:
    """The gate's whole text, with its words not yet replaced by their bits."""
    return "\n".join(path.read_text(encoding="utf-8") for path in files())


def digest() -> str:
    """SHA-256 of the gate's text, in hex."""
    return hashlib.sha256(source().encode()).hexdigest()


def with_bits(text: str, bits: dict[str, int]) -> str:
    """The text with each `@word` replaced by its bit. Raises KeyError for a word no list has."""
    return re.sub(r"(?<![\w@])@([a-z_]+)\b", lambda word: str(bits[word[1]]), text)


async def rebuild(connection: Connection) -> None:
    """Replaces the gate by what the files say. Runs inside the caller's transaction, as `portal_owner`."""
    await remove(connection)
    bits = {row["code"]: row["mask"] for row in await connection.fetch(WORDS)}
    await connection.execute("create schema gate; grant usage, create on schema gate to portal_gate;")
    await connection.execute(with_bits(source(), bits))
    await connection.execute(f"revoke create on schema gate from portal_gate; comment on schema gate is '{digest()}'")


async def remove(connection: Connection) -> None:
    """Takes the gate and every policy away; nothing can be read by the web process afterwards."""
    await connection.execute(REMOVE)


async def applied_digest(connection: Connection) -> str | None:
    """The digest of the gate that stands in the database; None without one."""
    found: str | None = await connection.fetchval(
        "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = 'gate'"
    )
    return found
