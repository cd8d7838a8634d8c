"""The big world: made by the server itself, a set at a time, in a database of its own, once.

Nothing in it goes over the wire row by row: `bench/world/*.sql` makes every row inside the server. The triggers rest
meanwhile (the names' pieces are filled by one statement instead) and the secondary indexes are built at the end.
"""

from dataclasses import dataclass
from pathlib import Path

import asyncpg
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from portal.operate.cluster import SUPERUSER, Cluster
from portal.operate.migrate import migrate
from portal.operate.postmaster import living_postmaster
from portal.operate.roles import LOGIN_ROLES, OWNER, ensure_database, with_role

FOLDER = Path(__file__).parent / "world"
SPEEDED = """
set session_replication_role = replica;
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set work_mem = '256MB';
"""
INDEXES = """
select indexrelid::regclass::text as name, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') as definition
from pg_index join pg_class on pg_class.oid = indrelid
where relnamespace::regnamespace::text in ('personal', 'accesslog') and not relispartition and not indisunique
"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of everything a world of this scale holds; 1 is the size the budgets speak of. `many` are at least as
    many companies as that, and `log` that many entries, whatever the scale."""

    scale: float
    many: int = 3
    log: int = 0

    @property
    def candidates(self) -> int:
        """At least enough for one full list page and a second one."""
        return max(200, round(200_000 * self.scale))

    @property
    def companies(self) -> int:
        """The largest, an ordinary one, and the rest."""
        return max(self.many, round(1_000 * self.scale))

    @property
    def consents(self) -> int:
        """One per candidate and company."""
        return max(1_000, round(1_000_000 * self.scale))

    @property
    def entries(self) -> int:
        """Of the access log, over thirteen months."""
        return self.log or max(2_000, round(2_000_000 * self.scale))

    @property
    def name(self) -> str:
        """The database of this world."""
        more = [f"_{self.companies}" if self.many > 3 else "", f"_log_{self.log}" if self.log else ""]
        return f"world_{self.candidates}{''.join(more)}"


@dataclass(frozen=True, slots=True)
class World:
    """A world that stands: its database on a running cluster."""

    cluster: Cluster
    sizes: Sizes

    @property
    def socket(self) -> Path:
        """The folder of the server's socket."""
        found = living_postmaster(self.cluster.data)
        assert found is not None, "the server does not run"
        return found.socket_directory

    def url(self, role: str) -> str:
        """The address of its database for `role`, password included."""
        return self.cluster.url(role, self.sizes.name)

    async def connect(self, role: str = SUPERUSER) -> asyncpg.Connection:
        """A new connection as `role`."""
        return await asyncpg.connect(self.url(role))

    async def refresh(self) -> None:
        """Mark all its sessions as just used, so that none goes idle in the middle of a run."""
        connection = await self.connect()
        await connection.execute(
            "update portal.session set last_seen_at = now() + interval '20 minutes' where agent = 'bench'"
        )
        await connection.close()


async def stand(cluster: Cluster, sizes: Sizes) -> World:
    """The world of these sizes on this cluster, made now unless it stands already; the gate always as the files say."""
    admin = await asyncpg.connect(cluster.url(SUPERUSER, SUPERUSER))
    if not await _is_made(cluster, sizes):  # an earlier run may have been broken off in the middle
        await admin.execute(f"drop database if exists {sizes.name} with (force)")
    await ensure_database(admin, sizes.name)
    await admin.execute(f"grant connect on database {sizes.name} to {', '.join(LOGIN_ROLES)}")
    await admin.close()
    world = World(cluster, sizes)
    await migrate(with_role(world.url(SUPERUSER), OWNER, cluster.password(OWNER), sizes.name))
    if not await _is_made(cluster, sizes):
        connection = await world.connect()
        try:
            await _make(connection, sizes)
        finally:
            await connection.close()
    return world


async def _is_made(cluster: Cluster, sizes: Sizes) -> bool:
    try:
        connection = await asyncpg.connect(cluster.url(SUPERUSER, sizes.name))
    except asyncpg.InvalidCatalogNameError:
        return False
    try:
        return bool(await connection.fetchval("select to_regclass('bench.made') is not null"))
    finally:
        await connection.close()


async def _make(connection: asyncpg.Connection, sizes: Sizes) -> None:
    await connection.execute(f"{SPEEDED} drop schema if exists bench cascade;")
    for what in ("candidates", "companies", "consents", "entries"):
        await connection.execute("select set_config('bench.' || $1, $2, false)", what, str(getattr(sizes, what)))
    indexes = await connection.fetch(INDEXES)
    steps = [(path.stem[2:], path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.sql"))]
    steps += [(f"index {row['name']}", row["definition"]) for row in indexes]
    steps += [("statistics", "vacuum analyze"), ("on disk", "checkpoint")]
    steps += [("done", "create table bench.made as select now() as at")]
    async with connection.transaction():
        for row in indexes:
            await connection.execute(f"drop index {row['name']}")
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns) as progress:
        whole = progress.add_task(f"A world of {sizes.candidates:,} candidates", total=len(steps))
        for name, sql in steps:
            progress.update(whole, description=f"A world of {sizes.candidates:,} candidates: {name}")
            await connection.execute(sql)
            progress.advance(whole)
