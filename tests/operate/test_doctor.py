"""`portal doctor` finds what is wrong and says what to do."""

import json
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from portal.cli import main
from portal.operate.check_database import database_checks
from portal.operate.check_machine import machine_checks
from portal.operate.check_proxy import proxy_check
from portal.operate.cluster import SUPERUSER
from portal.operate.roles import OWNER, WEB, prepare_server
from portal.operate.system import missing_confinement, packages
from portal.resume import seccomp
from portal.settings import load_settings
from tests.database import Database

_BREAKAGES = [
    ("grant usage on schema personal to portal_web", "rights of the web process", "personal"),
    ("grant select on personal.candidate to portal_web", "rights of the web process", "candidate"),
    ("grant select (id) on accesslog.entry to portal_web", "rights of the web process", "entry"),
    ("alter table portal.account no force row level security", "row-level security", "account"),
    ("comment on schema gate is 'touched'", "the gate", "not the text"),
    ("delete from public.migration where name like '%08:10%'", "migrations", "08:10"),
]


async def test_a_fresh_database_is_in_order(database: Database) -> None:
    checks = await database_checks(database.url(OWNER))
    assert [check for check in checks if check.state != "ok"] == []
    assert len(checks) == 9


@pytest.mark.parametrize(("breakage", "name", "found"), _BREAKAGES)
async def test_what_somebody_broke_is_found(database: Database, breakage: str, name: str, found: str) -> None:
    owner = await database.connect(OWNER)
    await owner.execute(breakage)
    failed = [check for check in await database_checks(database.url(OWNER)) if check.state == "failed"]
    assert [check.name for check in failed] == [name]
    assert found in failed[0].found
    assert failed[0].remedy


@pytest.mark.parametrize(
    ("setting", "found"),
    [
        ("in database {name} set statement_timeout = '1ms'", "portal_web has statement_timeout=1ms in database {name}"),
        (
            "set statement_timeout = '1ms'",
            "portal_web has statement_timeout=1ms; portal_web lacks statement_timeout=15s",
        ),
        ("reset lock_timeout", "portal_web lacks lock_timeout=5s"),
    ],
)
async def test_what_the_web_role_keeps_for_itself_is_found(database: Database, setting: str, found: str) -> None:
    web = await database.connect(WEB)
    await web.execute(f"alter role portal_web {setting.format(name=database.name)}")
    try:
        (failed,) = [check for check in await database_checks(database.url(OWNER)) if check.state == "failed"]
    finally:
        await prepare_server(database.cluster.url(SUPERUSER, SUPERUSER), database.cluster.directory)
    assert (failed.name, failed.found) == ("settings of the roles", found.format(name=database.name))
    assert "roles.sql" in failed.remedy
    assert [check for check in await database_checks(database.url(OWNER)) if check.state != "ok"] == []


async def test_a_store_that_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = load_settings(home=tmp_path, store_url=f"file://{tmp_path}/file/below")
    failed = {check.name: check for check in await machine_checks(settings) if check.state == "failed"}
    assert {"object store", "master keys"} <= set(failed)
    assert "PORTAL_STORE_URL" in failed["object store"].remedy


def test_the_command_prints_json_and_its_exit_code_tells(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url(OWNER))
    told = CliRunner().invoke(main, ["doctor", "--json", "--home", str(tmp_path)])
    checks = {check["name"]: check for check in json.loads(told.output)}
    assert checks["roles"]["state"] == "ok"
    assert checks["master keys"]["state"] == "failed"
    assert told.exit_code == 1


def test_without_a_database_it_says_how_to_start_one(tmp_path: Path) -> None:
    told = CliRunner().invoke(main, ["doctor", "--home", str(tmp_path / "new")])
    assert told.exit_code == 1
    assert "portal up" in told.output


def answering(way: str | None) -> httpx.MockTransport:
    """A portal, or something else, at the address of the settings."""
    headers = {} if way is None else {"Portal-Caller": way}
    return httpx.MockTransport(lambda request: httpx.Response(200, headers=headers))


@pytest.mark.parametrize(
    ("way", "state"),
    [("direct", "ok"), ("forwarded", "ok"), ("unlisted", "failed"), ("unreadable", "failed"), (None, "skipped")],
)
def test_whether_the_portal_learns_who_asks_is_asked_of_the_portal(way: str | None, state: str) -> None:
    check = proxy_check(load_settings(), answering(way))
    assert check.state == state
    assert ("PORTAL_TRUSTED_PROXIES" in check.remedy) == (state == "failed")


def test_over_https_a_proxy_has_to_be_listed() -> None:
    open_to_all = {"base_url": "https://portal.example.jp"}
    assert "PORTAL_TRUSTED_PROXIES" in proxy_check(load_settings(**open_to_all), answering("direct")).remedy
    assert proxy_check(load_settings(**open_to_all, trusted_proxies="10.0.0.1"), answering("forwarded")).state == "ok"


def test_a_portal_that_does_not_run_is_not_asked() -> None:
    assert proxy_check(load_settings(base_url="http://127.0.0.1:1")).state == "skipped"


async def test_what_the_server_tells_the_web_process_is_named_with_its_remedy(database: Database) -> None:
    superuser = await database.connect("postgres")
    await superuser.execute("grant select on pg_class to public")
    (check,) = [one for one in await database_checks(database.url("portal_owner")) if "server tells" in one.name]
    assert (check.state, check.found) == ("failed", "how many rows a table has")
    assert "counters.sql" in check.remedy


async def test_a_machine_that_cannot_confine_a_worker_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(seccomp, "LIBRARY", "libnothing.so")
    seccomp._library.cache_clear()
    (check,) = [each for each in await machine_checks(load_settings(home=tmp_path)) if each.name == "confined workers"]
    assert (check.state, check.found) == ("failed", "libnothing.so is missing (package libseccomp2)")
    assert "apt-get install --no-install-recommends libseccomp2" in check.remedy
    assert "libseccomp2" in packages(missing_confinement())
