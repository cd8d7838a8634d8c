"""The database's roles are what they say, and PUBLIC has nothing."""

import asyncio

import asyncpg
import pytest

from portal.migrations import turns
from portal.operate.cluster import SUPERUSER
from portal.operate.connect import connected
from portal.operate.passwords import kept_password
from portal.operate.roles import (
    DATABASE,
    ROLE_SETTINGS,
    SUPERUSER_SETTINGS,
    WEB,
    WORKER,
    prepare_embedded,
    prepare_server,
    with_role,
)
from portal.settings import PROJECT
from tests.database import Database, throwaway_cluster


@pytest.mark.parametrize("role", ["portal_owner", "portal_web", "portal_worker"])
async def test_each_role_signs_in_as_itself_and_is_no_superuser(database: Database, role: str) -> None:
    connection = await database.connect(role)
    assert await connection.fetchval("select current_user") == role
    rights = await connection.fetchrow(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
    )
    assert not any(rights.values())


async def test_nobody_signs_in_as_the_gate(database: Database) -> None:
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
        await asyncpg.connect(database.url("portal_gate"))


@pytest.mark.parametrize("superuser", [True, False])
async def test_what_a_role_set_for_itself_is_forgotten_at_every_preparation(superuser: bool) -> None:
    with throwaway_cluster() as cluster:
        url = cluster.url(SUPERUSER, SUPERUSER)
        async with connected(url) as admin:
            if not superuser:
                await admin.execute("create role root login createrole createdb password 'word'")
                url = with_role(url, "root", "word", SUPERUSER)
        await prepare_server(url, cluster.directory)
        for role, word in ((role, kept_password(role, cluster.directory)) for role in (WEB, WORKER)):
            assert word
            async with connected(with_role(url, role, word)) as itself:
                await itself.execute(f"alter role {role} in database {DATABASE} set row_security = off")
                await itself.execute(f"alter role {role} set lock_timeout = '1ms'")
        await prepare_server(url, cluster.directory)
        async with connected(url) as admin:
            kept = await admin.fetch("select setrole::regrole::text, setdatabase, setconfig from pg_db_role_setting")
            expected = ROLE_SETTINGS | SUPERUSER_SETTINGS if superuser else ROLE_SETTINGS
            assert {(role, one) for role, _, settings in kept for one in settings} == expected
            assert {database for _, database, _ in kept} == {0}


@pytest.mark.parametrize(
    ("script", "lock"),
    [
        ("privileges.sql", "select pg_advisory_xact_lock(hashtext('portal rights'))"),
        ("counters.sql", "select pg_advisory_xact_lock(hashtext('portal rights'))"),
        ("privileges.sql", turns.TRY_TO_MIGRATE),
    ],
)
async def test_a_preparation_waits_for_another_and_for_a_migration(script: str, lock: str) -> None:
    with throwaway_cluster() as cluster:
        owner_url = await prepare_embedded(cluster)
        url = owner_url if script == "privileges.sql" else cluster.url(SUPERUSER, DATABASE)
        async with connected(url) as first, connected(url) as looking:
            under_way = first.transaction()
            await under_way.start()
            await first.execute(lock)
            await first.execute((PROJECT / "portal/operate" / script).read_text())
            second = asyncio.create_task(prepare_embedded(cluster))
            async with asyncio.timeout(30):
                while not await looking.fetchval("select count(*) from pg_locks where not granted"):
                    assert not second.done(), await second
                    await asyncio.sleep(0.01)
            await under_way.commit()
        assert await second == owner_url


async def test_many_preparations_at_once_succeed() -> None:
    with throwaway_cluster() as cluster:
        made = await asyncio.gather(*(prepare_embedded(cluster) for _ in range(8)))
        assert len(set(made)) == 1


@pytest.mark.parametrize(
    ("administrators", "the_roles"),
    [
        (
            "postgresql:///postgres?host=/run/db&user=postgres&password=SECRET&sslmode=disable",
            "postgresql://portal_web:word@/shokai?host=/run/db&sslmode=disable",
        ),
        (
            "postgresql://root:SECRET@db.example:5433/postgres?passfile=/elsewhere/.pgpass&dbname=postgres&database=x",
            "postgresql://portal_web:word@db.example:5433/shokai",
        ),
        (
            "postgresql://root@/postgres?host=a.example,b.example&port=5432,5433&pass%77ord=SECRET",
            "postgresql://portal_web:word@/shokai?host=a.example,b.example&port=5432,5433",
        ),
    ],
)
def test_p9_nothing_of_an_administrators_address_but_the_place_goes_to_a_role(
    administrators: str, the_roles: str
) -> None:
    assert with_role(administrators, "portal_web", "word") == the_roles
