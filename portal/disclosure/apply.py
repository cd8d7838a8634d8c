"""Puts the gate into the database: the SQL files that stand in `gate/` of each domain.

A domain's `types.sql` comes first and its `rights.sql` last, each in the order of the domains; between them come the
functions. A function may use any other: all of them are checked when they stand. Who may call one is said in the line
above it, `-- for: portal_web`, and nowhere else. What the functions of one file alone may write is granted at that
file's head; `rights.sql` says what several files write, and which rows and columns others may read or write.

The gate is always rebuilt whole, in one transaction, so that what stands in the database is exactly what stands
in the files. Their digest is kept as the schema's comment: by it `portal migrate` knows when to rebuild, and
`portal doctor`, /readyz and a test whether it was done.
"""

import hashlib
import re
from pathlib import Path
from typing import Any, Protocol

from portal.accesslog import lists, reasons
from portal.accesslog.actions import ACTIONS
from portal.candidates import name_tokens

DOMAINS = (
    "accesslog",
    "notify",
    "accounts",
    "companies",
    "candidates",
    "agreements",
    "consent",
    "disclosure",
    "questions",
    "people",
    "selection",
    "rights",
    "desk",
    "alerts",
)
"""The domains that have a part of the gate, from the lowest up, as in the import contracts."""

PORTAL = Path(__file__).parent.parent
CLOSED = Path(__file__).parent / "closed.sql"
FIRST, LAST = "types.sql", "rights.sql"
ROLES = ("portal_web", "portal_worker", "portal_owner")

# Everything of the gate belongs to its schema; the policies that ask it belong to the tables. The owner's own policy
# stays: without it a table under forced row security would be empty even to the next rebuild.
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
alter table if exists accesslog.entry drop constraint if exists listed;
"""

WORDS = """
select code, mask from portal.item
union all select code, mask from portal.purpose
"""

# Each body is looked through as PostgreSQL would have done at once, had the order of the files been that of the calls.
CHECK = """
select case lanname when 'sql' then fmgr_sql_validator(pg_proc.oid) else plpgsql_validator(pg_proc.oid) end
from pg_proc join pg_language on pg_language.oid = prolang where pronamespace = 'gate'::regnamespace
"""

OWNED = """
do $$
declare
    made record;
begin
    for made in select oid::regprocedure as signature from pg_proc where pronamespace = 'gate'::regnamespace loop
        execute format('alter function %s owner to portal_gate', made.signature);
    end loop;
    for made in
        select oid::regclass as name from pg_class where relnamespace = 'gate'::regnamespace and relkind = 'v'
    loop
        execute format('alter view %s owner to portal_gate', made.name);
    end loop;
end
$$;
"""

# What a caller sets for itself would hold inside a function, too, and show the statements and constants in it. Each
# function that can be called and has more rights than its caller starts with these.
PINNED = """
do $$
declare
    entered regprocedure;
begin
    for entered in
        select oid from pg_proc
        where pronamespace = 'gate'::regnamespace and prosecdef
          and has_function_privilege('portal_web', oid, 'execute')
    loop
        execute format('alter function %s set debug_print_parse = off set debug_print_rewritten = off'
                       ' set debug_print_plan = off set client_min_messages = warning', entered);
    end loop;
end
$$;
"""

_CODES = {*ACTIONS, *reasons.CODES}
_GRANTED = re.compile(r"^grant [^;]*;$", re.MULTILINE)
_MARK = re.compile(r"^-- for:.*$", re.MULTILINE)
_MARKED = re.compile(r"^-- for: (\w+(?:, \w+)*)\ncreate function gate\.(\w+)\(", re.MULTILINE)


class Connection(Protocol):
    """As much of an asyncpg connection as this needs."""

    async def execute(self, query: str, *values: Any) -> Any: ...
    async def executemany(self, query: str, values: Any) -> Any: ...
    async def fetch(self, query: str) -> list[Any]: ...
    async def fetchval(self, query: str) -> Any: ...


class Misread(Exception):
    """A line that says who may call a function, and cannot be believed."""


def files() -> list[Path]:
    """The gate's files in the order they are applied: all types, all functions, all rights."""
    found = [path for domain in DOMAINS for path in sorted((PORTAL / domain / "gate").glob("*.sql"))]
    return sorted(found, key=lambda path: (path.name == LAST) - (path.name == FIRST))


