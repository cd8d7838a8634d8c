"""Small files that hold secrets or a process's note, in a folder of the portal's own.

Promise: none is read, written or emptied through a symbolic link that somebody put in its place; a new
one is there whole or not at all, and readable by its owner alone.
"""

import errno
import os
import stat
from pathlib import Path


class NotAnOwnFile(Exception):
    """Something else stands where the portal keeps a file; the message names it and says what to do."""


def open_own(path: Path, flags: int) -> int:
    """A descriptor of the file itself, made with mode 0600 where `flags` make it. Raises NotAnOwnFile, and
    what `os.open` raises."""
    try:
        # A pipe in its place would keep us waiting for whoever reads it.
        descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.EISDIR, errno.ENXIO):
            raise _not_own(path) from None
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _not_own(path)
    return descriptor


def read_own(path: Path) -> str | None:
    """The file's text; None when there is no such file. Raises NotAnOwnFile."""
    try:
        descriptor = open_own(path, os.O_RDONLY)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, encoding="utf-8") as file:
        return file.read()


def write_own(path: Path, text: str) -> None:
    """Write the file, and its folder if need be, under another name that is then moved into place: nobody
    reads it early, and a crash leaves no half of it. Raises NotAnOwnFile."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = path.parent / f".{path.name}.{os.getpid()}"
    descriptor = open_own(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def _not_own(path: Path) -> NotAnOwnFile:
    return NotAnOwnFile(f"{path} is not an ordinary file, as the portal keeps there: look whose it is, and remove it.")
