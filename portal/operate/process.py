"""Child processes that cannot outlive the process that started them."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def die_with_parent(on_death: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn` that has the kernel send `on_death` when the parent dies.

    Must run after any change of user, which clears the request; subprocess does so. The kernel
    watches the thread that forked, so start such children from the main thread. Elsewhere than
    on Linux it does nothing: a killed supervisor leaves its children to the operator there.
    """
    if sys.platform != "linux":
        return _nothing
    prctl = _prctl()
    parent = os.getpid()

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, int(on_death), 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the request was made
            os.kill(os.getpid(), on_death)

    return ask


def end_when_parent_ends(on_death: signal.Signals) -> None:
    """Have the kernel send `on_death` to this process when the one that started it dies."""
    if sys.platform == "linux":
        _prctl()(_PR_SET_PDEATHSIG, int(on_death), 0, 0, 0)


def used_by_session(leader: int) -> float:
    """Processor seconds of the processes in the session that `leader` began, and of those that they waited for.

    Elsewhere than on Linux nothing is known: 0.
    """
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if int(fields[3]) == leader:
            ticks += sum(map(int, fields[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _prctl() -> Callable[[int, int, int, int, int], int]:
    found: Callable[[int, int, int, int, int], int] = ctypes.CDLL(None).prctl
    return found


def _nothing() -> None:
    """Stand in for the request where the kernel has none."""
