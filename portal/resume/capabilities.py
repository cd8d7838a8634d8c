"""What sets root apart from other accounts, given up for good.

Promise: afterwards this thread, and whatever it starts, holds no capability and gains none. The one exception:
root whose code lies in another account's closed folder keeps the right to read there, and Landlock says where.
An account that had none, or a kernel that is not Linux, has nothing to give up.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_VERSION_3, _THIS_THREAD = 0x20080522, 0
_DAC_READ_SEARCH = 1 << 2
_PR_CAPBSET_DROP, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL = 24, 47, 4
_MOST = 64  # as many as a set has room for


def drop_all(needed: Iterable[Path]) -> None:
    """Empties every set; the bounding set first, which takes a capability itself. Where that is not allowed,
    no_new_privs keeps what stays in it out of reach. `needed` are the places that must stay readable."""
    if sys.platform != "linux":
        return
    kernel = ctypes.CDLL(None)
    for capability in range(_MOST):
        kernel.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)
    kernel.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)
    could_read_all = _hold(permitted=_DAC_READ_SEARCH, effective=0)
    kept = _DAC_READ_SEARCH if could_read_all and not all(map(_opens, needed)) else 0
    _hold(permitted=kept, effective=kept)


def _hold(permitted: int, effective: int) -> bool:
    """Nothing but these; False where they were not held before."""
    header = struct.pack("=Ii", _VERSION_3, _THIS_THREAD)
    done: int = ctypes.CDLL(None).capset(header, struct.pack("=6I", effective, permitted, 0, 0, 0, 0))
    return done == 0


def _opens(place: Path) -> bool:
    try:
        os.close(os.open(place, os.O_RDONLY | os.O_CLOEXEC))
    except PermissionError:
        return False
    return True
