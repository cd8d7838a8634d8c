"""What `portal doctor` asks the database. Everything here only reads."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg

from portal.disclosure import apply
from portal.operate import migrate
from portal.operate.checks import Check, verdict
from portal.operate.connect import connected
from portal.operate.roles import (
    GATE,
    OWNER,
    ROLE_SETTINGS,
    SUPERUSER_SETTINGS,
    WEB,
    WORKER,
    ways_out,
    wrong_passwords,
)

_CLOSED_SCHEMAS = ("personal", "accesslog")
_MOST_SKEW = timedelta(seconds=2)

_ROLES = """
select rolname, rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = any($1)
"""
_TABLE_RIGHTS = """
select format('%I.%I', schemaname, tablename)
from pg_tables
where schemaname = any($1)
    and has_any_column_privilege($2, format('%I.%I', schemaname, tablename), 'select, insert, update')
order by 1
"""
_UNFORCED = """
select format('%I.%I', nspname, relname)
from pg_class join pg_namespace on pg_namespace.oid = relnamespace
where nspname in ('portal', 'personal', 'accesslog') and relkind in ('r', 'p')
    and not (relrowsecurity and relforcerowsecurity)
order by 1
"""
_SETTINGS = """
select setrole::regrole::text as role, unnest(setconfig) || coalesce(' in database ' || datname, '') as setting
from pg_db_role_setting left join pg_database on pg_database.oid = setdatabase
where setrole::regrole::text = any($1)
"""
_TOLD = {
    "how many rows a table has": "has_column_privilege($1, 'pg_catalog.pg_class', 'reltuples', 'select')",
    "how long a table is": "has_function_privilege($1, 'pg_catalog.pg_relation_size(regclass, text)', 'execute')",
    "how much is written": "has_function_privilege($1, 'pg_catalog.pg_current_wal_insert_lsn()', 'execute')",
    "how many rows are read": "has_function_privilege($1, 'pg_catalog.pg_stat_get_tuples_returned(oid)', 'execute')",
    "it may end connections of its own role": (
        "has_function_privilege($1, 'pg_catalog.pg_terminate_backend(integer, bigint)', 'execute')"
    ),
    "values in its errors are logged": (
        "not exists (select from pg_db_role_setting"
        " where setrole = $1::text::regrole and 'log_min_messages=fatal' = any (setconfig))"
    ),
}
_MIGRATE = "Run `portal migrate`."
_ASK = "Run `portal up`, or `portal migrate` with an administrator's PORTAL_DATABASE_URL."


async def database_checks(url: str) -> list[Check]:
    """Return what is right and wrong with the database at portal_owner's address `url`."""
    async with connected(url) as connection:
        found = [_version(connection), await _roles(connection)]
        found += [await _role_settings(connection), await _web_rights(connection), await _row_security(connection)]
        found += [await _told(connection), await _gate(connection), await _clock(connection)]
    return [*found, await _migrations(url)]


async def passwords_check(url: str, directory: Path) -> Check:
    """Return whether the roles on the server at `url` have the passwords that `directory` holds, if it holds any."""
    name = "passwords of the roles"
    try:
        wrong = await wrong_passwords(url, directory)
    except PermissionError:
        return Check(name, "skipped", f"{directory} is another account's")
    return verdict(
        name,
        not wrong,
        f"{', '.join(wrong)} cannot sign in with the password in {directory}" if wrong else "none is another one",
        f"They were given from another home, or by hand. {ways_out(directory)}",
    )


def _version(connection: asyncpg.Connection) -> Check:
    major = connection.get_server_version().major
    return verdict("database version", major >= 15, f"PostgreSQL {major}", "PostgreSQL 15 or later is needed.")


