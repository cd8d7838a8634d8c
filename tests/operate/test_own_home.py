"""Nothing of the portal's is read, written or emptied through a link, or kept where others can plant one."""

import os
import pwd
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from portal.demo.sign_ins import keep, sign_ins
from portal.operate.child import Child
from portal.operate.errors import OperateError
from portal.operate.home import check_own, embedded_cluster, held
from portal.operate.log_files import last_lines, open_log
from portal.operate.passwords import password_of
from portal.own_files import NotAnOwnFile
from tests.operate.running import new_home

CANARY = "sings"


@pytest.fixture
def home() -> Iterator[Path]:
    with new_home() as made:
        yield made


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Path]:
    """A file that a planted link points to; it must stay as it is."""
    path = tmp_path / "canary"
    path.write_text(CANARY)
    yield path
    assert path.read_text() == CANARY


def test_a_lock_that_is_a_link_is_refused_and_empties_nothing(home: Path, canary: Path) -> None:
    (home / "portal.lock").symlink_to(canary)
    with pytest.raises(OperateError, match=r"portal\.lock"), held(home):
        pass


def test_a_lock_that_is_a_pipe_keeps_nobody_waiting(home: Path) -> None:
    os.mkfifo(home / "portal.lock")
    with pytest.raises(OperateError, match=r"portal\.lock"), held(home):
        pass


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a link away")
@pytest.mark.parametrize("name", ["keys", "documents", "postgres", "demo"])
def test_a_folder_of_the_portals_that_is_a_strangers_link_is_refused(home: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (home / name).symlink_to(tmp_path / "elsewhere")
    check_own(home)
    os.lchown(home / name, pwd.getpwnam("nobody").pw_uid, -1)
    for use in (lambda: held(home).__enter__(), lambda: embedded_cluster(home)):
        with pytest.raises(OperateError, match=f"{name} is another account's link"):
            use()
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_password_is_not_taken_from_a_link_and_not_written_through_one(home: Path, canary: Path) -> None:
    (home / "portal_web.password").symlink_to(canary)
    (home / f".portal_worker.password.{os.getpid()}").symlink_to(canary)
    for role in ("portal_web", "portal_worker"):
        with pytest.raises(OperateError, match=role):
            password_of(role, home)


def test_a_log_that_is_a_link_is_refused_and_neither_written_nor_shown(home: Path, canary: Path) -> None:
    (home / "web.log").symlink_to(canary)
    child = Child("web", ["--help"], os.environ, home / "web.log")
    with pytest.raises(OperateError, match=r"web\.log is not an ordinary file"):
        child.start()
    with pytest.raises(OperateError, match=r"web\.log is not an ordinary file"):
        last_lines(home / "web.log", 3)


def test_the_databases_log_that_is_a_link_is_refused(home: Path, canary: Path) -> None:
    cluster = embedded_cluster(home)
    cluster.create()
    cluster.log.symlink_to(canary)
    with pytest.raises(OperateError, match=r"postgres\.log is not an ordinary file"):
        cluster.start()


def test_a_log_goes_on_at_its_end_and_a_large_one_begins_anew(home: Path) -> None:
    log = home / "web.log"
    for line in (b"one\n", b"two\n"):
        with open_log(log) as file:
            file.write(line)
    assert last_lines(log, 1) == "two"
    assert log.stat().st_mode & 0o777 == 0o600
    os.truncate(log, 10_000_001)
    open_log(log).close()
    assert [(home / name).stat().st_size for name in ("web.log", "web.log.1")] == [0, 10_000_001]


def test_the_demos_passwords_are_not_taken_from_a_link_and_not_written_through_one(home: Path, canary: Path) -> None:
    (home / f".demo-sign-ins.json.{os.getpid()}").symlink_to(canary)
    with pytest.raises(NotAnOwnFile):
        keep(home, [])
    (home / "demo-sign-ins.json").symlink_to(canary)
    with pytest.raises(NotAnOwnFile):
        sign_ins(home)


def _given_away(home: Path) -> None:
    os.chown(home, pwd.getpwnam("nobody").pw_uid, -1)


def _opened(home: Path) -> None:
    home.chmod(0o777)


def _opened_to_a_group(home: Path) -> None:
    os.chown(home, -1, pwd.getpwnam("nobody").pw_gid)
    home.chmod(0o770)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
@pytest.mark.parametrize(
    ("spoil", "said"),
    [(_given_away, "belongs to another account"), (_opened, "can write in"), (_opened_to_a_group, "can write in")],
)
def test_a_home_where_others_could_plant_things_is_refused(
    home: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(home)
    for use in (lambda: held(home).__enter__(), lambda: embedded_cluster(home)):
        with pytest.raises(OperateError, match=said) as refused:
            use()
        assert len(str(refused.value).splitlines()) == 1
    assert list(home.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a link away")
def test_a_link_of_another_accounts_that_leads_to_a_good_home_is_refused(home: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(home)
    check_own(link)
    os.lchown(link, pwd.getpwnam("nobody").pw_uid, -1)
    with pytest.raises(OperateError, match="belongs to another account"):
        check_own(link)


def test_a_home_that_is_not_there_yet_is_made_closed(tmp_path: Path) -> None:
    with held(tmp_path / "new"):
        assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
        assert (tmp_path / "new" / "portal.lock").stat().st_mode & 0o777 == 0o600
