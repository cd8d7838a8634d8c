"""Homes that share a server: what one of them runs never takes the passwords of the others' portals from them."""

import asyncio
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest
from click.testing import CliRunner, Result

from portal.cli import main
from portal.operate import migrate as migrations
from portal.operate.cluster import SUPERUSER, Cluster
from portal.operate.connect import connected
from portal.operate.errors import OperateError
from portal.operate.prepare import existing_database, prepared
from portal.operate.roles import (
    DATABASE,
    LOGIN_ROLES,
    OWNER,
    WEB,
    WORKER,
    prepare_server,
    with_role,
    wrong_passwords,
)
from portal.settings import PROJECT, load_settings
from tests.database import copied_cluster, finish, throwaway_cluster
from tests.each import for_each

STORED = "select array_agg(rolpassword order by rolname) from pg_authid where rolname = any($1)"


@pytest.fixture(scope="module")
def seed() -> Iterator[Path]:
    """The folder of a stopped server, and beside it the home from which a portal was made on it."""
    with pytest.MonkeyPatch.context() as patch, throwaway_cluster() as made:
        patch.setenv("PORTAL_DATABASE_URL", made.url(SUPERUSER, SUPERUSER))
        first = made.directory.parent / "first"
        done = typed("migrate", "--home", str(first))
        assert done.exit_code == 0, done.stderr
        made.stop()
        yield made.directory


@pytest.fixture
def server(seed: Path) -> Iterator[Cluster]:
    """A server of an operator's own, as good as; a portal was made on it."""
    with copied_cluster(seed) as running:
        yield running


@pytest.fixture
def administrator(server: Cluster, monkeypatch: pytest.MonkeyPatch) -> str:
    """Its administrator's address, which every command is given."""
    url = server.url(SUPERUSER, SUPERUSER)
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    return url


@pytest.fixture
def first(administrator: str, seed: Path, tmp_path: Path) -> Path:
    """The home from which the portal was made."""
    shutil.copytree(seed.parent / "first", tmp_path / "first")
    return tmp_path / "first"


def typed(*words: str) -> Result:
    """Run the command as typed."""
    return CliRunner().invoke(main, words)


def stored(administrator: str) -> list[str]:
    """What the server keeps of the roles' passwords."""

    async def ask() -> list[str]:
        async with connected(administrator) as admin:
            found: list[str] = await admin.fetchval(STORED, LOGIN_ROLES)
            return found

    return finish(ask())


def signs_in(administrator: str, home: Path, role: str = WEB) -> bool:
    """Whether the role comes in with the password that `home` keeps."""

    async def ask() -> bool:
        word = (home / "postgres" / f"{role}.password").read_text()
        try:
            await (await asyncpg.connect(with_role(administrator, role, word))).close()
        except asyncpg.InvalidPasswordError:
            return False
        return True

    return finish(ask())