async def _roles(connection: asyncpg.Connection) -> Check:
    rows = {row["rolname"]: row for row in await connection.fetch(_ROLES, [OWNER, GATE, WEB, WORKER])}
    wrong = [f"{name} is missing" for name in (OWNER, GATE, WEB, WORKER) if name not in rows]
    for name, row in rows.items():
        if row["rolsuper"] or row["rolbypassrls"]:
            wrong.append(f"{name} is above row-level security")
    if GATE in rows and rows[GATE]["rolcanlogin"]:
        wrong.append(f"{GATE} can sign in")
    return verdict("roles", not wrong, "; ".join(wrong) or "four, none above the rules", _ASK)


async def _role_settings(connection: asyncpg.Connection) -> Check:
    """A role may change its own, and what it set outlives every restart."""
    kept = {(row["role"], row["setting"]) for row in await connection.fetch(_SETTINGS, [WEB, WORKER])}
    wrong = [f"{role} has {setting}" for role, setting in sorted(kept - ROLE_SETTINGS - SUPERUSER_SETTINGS)]
    wrong += [f"{role} lacks {setting}" for role, setting in sorted(ROLE_SETTINGS - kept)]
    return verdict(
        "settings of the roles",
        not wrong,
        "; ".join(wrong) or "those of roles.sql",
        f"Somebody changed them, or the roles are older than this version. {_ASK} An administrator can also run "
        "portal/operate/roles.sql. Then start the portal again.",
    )


async def _told(connection: asyncpg.Connection) -> Check:
    """What a superuser alone can close; on a server that belongs to somebody else it may have to stay open."""
    told = [what for what, sql in _TOLD.items() if await connection.fetchval(f"select {sql}", WEB)]
    return verdict(
        "what the server tells the web process",
        not told,
        ", ".join(told) or "nothing of what it does not show",
        "A superuser runs portal/operate/counters.sql in the portal's database, and portal/operate/roles.sql. Where "
        "nobody may, decision 8 says what then remains open to whoever holds portal_web's password.",
    )


async def _web_rights(connection: asyncpg.Connection) -> Check:
    wrong = []
    for schema in _CLOSED_SCHEMAS:
        there = await connection.fetchval("select to_regnamespace($1) is not null", schema)
        if there and await connection.fetchval("select has_schema_privilege($1, $2, 'usage, create')", WEB, schema):
            wrong.append(f"{WEB} may use schema {schema}")
    tables = await connection.fetch(_TABLE_RIGHTS, list(_CLOSED_SCHEMAS), WEB)
    wrong += [f"{WEB} has rights on {row[0]}" for row in tables[:5]]
    if await connection.fetchval("select pg_has_role($1, $2, 'member')", WEB, GATE):
        wrong.append(f"{WEB} is a member of {GATE}")
    return verdict(
        "rights of the web process",
        not wrong,
        "; ".join(wrong) or "none on personal data or the log",
        f"Revoke them: somebody granted by hand. {_MIGRATE}",
    )


async def _row_security(connection: asyncpg.Connection) -> Check:
    open_tables = [row[0] for row in await connection.fetch(_UNFORCED)]
    return verdict(
        "row-level security",
        not open_tables,
        f"not forced on {', '.join(open_tables)}" if open_tables else "forced on every table",
        "`alter table ... enable row level security; alter table ... force row level security`.",
    )


async def _gate(connection: asyncpg.Connection) -> Check:
    applied = await apply.applied_digest(connection)
    return verdict(
        "the gate",
        applied == apply.digest(),
        "the files' text" if applied == apply.digest() else "not the text of portal/*/gate",
        _MIGRATE,
    )


async def _clock(connection: asyncpg.Connection) -> Check:
    before = datetime.now(UTC)
    there = await connection.fetchval("select clock_timestamp()")
    skew = max(before - there, there - datetime.now(UTC), timedelta(0))
    return verdict(
        "clock",
        skew <= _MOST_SKEW,
        f"{skew.total_seconds():.1f} s between this machine and the database",
        "Keep both with NTP (`timedatectl set-ntp true`): consents end to the second.",
    )


async def _migrations(url: str) -> Check:
    waiting = await migrate.pending(url)
    return verdict("migrations", not waiting, ", ".join(waiting) or "all have run", _MIGRATE)
