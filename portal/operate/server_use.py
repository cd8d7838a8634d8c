"""Who uses the embedded server of a home: it is made and started once, and stopped when nobody needs it any more.

There are two lock files beside its data. Whoever uses the server holds the first together with the others; whoever
makes, starts or stops the server holds it alone. A server ends with the process that started it. That process holds the
second as long as it runs, and stays until the others have ended. Only `portal up` does not wait for them: it is told
when to stop.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import click

from portal.operate.cluster import Cluster
from portal.operate.errors import OperateError
from portal.operate.locks import ALONE, TOGETHER, hold, hold_at_once, lock_file, release
from portal.operate.postmaster import living_postmaster

_FILE = "in-use.lock"
_KEEPER = "keeper.lock"
_GLANCE = 0.1  # seconds between two looks at what another process does
_PATIENCE = 120.0  # seconds another one may take to make, start or stop the server


@dataclass(frozen=True, slots=True)
class _Locks:
    """Both, open and not locked yet."""

    use: IO[str]
    keeper: IO[str]


@contextmanager
def _locks(cluster: Cluster) -> Iterator[_Locks]:
    with lock_file(cluster.directory / _FILE) as use, lock_file(cluster.directory / _KEEPER) as keeper:
        yield _Locks(use, keeper)


@contextmanager
def server_used(cluster: Cluster) -> Iterator[None]:
    """Have the server running while the block runs, made and started if need be. Nobody who works without being told
    to stop stops it meanwhile. Raises OperateError when it does not start."""
    with _locks(cluster) as locks:
        try:
            _join(cluster, locks)
            try:
                yield
            finally:
                _wait_for_the_others(cluster, locks)
        finally:
            cluster.stop()


@contextmanager
def server_kept(cluster: Cluster) -> Iterator[None]:
    """Have a server of this process's own running while the block runs, made if need be, and stop it afterwards
    whoever uses it. A command that has started one is waited for. Raises OperateError when it does not start."""
    with _locks(cluster) as locks:
        try:
            if not _started(cluster, locks):
                _tell("A command uses the database of this home. The portal starts when that has ended.")
                while not _started(cluster, locks):
                    time.sleep(_GLANCE)
            yield
        finally:
            cluster.stop()


@contextmanager
def server_left_as_it_is(directory: Path) -> Iterator[None]:
    """Nobody who waits for others stops the server on `directory` while the block runs, should it run. Makes nothing:
    a server that was started has its lock file."""
    if not (directory / _FILE).exists():
        yield
        return
    with lock_file(directory / _FILE) as lock:
        hold(lock, TOGETHER)
        yield


def _join(cluster: Cluster, locks: _Locks) -> None:
    """Hold the lock together with the others, with the server running."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if _started(cluster, locks):
            return
        if _stays(cluster, locks) and hold_at_once(locks.use, TOGETHER):
            if _stays(cluster, locks):  # it may have been stopped before we had the lock
                return
            release(locks.use)
        time.sleep(_GLANCE)
    raise OperateError(
        f"The database in {cluster.data} neither runs nor can be started: another process that used it does not end. "
        "See what still runs on this home, and end it."
    )


def _started(cluster: Cluster, locks: _Locks) -> bool:
    """Make and start the server, and hold the lock together with those who come to use it. Return False, holding
    nothing, where it runs already or another one makes, starts, stops or still holds it."""
    if living_postmaster(cluster.data) or not hold_at_once(locks.use, ALONE):
        return False
    if living_postmaster(cluster.data):  # it was started before we had the lock
        release(locks.use)
        return False
    if not (cluster.data / "PG_VERSION").exists():
        _tell(f"Making the database in {cluster.directory}.")
    hold(locks.keeper, ALONE)
    cluster.create()
    cluster.start()
    hold(locks.use, TOGETHER)
    return True


def _stays(cluster: Cluster, locks: _Locks) -> bool:
    """Whether the server is ready, and the process that it would die with lives."""
    running = living_postmaster(cluster.data)
    if running is None or not running.ready:
        return False
    if hold_at_once(locks.keeper, TOGETHER):
        release(locks.keeper)
        return False
    return True


def _wait_for_the_others(cluster: Cluster, locks: _Locks) -> None:
    """Wait until nobody else uses the server, should it have been started here."""
    if cluster.running and not hold_at_once(locks.use, ALONE):
        _tell(
            "Other commands use the database that this one started: it stops when they have ended. "
            "Ctrl-C stops it at once, and them with it."
        )
        hold(locks.use, ALONE)


def _tell(what: str) -> None:
    """To whoever typed the command, beside what it prints."""
    click.echo(what, err=True)
