"""The commands as an operator runs them: exit codes, what is printed, and the demo's sign-ins."""

import json
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import pytest
from click.testing import CliRunner, Result

from portal.accounts.passwords import Parameters, proof
from portal.cli import main
from portal.intake import commands
from portal.settings import PROJECT, Settings
from tests.intake.folders import CONSENT, write_table, write_world


def words_of(settings: Settings) -> dict[str, str]:
    """What a command is told by its environment: the test's database and home."""
    told = {"PORTAL_DATABASE_URL": str(settings.database_url), "PORTAL_HOME": str(settings.home)}
    return told | {"COLUMNS": "160", "PORTAL_RENDER_WORKERS": "1"}


def portal(settings: Settings, *arguments: str) -> Result:
    """The command, in a thread of its own because it brings its own event loop."""
    with ThreadPoolExecutor(1) as apart:
        told = apart.submit(CliRunner().invoke, main, arguments, env=words_of(settings)).result()
    assert told.exception is None or isinstance(told.exception, SystemExit), told.exception
    return told


def as_a_process(settings: Settings, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as it is installed."""
    command = [sys.executable, "-m", "portal.cli", *arguments]
    environment = os.environ | words_of(settings)
    return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)


def test_the_exit_code_says_whether_all_some_or_nothing_was_usable(settings: Settings, tmp_path: Path) -> None:
    folder = write_world(tmp_path / "in")
    good = as_a_process(settings, "import", str(folder), "--language", "en")
    assert good.returncode == 0, good.stderr
    write_table(folder, "consents", CONSENT, CONSENT | {"reference": "CS-2", "items": "name;shoe_size"})
    some = portal(settings, "import", str(folder), "--language", "en")
    assert some.exit_code == 1
    assert "consents.csv:3 items has “name;shoe_size”: expected items separated by semicolons" in some.stdout
    japanese = portal(settings, "import", str(folder), "--language", "ja", "--dry-run")
    assert "consents.csv:3 items の値は「name;shoe_size」です。正しくは" in japanese.stdout
    write_table(folder, "consents", CONSENT)
    (folder / "outcomes.csv").unlink()
    behind = portal(settings, "import", str(folder), "--language", "en")
    assert behind.exit_code == 0
    assert "Note: introductions.csv:2 stage has “interview”: The portal is already at “decided”" in behind.stdout
    (tmp_path / "empty").mkdir()
    assert portal(settings, "import", str(tmp_path / "empty")).exit_code == 2
    assert portal(settings, "import", str(tmp_path / "missing")).exit_code == 2


async def test_a_folder_without_a_record_is_said_to_be_one(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "notes.txt").write_text("to do")
    told = portal(settings, "import", str(folder), "--language", "en")
    assert told.exit_code == 2
    assert f"The folder {folder} holds none of the files that are imported: companies.csv, openings.csv" in told.stderr
    assert "candidates/" in told.stderr
    told = portal(settings, "import", str(folder), "--language", "ja", "--dry-run")
    assert "取り込みの対象となるファイルがありません" in told.stderr
    write_table(folder, "consents", CONSENT)
    heading = (folder / "consents.csv").read_text().splitlines()[0]
    (folder / "consents.csv").write_text(f"{heading}\n")
    told = portal(settings, "import", str(folder), "--language", "en")
    assert (told.exit_code, f"No file of the folder {folder} has a row." in told.stderr) == (2, True)


@pytest.mark.parametrize(
    ("ended_by", "reason"),
    [
        (asyncpg.AdminShutdownError("terminating connection"), "terminating connection"),
        (asyncpg.DeadlockDetectedError("deadlock detected"), "deadlock detected"),
        (asyncpg.InvalidSchemaNameError('schema "gate" does not exist'), 'schema "gate" does not exist'),
        (asyncpg.InternalClientError("another operation is in progress"), "another operation is in progress"),
        (KeyboardInterrupt(), "interrupted"),
    ],
)
def test_what_ends_an_import_before_its_end_is_said_in_a_sentence(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended_by: BaseException, reason: str
) -> None:
    async def cut(*_settings: object, **_options: object) -> None:
        raise ended_by

    monkeypatch.setattr(commands, "run_import", cut)
    monkeypatch.setenv("PORTAL_DATABASE_URL", str(settings.database_url))
    words = ["import", str(tmp_path), "--home", str(tmp_path), "--language", "en"]
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 2
    assert f"The import stopped: {reason}. What was taken" in told.stderr
    assert len(told.stderr.splitlines()) == 1


def test_a_value_is_shown_as_text_and_not_as_markup(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_table(folder, "consents", CONSENT | {"items": "[red]name[/red]\x1b[2J"})
    shown = portal(settings, "import", str(folder), "--language", "en", "--dry-run").stdout
    assert "[red]name[/red]\ufffd[2J" in shown


async def test_the_demo_is_loaded_once_and_its_sign_ins_work(settings: Settings, owner: asyncpg.Connection) -> None:
    none = portal(settings, "demo", "sign-ins")
    assert (none.exit_code, none.stdout) == (1, "")
    assert f"No demo world was loaded in {settings.home}" in none.stderr
    assert "`portal demo load`" in none.stderr
    loaded = portal(settings, "demo", "load")
    assert loaded.exit_code == 0, loaded.stderr
    printed = portal(settings, "demo", "sign-ins")
    *listed, signatory = json.loads(printed.stdout)
    assert (signatory["role"], signatory["company"]) == ("signatory", "社会福祉法人しろつめ会")
    assert "/link?lang=ja#" in signatory["link"]
    assert {each["role"] for each in listed} == {
        "recruiter", "employer_admin", "account_manager", "compliance", "administrator",
    }  # fmt: skip
    assert all(set(each) == {"role", "company", "email", "password"} for each in listed)
    assert stat.S_IMODE((settings.home / "demo-sign-ins.json").stat().st_mode) == 0o600
    row = await owner.fetchrow(
        "select * from portal.credential join portal.account on account.id = account_id where email = $1",
        listed[0]["email"],
    )
    proved = proof(
        listed[0]["password"], row["salt"], Parameters(row["time_cost"], row["memory_kib"], row["parallelism"])
    )
    assert await owner.fetchval("select sha256($1) = $2", proved, row["proof_hash"])
    assert portal(settings, "demo", "load").exit_code == 0
    assert portal(settings, "demo", "sign-ins").stdout == printed.stdout
