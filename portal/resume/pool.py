"""Separate processes for work on strangers' files and for setting type.

Promise: the event loop never waits for a render, a hung or dying worker costs its own task a typed
error and nobody else anything, and a worker is confined (`portal.resume.confine`).
"""

import asyncio
import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from portal.resume.confine import Limits, allow_processor_time, confine

P = ParamSpec("P")
T = TypeVar("T")

ORPHAN_GRACE = 3.0  # seconds
ATTEMPTS = 2
_WARM = "portal.resume.warm"


class WorkFailed(Exception):
    """The task did not finish, through no fault of the caller; the pool goes on."""


class WorkTimedOut(WorkFailed):
    """The task was stopped at its time limit, counted from when a worker took it up."""


class WorkerLost(WorkFailed):
    """The worker died in the middle: killed, out of processor time, or crashed."""


class WorkTooBig(WorkFailed):
    """The task needed more memory than a worker may have."""


class WorkBroken(WorkFailed):
    """The task raised an error nobody foresaw; the message says its kind and place, no values."""


class PoolClosed(WorkFailed):
    """The pool is not running."""


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """`workers` processes, each replaced after `tasks_per_worker`; times in seconds.

    `patience` is how long a task may take in all, waiting for a free worker included."""

    workers: int = field(default_factory=lambda: max(2, min(4, os.cpu_count() or 2)))
    tasks_per_worker: int = 200
    seconds_per_task: float = 30.0
    patience: float = 120.0
    limits: Limits = field(default_factory=Limits)


def _prepare(limits: Limits) -> None:
    from portal.resume import warm

    warm.warm_up()
    confine(limits)


def _within_limits(cpu_seconds: int, seconds: float, function: Callable[..., T], args: tuple[object, ...]) -> T:
    allow_processor_time(cpu_seconds)
    # The pool stops a task at its limit. Were the pool's own process killed, the worker would
    # still end, a little later.
    signal.setitimer(signal.ITIMER_REAL, seconds + ORPHAN_GRACE)
    try:
        return function(*args)
    except MemoryError:
        raise
    except BaseException as error:
        if type(error).__module__.startswith("portal."):
            raise
        # A library's error may quote a stranger's file, or not survive the way back.
        step = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(step.filename).name}:{step.lineno}"
        raise WorkBroken(f"{type(error).__name__} at {place} in {function.__name__}") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


class RenderPool:
    """`start()`, then `await run(function, *args)` any number of times, then `await stop()`.

    Functions and arguments are pickled, so functions are module level. They must be pure: when
    the pool itself breaks, tasks that were waiting are run again in the next one."""

    def __init__(self, settings: PoolSettings | None = None) -> None:
        self.settings = settings or PoolSettings()
        self._pool: ProcessPool | None = None

    def start(self) -> None:
        """Starts the workers; returns at once, while they warm up."""
        if self._pool is None:
            self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        # A fork of this process would carry its threads' locks and the event loop; the fork
        # server has neither, and imports the heavy modules once for all workers.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([_WARM])
        pool = ProcessPool(
            max_workers=self.settings.workers,
            max_tasks=self.settings.tasks_per_worker,
            initializer=_prepare,
            initargs=(self.settings.limits,),
            context=context,
        )
        pool.active  # noqa: B018 - reading it starts the workers
        return pool

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(*args)` in a worker. Raises what the function raises, or `WorkFailed`."""
        if kwargs:
            raise TypeError("the pool passes positional arguments only")
        for attempt in range(1, ATTEMPTS + 1):
            pool = self._pool
            if pool is None:
                raise PoolClosed("the render pool is not running; start() it first")
            try:
                return await self._once(pool, function, args)
            except BrokenExecutor:
                # The task had not begun: workers that were idle died, or died while they were being made.
                await self._replace(pool)
                if attempt == ATTEMPTS:
                    raise WorkerLost(f"the render workers were lost {ATTEMPTS} times in a row") from None
        raise AssertionError("unreachable")

    async def _once(self, pool: ProcessPool, function: Callable[..., T], args: tuple[object, ...]) -> T:
        settings = self.settings
        try:
            future: ProcessFuture[T] = pool.schedule(
                _within_limits,
                args=(settings.limits.cpu_seconds, settings.seconds_per_task, function, args),
                timeout=settings.seconds_per_task,
            )
        except RuntimeError as error:  # stopped or broken between two tasks
            raise BrokenExecutor from error
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), settings.patience)
        except ProcessExpired as error:
            raise WorkerLost(f"the worker died (exit code {error.exitcode})") from None
        except MemoryError:
            raise WorkTooBig("the task needs more memory than a worker may have") from None
        except TimeoutError as error:
            if future.done() and not isinstance(error, FutureTimeout):
                raise
            raise WorkTimedOut("the task took too long and was stopped") from None

    async def _replace(self, broken: ProcessPool) -> None:
        if self._pool is broken:
            self._pool = self._new_pool()
            await asyncio.to_thread(_dispose, broken)

    async def stop(self) -> None:
        """Ends all workers; running tasks fail with `WorkFailed`."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(_dispose, pool)


def _dispose(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]  # pebble annotates only what it returns
    pool.join()
