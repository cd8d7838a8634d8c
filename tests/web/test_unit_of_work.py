"""P2, P6: what a unit of work promises about its transaction and its connection."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import suppress

import asyncpg
import pytest
from piccolo.columns import Integer
from piccolo.table import Table

from portal.database import pool as pools
from portal.database.answers import DatabaseAway, LinkNeeded, Refused, SignInNeeded
from portal.database.unit import NestedWork, NotCommitted, Transaction, Unit
from tests.database import Database, finish

POOL = 3
TABLES = """
create schema scratch;
create table scratch.parent (id integer primary key);
create table scratch.child (
    id integer, parent integer references scratch.parent deferrable initially deferred
)
"""


class Parent(Table, tablename="parent", schema="scratch"):
    """As Piccolo sees the table."""

    id = Integer(primary_key=True)


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[Database]:
    """A pool of three as portal_owner, and two tables with a deferred foreign key."""
    owner = await database.connect("portal_owner")
    await owner.execute(TABLES)
    async with pools.pool(database.url("portal_owner"), POOL):
        yield database


async def parents(database: Database) -> list[int]:
    owner = await database.connect("portal_owner")
    return [row["id"] for row in await owner.fetch("select id from scratch.parent order by id")]


async def assert_whole(database: Database) -> None:
    """Every connection of the pool can be had at once, clean, and the server agrees."""
    async with asyncio.timeout(60):
        held = [await pools.acquire() for _ in range(POOL)]
        for connection in held:
            assert not connection.is_in_transaction()
            assert await connection.fetchval("select 1") == 1
        for connection in held:
            await pools.release(connection)
    assert pools.engine().current_transaction.get() is None
    owner = await database.connect("portal_owner")
    assert await owner.fetchval(
        "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'"
    ) == 0  # fmt: skip


async def test_piccolo_queries_run_in_the_unit_and_are_seen_after_it(pool: Database) -> None:
    async with Transaction() as unit:
        await Parent.insert(Parent(id=1))
        assert await unit.fetchval("select count(*) from scratch.parent") == 1
        assert await unit.fetchrow("select id from scratch.parent") == (1,)
        assert await parents(pool) == []
    assert await parents(pool) == [1]


async def insert(parent: int, failure: Exception) -> None:
    async with Transaction():
        await Parent.insert(Parent(id=parent))
        raise failure


async def orphan(failure: Exception | None = None) -> None:
    """A unit whose COMMIT fails, because a deferred foreign key points nowhere."""
    async with Transaction() as unit:
        await unit.fetch("insert into scratch.child values (1, 404)")
        if failure:
            raise failure


async def cut_off(database: Database, failure: Exception | None = None) -> None:
    """A unit whose connection the server ends in the middle."""
    superuser = await database.connect("postgres")
    async with Transaction() as unit:
        backend = await unit.fetchval("select pg_backend_pid()")
        await superuser.fetch("select pg_terminate_backend($1, 2000)", backend)
        if failure:
            raise failure


async def test_an_exception_undoes_the_unit(pool: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await insert(1, ZeroDivisionError())
    assert await parents(pool) == []
    await assert_whole(pool)


async def test_p2_a_refusal_keeps_what_was_written_and_goes_on(pool: Database) -> None:
    with pytest.raises(Refused):
        await insert(1, Refused())
    assert await parents(pool) == [1]
    await assert_whole(pool)


async def test_p2_a_refusal_that_cannot_be_kept_is_a_failure_instead(pool: Database) -> None:
    with pytest.raises(asyncpg.ForeignKeyViolationError) as caught:
        await orphan(Refused())
    assert isinstance(caught.value.__cause__, Refused)
    await assert_whole(pool)


async def test_a_unit_of_nobody_asks_for_whom_its_page_is_for(pool: Database) -> None:
    async with Transaction() as unit:
        with pytest.raises(SignInNeeded):
            assert unit.who.locale
        with pytest.raises(LinkNeeded):
            assert unit.by.locale


async def test_units_do_not_nest(pool: Database) -> None:
    with pytest.raises(NestedWork):
        async with Transaction(), Transaction():
            pass
    await assert_whole(pool)


async def test_p6_a_swallowed_error_is_not_taken_for_success(pool: Database) -> None:
    async def swallow() -> None:
        async with Transaction() as unit:
            await Parent.insert(Parent(id=1))
            with suppress(asyncpg.PostgresError):
                await unit.fetch("select 1 / 0")

    with pytest.raises(NotCommitted):
        await swallow()
    assert await parents(pool) == []
    await assert_whole(pool)


async def test_queries_of_other_tasks_neither_leak_nor_outlive_the_unit(pool: Database) -> None:
    late: list[asyncio.Task[object]] = []
    units: list[Unit] = []

    async def gather() -> None:
        async with Transaction() as unit:
            units.append(unit)
            late.append(asyncio.create_task(unit.fetch("select pg_sleep(20)")))
            await asyncio.gather(*(unit.fetch("select pg_sleep(0.1)") for _ in range(3)))

    with pytest.raises(asyncpg.InterfaceError):
        await gather()
    await asyncio.wait(late)
    with pytest.raises(asyncpg.PostgresError):
        late[0].result()
    with pytest.raises(asyncpg.InterfaceError, match="released"):
        await units[0].fetch("select 1")
    await assert_whole(pool)


# What a session of PostgreSQL can keep: how it is left behind, and what the next unit asks to see that it is gone.
KEPT = {
    "a setting": (
        "select set_config('portal.session', 'stolen', false)",
        "current_setting('portal.session', true) = 'stolen'",
    ),
    "a way to find names": ("set search_path = scratch", "current_setting('search_path') = 'scratch'"),
    "how transactions begin": (
        "set session characteristics as transaction isolation level serializable, read only",
        "current_setting('transaction_isolation') <> 'read committed'"
        " or current_setting('transaction_read_only') = 'on'",
    ),
    "a time zone": ("set time zone 'Asia/Tokyo'", "current_setting('TimeZone') <> 'UTC'"),
    "a role": ("set role portal_gate", "current_user <> session_user"),
    "a lock": (
        "select pg_advisory_lock(7)",
        "exists (select from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())",
    ),
    "a cursor": ("declare kept cursor with hold for select 1", "exists (select from pg_cursors where name <> '')"),
    "what it listens to": ("listen kept", "exists (select from pg_listening_channels())"),
    "a prepared statement": (
        "prepare kept as select 1",
        "exists (select from pg_prepared_statements where from_sql)",
    ),
}


@pytest.mark.parametrize("what", KEPT)
async def test_nothing_of_one_unit_reaches_the_next_on_the_same_connection(database: Database, what: str) -> None:
    leave, kept = KEPT[what]
    owner = await database.connect("portal_owner")
    await owner.execute("create schema scratch")
    async with pools.pool(database.url("portal_owner"), 1):
        async with Transaction() as unit:
            assert not await unit.fetchval(f"select {kept}")
        with suppress(ZeroDivisionError):
            async with Transaction() as unit:
                await unit.connection.execute(f"commit; {leave}")
                raise ZeroDivisionError
        async with Transaction() as unit:
            assert not await unit.fetchval(f"select {kept}")


async def test_the_web_role_can_keep_no_table(database: Database) -> None:
    web = await database.connect("portal_web")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await web.execute("create temporary table kept (id integer)")


async def test_a_statement_put_in_the_place_of_the_drivers_own_is_never_used(database: Database) -> None:
    async with pools.pool(database.url("portal_web"), 1):
        async with Transaction() as unit:
            first = await unit.fetchval("select pg_backend_pid()")
            await unit.fetchval("select 'honest'::text")
            names = await unit.fetch("select name from pg_prepared_statements where statement like '%honest%::text'")
            (name,) = [row["name"] for row in names]
            await unit.connection.execute(f'deallocate "{name}"; prepare "{name}" as select \'evil\'::text')
        async with Transaction() as unit:
            assert await unit.fetchval("select 'honest'::text") == "honest"
            assert await unit.fetchval("select pg_backend_pid()") != first


async def test_a_connection_that_lacks_one_of_the_drivers_statements_is_dropped(database: Database) -> None:
    async with pools.pool(database.url("portal_web"), 1):
        async with Transaction() as unit:
            first = await unit.fetchval("select pg_backend_pid()")
            await unit.connection.execute("deallocate all")
        with pytest.raises(asyncpg.InvalidSQLStatementNameError):
            async with Transaction() as unit:
                await unit.fetchval("select pg_backend_pid()")
        async with Transaction() as unit:
            assert await unit.fetchval("select pg_backend_pid()") != first


async def test_a_connection_the_server_cut_is_replaced(pool: Database) -> None:
    with pytest.raises(DatabaseAway):
        await cut_off(pool)
    await assert_whole(pool)


async def test_a_cut_while_undoing_shows_the_first_failure(pool: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        await cut_off(pool, ZeroDivisionError())
    await assert_whole(pool)


async def test_without_a_server_the_database_is_away() -> None:
    async with pools.pool("postgresql://nobody@/nothing?host=/nowhere", 1):
        with pytest.raises(DatabaseAway):
            async with Transaction():
                pass


async def test_a_connection_found_dead_is_the_database_being_away(pool: Database) -> None:
    async with Transaction() as unit:
        backend = await unit.fetchval("select pg_backend_pid()")

    async def terminate() -> None:
        superuser = await asyncpg.connect(pool.url("postgres"))
        await superuser.fetch("select pg_terminate_backend($1, 2000)", backend)
        await superuser.close()

    finish(terminate())  # without letting this loop hear of it
    with pytest.raises(DatabaseAway):
        await insert(1, ZeroDivisionError())
    await assert_whole(pool)


def test_another_kind_of_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pools, "engine_finder", lambda: None)
    with pytest.raises(RuntimeError, match="no PostgreSQL engine"):
        pools.engine.__wrapped__()


async def test_without_a_pool_it_says_so() -> None:
    with pytest.raises(RuntimeError, match="not open"):
        async with Transaction():
            pass


async def test_a_cancelled_wait_for_a_connection_leaves_the_pool_whole(pool: Database) -> None:
    held = [await pools.acquire() for _ in range(POOL)]
    waiting = [asyncio.create_task(orphan()) for _ in range(10)]
    await asyncio.sleep(0.05)
    for task in waiting[::2]:
        task.cancel()
    for connection in held:
        await pools.release(connection)
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert sum(isinstance(result, asyncio.CancelledError) for result in results) == 5
    await assert_whole(pool)


async def one_of_many(number: int, chance: random.Random) -> str:
    """One unit that fails on COMMIT, or is cancelled at some moment of its short life."""
    if number % 2:
        with pytest.raises(asyncpg.ForeignKeyViolationError):
            await orphan()
        return "failed"
    task = asyncio.create_task(orphan())
    await asyncio.sleep(chance.random() * 0.004)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        return "cancelled"
    except asyncpg.ForeignKeyViolationError:
        return "failed"
    raise AssertionError("a deferred foreign key was not checked")


async def test_p6_ten_thousand_failed_commits_and_cancels_lose_no_connection(pool: Database) -> None:
    chance = random.Random(1)
    counts = {"failed": 0, "cancelled": 0}
    at_once = asyncio.Semaphore(8)

    async def bounded(number: int) -> None:
        async with at_once:
            counts[await one_of_many(number, chance)] += 1

    async with asyncio.timeout(120):
        await asyncio.gather(*(bounded(number) for number in range(10_000)))
    assert sum(counts.values()) == 10_000
    assert counts["cancelled"] > 500
    await assert_whole(pool)
    owner = await pool.connect("portal_owner")
    assert await owner.fetchval("select count(*) from scratch.child") == 0
