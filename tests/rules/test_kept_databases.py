"""The tests about themselves: a database that goes from test to test brings nothing along, nor does a connection."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest

from portal.operate.cluster import Cluster
from tests import kept
from tests.database import Database, superuser_of
from tests.kept import lent
from tests.people import cast

EVERY_TABLE = "select oid::regclass::text from pg_class where relkind = 'r' and oid >= 16384 order by 1"
SEQUENCES = "select schemaname, sequencename, last_value from pg_sequences order by 1, 2"
WITH_ROWS = "update accesslog.action set code = code where code = (select min(code) from accesslog.action)"
ANOTHER = "insert into portal.network (range, country) values ('192.0.2.0/24', 'JP')"
UNCHECKED = "set session_replication_role = replica"
HELD = """
select coalesce(current_setting('portal.session', true), '') as session, current_setting('timezone') as zone,
       (select count(*) from pg_cursors where name = 'left_open') as cursors,
       (select count(*) from pg_prepared_statements where name = 'left_over') as statements,
       (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks,
       (select count(*) from pg_listening_channels()) as channels
"""
DEFINITIONS = (
    "create table portal.left_behind ()",
    "drop policy owner_all on portal.company",
    "grant select (name) on personal.candidate_items to portal_web",
    "alter table portal.company disable trigger user",
    "create or replace function gate.viewer() returns uuid language sql as 'select null::uuid'",
    "create temp table stays as select 1; analyze portal.item",
    "alter database {name} set timezone = 'Asia/Tokyo'",
    "revoke connect on database {name} from portal_worker",
    "truncate portal.company cascade",
    "comment on schema gate is 'another version'",
)


@pytest.fixture(autouse=True)
def idle(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The databases of other tests are put aside: what is lent here is what was given back here."""
    monkeypatch.setattr(kept, "IDLE", {})
    yield
    kept.drop_idle()


def lend(cluster: Cluster, template: str, work: Any) -> str:
    """Lend a database for some work as a test would, its connections left open; the database's name."""
    with lent(template, cluster) as database:
        asyncio.run(work(database))
    return database.name


async def contents(database: Database) -> dict[str, object]:
    """Every row of every table, and how far sequences are."""
    superuser = await database.connect("postgres")
    tables = [name for (name,) in await superuser.fetch(EVERY_TABLE)]
    rows = {
        name: await superuser.fetchval(f"select array_agg(one::text order by one::text) from {name} as one")
        for name in tables
    }
    return rows | {"sequences": await superuser.fetch(SEQUENCES)}


def test_what_a_test_wrote_is_gone_and_what_it_took_away_is_there(cluster: Cluster, template: str) -> None:
    seen = []

    async def write(database: Database) -> None:
        seen.append(await contents(database))
        owner, superuser = await database.connect("portal_owner"), await database.connect("postgres")
        await cast(datetime.now(UTC)).world.write(owner)
        await owner.fetch("select gate.put_mail('password_changed', id) from portal.account")
        await superuser.execute(
            f"{UNCHECKED}; {ANOTHER}; {WITH_ROWS}; delete from portal.regime; delete from portal.decoy"
        )
        left = await contents(database)
        assert sum(left[name] != before for name, before in seen[0].items()) > 20
        open_still = owner.transaction()
        await open_still.start()
        await owner.execute("update portal.company set name = 'Uncommitted'")

    async def look(database: Database) -> None:
        seen.append(await contents(database))

    names = {lend(cluster, template, work) for work in (write, look, write, look)}
    assert len(names) == 1, "one database was lent to all"
    del seen[2:3]
    assert seen[0] == seen[1] == seen[2]


def test_a_database_in_which_something_was_defined_is_lent_to_nobody(cluster: Cluster, template: str) -> None:
    async def nothing(database: Database) -> None:
        assert await (await database.connect("portal_owner")).fetchval("select gate.viewer() is null")

    async def define(database: Database) -> None:
        await (await database.connect("portal_owner")).execute(DEFINITIONS[0])

    async def put_back(database: Database) -> None:
        owner = await database.connect("portal_owner")
        await owner.execute("alter table portal.agreement disable trigger kept")
        await owner.execute("alter table portal.agreement enable trigger kept")

    async def is_seen(superuser: asyncpg.Connection) -> None:
        for definition in DEFINITIONS:
            undone = superuser.transaction()
            await undone.start()
            await superuser.execute(definition.format(name=name))
            assert not await found.is_defined_as_before(superuser), definition
            await undone.rollback()
        assert await found.is_defined_as_before(superuser)

    name = lend(cluster, template, put_back)
    (found,) = kept.IDLE[cluster.directory, template]
    assert lend(cluster, template, nothing) == name
    superuser_of(cluster, name).do(is_seen)
    assert lend(cluster, template, define) == name
    assert lend(cluster, template, nothing) != name


def test_a_connection_brings_nothing_along(cluster: Cluster, template: str) -> None:
    pids, said = [], []

    async def leave(database: Database) -> None:
        closed, forgotten = await database.connect("portal_web"), await database.connect("portal_web")
        for web in (closed, forgotten):
            pids.append(web.get_server_pid())
            await web.execute("begin; set local portal.session = 'secret'; set timezone = 'Asia/Tokyo'; set role none")
            await web.execute("declare left_open cursor with hold for select 1; commit; begin")
            await web.execute("select pg_advisory_lock(pg_backend_pid()); listen told; prepare left_over as select 1")
        await closed.close()

    async def look(database: Database) -> None:
        for _again in range(2):
            web = await database.connect("portal_web")
            said.append((web.get_server_pid(), web.get_settings().TimeZone, web.is_in_transaction()))
            left = await web.fetchrow(HELD)
            assert tuple(left) == ("", "UTC", 0, 0, 0, 0)

    assert lend(cluster, template, leave) == lend(cluster, template, look)
    assert {pid for pid, *_rest in said} == set(pids), "both are at the processes of before"
    assert {tuple(rest) for _pid, *rest in said} == {("UTC", False)}


def test_a_connection_that_was_broken_off_or_ended_serves_nobody(cluster: Cluster, template: str) -> None:
    async def forget(database: Database) -> None:
        forgotten.append(await database.connect("portal_owner"))  # its event loop ends before it is closed
        pids.append(forgotten[0].get_server_pid())

    async def break_off(database: Database) -> None:
        held, ended = await database.connect("portal_owner"), await database.connect("portal_owner")
        pids.append(held.get_server_pid())
        await held.execute("begin; lock table portal.company")
        held.terminate()
        await ended.execute("set lock_timeout = '20s'; lock table portal.company")  # free, because its process is gone
        superuser = await database.connect("postgres")
        await superuser.fetch("select pg_terminate_backend($1, 9000)", ended.get_server_pid())
        busy = asyncio.create_task((await database.connect("portal_owner")).execute("select pg_sleep(60)"))
        await asyncio.sleep(0.05)
        busy.cancel()

    async def look(database: Database) -> None:
        assert await (await database.connect("portal_owner")).fetchval("select count(*) from portal.item") == 14

    forgotten: list[asyncpg.Connection] = []
    pids: list[int] = []
    names = [lend(cluster, template, work) for work in (forget, break_off, look)]
    assert len(set(names)) == len(set(pids)) == 1
