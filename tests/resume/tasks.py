"""What a worker might be made to do, as module-level functions that can be sent to one."""

import contextlib
import ctypes
import os
import signal
import socket
import struct
import time
from pathlib import Path

from portal.documents.refusals import Reason, Refused


class Awkward(Exception):
    """An error that does not survive being sent to another process."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first)


def who() -> int:
    """The worker's process id."""
    return os.getpid()


def hang() -> None:
    """Sleeps for ever."""
    time.sleep(3600)


def spin() -> None:
    """Computes for ever."""
    while True:
        pass


def eat() -> int:
    """Wants more memory than it may have."""
    return len(bytearray(8 << 30))


class Forgery:
    """An answer that would have its reader run a program."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.mark,)


def forge(mark: str) -> Forgery:
    """Answers with more than a value."""
    return Forgery(mark)


def blame(mark: str) -> None:
    """Raises an error that carries more than a value."""
    raise Refused(Reason.BOMB, Forgery(mark))  # type: ignore[arg-type]  # as somebody would who has taken over the worker


def capabilities() -> dict[str, int]:
    """The sets of capabilities it has, as the kernel tells it."""
    kernel, told = ctypes.CDLL(None), ctypes.create_string_buffer(24)
    kernel.capget(struct.pack("=Ii", 0x20080522, 0), told)
    low, high = struct.unpack("=3I", told.raw[:12]), struct.unpack("=3I", told.raw[12:])
    effective, permitted, inheritable = (one | other << 32 for one, other in zip(low, high, strict=True))
    bounding = sum(1 << number for number in range(64) if kernel.prctl(23, number, 0, 0, 0) == 1)
    ambient = sum(1 << number for number in range(64) if kernel.prctl(47, 1, number, 0, 0) == 1)
    return {"Eff": effective, "Prm": permitted, "Inh": inheritable, "Bnd": bounding, "Amb": ambient}


def open_files() -> int:
    """How many files it has open, beside the three that lead nowhere."""
    found = 0
    for number in range(3, 128):
        with contextlib.suppress(OSError):
            os.fstat(number)
            found += 1
    return found


def die() -> None:
    """Is killed in the middle."""
    os.kill(os.getpid(), signal.SIGKILL)


def fail_awkwardly() -> None:
    """Raises an error with a secret in it, which cannot be sent."""
    raise Awkward("secret", "secret")


def connect() -> None:
    """Opens a connection as Python does."""
    socket.create_connection(("127.0.0.1", 9))


def socket_by_number() -> int:
    """Asks the kernel for a socket, past Python; the error number, 0 when it was given one."""
    kernel = ctypes.CDLL(None, use_errno=True)
    return 0 if kernel.socket(socket.AF_INET, socket.SOCK_STREAM, 0) >= 0 else ctypes.get_errno()


def start_program() -> None:
    """Starts another program."""
    os.posix_spawn("/bin/true", ["true"], {})


def read_file(path: str) -> bytes:
    """Reads a file."""
    return Path(path).read_bytes()


def write_file(path: str) -> None:
    """Writes a file."""
    Path(path).write_bytes(b"x")


def environment() -> dict[str, str]:
    """What the worker knows of its surroundings."""
    return dict(os.environ)


def add(first: int, second: int) -> int:
    """A sum."""
    return first + second


def wait_and_add(seconds: float, first: int, second: int) -> int:
    """A sum that takes a while."""
    time.sleep(seconds)
    return first + second


def hang_on(data: bytes, filename: str) -> None:
    """Stands in for a reader that a document has caught in a loop."""
    hang()
