"""What a worker process may do: set type and clean documents, and nothing else.

Promise: a worker handles a stranger's files, so it opens no socket, starts no program, writes no
file, reads only code, templates and fonts, says nothing in the process's log, keeps none of the
parent's environment, and uses bounded memory and processor time. Where the kernel is not Linux on
x86-64 or ARM64, or has no Landlock, Python's audit hook alone holds the rule on sockets and
programs, and files are those the account can read.
"""

import contextlib
import ctypes
import os
import platform
import resource
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.resume.landlock import read_only, readable_places

PROJECT = Path(__file__).resolve().parents[2]
MEBIBYTE = 1024 * 1024

_KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
_FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")

# Numbers of: socket, connect, bind, listen, sendto, ptrace, execve, execveat, io_uring_setup,
# process_vm_readv, process_vm_writev, mount, bpf, unshare.
_FORBIDDEN_CALLS = {
    "x86_64": (41, 42, 49, 50, 44, 101, 59, 322, 425, 310, 311, 165, 321, 272),
    "aarch64": (198, 203, 200, 201, 206, 117, 221, 281, 425, 270, 271, 40, 280, 97),
}
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_ABOVE, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | 1  # EPERM
_NUMBER_OFFSET, _ARCHITECTURE_OFFSET = 0, 4
_X32_BIT = 0x40000000


@dataclass(frozen=True, slots=True)
class Limits:
    """Per worker, except processor time, which is per task. `readable` names folders a worker may
    read beside code, templates and fonts."""

    memory_bytes: int = 1536 * MEBIBYTE
    cpu_seconds: int = 20
    open_files: int = 128
    readable: tuple[str, ...] = ()


def _filter(machine: str) -> bytes:
    """A seccomp program: a wrong architecture dies, a forbidden call fails with EPERM."""
    calls = _FORBIDDEN_CALLS[machine]
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE_OFFSET),
        (_JUMP_IF_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER_OFFSET),
        (_JUMP_IF_ABOVE, len(calls) + 1, 0, _X32_BIT),
    ]
    for at, number in enumerate(calls):
        steps.append((_JUMP_IF_EQUAL, len(calls) - at, 0, number))
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)


def _no_new_privileges() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _fall_silent() -> None:
    """What a library prints about a stranger's file may be personal: it goes nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _forbid_calls() -> bool:
    """Installs the filter for this process and its threads; False where it cannot be had."""
    machine = platform.machine()
    if sys.platform != "linux" or machine not in _FORBIDDEN_CALLS:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    program = _filter(machine)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    argument = ctypes.create_string_buffer(header, len(header))
    done: int = library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, argument, 0, 0)
    return done == 0


def _refuse_events(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN_EVENTS):
        raise PermissionError(f"a render worker may not do {event}")


def confine(limits: Limits) -> None:
    """Gives up, for the rest of this process's life, everything a worker does not need."""
    for name in set(os.environ) - set(_KEPT_VARIABLES):
        del os.environ[name]
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a lower hard limit already holds
            resource.setrlimit(kind, (value, value))
    _fall_silent()
    _no_new_privileges()
    read_only([*readable_places(PROJECT), *map(Path, limits.readable)])
    _forbid_calls()
    sys.addaudithook(_refuse_events)


def allow_processor_time(seconds: int) -> None:
    """Restarts the processor-time allowance: the kernel ends the process when it is spent."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))
