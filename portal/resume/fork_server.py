"""The process that all workers are forked from: everything loaded, one page of each form set, nothing secret.

Promise: a worker is ready in some milliseconds, and in its memory is nothing of the portal's environment,
where the database's password stands: the server is started without it.
"""

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess
from types import ModuleType
from typing import Any

from portal.resume.confine import KEPT_VARIABLES

_WARM = "portal.resume.warmed"
_STARTED_WITH = (*KEPT_VARIABLES, "PYTHONPATH", "VIRTUAL_ENV")
# What multiprocessing keeps about its processes is not made for several threads.
_one_at_a_time = threading.Lock()
_LAST_MOMENT = 2.0  # seconds that the end of a process may take
CONTEXT: ForkServerContext = multiprocessing.get_context("forkserver")
_server: Any = forkserver._forkserver  # there is no public way to any of this
_start = _server.ensure_running


def forked(life: Callable[..., None], *args: Any) -> ForkServerProcess:
    """A new process that runs `life(*args)`. Raises OSError or EOFError when the fork server died while it was made."""
    process = CONTEXT.Process(target=life, args=args, daemon=True)
    with _one_at_a_time:
        try:
            with _nothing_as_main():
                process.start()
        except (OSError, EOFError):
            _see_its_end()
            raise
    return process


def _ensure_running() -> None:
    """Start the fork server if none runs. Whoever makes a process asks this first, multiprocessing itself included."""
    if not _runs():
        CONTEXT.set_forkserver_preload([_WARM])
        with _bare_environment():
            _start()


_server.ensure_running = _ensure_running


def _see_its_end() -> None:
    """Wait a moment for a fork server that no longer answers: until its end is over it is taken for one that runs."""
    deadline = time.monotonic() + _LAST_MOMENT
    while _runs() and time.monotonic() < deadline:
        time.sleep(0.005)


def exit_code(process: ForkServerProcess) -> int | None:
    """How the process ended; None while it lives."""
    with _one_at_a_time:
        return process.exitcode


def kill(process: ForkServerProcess) -> None:
    """Ends the process if it lives: where it was one's number may be another's by now."""
    with _one_at_a_time:
        if process.exitcode is None:
            process.kill()


def _runs() -> bool:
    process: int | None = _server._forkserver_pid
    return process is not None and os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None


@contextmanager
def _nothing_as_main() -> Iterator[None]:
    """What the portal was started with is nothing a worker needs, and multiprocessing would run it again in each."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _bare_environment() -> Iterator[None]:
    """For as long as it takes to start a process. What is taken out of a running one stays in its memory."""
    whole = dict(os.environ)
    try:
        for name in whole.keys() - set(_STARTED_WITH):
            del os.environ[name]
        yield
    finally:
        os.environ.update(whole)