def source() -> str:
    """The gate's whole text, with its words not yet replaced by their bits."""
    return "\n".join(path.read_text(encoding="utf-8") for path in [*files(), CLOSED])


def digest() -> str:
    """SHA-256 of the gate's text, what is done to it and the log's closed lists, in hex."""
    return hashlib.sha256("\n".join((source(), PINNED, lists.text())).encode()).hexdigest()


def callers(text: str) -> dict[str, set[str]]:
    """By function, the roles that may call it; one that says nothing is absent. Raises Misread."""
    found: dict[str, set[str]] = {}
    for roles, name in _MARKED.findall(text):
        if name in found:
            raise Misread(f"gate.{name}: two functions of that name say who may call them")
        found[name] = set(roles.split(", "))
        if unknown := found[name].difference(ROLES):
            raise Misread(f"gate.{name}: there is no role {', '.join(sorted(unknown))}")
    if len(_MARK.findall(text)) != len(found):
        raise Misread("a line that begins with '-- for:' stands right above its 'create function gate.'")
    return found


def with_bits(text: str, bits: dict[str, int]) -> str:
    """The text with each `@word` replaced by its bit, and each `@'code'` by the code. Raises Misread for another."""

    def bit(word: re.Match[str]) -> str:
        if word[1] in reasons.BITS:
            return f"{reasons.BITS[word[1]]}::bigint"
        if word[1] not in bits:
            raise Misread(f"@{word[1]}: there is no item, purpose or reason of the rule of that name")
        return str(bits[word[1]])

    def code(word: re.Match[str]) -> str:
        if word[1] not in _CODES:
            raise Misread(f"@'{word[1]}': the log has no action or reason of that name")
        return f"'{word[1]}'"

    return re.sub(r"(?<![\w@])@([a-z_]+)\b", bit, re.sub(r"(?<![\w@])@'(\w+)'", code, text))


async def rebuild(connection: Connection) -> None:
    """Replaces the gate by what the files say. Runs inside the caller's transaction, as `portal_owner`."""
    await remove(connection)
    await lists.fill(connection)
    bits = {row["code"]: row["mask"] for row in await connection.fetch(WORDS)}
    bits["missing_fact"] = sum(reasons.BITS[code] for code in reasons.MISSING_FACTS)
    read = {path: with_bits(path.read_text(encoding="utf-8"), bits) for path in [*files(), CLOSED]}
    await connection.execute("create schema gate; grant usage, create on schema gate to portal_gate;")
    await connection.execute("set local check_function_bodies = off")
    made = "\n".join(text for path, text in read.items() if path not in (CLOSED, *_rights()))
    await connection.execute(_GRANTED.sub("", made))
    await connection.execute("set local check_function_bodies = on")
    await connection.execute(CHECK)
    await connection.execute(read[CLOSED] + OWNED)
    await connection.execute("\n".join([*_GRANTED.findall(made), *(read[path] for path in _rights())]))
    await connection.execute(_grants(callers(source())) + PINNED)
    await connection.execute(f"revoke create on schema gate from portal_gate; comment on schema gate is '{digest()}'")
    await name_tokens.renew(connection)
    await connection.execute("select gate.reread_notices()")


def _rights() -> list[Path]:
    return [path for path in files() if path.name == LAST]


def _grants(said: dict[str, set[str]]) -> str:
    return "\n".join(
        f"grant execute on function gate.{name} to {', '.join(sorted(roles))};" for name, roles in said.items()
    )


async def remove(connection: Connection) -> None:
    """Takes the gate and every policy away; nothing can be read by the web process afterwards."""
    await connection.execute(REMOVE)


async def applied_digest(connection: Connection) -> str | None:
    """The digest of the gate that stands in the database; None without one."""
    found: str | None = await connection.fetchval(
        "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = 'gate'"
    )
    return found
