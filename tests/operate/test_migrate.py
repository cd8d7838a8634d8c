"""Migrations run once, whole or not at all, forward and backward."""

import asyncio
import sys
from pathlib import Path

import asyncpg
import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.disclosure import apply
from portal.operate import migrate
from portal.operate.errors import OperateError
from portal.operate.roles import OWNER
from tests.database import Database, finish

_SCHEMAS = "select count(*) from pg_namespace where nspname in ('portal', 'personal', 'accesslog', 'gate')"


async def _schemas(database: Database) -> int:
    connection = await asyncpg.connect(database.url(OWNER))
    try:
        found: int = await connection.fetchval(_SCHEMAS)
        return found
    finally:
        await connection.close()


async def test_back_to_nothing_and_forward_again(database: Database) -> None:
    url = database.url(OWNER)
    undone = await migrate.migrate_back(url, "all")
    assert await _schemas(database) == 0
    assert await migrate.pending(url) == undone
    assert await migrate.migrate(url) == [*undone, migrate.GATE]
    assert await _schemas(database) == 4
    assert await migrate.pending(url) == []
    assert await migrate.migrate(url) == []


async def test_up_to_one_and_no_further(database: Database) -> None:
    url = database.url(OWNER)
    first, *rest = await migrate.migrate_back(url, "all")
    assert await migrate.migrate(url, first) == [first]
    assert await migrate.pending(url) == rest


async def test_two_migrators_wait_for_each_other(database: Database) -> None:
    url = database.url(OWNER)
    undone = await migrate.migrate_back(url, "all")
    ran = await asyncio.gather(*(_in_a_process(url) for _ in range(2)))
    assert sorted(ran) == sorted([str(len(undone) + 1), "0"])


async def _in_a_process(url: str) -> str:
    code = "import asyncio, sys; from portal.operate.migrate import migrate\n"
    code += "print(len(asyncio.run(migrate(sys.argv[1]))))"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, url, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    return said.decode().strip()


@pytest.mark.parametrize("step", [migrate.migrate, migrate.migrate_back])
async def test_an_unknown_name_is_refused(database: Database, step: object) -> None:
    assert callable(step)
    if step is migrate.migrate:
        await migrate.migrate_back(database.url(OWNER), "all")
        with pytest.raises(OperateError, match="no-such"):
            await step(database.url(OWNER), "no-such")
        assert await _schemas(database) == 0
    else:
        with pytest.raises(OperateError, match="refused"):
            await step(database.url(OWNER), "no-such")
        assert await _schemas(database) == 4


@pytest.mark.parametrize("direction", ["--to", "--backwards"])
def test_an_unknown_name_is_refused_when_there_is_nothing_to_do_too(
    database: Database, direction: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url(OWNER))
    if direction == "--backwards":
        finish(migrate.migrate_back(database.url(OWNER), "all"))
    told = CliRunner().invoke(main, ["migrate", direction, "no-such"])
    assert told.exit_code == 1
    assert "there is no migration no-such. There are: " in told.stderr


async def test_a_migration_that_fails_leaves_nothing_behind(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database.url(OWNER)
    await migrate.migrate_back(url, "all")
    (tmp_path / "1_broken.sql").write_text("create table portal.half (); select no_such_column")
    monkeypatch.setattr(apply, "FOLDER", tmp_path)
    with pytest.raises(OperateError, match="no_such_column"):
        await migrate.migrate(url)
    assert await _schemas(database) == 0
