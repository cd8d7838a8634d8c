"""What a hostile file might make a worker do to a file that it may read, and to another process."""

import contextlib
import ctypes
import fcntl
import os
import resource
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from portal.resume.seccomp import architecture, number

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


def _starved(_path: str, process: int) -> None:
    resource.prlimit(process, resource.RLIMIT_CPU, (0, 0))


def _by_number(name: str, *arguments: int) -> Callable[[str, int], object]:
    """The kernel's call of this name, of which Python has none; -1 stands for the other process."""
    numbered = number(name, architecture())

    def call(_path: str, process: int) -> None:
        kernel = ctypes.CDLL(None, use_errno=True)
        if kernel.syscall(numbered, *(process if argument == -1 else argument for argument in arguments)) < 0:
            raise OSError(ctypes.get_errno(), "refused")

    return call


def _in_a_new_namespace(_path: str, _process: int) -> None:
    """By the call that only makes processes, as `unshare` would."""
    kernel = ctypes.CDLL(None, use_errno=True)
    made = kernel.syscall(number("clone", architecture()), 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)
    if made == 0:
        os._exit(0)
    if made < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _signalled_by_a_pipe(_path: str, process: int) -> None:
    """The kernel sends it, when something comes in."""
    reading, writing = os.pipe()
    fcntl.fcntl(reading, 10, signal.SIGKILL)  # F_SETSIG
    fcntl.fcntl(reading, fcntl.F_SETOWN, process)
    fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)
    os.write(writing, b"x")


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
    "pidfd_open": lambda _, process: os.pidfd_open(process),
    "pidfd_send_signal": _by_number("pidfd_send_signal", 0, signal.SIGKILL, 0, 0),
    "prlimit": _starved,
    "F_SETOWN": _signalled_by_a_pipe,
    "fork": lambda _path, _process: os.fork() or os._exit(0),
    "clone": _in_a_new_namespace,
    "setpriority": lambda _, process: os.setpriority(os.PRIO_PROCESS, process, 19),
    "sched_setaffinity": lambda _, process: os.sched_setaffinity(process, {0}),
    "sched_setscheduler": lambda _, process: os.sched_setscheduler(process, os.SCHED_IDLE, os.sched_param(0)),
    "ioprio_set": _by_number("ioprio_set", 1, -1, 3 << 13),
    "socketpair": lambda _path, _process: socket.socketpair(),
    "shmget": _by_number("shmget", 0x5A4B, 4096, 0o1600),
    "msgget": _by_number("msgget", 0x5A4B, 0o1600),
    "semget": _by_number("semget", 0x5A4B, 1, 0o1600),
    "keyctl": _by_number("keyctl", 0, -3, 1),
    "inotify_init1": _by_number("inotify_init1", 0),
    "memfd_create": lambda _path, _process: os.memfd_create("memory"),
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
