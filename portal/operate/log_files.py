"""The logs of the processes that the portal starts, each in a folder of the portal's own.

Promise: none is written or read through a link that somebody put in its place; one that has grown
large begins anew, and the one before it stays beside it.
"""

import os
from collections import deque
from pathlib import Path
from typing import BinaryIO

from portal.operate.errors import OperateError
from portal.own_files import NotAnOwnFile, open_own

_LARGEST = 10_000_000  # bytes
_AT_ITS_END = os.O_WRONLY | os.O_CREAT | os.O_APPEND


def open_log(path: Path) -> BinaryIO:
    """The log, to be written at its end. Raises OperateError when something else is in its place."""
    descriptor = _opened(path, _AT_ITS_END)
    if os.fstat(descriptor).st_size > _LARGEST:
        os.close(descriptor)
        path.rename(path.with_suffix(".log.1"))
        descriptor = _opened(path, _AT_ITS_END)
    return os.fdopen(descriptor, "ab")


def last_lines(path: Path, count: int) -> str:
    """The end of the log. Raises OperateError when something else is in its place."""
    with os.fdopen(_opened(path, os.O_RDONLY), encoding="utf-8", errors="replace") as log:
        return "".join(deque(log, count)).rstrip("\n")


def _opened(path: Path, flags: int) -> int:
    try:
        return open_own(path, flags)
    except NotAnOwnFile as other:
        raise OperateError(str(other)) from None
