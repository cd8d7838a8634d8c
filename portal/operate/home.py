"""The folder that holds everything the portal keeps on this machine.

As root the database's account has to pass through it. The portal opens its own folders to that
account and to nobody else, and leaves every folder above them as it is. It keeps nothing in a home
where another account could put a link in the place of a key or a password.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from portal.operate.account import Account, database_account
from portal.operate.binaries import runnable_binaries
from portal.operate.cluster import Cluster
from portal.operate.errors import OperateError
from portal.operate.locks import ALONE, hold_at_once, lock_file
from portal.own_files import read_own

_OURS = {
    "postgres", "keys", "signing", "documents", "mail", "logs", "demo", "demo-sign-ins.json", "demo-signatory.json",
    "portal.lock",
}  # fmt: skip


def has_database(home: Path) -> bool:
    """Whether a database was made in `home`; nothing is started or changed. Raises OperateError when
    `home` is closed to whoever asks."""
    try:
        return (home / "postgres" / "data" / "PG_VERSION").exists()
    except PermissionError:
        raise OperateError(
            f"{home} is another account's. Run this as the account that runs the portal, or choose another --home."
        ) from None


def embedded_cluster(home: Path) -> Cluster:
    """Return the embedded server of `home`, its folders prepared, neither made nor started yet.

    Raises OperateError when the database's account cannot reach `home`.
    """
    account = database_account()
    home = home.absolute()
    _prepare(home, account)
    directory = home / "postgres"
    directory.mkdir(mode=0o700, exist_ok=True)
    account.let_in(directory)
    return Cluster(directory, account, runnable_binaries(account, directory))


@contextmanager
def held(home: Path, address: str = "") -> Iterator[None]:
    """Keep `home` for this process alone while the block runs, and note there at which address it serves.

    The kernel lets go of it when the process ends, however it ends. Raises OperateError when
    another living process holds it.
    """
    _make(home)
    with lock_file(home / "portal.lock") as lock:
        if not hold_at_once(lock, ALONE):
            lock.seek(0)
            raise OperateError(
                f"A portal already runs on {home} (process {lock.readline().strip() or 'unknown'}). "
                "Stop it with Ctrl-C, or choose another folder with --home."
            )
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n{address}")
        lock.flush()
        yield


def served_at(home: Path) -> str | None:
    """The address at which the portal of `portal up` that runs on `home` serves; None when none runs. Raises
    NotAnOwnFile."""
    try:
        process, _line, address = (read_own(home / "portal.lock") or "").partition("\n")
    except PermissionError:  # another account's portal
        return None
    lives = process.isascii() and process.isdigit() and Path(f"/proc/{process}").exists()
    return address if address and lives else None


def check_own(home: Path) -> None:
    """Raises OperateError when `home` is there and others could put things into it, or have put a link
    where the portal keeps its own. An operator's own link, of the documents to another disk say, is theirs to make."""
    try:
        itself, folder = home.lstat(), home.stat()
        links = [home / name for name in sorted(_OURS) if _is_strangers_link(home / name)]
    except FileNotFoundError:
        return
    except PermissionError:
        raise OperateError(f"{home} cannot be entered: it or a folder above it is another account's.") from None
    if strange := {itself.st_uid, folder.st_uid} - {0, os.geteuid()}:
        raise OperateError(
            f"{home} belongs to another account ({strange.pop()}), which could plant files where the portal keeps its "
            "keys: run this as that account, or choose another folder with --home."
        )
    shared = stat.S_IWOTH if folder.st_gid == os.getegid() else stat.S_IWOTH | stat.S_IWGRP
    if folder.st_mode & shared:
        raise OperateError(
            f"Other accounts can write in {home} and could plant files where the portal keeps its keys: "
            f"chmod go-w it, or choose another folder with --home."
        )
    if links:
        raise OperateError(f"{links[0]} is another account's link: remove it, or choose another folder with --home.")


def _is_strangers_link(path: Path) -> bool:
    return path.is_symlink() and path.lstat().st_uid not in (0, os.geteuid())


def _make(home: Path) -> None:
    check_own(home)
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OperateError(
            f"The folder {home} cannot be made: {error.strerror}. Choose another with --home."
        ) from error


def _prepare(home: Path, account: Account) -> None:
    _make(home)
    if blocked := account.blocked_at(home.parent):
        raise OperateError(
            f"The database runs as the account {account.name}, which cannot enter {blocked} "
            f"and so cannot reach {home}. Choose a folder it can reach, "
            "for example --home /var/lib/shokai."
        )
    if account.blocked_at(home):
        if strange := sorted({entry.name for entry in home.iterdir()} - _OURS):
            raise OperateError(
                f"{home} is closed to the account {account.name} that the database runs as, and "
                f"holds things that are not the portal's ({strange[0]}), so it stays closed. "
                "Choose a new or empty folder with --home."
            )
        account.let_in(home)
