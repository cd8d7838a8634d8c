"""Databases that go from test to test: what one wrote is taken out before the next gets it.

Making a copy of the migrated database and connecting to it costs the server some hundred milliseconds. Most of it is
compiling and planning what it had compiled and planned for the last test (`tests.warm`). So a database is kept, and
after each test

- connections that are left are taken back or cut, and whoever else is connected is cut;
- the rows of every table are deleted, without triggers; a table that the migrations filled gets its rows again if a
  single one of them is newer or missing; sequences start anew;
- the catalogs are compared with those of the beginning. Where a row of theirs is another or missing, the database is
  dropped and the next test gets a new copy. So it does after USES tests, because deleted rows take up room.

What belongs to the whole server (roles and their settings) is no database's, and is not put back, nor was it ever.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg

from portal.operate.cluster import Cluster
from tests.database import NUMBERS, Database, leave, make_copy, superuser_of
from tests.warm import Warm

USES = 60
# Where what a statement of DDL changes is written down. Of the larger ones those rows that are not the server's own.
CATALOGS = {
    "pg_class": "oid", "pg_attribute": "attrelid", "pg_proc": "oid", "pg_type": "oid", "pg_constraint": "oid",
    "pg_trigger": "oid", "pg_index": "indexrelid", "pg_attrdef": "oid", "pg_rewrite": "oid", "pg_policy": "",
    "pg_namespace": "", "pg_default_acl": "", "pg_enum": "", "pg_inherits": "", "pg_partitioned_table": "",
    "pg_extension": "", "pg_language": "", "pg_event_trigger": "", "pg_publication": "", "pg_foreign_server": "",
    "pg_statistic": "starelid", "pg_statistic_ext": "", "pg_largeobject_metadata": "", "pg_seclabel": "",
    "pg_cast": "oid", "pg_operator": "oid", "pg_collation": "oid", "pg_description": "objoid", "pg_sequence": "",
}  # fmt: skip
NEWER = "count(*) filter (where age(xmin) <= age($1::xid))"
DEFINED = (
    "select array_agg(rows order by kind), sum(newer) = 0 from ("
    + " union all ".join(
        f"select '{name}' as kind, count(*) as rows, {NEWER} as newer from {name}"
        + f" where {key} >= 16384" * bool(key)
        for name, key in CATALOGS.items()
    )
    + f" union all select 'here', count(*), {NEWER} from pg_database where datname = current_database()"
    " union all select 'settings', count(*), 0 from pg_db_role_setting"
    " where setdatabase = (select oid from pg_database where datname = current_database())) as found"
)
HERE = "(select oid from pg_database where datname = current_database())"
CONTENT = (
    "select array_agg(seen order by kind) from ("
    + " union all ".join(
        f"select '{name}' as kind, sum(hashtextextended(one::text, 0)) as seen from {name} as one"
        f" {key and f'where {key} >= 16384'}"
        for name, key in CATALOGS.items()
    )
    + f" union all select 'here', hashtextextended(one::text, 0) from pg_database as one where oid = {HERE}"
    " union all select 'settings', sum(hashtextextended(one::text, 0)) from pg_db_role_setting as one"
    f" where setdatabase = {HERE}) as found"
)
TABLES = """
select oid, format('%I.%I', relnamespace::regnamespace, relname) as name from pg_class
where relkind = 'r' and oid >= 16384 order by oid
"""
CUT = """
select pg_terminate_backend(pid, 10000) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and pid <> all ($1)
"""
WRITTEN = "select one.name from unnest($1::oid[], $2::text[]) as one (oid, name) where pg_relation_size(one.oid) > 0"
RESTARTED = """
select setval(seqrelid, seqstart, false) from pg_sequence
where seqrelid <> all ($1) and pg_sequence_last_value(seqrelid) is not null
"""
STARTED = (
    "select coalesce(array_agg(seqrelid), '{}') from pg_sequence where pg_sequence_last_value(seqrelid) is not null"
)


@dataclass
class Kept:
    """A database that goes from test to test."""

    cluster: Cluster
    name: str
    warm: Warm
    uses: int = 0
    began: int = 0
    catalogs: list[int] = field(default_factory=list)
    content: list[int] = field(default_factory=list)
    empty: tuple[list[int], list[str]] = ([], [])
    filled: dict[str, bytes] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    started: list[int] = field(default_factory=list)

    async def remember(self, superuser: asyncpg.Connection) -> None:
        """How it is in the beginning."""
        await superuser.execute("set session_replication_role = 'replica'")
        self.began = await superuser.fetchval("select pg_current_xact_id()::xid")
        for oid, name in await superuser.fetch(TABLES):
            if await superuser.fetchval(f"select exists (select from {name})"):
                self.filled[name] = await _rows_of(superuser, name)
            else:
                self.empty[0].append(oid)
                self.empty[1].append(name)
        self.rows = await self._seen(superuser)
        self.started = await superuser.fetchval(STARTED)
        self.catalogs, _unchanged = await superuser.fetchrow(DEFINED, self.began)
        self.content = await superuser.fetchval(CONTENT)

    async def empties(self, superuser: asyncpg.Connection) -> bool:
        """Take out what was written. Whether it is now as it was in the beginning."""
        await superuser.execute("set session_replication_role = 'replica'")
        await superuser.fetch(CUT, self.warm.gather())
        if not await self.is_defined_as_before(superuser):
            return False
        written = await superuser.fetch(WRITTEN, *self.empty)
        await superuser.execute("; ".join(["begin", *(f"delete from {name}" for (name,) in written), "commit"]))
        await superuser.fetch(RESTARTED, self.started)
        if await self._seen(superuser) != self.rows:
            await self._fill(superuser)
        return True

    async def is_defined_as_before(self, superuser: asyncpg.Connection) -> bool:
        """Whether no row of the catalogs is newer than the database or missing; or all of them say what they said."""
        if tuple(await superuser.fetchrow(DEFINED, self.began)) == (self.catalogs, True):
            return True
        if await superuser.fetchval(CONTENT) != self.content:
            return False
        self.began = await superuser.fetchval("select pg_current_xact_id()::xid")
        return True

    async def _seen(self, superuser: asyncpg.Connection) -> list[int]:
        """Which versions of the rows that a migration wrote are there."""
        seen = " union all ".join(
            f"select sum(hashtext(concat(ctid, xmin))) as seen from {name}" for name in self.filled
        )
        found: list[int] = await superuser.fetchval(f"select array_agg(seen) from ({seen}) as all_seen")
        return found

    async def _fill(self, superuser: asyncpg.Connection) -> None:
        """Write the rows of the migrations again."""
        async with superuser.transaction():
            for name, rows in self.filled.items():
                schema, table = name.split(".")
                await superuser.execute(f"delete from {name}")
                await superuser.copy_to_table(table, schema_name=schema, source=io.BytesIO(rows), format="binary")
        self.rows = await self._seen(superuser)


async def _rows_of(superuser: asyncpg.Connection, name: str) -> bytes:
    schema, table = name.split(".")
    rows = io.BytesIO()
    await superuser.copy_from_table(table, schema_name=schema, output=rows, format="binary")
    return rows.getvalue()


IDLE: dict[tuple[Path, str], list[Kept]] = {}  # by server and template


@contextmanager
def lent(template: str, cluster: Cluster) -> Iterator[Database]:
    """A database that is as the template for whoever gets it; with connections that are warm."""
    idle = IDLE.setdefault((cluster.directory, template), [])
    kept = idle.pop() if idle else _new(template, cluster)
    database = Database(cluster, kept.name)
    try:
        yield database
    finally:
        kept.uses += 1
        if superuser_of(cluster, kept.name).do(kept.empties) and kept.uses < USES:
            idle.append(kept)
        else:
            _drop(kept)
        database.forget()


def drop_idle() -> None:
    """Drop those that nobody has."""
    for kept in [one for idle in IDLE.values() for one in idle]:
        _drop(kept)
    IDLE.clear()


def _new(template: str, cluster: Cluster) -> Kept:
    name = f"kept_{next(NUMBERS)}"
    make_copy(template, cluster, name)
    made = Kept(cluster, name, Warm(name))
    superuser_of(cluster, name).do(made.remember)
    made.warm.open()
    return made


def _drop(kept: Kept) -> None:
    kept.warm.close()
    leave(kept.cluster, kept.name)
    superuser_of(kept.cluster).execute(f"drop database {kept.name} with (force)")
