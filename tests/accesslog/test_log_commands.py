"""`portal log`: the checkpoint that an auditor keeps, and the verification that compares with it."""

import asyncio
import io
import json
import os
import signal
from dataclasses import astuple
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from portal.accesslog import commands
from portal.accesslog.seal import keys, reader
from portal.accesslog.seal.apart import ReaderLost, apart
from portal.accesslog.seal.progress import Progressed
from portal.accesslog.seal.questions import AS_OWNER
from portal.accesslog.seal.sealer import seal
from portal.accesslog.seal.tree import Tree
from portal.accesslog.seal.verify import verify
from portal.accesslog.seal.written import OWN_NAMES
from portal.cli import main
from tests.accesslog.tampering import Sealed, restore_a_backup, sealed_log
from tests.database import Database
from tests.disclosure.conftest import stage  # noqa: F401 - the cast in a database
from tests.disclosure.stage import Stage


@pytest.fixture(autouse=True)
def at_home(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url("portal_owner"))
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path))


@pytest.fixture
async def log(stage: Stage, tmp_path: Path) -> Sealed:  # noqa: F811
    """A log that was sealed eight times by a worker of this home."""
    return await sealed_log(stage, tmp_path / "log-key")


async def typed(*words: str) -> Result:
    """Type the command; in a thread of its own, because it brings its own event loop."""
    return await asyncio.to_thread(CliRunner().invoke, main, ["log", *words])


async def test_an_auditor_keeps_a_checkpoint_and_compares_later(log: Sealed, stage: Stage, tmp_path: Path) -> None:  # noqa: F811
    kept = tmp_path / "kept.txt"
    kept.write_text((await typed("checkpoint")).stdout, encoding="utf-8")
    key = (await typed("key")).stdout.strip()
    await stage.search(stage.people.aiko)
    assert await seal(await stage.database.connect("portal_worker"), tmp_path / "log-key", "") == 1

    result = await typed("verify", "--kept", str(kept), "--key", key)
    assert result.exit_code == 0, result.output
    assert f"The log is whole: {len(log.entries) + 1} sealed entries agree with 9 signed checkpoints." in result.stdout
    assert f"It continues the checkpoint of {len(log.entries)} entries that was kept." in result.stdout

    await log.superuser.execute("begin")
    await restore_a_backup(log, Random(1))
    await log.superuser.execute("commit")
    alone = await typed("verify")
    assert alone.exit_code == 0, "nothing in the database disagrees"
    result = await typed("verify", "--kept", str(kept), "--json")
    assert result.exit_code == 1
    assert [fault["kind"] for fault in json.loads(result.stdout)["wrong"]] == ["rolled_back"]


async def test_what_was_changed_is_named(log: Sealed, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """By processes that read ahead, too, as for a long log."""
    monkeypatch.setattr(commands, "ALONE", 0)
    whole = await typed("verify")
    assert (whole.exit_code, whole.stdout.split(" sealed")[0]) == (0, f"The log is whole: {len(log.entries)}")
    await log.superuser.execute("update accesslog.entry set items = items # 1 where id = $1", log.entries[3]["id"])
    for alone in (0, 1000):
        monkeypatch.setattr(commands, "ALONE", alone)
        result = await typed("verify")
        assert result.exit_code == 1
        assert result.stdout == f"changed: The entry {log.entries[3]['id']} is not what was sealed.\n"

    held = log.superuser.transaction(isolation="repeatable_read", readonly=True)
    await held.start()
    async with apart(log.superuser, database.url("postgres"), AS_OWNER.pages, 1) as (one,):
        os.kill(one.process, signal.SIGKILL)
        with pytest.raises(ReaderLost, match=r"ended \(exit code -9\)"):
            await verify(log.superuser, log.signer.verifier, readers=[one])
    with pytest.raises(ReaderLost, match="does not exist"):
        async with apart(log.superuser, database.url("postgres").replace(database.name, "nowhere"), AS_OWNER.pages, 1):
            pass
    await held.rollback()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["verify", "--key", "abc"], "This is no public key of a log"),
        (["verify", "--key", "a+00000000+AAAA"], "This is no public key of a log"),
    ],
)
async def test_what_is_no_key_is_said(log: Sealed, words: list[str], said: str) -> None:
    result = await typed(*words)
    assert result.exit_code == 1
    assert said in result.output


async def test_a_public_key_that_was_spoiled_in_the_home_is_said(log: Sealed, tmp_path: Path) -> None:
    (tmp_path / "log-key" / keys.PUBLIC).write_text("spoiled", encoding="utf-8")
    result = await typed("verify")
    assert result.exit_code == 1
    assert f"{tmp_path / 'log-key' / keys.PUBLIC}: This is no public key of a log" in result.output


async def test_what_is_no_checkpoint_is_said(log: Sealed, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("12 entries", encoding="utf-8")
    result = await typed("verify", "--kept", str(kept))
    assert result.exit_code == 1
    assert "Nothing was verified: This is no checkpoint" in result.output


@pytest.mark.usefixtures("stage")
async def test_before_the_worker_sealed_anything_it_says_so() -> None:
    for words in ("checkpoint", "key", "verify"):
        result = await typed(words)
        assert result.exit_code == 1
        assert "worker" in result.output


async def test_what_a_process_that_reads_answers_comes_to_the_signed_root(
    log: Sealed, database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with log.superuser.transaction(isolation="repeatable_read", readonly=True):
        snapshot = await log.superuser.fetchval("select pg_export_snapshot()")
        told = [database.url("postgres"), snapshot, OWN_NAMES, astuple(AS_OWNER.pages)]
        lines = [told, [0, len(log.entries), []], [len(log.entries), 2 * len(log.entries), []]]
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(json.dumps(line) + "\n" for line in lines)))
        await reader.read()
    _server, parts, beyond = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    tree = Tree()
    for first, many, root in parts:
        assert first == tree.size
        tree.add(bytes.fromhex(root), many)
    assert (tree.size, beyond) == (len(log.entries), [])
    assert tree.root == await log.superuser.fetchval("select root from accesslog.checkpoint order by size desc limit 1")


def test_a_progress_that_adds_up_to_no_tree_is_begun_anew(tmp_path: Path) -> None:
    progressed, tree = Progressed(tmp_path / "progress", "key"), Tree()
    tree.add(bytes(32), 4)
    progressed.write(tree)
    assert progressed.read() == tree
    assert Progressed(progressed.file, "another").read() is None
    for broken in ('{"key": "key", "size": 3, "edges": ["AAAA"]}', '{"key": "key", "size": 1}', "[]", "{"):
        progressed.file.write_text(broken, encoding="utf-8")
        assert progressed.read() is None, broken
