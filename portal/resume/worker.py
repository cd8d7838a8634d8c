"""A worker: a process that is confined, does one task and ends.

Promise: what a hostile file might do to it ends with it. It shares no channel with another worker, holds
nothing open but its own one, and is given one task alone.
"""

import os
import pickle
import resource
import signal
import traceback
from pathlib import Path

from portal.resume import frames
from portal.resume.confine import Limits, confine
from portal.resume.failures import NotConfined, WorkBroken

BEGUN = b"begun"
ORPHAN_GRACE = 3.0  # seconds


def do_one_task(channel: int) -> None:
    """The whole life of a worker. Where nobody has a task any more it ends."""
    _close_all_but(channel)
    limits, seconds = pickle.loads(frames.receive(channel))  # noqa: S301 - from the portal's own process
    unable = _unable(limits)
    try:
        task = frames.receive(channel)
    except EOFError:
        return
    frames.send(channel, BEGUN)
    frames.send(channel, unable or _answer(task, limits.cpu_seconds, seconds))


def _unable(limits: Limits) -> bytes:
    """The answer of a worker that cannot be confined: nothing is done in it."""
    try:
        confine(limits)
    except NotConfined as lacking:
        return pickle.dumps(("raised", lacking))
    return b""


def _close_all_but(kept: int) -> None:
    """Whatever the fork server has open could be spoken to."""
    os.closerange(3, kept)
    os.closerange(kept + 1, os.sysconf("SC_OPEN_MAX"))


def _answer(task: bytes, cpu_seconds: int, seconds: float) -> bytes:
    """("done", what the function returns) or ("raised", the error), pickled."""
    function, args = pickle.loads(task)  # noqa: S301 - from the portal's own process
    _limit_time(cpu_seconds, seconds)
    try:
        return pickle.dumps(("done", function(*args)))
    except MemoryError:
        return pickle.dumps(("raised", MemoryError()))
    except BaseException as error:
        if type(error).__module__.startswith("portal."):
            return pickle.dumps(("raised", error))
        # A library's error may quote a stranger's file, or not survive the way back.
        step = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(step.filename).name}:{step.lineno}"
        return pickle.dumps(("raised", WorkBroken(f"{type(error).__name__} at {place} in {function.__name__}")))


def _limit_time(cpu_seconds: int, seconds: float) -> None:
    """The pool ends a worker at its limit; this ends it, a little later, when the pool's own process was killed."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    last = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
    resource.setrlimit(resource.RLIMIT_CPU, (last, last))
    signal.setitimer(signal.ITIMER_REAL, seconds + ORPHAN_GRACE)