@for_each(
    "words",
    [
        ("migrate",),
        ("migrate", "--backwards", "all"),
        ("import", str(PROJECT / "sample")),
        ("account", "new-password", "a@shokai.example"),
        ("demo", "load"),
    ],
)
def test_from_a_home_without_the_passwords_nothing_is_done_and_it_is_said_what_to_do(
    administrator: str, first: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    before = stored(administrator)
    told = typed(*words, "--home", str(tmp_path / "second"))
    assert told.exit_code == (2 if words[0] == "import" else 1)
    assert f"{tmp_path / 'second' / 'postgres'} does not hold the password of portal_" in told.stderr
    copy = "Copy portal_owner.password, portal_web.password, portal_worker.password to"
    assert f"{copy} {tmp_path / 'second' / 'postgres'}" in told.stderr
    assert f"`portal migrate --set-passwords --home {tmp_path / 'second'}`" in told.stderr
    assert stored(administrator) == before
    assert signs_in(administrator, first)
    assert not (tmp_path / "second" / "postgres").exists()


def test_a_start_from_a_home_without_the_passwords_is_refused(administrator: str, first: Path, tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path / "second")
    with pytest.raises(OperateError, match="does not hold the password of portal_"):
        prepared(settings, False, print).__enter__()
    assert signs_in(administrator, first)


def test_from_a_home_with_other_passwords_it_is_refused_too(administrator: str, first: Path, tmp_path: Path) -> None:
    other = tmp_path / "second" / "postgres"
    shutil.copytree(first / "postgres", other)
    (other / "portal_web.password").write_text("of another server")
    told = typed("migrate", "--home", str(tmp_path / "second"))
    assert told.exit_code == 1
    assert f"{other} holds another password than that of portal_web, which is on the server already" in told.stderr
    assert signs_in(administrator, first)


def test_again_from_the_same_home_and_from_one_with_its_passwords(
    administrator: str, first: Path, tmp_path: Path
) -> None:
    before = stored(administrator)
    shutil.copytree(first / "postgres", tmp_path / "second" / "postgres")
    for home in (first, tmp_path / "second"):
        told = typed("migrate", "--home", str(home))
        assert (told.exit_code, told.stdout) == (0, "0 migrations run.\n"), told.stderr
    assert stored(administrator) == before


def test_passwords_are_set_anew_when_that_is_asked_for(administrator: str, first: Path, tmp_path: Path) -> None:
    told = typed("migrate", "--set-passwords", "--home", str(tmp_path / "second"))
    assert told.exit_code == 0, told.stderr
    assert all(signs_in(administrator, tmp_path / "second", role) for role in LOGIN_ROLES)
    assert not signs_in(administrator, first)
    assert f"The roles have the passwords in {tmp_path / 'second' / 'postgres'} now" in told.stdout
    assert "A portal that runs from another home can open no new connection" in told.stdout


def test_a_home_whose_passwords_were_overtaken_is_told(
    administrator: str, first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = migrations.migrate

    async def overtaken(url: str, to: str) -> list[str]:
        ran = await real(url, to)
        await prepare_server(administrator, first / "postgres", set_passwords=True)
        return ran

    monkeypatch.setattr(migrations, "migrate", overtaken)
    told = typed("migrate", "--set-passwords", "--home", str(tmp_path / "second"))
    assert told.exit_code == 1
    assert "another home has set its own since: portal_owner, portal_web, portal_worker cannot sign in" in told.stderr
    assert all(signs_in(administrator, first, role) for role in LOGIN_ROLES)


async def test_two_homes_that_set_passwords_at_once_leave_those_of_one(
    administrator: str, first: Path, tmp_path: Path
) -> None:
    homes = [tmp_path / name / "postgres" for name in ("second", "third", "fourth")]
    await asyncio.gather(*(prepare_server(administrator, home, set_passwords=True) for home in homes))
    wrong = [await wrong_passwords(administrator, home) for home in [first / "postgres", *homes]]
    assert sorted(map(len, wrong)) == [0, 3, 3, 3]


@pytest.mark.parametrize("address", ["owner", "administrator"])
def test_the_doctor_names_passwords_that_are_another_homes_and_the_ways_out(
    administrator: str, first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    assert typed("migrate", "--set-passwords", "--home", str(tmp_path / "second")).exit_code == 0
    word = (first / "postgres" / f"{OWNER}.password").read_text()
    url = with_role(administrator, OWNER, word) if address == "owner" else administrator
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    told = typed("doctor", "--json", "--home", str(first))
    name = "database" if address == "owner" else "passwords of the roles"
    (check,) = [each for each in json.loads(told.stdout) if each["name"] == name]
    assert check["state"] == "failed"
    assert ("password authentication failed" if address == "owner" else "cannot sign in") in check["found"]
    assert f"portal_worker.password to {first / 'postgres'}" in check["remedy"]
    assert "`portal migrate --set-passwords --home" in check["remedy"]


def test_a_role_that_is_missing_is_made_beside_those_that_stand(
    server: Cluster, administrator: str, first: Path
) -> None:
    async def drop() -> None:
        async with connected(server.url(SUPERUSER, DATABASE)) as admin:
            await admin.execute("drop owned by portal_worker; drop role portal_worker")

    finish(drop())
    assert typed("migrate", "--home", str(first)).exit_code == 0
    assert signs_in(administrator, first, WORKER)


def test_portal_owner_sets_no_passwords_and_none_is_invented_that_the_server_does_not_know(
    administrator: str, first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = with_role(administrator, OWNER, (first / "postgres" / "portal_owner.password").read_text())
    monkeypatch.setenv("PORTAL_DATABASE_URL", owner)
    told = typed("migrate", "--set-passwords", "--home", str(first))
    assert told.exit_code == 1
    assert "Only an administrator can set the roles' passwords" in told.stderr
    settings = load_settings(home=tmp_path / "second")
    with existing_database(settings) as found, pytest.raises(OperateError, match=r"Copy portal_web\.password there"):
        found.url(WEB)
    assert not (tmp_path / "second" / "postgres").exists()


def test_setting_passwords_does_not_go_with_going_back() -> None:
    assert typed("migrate", "--set-passwords", "--backwards", "all").exit_code == 2
