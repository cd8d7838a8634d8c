"""Commands that use the embedded server of one home at the same time: none makes, starts or stops it under another."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from portal.operate import server_use
from portal.operate.cluster import Cluster
from portal.operate.errors import OperateError
from portal.operate.home import embedded_cluster
from portal.operate.locks import ALONE, TOGETHER, hold, hold_at_once, lock_file
from portal.operate.postmaster import living_postmaster
from portal.operate.server_use import server_kept, server_left_as_it_is, server_used
from portal.settings import PROJECT
from tests.database import put_migrated
from tests.operate.running import Up, free_port, kill, new_home, processes_of, start, wait_until_gone

USE_IT = """
import sys
from pathlib import Path
from portal.operate.home import embedded_cluster
from portal.operate.server_use import server_used
with server_used(embedded_cluster(Path(sys.argv[1]))):
    print("used", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def home() -> Iterator[Path]:
    """A new empty folder."""
    with new_home() as made:
        yield made


@pytest.fixture
def unmade(home: Path) -> Cluster:
    """Its server, neither made nor started."""
    return quick(home)


@pytest.fixture
def cluster(unmade: Cluster) -> Cluster:
    """Its server, made and migrated before, not started."""
    put_migrated(unmade.directory)
    return unmade


def quick(home: Path) -> Cluster:
    """The server of `home` without fsync."""
    found = embedded_cluster(home)
    found.durable = False
    return found


def command(home: Path, *words: str) -> subprocess.Popen[str]:
    """Start a real command on `home`."""
    return python("-m", "portal.cli", *words, "--home", str(home))


def python(*words: str) -> subprocess.Popen[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
    return subprocess.Popen(
        [sys.executable, *words], cwd=PROJECT, env=environment, text=True, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip


def other_user(home: Path) -> subprocess.Popen[str]:
    """A process that uses the server of `home` until it is let go by `communicate`."""
    process = python("-c", USE_IT, str(home))
    assert process.stdout is not None
    assert "used\n" in iter(process.stdout.readline, "")
    return process


def test_whoever_started_the_server_stays_until_the_others_have_ended(
    cluster: Cluster, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alive: list[bool] = []
    with server_used(cluster):
        other = other_user(home)

        def let_go(said: str) -> None:
            assert "it stops when they have ended" in said
            alive.append(cluster.running)
            Thread(target=other.communicate, args=("",)).start()

        monkeypatch.setattr(server_use, "_tell", let_go)
    assert alive == [True]
    assert other.wait(30) == 0
    assert living_postmaster(cluster.data) is None


def test_ctrl_c_while_it_stays_stops_the_server_at_once(
    cluster: Cluster, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def press(_said: str) -> None:
        raise KeyboardInterrupt

    use = server_used(cluster)
    use.__enter__()
    other = other_user(home)
    monkeypatch.setattr(server_use, "_tell", press)
    with pytest.raises(KeyboardInterrupt):
        use.__exit__(None, None, None)
    assert living_postmaster(cluster.data) is None
    other.communicate("", 30)


def test_several_first_commands_at_once_make_one_database_and_all_succeed(home: Path) -> None:
    started = [command(home, "migrate") for _ in range(3)]
    said = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0] * 3, said
    assert sum("Making the database" in each for each in said) == 1
    assert sum(" 0 migrations run." in f" {each}".replace("\n", " ") for each in said) == 2
    assert not processes_of(home)


def test_nobody_makes_or_starts_a_server_while_another_does(unmade: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = unmade
    partial = cluster.directory / "data.partial"
    partial.mkdir()
    monkeypatch.setattr(server_use, "_PATIENCE", 0.3)
    with lock_file(cluster.directory / "in-use.lock") as lock:
        hold(lock, ALONE)
        with pytest.raises(OperateError, match="neither runs nor can be started"), server_used(cluster):
            pass
        assert partial.exists()
    with server_used(cluster):
        assert not partial.exists()


def test_what_was_killed_holds_nothing(cluster: Cluster, home: Path) -> None:
    killed = other_user(home)
    kill(killed.pid)
    killed.communicate()
    with server_used(cluster):
        assert cluster.running
    wait_until_gone(home)


def test_the_doctor_keeps_the_server_that_it_looks_at_and_makes_no_lock(cluster: Cluster) -> None:
    with server_left_as_it_is(cluster.directory):
        assert not (cluster.directory / "in-use.lock").exists()
    with server_used(cluster), server_left_as_it_is(cluster.directory):
        pass
    with server_left_as_it_is(cluster.directory), lock_file(cluster.directory / "in-use.lock") as lock:
        assert hold_at_once(lock, TOGETHER)
        assert not hold_at_once(lock, ALONE)


def test_a_portal_that_is_stopped_waits_for_nobody(cluster: Cluster, home: Path) -> None:
    with server_kept(cluster):
        other = other_user(home)
    assert living_postmaster(cluster.data) is None
    other.communicate("", 30)
    assert other.returncode == 0


@pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="looks into /proc")
def test_a_portal_waits_for_a_commands_server_and_starts_its_own_which_commands_use_and_leave(
    cluster: Cluster, home: Path
) -> None:
    with server_used(cluster):
        process = start(home, free_port())
        assert process.stdout is not None
        assert process.stdout.readline().startswith("A command uses the database of this home.")
        assert cluster.running
    for line in process.stdout:
        if line.startswith("The portal is ready"):
            break
    portal = Up(process, home, 0)
    server = portal.children()["postgres"]
    assert _parent(server) == process.pid
    done = [command(home, "migrate") for _ in range(2)]
    assert [each.wait(60) for each in done] == [0, 0]
    assert portal.children()["postgres"] == server
    assert portal.interrupt()[0] == 0
    assert not processes_of(home)


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
