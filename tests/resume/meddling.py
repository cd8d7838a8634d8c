"""What a hostile file might make a worker do to a file that it may read, and to another process."""

import contextlib
import ctypes
import fcntl
import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path

_SETFLAGS, _IMMUTABLE = 0x40086602, b"\x10" + bytes(7)


def _at_open_file(change: Callable[[int], object]) -> Callable[[str, int], object]:
    """The change, made through a file opened for reading."""

    def through(path: str, _process: int) -> None:
        handle = os.open(path, os.O_RDONLY)
        try:
            change(handle)
        finally:
            os.close(handle)

    return through


def _chmod_by_number(path: str, _process: int) -> None:
    """The older call, which the C library no longer makes."""
    kernel = ctypes.CDLL(None, use_errno=True)
    if kernel.syscall(90, path.encode(), 0o777) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _signalled_by_handle(_path: str, process: int) -> None:
    signal.pidfd_send_signal(os.pidfd_open(process), signal.SIGKILL)


def _starved(_path: str, process: int) -> None:
    resource.prlimit(process, resource.RLIMIT_CPU, (0, 0))


Way = Callable[[str, int], object]
REFUSED_BY_THE_FILTER: dict[str, Way] = {
    "truncate": lambda path, _: os.truncate(path, 0),
    "chmod": lambda path, _: os.chmod(path, 0o777),  # noqa: PTH101, S103 - the call itself is meant
    "fchmod": _at_open_file(lambda handle: os.fchmod(handle, 0o777)),
    "chown": lambda path, _: os.chown(path, 1, 1),
    "lchown": lambda path, _: os.lchown(path, 1, 1),
    "fchown": _at_open_file(lambda handle: os.fchown(handle, 1, 1)),
    "fchownat": lambda path, _: os.chown(Path(path).name, 1, 1, dir_fd=os.open(Path(path).parent, os.O_RDONLY)),
    "setxattr": lambda path, _: os.setxattr(path, "user.mark", b"x"),
    "fsetxattr": _at_open_file(lambda handle: os.setxattr(handle, "user.mark", b"x")),
    "utime": lambda path, _: os.utime(path, (1, 1)),
    "futimens": _at_open_file(lambda handle: os.utime(handle, (1, 1))),
    "flags": _at_open_file(lambda handle: fcntl.ioctl(handle, _SETFLAGS, _IMMUTABLE)),
    "kill": lambda _, process: os.kill(process, signal.SIGKILL),
    "pidfd_send_signal": _signalled_by_handle,
    "prlimit": _starved,
}
if os.uname().machine == "x86_64":
    REFUSED_BY_THE_FILTER |= {"chmod(2)": _chmod_by_number}

WAYS: dict[str, Way] = {
    **REFUSED_BY_THE_FILTER,
    "write": lambda path, _: Path(path).write_bytes(b""),
    "empty while opening": lambda path, _: os.close(os.open(path, os.O_RDONLY | os.O_TRUNC)),
    "append": lambda path, _: os.close(os.open(path, os.O_WRONLY | os.O_APPEND)),
    "link": lambda path, _: os.link(path, path + ".link"),
    "symlink": lambda path, _: os.symlink(path, path + ".symlink"),  # noqa: PTH211
    "rename": lambda path, _: os.rename(path, path + ".moved"),  # noqa: PTH104
    "remove": lambda path, _: os.unlink(path),  # noqa: PTH108
    "folder": lambda path, _: os.mkdir(path + ".folder"),  # noqa: PTH102
}


def attempt(ways: list[str], path: str, process: int) -> list[str]:
    """Tries each; those that were not refused."""
    done = []
    for way in ways:
        with contextlib.suppress(PermissionError):
            WAYS[way](path, process)
            done.append(way)
    return done
