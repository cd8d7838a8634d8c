"""What a worker process may do: set type and clean documents, and nothing else.

Promise: a worker handles a stranger's files. It opens no socket, starts no program, signals no other
process, and changes no file or anything about one. It reads only code, templates and fonts, and says nothing
in the process's log. It keeps none of the parent's environment and none of root's privileges, and uses
bounded memory and processor time. Without Landlock files are those the account can read and
write, though none longer than it was. A worker that Linux does not confine does nothing: without
libseccomp, or on a kernel without its filter, no file is read and no PDF made. Where the kernel is not
Linux, Python's audit hook alone holds the rule on sockets and programs.
"""

import contextlib
import ctypes
import os
import resource
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from portal.resume.capabilities import drop_all
from portal.resume.failures import NotConfined
from portal.resume.landlock import read_only, readable_places
from portal.resume.seccomp import architecture, lacking
from portal.resume.system_calls import filter_program

PROJECT = Path(__file__).resolve().parents[2]
MEBIBYTE = 1024 * 1024

KEPT_VARIABLES = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "FONTCONFIG_PATH", "FONTCONFIG_FILE")
_FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn")

_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 38, 22, 2


@dataclass(frozen=True, slots=True)
class Limits:
    """Per worker, except processor time, which is per task. `readable` names folders a worker may
    read beside code, templates and fonts."""

    memory_bytes: int = 1536 * MEBIBYTE
    cpu_seconds: int = 20
    open_files: int = 128
    readable: tuple[str, ...] = ()


def _no_new_privileges() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _fall_silent() -> None:
    """What a library prints about a stranger's file may be personal: it goes nowhere."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _forbid_calls() -> None:
    """Installs the filter for this process and its threads. Raises NotConfined where Linux does not hold it."""
    if sys.platform != "linux":
        return
    if missing := lacking():
        raise NotConfined(missing)
    program = filter_program(architecture(), os.getpid())
    library = ctypes.CDLL(None, use_errno=True)
    code = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(code))
    argument = ctypes.create_string_buffer(header, len(header))
    if library.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, argument, 0, 0) != 0:
        raise NotConfined(f"the kernel takes no filter of system calls: {os.strerror(ctypes.get_errno())}")


def _refuse_events(event: str, _arguments: tuple[object, ...]) -> None:
    if event.startswith(_FORBIDDEN_EVENTS):
        raise PermissionError(f"a render worker may not do {event}")


def prepare() -> None:
    """Looks up once, in the process that workers are forked from, what each of them needs."""
    if sys.platform == "linux" and not lacking():
        filter_program(architecture(), os.getpid())


def confine(limits: Limits) -> None:
    """Gives up, for the rest of this process's life, everything a worker does not need. Raises NotConfined."""
    for name in set(os.environ) - set(KEPT_VARIABLES):
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
    places = [*readable_places(PROJECT), *map(Path, limits.readable)]
    read_only(places)
    drop_all(needed=places)
    _forbid_calls()
    sys.addaudithook(_refuse_events)
