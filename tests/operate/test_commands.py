"""What an operator typed is answered: before there is a database, without its server, and when it is misspelt."""

import os
import pwd
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from portal.cli import COMMANDS, main
from portal.operate.check_database import passwords_check
from portal.operate.check_machine import machine_checks
from portal.operate.cluster import SUPERUSER
from portal.operate.connect import connected
from portal.operate.errors import OperateError
from portal.operate.prepare import existing_database, reachable_owner
from portal.settings import PROJECT, Settings, load_settings
from tests.database import throwaway_cluster
from tests.operate.running import new_home

SAMPLE = str(PROJECT / "sample")
ALICE = ("account", "create", "--name", "Alice", "--email", "alice@shokai.example", "--role", "administrator")
NEED_A_DATABASE = [
    (("import", SAMPLE), 2),
    (("import", SAMPLE, "--dry-run"), 2),
    (ALICE, 1),
    (("account", "new-password", "alice@shokai.example"), 1),
    (("demo", "load"), 1),
    (("migrate", "--backwards", "all"), 1),
]


def typed(*words: str) -> Result:
    """Run the command as typed."""
    return CliRunner().invoke(main, words)


@pytest.mark.parametrize(("words", "code"), NEED_A_DATABASE)
def test_before_the_first_start_it_is_said_how_to_start_and_nothing_is_made(
    words: tuple[str, ...], code: int, tmp_path: Path
) -> None:
    told = typed(*words, "--home", str(tmp_path / "new"))
    assert told.exit_code == code
    assert f"no portal in {tmp_path / 'new'} yet" in told.stderr
    assert "script/server" in told.stderr
    assert "portal migrate" in told.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make another account's home")
@pytest.mark.parametrize("asking", [reachable_owner, existing_database])
def test_another_accounts_home_is_said_to_be_one(
    asking: Callable[[Settings], AbstractContextManager[object]],
) -> None:
    with closed_home() as settings, pytest.raises(OperateError, match="is another account's"), asking(settings):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make another account's home")
async def test_the_doctor_finds_another_accounts_keys_and_documents_closed() -> None:
    with closed_home() as settings:
        failed = {check.name for check in await machine_checks(settings) if check.state == "failed"}
    assert {"master keys", "object store"} <= failed


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make another account's home")
async def test_the_doctor_leaves_out_the_passwords_of_another_accounts_home() -> None:
    with closed_home() as settings:
        assert (await passwords_check("postgresql:///", settings.home / "postgres")).state == "skipped"


@contextmanager
def closed_home() -> Iterator[Settings]:
    """The settings for a home of root's, met by somebody who is not root."""
    with new_home() as home:
        for folder in ("postgres/data", "keys", "documents"):
            (home / folder).mkdir(parents=True)
        settings = load_settings(home=home)
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
        try:
            yield settings
        finally:
            os.seteuid(0)


async def test_a_server_without_a_portal_is_said_and_left_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with throwaway_cluster() as empty:
        monkeypatch.setenv("PORTAL_DATABASE_URL", empty.url(SUPERUSER, SUPERUSER))
        with ThreadPoolExecutor(1) as apart:
            told = apart.submit(typed, "import", SAMPLE, "--home", str(tmp_path / "new")).result()
        async with connected(empty.url(SUPERUSER, SUPERUSER)) as admin:
            assert await admin.fetchval("select count(*) from pg_roles where rolname like 'portal_%'") == 0
    assert told.exit_code == 2
    assert "no portal on the server of PORTAL_DATABASE_URL yet" in told.stderr
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("words", [("doctor",), ("demo", "sign-ins")])
def test_what_only_looks_makes_no_home(words: tuple[str, ...], tmp_path: Path) -> None:
    typed(*words, "--home", str(tmp_path / "new"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("words", "code"), [*NEED_A_DATABASE, (("migrate",), 1)])
@pytest.mark.parametrize("url", ["postgresql://root:secret@127.0.0.1:1/x", "postgresql://root:sec/ret@127.0.0.1:1/x"])
def test_a_server_that_does_not_answer_is_said_without_its_password(
    words: tuple[str, ...], code: int, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    told = typed(*words, "--home", str(tmp_path / "new"))
    assert told.exit_code == code
    assert "PORTAL_DATABASE_URL" in told.stderr
    assert "sec" not in told.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("misspelt", "meant"), [("improt", "import"), ("docter", "doctor"), ("acount", "account")])
def test_a_misspelt_command_is_answered_with_the_one_that_was_meant(misspelt: str, meant: str) -> None:
    told = typed(misspelt)
    assert told.exit_code == 2
    assert f"Did you mean '{meant}'?" in told.stderr


def test_forward_and_backwards_at_once_is_not_understood() -> None:
    assert typed("migrate", "--to", "a", "--backwards", "b").exit_code == 2


def test_a_wrong_setting_keeps_an_import_from_running(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_PORT", "many")
    told = typed("import", SAMPLE)
    assert told.exit_code == 2
    assert "PORTAL_PORT is 'many'" in told.stderr


def test_exit_codes_are_told_by_help_and_every_option_of_every_command_is_explained() -> None:
    assert "Exit codes: 0 done" in typed("--help").stdout
    context = main.make_context("portal", [], resilient_parsing=True)
    commands = [main.get_command(context, name) for name in COMMANDS]
    for command in [each for found in commands for each in getattr(found, "commands", {"": found}).values()]:
        assert command.help
        options = [each for each in command.params if isinstance(each, click.Option)]
        assert [each.name for each in options if not each.help] == []
