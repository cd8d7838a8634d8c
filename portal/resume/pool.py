"""Separate processes for work on strangers' files and for setting type.

Promise: the event loop never waits for a render; a hung or dying worker costs its own task a typed error
and nobody else anything; a worker is confined (`portal.resume.confine`), does one task (`portal.resume.worker`)
and is believed nothing (`portal.resume.answers`).
"""

import asyncio
import os
import pickle
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar, cast

from portal.resume import fork_server
from portal.resume.answers import Forged, read_answer
from portal.resume.confine import MEBIBYTE, Limits
from portal.resume.failures import PoolClosed, WorkerLost, WorkTimedOut, WorkTooBig
from portal.resume.worker import BEGUN, do_one_task

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 2
LONGEST_ANSWER = 256 * MEBIBYTE
FAREWELL = 1.0  # seconds a worker has to end by itself
GLANCE = 0.005  # seconds between two looks whether it has


@dataclass(frozen=True, slots=True)
class PoolSettings:
    """At most `workers` tasks at a time; times in seconds.

    `patience` is how long a task may take in all, waiting for a free worker included."""

    workers: int = field(default_factory=lambda: max(2, min(4, os.cpu_count() or 2)))
    seconds_per_task: float = 30.0
    patience: float = 120.0
    limits: Limits = field(default_factory=Limits)


class _NotBegun(Exception):
    """The worker died before it had the task, so another one can have it."""


class _Worker:
    """The portal's side of one worker. One thread makes it, and one has it work and buries it; anybody may kill it."""

    def __init__(self, settings: PoolSettings) -> None:
        tasks, self._tasks = fork_server.CONTEXT.Pipe(duplex=False)
        self._answers, answers = fork_server.CONTEXT.Pipe(duplex=False)
        try:
            self._process = fork_server.forked(do_one_task, tasks, answers, settings.limits, settings.seconds_per_task)
        except BaseException:
            self._tasks.close()
            self._answers.close()
            raise
        finally:
            tasks.close()
            answers.close()

    def work(self, task: bytes, begun: "Future[None]", outcome: "Future[object]") -> None:
        """The task, from handing it over to the worker's end. `begun` is told first, with _NotBegun when it is not."""
        try:
            self._hand_over(task)
            begun.set_result(None)
            outcome.set_result(self._answer())
        except BaseException as error:
            (outcome if begun.done() else begun).set_exception(error)
        finally:
            self.bury()

    def _hand_over(self, task: bytes) -> None:
        try:
            self._tasks.send_bytes(task)
            self._answers.recv_bytes(len(BEGUN))
        except (OSError, EOFError):
            raise _NotBegun from None

    def _answer(self) -> object:
        try:
            return read_answer(self._answers.recv_bytes(LONGEST_ANSWER))
        except (OSError, EOFError):
            raise WorkerLost(f"the worker died (exit code {self._ended()})") from None
        except Forged:
            raise WorkerLost("the worker answered what it may not") from None

    def _ended(self) -> int | None:
        """How it ended; None when it does not."""
        deadline = time.monotonic() + FAREWELL
        while (code := fork_server.exit_code(self._process)) is None and time.monotonic() < deadline:
            time.sleep(GLANCE)
        return code

    def kill(self) -> None:
        """Ends it, and with it whatever its thread waits for."""
        fork_server.kill(self._process)

    def bury(self) -> None:
        """Waits for its end, which comes by itself after a task, and lets go of all it had."""
        if self._ended() is None:
            self.kill()
        self._tasks.close()
        self._answers.close()


class RenderPool:
    """`start()`, then `await run(function, *args)` any number of times, then `await stop()`.

    Functions and arguments are pickled, so functions are module level. A task whose worker died before it
    began is given to another."""

    def __init__(self, settings: PoolSettings | None = None) -> None:
        self.settings = settings or PoolSettings()
        self._threads: ThreadPoolExecutor | None = None
        self._spare: deque[Future[_Worker]] = deque()
        self._busy: set[_Worker] = set()
        self._places = asyncio.Semaphore(0)

    def start(self) -> None:
        """Starts the workers; returns at once, while they are made."""
        if self._threads is None:
            self._places = asyncio.Semaphore(self.settings.workers)
            # For each place one thread that works, one that buries what worked before, and one that makes what is next.
            self._threads = ThreadPoolExecutor(3 * self.settings.workers, "render")
            for _ in range(self.settings.workers):
                self._add_spare(self._threads)

    def _add_spare(self, threads: ThreadPoolExecutor) -> None:
        self._spare.append(threads.submit(_Worker, self.settings))

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(*args)` in a worker. Raises `WorkFailed`, and of what it raises what `answers` knows."""
        if kwargs:
            raise TypeError("the pool passes positional arguments only")
        task = pickle.dumps((function, args))
        try:
            async with asyncio.timeout(self.settings.patience), self._places:
                return cast(T, await self._attempted(task))
        except TimeoutError:
            raise WorkTimedOut("no worker was free in time") from None
        except MemoryError:
            raise WorkTooBig("the task needs more memory than a worker may have") from None

    async def _attempted(self, task: bytes) -> object:
        # Those that were idle may all have died together; of those made since, none should.
        for _ in range(self.settings.workers + ATTEMPTS):
            try:
                return await self._done(await self._next_worker(), task)
            except _NotBegun:
                continue
        raise WorkerLost("the render workers died before they began")

    async def _next_worker(self) -> _Worker:
        """A worker that is ready. Raises _NotBegun and PoolClosed."""
        self._running()
        making = self._spare.popleft()
        try:
            worker = await asyncio.shield(asyncio.wrap_future(making))
        except asyncio.CancelledError:
            self._spare.appendleft(making)
            raise
        except (OSError, EOFError):  # the fork server died; the next worker starts another
            self._add_spare(self._running())
            raise _NotBegun from None
        if self._threads is None:
            await asyncio.to_thread(worker.bury)
        self._add_spare(self._running())  # the next one is made while this one works
        self._busy.add(worker)
        return worker

    def _running(self) -> ThreadPoolExecutor:
        if self._threads is None:
            raise PoolClosed("the render pool is not running; start() it first")
        return self._threads

    async def _done(self, worker: _Worker, task: bytes) -> object:
        begun: Future[None] = Future()
        outcome: Future[object] = Future()
        for each in (begun, outcome):
            each.set_running_or_notify_cancel()  # whoever gives up waiting does not take it back from the thread
        self._running().submit(worker.work, task, begun, outcome)
        try:
            await asyncio.wrap_future(begun)
            async with asyncio.timeout(self.settings.seconds_per_task):
                return await asyncio.wrap_future(outcome)
        except TimeoutError:
            raise WorkTimedOut("the task took too long and was stopped") from None
        finally:
            if not outcome.done():
                worker.kill()
            self._busy.discard(worker)

    async def stop(self) -> None:
        """Ends all workers; running tasks fail with `WorkFailed`."""
        threads, self._threads = self._threads, None
        if threads is None:
            return
        for worker in self._busy:
            worker.kill()
        made = await asyncio.gather(*map(asyncio.wrap_future, self._spare), return_exceptions=True)
        self._spare.clear()
        for worker in (one for one in made if isinstance(one, _Worker)):
            worker.kill()
            threads.submit(worker.bury)
        await asyncio.to_thread(threads.shutdown)
