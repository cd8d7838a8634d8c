"""A witness elsewhere, by its command: what it cosigns, the portal keeps and can require."""

import asyncio
import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner, Result

from portal.accesslog.seal.place import Place
from portal.accesslog.seal.publish import Publisher
from portal.accesslog.seal.sealer import seal
from portal.cli import main
from portal.operate import publishing
from portal.settings import Settings, load_settings
from tests.accesslog.tampering import Sealed, _sign_anew, restore_a_backup, sealed_log
from tests.database import Database
from tests.disclosure.conftest import stage  # noqa: F401 - the cast in a database
from tests.disclosure.stage import Stage


@pytest.fixture(autouse=True)
def at_home(database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url("portal_owner"))
    monkeypatch.setenv("PORTAL_HOME", str(tmp_path / "home"))


@pytest.fixture
async def log(stage: Stage, tmp_path: Path) -> Sealed:  # noqa: F811
    """A log that was sealed eight times by a worker of this home."""
    return await sealed_log(stage, tmp_path / "home/log-key")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The published folder, as a web server gives it to anybody."""
    (tmp_path / "home/published-log").mkdir(parents=True)
    files = functools.partial(_Silent, directory=str(tmp_path / "home/published-log"))
    with ThreadingHTTPServer(("127.0.0.1", 0), files) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


async def typed(*words: str) -> Result:
    """Type the command; in a thread of its own, because it brings its own event loop."""
    return await asyncio.to_thread(CliRunner().invoke, main, list(words))


async def publish(stage: Stage, settings: Settings) -> None:  # noqa: F811
    """As the worker does."""
    place = Place.open(settings.log_published_url, making=True)
    await Publisher(place).publish(await stage.database.connect("portal_worker"))


async def test_a_witness_cosigns_what_continues_and_the_portal_keeps_it(
    log: Sealed,
    stage: Stage,  # noqa: F811
    served: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key = (await typed("log", "key")).stdout.strip()
    there, cosigned = ["--state", str(tmp_path / "witness")], str(tmp_path / "cosigned")
    look = ["witness", "run", "--log-key", key, "--from", served, "--to", cosigned, *there]
    assert "`portal witness key --name NAME` makes it" in (await typed(*look)).output
    named = (await typed("witness", "key", "--name", "witness.example", *there)).stdout.strip()
    assert named.startswith("witness.example+")
    assert (await typed("witness", "key", "--name", "witness.example", *there)).stdout.strip() == named
    assert "No checkpoint is published" in (await typed(*look)).output

    monkeypatch.setenv("PORTAL_LOG_WITNESSES", f"{named} {cosigned}")
    monkeypatch.setenv("PORTAL_LOG_WITNESSES_NEEDED", "1")
    settings = load_settings()
    (asked,) = publishing.witnesses(settings)
    worker = await stage.database.connect("portal_worker")
    state = "select state, size from portal.log_witness where name = 'witness.example'"
    await publishing.look(worker, asked)
    assert tuple(await stage.owner.fetchrow(state)) == ("away", None), "its folder is not there yet"

    await publish(stage, settings)
    result = await typed(*look)
    assert (result.exit_code, result.stdout) == (0, f"Cosigned {log.kept.size} entries.\n")
    await publishing.look(worker, asked)
    await publishing.look(worker, asked)
    assert tuple(await stage.owner.fetchrow(state)) == ("cosigned", log.kept.size)
    assert await stage.owner.fetchval("select count(*) from accesslog.cosignature") == 1
    result = await typed("log", "verify")
    assert result.exit_code == 0, result.output
    assert f"Witnesses have cosigned {log.kept.size} of them." in result.stdout

    await stage.search(stage.people.aiko)
    await seal(worker, settings.log_key_folder, "")
    await log.superuser.execute("update accesslog.checkpoint set sealed_at = now() - interval '2 hours'")
    result = await typed("log", "verify")
    assert result.exit_code == 1
    assert result.stdout.startswith("not_cosigned: 1 witnesses are needed.")
    await publish(stage, settings)
    assert (await typed(*look)).stdout == f"Cosigned {log.kept.size + 1} entries.\n"
    await log.superuser.execute("update accesslog.cosignature set line = replace(line, 'witness', 'other')")
    assert "cosignature: The cosignature of witness.example is not one" in (await typed("log", "verify")).stdout


@pytest.mark.parametrize("undone", ["restored", "forked"])
async def test_a_witness_refuses_a_fork_and_a_rollback(
    log: Sealed,
    stage: Stage,  # noqa: F811
    tmp_path: Path,
    undone: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    key, there = log.signer.verifier.text, ["--state", str(tmp_path / "witness")]
    named = (await typed("witness", "key", "--name", "w", *there)).stdout.strip()
    monkeypatch.setenv("PORTAL_LOG_WITNESSES", f"{named} {tmp_path / 'cosigned'}")
    good, bad = tmp_path / "good", tmp_path / "bad"
    assert (await typed("log", "publish", str(good))).stdout.startswith(f"Published {log.kept.size} more")
    look = ["witness", "run", "--log-key", key, *there]
    assert (await typed(*look, "--from", str(good), "--to", str(tmp_path / "cosigned"))).exit_code == 0

    await log.superuser.execute("begin")
    if undone == "restored":
        await restore_a_backup(log, Random(1))
    else:
        await log.superuser.execute("update accesslog.entry set items = items # 1 where id = $1", log.entries[1]["id"])
        await _sign_anew(log)
    await log.superuser.execute("commit")
    assert (await typed("log", "verify")).exit_code == 0, "nothing in the database disagrees"
    assert (await typed("log", "publish", str(good))).exit_code == 1, "nor does it go on with what it published"
    assert (await typed("log", "publish", str(bad))).exit_code == 0
    result = await typed(*look, "--from", str(bad))
    assert result.exit_code == 1
    assert ("Rolled back" if undone == "restored" else "Forked") in result.output
    assert list((tmp_path / "witness").glob("*/refused-*")), "what was refused is kept"
    assert (await typed(*look, "--from", str(good))).exit_code == 0, "what continues is cosigned as before"

    worker = await stage.database.connect("portal_worker")
    await publishing.look(worker, publishing.witnesses(load_settings())[0])
    assert await stage.owner.fetchval("select state from portal.log_witness") == "disagrees"
    assert await stage.owner.fetchval("select count(*) from accesslog.cosignature") == 0


async def test_a_verification_that_was_cut_off_goes_on(log: Sealed, tmp_path: Path) -> None:
    remembered = tmp_path / "progress.json"
    assert (await typed("log", "verify", "--resume", str(remembered))).exit_code == 0
    assert not remembered.exists(), "it came to its end"
    remembered.write_text("no JSON")
    assert (await typed("log", "verify", "--resume", str(remembered))).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "--log-key", "abc", "--from", "."], "This is no public key of a log"),
        (["key", "--name", "a b"], "without spaces"),
    ],
)
async def test_what_cannot_be_is_said(words: list[str], said: str, tmp_path: Path) -> None:
    result = await typed("witness", *words, "--state", str(tmp_path / "witness"))
    assert result.exit_code == 2
    assert said in result.output


async def test_a_place_that_is_none_is_said(log: Sealed, tmp_path: Path) -> None:
    there = ["--state", str(tmp_path / "witness")]
    await typed("witness", "key", "--name", "w", *there)
    for place, said in (("http://elsewhere.example/", "use https"), (str(tmp_path / "none"), "There is no folder")):
        result = await typed("witness", "run", "--log-key", log.signer.verifier.text, "--from", place, *there)
        assert result.exit_code == 1
        assert said in result.output
