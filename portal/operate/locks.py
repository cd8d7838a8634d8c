"""Lock files, each held by one process alone or by several together.

Promise: the kernel lets go of a lock when the process that holds it ends, however it ends; a lock is never opened
through a link that somebody put in its place.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from portal.operate.errors import OperateError
from portal.own_files import NotAnOwnFile, open_own

ALONE, TOGETHER = fcntl.LOCK_EX, fcntl.LOCK_SH


@contextmanager
def lock_file(path: Path) -> Iterator[IO[str]]:
    """The file, made where it is missing and not locked yet; what was locked is free again after the block.
    Raises OperateError when something else is in its place."""
    try:
        descriptor = open_own(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    except NotAnOwnFile as other:
        raise OperateError(str(other)) from None
    with os.fdopen(descriptor, "a+") as lock:
        yield lock


def hold(lock: IO[str], how: int) -> None:
    """Hold the lock from now on, ALONE or TOGETHER, as soon as others allow it. A former hold is given up first."""
    fcntl.flock(lock, how)


def hold_at_once(lock: IO[str], how: int) -> bool:
    """Hold the lock from now on, or return False, holding nothing, when others do not allow it."""
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        release(lock)
        return False
    return True


def release(lock: IO[str]) -> None:
    """Hold it no longer."""
    fcntl.flock(lock, fcntl.LOCK_UN)
