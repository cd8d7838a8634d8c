"""The numbers that this machine's kernel knows its calls by, from libseccomp, which knows every processor.

Debian's package libseccomp2 has it, and apt itself needs that package. `script/setup` and `portal doctor` name it.
"""

import ctypes
import sys
from functools import cache
from pathlib import Path

LIBRARY, PACKAGE = "libseccomp.so.2", "libseccomp2"

_64_BIT, _LITTLE_ENDIAN = 0x80000000, 0x40000000  # bits of the kernel's name for an architecture
_FILTERS = Path("/proc/sys/kernel/seccomp/actions_avail")
_SEARCHED = 1024  # numbers in which the newest known call is looked for


def lacking() -> str:
    """What keeps this machine from confining a worker, in words; empty when nothing does."""
    if sys.platform != "linux":
        return ""
    try:
        name = architecture()
    except OSError:
        return f"{LIBRARY} is missing (package {PACKAGE})"
    if not (name & _64_BIT and name & _LITTLE_ENDIAN):
        return "calls are filtered on processors of 64 bits alone that store the lower half first"
    return "" if _FILTERS.exists() else "this kernel filters no system calls"


@cache
def _library() -> ctypes.CDLL:
    """Raises OSError when it is not installed."""
    library = ctypes.CDLL(LIBRARY)
    library.seccomp_arch_native.restype = ctypes.c_uint32
    library.seccomp_syscall_resolve_name_arch.argtypes = [ctypes.c_uint32, ctypes.c_char_p]
    library.seccomp_syscall_resolve_num_arch.argtypes = [ctypes.c_uint32, ctypes.c_int]
    library.seccomp_syscall_resolve_num_arch.restype = ctypes.c_void_p
    return library


def architecture() -> int:
    """This machine's, as the kernel names it (AUDIT_ARCH_...). Raises OSError without the library."""
    return int(_library().seccomp_arch_native())


@cache
def number(name: str, on: int) -> int | None:
    """The call's number on this architecture; None where there is none, or where the library is older than the call."""
    found = int(_library().seccomp_syscall_resolve_name_arch(on, name.encode()))
    return found if found >= 0 else None


@cache
def newest(on: int) -> int:
    """The highest number that the library has a name for."""
    base = number("read", on) or 0  # some architectures count from some thousands
    base -= base % 1000
    return max(n for n in range(base, base + _SEARCHED) if _library().seccomp_syscall_resolve_num_arch(on, n))
