"""Migrations run once, whole or not at all, forward and backward."""

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import asyncpg
import click
import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.disclosure import apply
from portal.migrations import turns
from portal.operate import migrate
from portal.operate.cluster import Cluster
from portal.operate.connect import changing
from portal.operate.errors import OperateError
from portal.operate.roles import OWNER
from tests.database import Database, copy_of, finish

_SCHEMAS = "select count(*) from pg_namespace where nspname in ('portal', 'personal', 'accesslog', 'gate')"


async def _schemas(database: Database) -> int:
    connection = await asyncpg.connect(database.url(OWNER))
    try:
        found: int = await connection.fetchval(_SCHEMAS)
        return found
    finally:
        await connection.close()


@pytest.fixture(scope="module")
def backwards(cluster: Cluster, template: str) -> Iterator[str]:
    """The name of a database that went back to nothing, to copy."""
    with copy_of(template, cluster) as made:
        finish(migrate.migrate_back(made.url(OWNER), "all"))
        yield made.name


@pytest.fixture
def emptied(cluster: Cluster, backwards: str) -> Iterator[Database]:
    """A copy of it."""
    with copy_of(backwards, cluster) as made:
        yield made


async def test_back_to_nothing_and_forward_again(database: Database) -> None:
    url = database.url(OWNER)
    undone = await migrate.migrate_back(url, "all")
    assert await _schemas(database) == 0
    assert await migrate.pending(url) == undone
    assert await migrate.migrate(url) == [*undone, migrate.GATE]
    assert await _schemas(database) == 4
    assert await migrate.pending(url) == []
    assert await migrate.migrate(url) == []


async def test_up_to_one_and_no_further(emptied: Database) -> None:
    url = emptied.url(OWNER)
    first, *rest = await migrate.pending(url)
    assert await migrate.migrate(url, first) == [first]
    assert await migrate.pending(url) == rest


async def test_two_migrators_wait_for_each_other(emptied: Database) -> None:
    url = emptied.url(OWNER)
    undone = await migrate.pending(url)
    ran = await asyncio.gather(*(_in_a_process(url) for _ in range(2)))
    assert sorted(ran) == sorted([str(len(undone) + 1), "0"])


@pytest.mark.parametrize("step", [migrate.migrate, migrate.migrate_back])
async def test_a_migrator_waits_for_an_import_and_says_so(
    database: Database, step: Callable[[str, str], Awaitable[list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = await database.connect(OWNER)
    await owner.execute("comment on schema gate is 'of another version'")
    await owner.execute(turns.WRITE)  # as an import does
    waits = asyncio.Event()

    def tell(said: str, **_options: bool) -> None:
        assert said == "An import or another migration is running: this one waits for its end."
        waits.set()

    monkeypatch.setattr(click, "echo", tell)
    migrating = asyncio.create_task(_whole(step(database.url(OWNER), "all")))
    async with asyncio.timeout(30):
        await waits.wait()
        assert await _schemas(database) == 4
        assert await owner.fetchval("select obj_description('gate'::regnamespace)") == "of another version"
        await _another_command_is_not_held_up(database)
        await owner.execute("select pg_advisory_unlock_all()")
        await migrating
    assert await _schemas(database) == (4 if step is migrate.migrate else 0)


async def _whole(step: Awaitable[list[str]]) -> list[str]:
    return await step


async def _another_command_is_not_held_up(database: Database) -> None:
    async with changing(database.url(OWNER)) as other:
        assert await other.fetchval("select true")


async def test_with_nothing_to_do_nobody_is_waited_for(database: Database) -> None:
    owner = await database.connect(OWNER)
    await owner.execute(turns.WRITE)
    async with asyncio.timeout(30):
        assert await migrate.migrate(database.url(OWNER)) == []


async def test_a_command_waits_for_a_migration_and_is_told_in_a_sentence_what_it_took_away(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    owner, looking = await database.connect(OWNER), await database.connect("postgres")

    async def act() -> None:
        async with changing(database.url(OWNER)) as command:
            await command.execute("select gate.record_import('company_suspended', null, null, null)")

    async with owner.transaction():
        assert await owner.fetchval(turns.TRY_TO_MIGRATE)
        acting = asyncio.create_task(act())
        async with asyncio.timeout(30):
            while not await looking.fetchval("select count(*) from pg_locks where not granted"):
                assert not acting.done()
                await asyncio.sleep(0.01)
        await apply.remove(owner)
    with pytest.raises(OperateError, match=r'^Nothing was changed, .* schema "gate" does not exist\.$'):
        await acting
    assert capsys.readouterr().err == "A migration is running: this waits for its end.\n"


async def _in_a_process(url: str) -> str:
    code = "import asyncio, sys; from portal.operate.migrate import migrate\n"
    code += "print(len(asyncio.run(migrate(sys.argv[1]))))"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, url, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    return said.decode().strip()


async def test_an_unknown_name_is_refused(database: Database, emptied: Database) -> None:
    with pytest.raises(OperateError, match="no-such"):
        await migrate.migrate(emptied.url(OWNER), "no-such")
    assert await _schemas(emptied) == 0
    with pytest.raises(OperateError, match="refused"):
        await migrate.migrate_back(database.url(OWNER), "no-such")
    assert await _schemas(database) == 4


@pytest.mark.parametrize("direction", ["--to", "--backwards"])
def test_an_unknown_name_is_refused_when_there_is_nothing_to_do_too(
    database: Database, emptied: Database, direction: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = emptied if direction == "--backwards" else database
    monkeypatch.setenv("PORTAL_DATABASE_URL", done.url(OWNER))
    told = CliRunner().invoke(main, ["migrate", direction, "no-such"])
    assert told.exit_code == 1
    assert "there is no migration no-such. There are: " in told.stderr


async def test_a_migration_that_fails_leaves_nothing_behind(
    emptied: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = emptied.url(OWNER)
    part = tmp_path / "disclosure" / "gate"
    part.mkdir(parents=True)
    (part / "broken.sql").write_text("create table portal.half (); select no_such_column")
    monkeypatch.setattr(apply, "PORTAL", tmp_path)
    with pytest.raises(OperateError, match="no_such_column"):
        await migrate.migrate(url)
    assert await _schemas(emptied) == 0
