"""Child processes that cannot outlive the process that started them."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable

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


def _prctl() -> Callable[[int, int, int, int, int], int]:
    found: Callable[[int, int, int, int, int], int] = ctypes.CDLL(None).prctl
    return found


def _nothing() -> None:
    """Stand in for the request where the kernel has none."""
