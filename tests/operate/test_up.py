"""`portal up`: everything starts, everything ends, whatever happens to it."""

import stat
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.operate.check_proxy import proxy_check
from portal.settings import load_settings
from tests.operate.running import (
    Up,
    free_port,
    kill,
    new_home,
    processes_of,
    start,
    up,
    wait_until_gone,
)

pytestmark = pytest.mark.skipif(not Path("/proc/self/cwd").exists(), reason="looks into /proc")


@pytest.fixture(scope="module")
def running() -> Iterator[Up]:
    """One portal for the tests that leave it as it is."""
    with new_home() as home:
        portal = up(home)
        yield portal
        portal.interrupt()


def test_pages_can_be_had(running: Up) -> None:
    address = f"http://localhost:{running.port}/readyz"
    with urllib.request.urlopen(address) as answer:
        assert answer.read() == b"ready\n"


def test_each_childs_log_says_that_it_started(running: Up) -> None:
    web, worker = ((running.home / "logs" / name).read_text() for name in ("web.log", "worker.log"))
    assert ("starting" in web, "serving" in web, "working" in worker) == (True, True, True)


def test_the_doctor_asks_where_this_portal_serves(running: Up) -> None:
    check = proxy_check(load_settings(home=running.home))
    assert (check.state, running.port == load_settings().port) == ("ok", False)


def test_an_empty_portal_says_how_its_first_administrator_is_made(running: Up) -> None:
    assert "Nobody can sign in yet." in running.said
    assert ".venv/bin/portal account create --role administrator" in running.said
    assert f"--home {running.home}" in running.said


def test_each_child_is_told_its_own_password_and_no_other(running: Up) -> None:
    words = {
        file.name.removesuffix(".password"): file.read_text() for file in (running.home / "postgres").glob("*.password")
    }
    assert set(words) == {"postgres", "portal_owner", "portal_web", "portal_worker"}
    children = running.children()
    for child, own in (("serve", "portal_web"), ("worker", "portal_worker")):
        told = Path(f"/proc/{children[child]}/environ").read_text()
        told += Path(f"/proc/{children[child]}/cmdline").read_text()
        assert [role for role, word in words.items() if word in told] == [own]


def test_what_is_kept_is_closed_to_others(running: Up) -> None:
    for path in running.home.rglob("*"):
        if path.is_symlink() or path.is_socket() or "data" in path.parts or "programs" in path.parts:
            continue
        secret = path.suffix in (".password", ".key") or path.name == "postgres.log"
        mode = stat.S_IMODE(path.stat().st_mode)
        assert not mode & 0o007 or not path.is_dir(), path
        assert not secret or mode == 0o600, path
    assert stat.S_IMODE((running.home / "postgres" / "data").stat().st_mode) == 0o700


def test_a_second_start_on_the_same_home_is_refused(running: Up) -> None:
    second = start(running.home, free_port())
    said, _ = second.communicate(timeout=60)
    assert second.returncode == 1
    assert f"already runs on {running.home} (process {running.process.pid})" in said
    assert "--home" in said


def test_a_taken_port_is_refused_before_anything_is_made(running: Up) -> None:
    with new_home() as home:
        second = start(home, running.port)
        said, _ = second.communicate(timeout=60)
        assert second.returncode == 1
        assert f"Port {running.port}" in said
        assert "--port" in said
        assert not list(home.iterdir())


def test_of_two_homes_one_starts_again_whenever_it_was_killed_and_ends_whole_and_the_other_goes_on(running: Up) -> None:
    with new_home("shokai test ") as home:
        deep = home / ("deep down " * 8) / ("and further " * 4)
        home.chmod(0o755)
        for seconds in (0.8, 2.0):  # while the database is made, and while it is migrated
            first = start(deep, free_port())
            time.sleep(seconds)
            for pid in processes_of(home):
                kill(pid)
            first.wait(10)
            wait_until_gone(home)
        other = up(deep)
        assert {"postgres", "serve", "worker"} <= set(other.children())
        kill(other.process.pid)
        wait_until_gone(home)
        up(deep)
        for pid in processes_of(home):
            kill(pid)
        wait_until_gone(home)
        assert (deep / "postgres" / "data" / "postmaster.pid").exists()
        code, said = up(deep).interrupt()
        assert code == 0, said
        assert not processes_of(home)
        assert running.process.poll() is None


def test_what_dies_is_started_again(running: Up) -> None:
    for name in ("postgres", "serve", "worker"):
        before = running.children()[name]
        kill(before)
        deadline = time.monotonic() + 30
        while running.children().get(name) in (None, before):
            assert time.monotonic() < deadline, name
            time.sleep(0.1)
    deadline = time.monotonic() + 30
    while True:
        try:
            return test_pages_can_be_had(running)
        except OSError:
            assert time.monotonic() < deadline
            time.sleep(0.2)
