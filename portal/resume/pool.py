"""Separate processes for work on strangers' files and for setting type.

Promise: the event loop never waits for a render; a worker that hangs or ends too early gives its own task a typed error
and harms nobody else's; a worker is confined (`portal.resume.confine`), does one task (`portal.resume.worker`) and is
believed nothing (`portal.resume.answers`).
"""

import asyncio
import contextlib
import os
import pickle
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar, cast

from portal.resume import frames
from portal.resume.answers import Forged, read_answer
from portal.resume.confine import MEBIBYTE, Limits
from portal.resume.failures import PoolClosed, WorkerLost, WorkTimedOut, WorkTooBig
from portal.resume.fork_server import EXIT_CODE
from portal.resume.launcher import Launcher
from portal.resume.worker import BEGUN

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 2
LONGEST_ANSWER = 256 * MEBIBYTE
FAREWELL = 1.0  # seconds until a worker's end is told


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
    """The portal's side of one worker, which waits for its task from the moment it is made."""

    def __init__(self, channel: socket.socket, line: socket.socket, terms: bytes) -> None:
        self._channel = channel
        self._line = line
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        with contextlib.suppress(OSError):  # one that could not be made is found out when it is to begin
            channel.send(frames.framed(terms))

    async def take(self, task: bytes) -> None:
        """Gives it the task; returns when it has begun. Raises _NotBegun."""
        try:
            self._streams = await asyncio.open_unix_connection(sock=self._channel, limit=MEBIBYTE)
            reader, writer = self._streams
            writer.write(frames.framed(task))
            await writer.drain()
            await frames.read(reader, len(BEGUN))
        except (OSError, EOFError):
            raise _NotBegun from None

    async def answer(self) -> object:
        """What the task returned. Raises what it raised, and WorkerLost."""
        assert self._streams is not None
        try:
            return read_answer(await frames.read(self._streams[0], LONGEST_ANSWER))
        except (OSError, EOFError):
            raise WorkerLost(f"the worker died (exit code {await self._exit_code()})") from None
        except (Forged, frames.TooLong):
            raise WorkerLost("the worker answered what it may not") from None

    async def _exit_code(self) -> int | None:
        """None when the fork server does not tell it: it died itself, or was told to kill the worker."""
        told = b""
        with contextlib.suppress(OSError, TimeoutError):
            async with asyncio.timeout(FAREWELL):
                told = await asyncio.get_running_loop().sock_recv(self._line, EXIT_CODE.size)
        return int(EXIT_CODE.unpack(told)[0]) if told else None

    def kill(self) -> None:
        """Ends it, if it has not ended. Whoever waits for its answer hears that it died."""
        with contextlib.suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        if self._streams is not None:
            self._streams[1].transport.abort()

    def let_go(self) -> None:
        """Ends it, if it has not ended; nobody waits for it any more."""
        self.kill()
        self._line.close()
        if self._streams is None:
            self._channel.close()


class RenderPool:
    """`start()`, then `await run(function, *args)` any number of times, then `await stop()`, all in one event loop.

    Functions and arguments are pickled, so functions are module level. A task whose worker died before it
    began is given to another. A launcher that is given outlives the pool."""

    def __init__(self, settings: PoolSettings | None = None, launcher: Launcher | None = None) -> None:
        self.settings = settings or PoolSettings()
        self._launcher = launcher or Launcher()
        self._ends_launcher = launcher is None
        self._terms = pickle.dumps((self.settings.limits, self.settings.seconds_per_task))
        self._places: asyncio.Semaphore | None = None
        self._spare: deque[_Worker] = deque()
        self._busy: set[_Worker] = set()

    def start(self) -> None:
        """Has the workers made; returns at once. Raises OSError when no process can be started."""
        if self._places is None:
            self._spare.extend(self._new_worker() for _ in range(self.settings.workers))
            self._places = asyncio.Semaphore(self.settings.workers)

    def _new_worker(self) -> _Worker:
        return _Worker(*self._launcher.launch(), self._terms)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(*args)` in a worker. Raises `WorkFailed`, and of what it raises what `answers` knows."""
        if kwargs:
            raise TypeError("the pool passes positional arguments only")
        task = pickle.dumps((function, args))
        try:
            async with asyncio.timeout(self.settings.patience), self._running():
                return cast(T, await self._attempted(task))
        except TimeoutError:
            raise WorkTimedOut("no worker was free in time") from None
        except MemoryError:
            raise WorkTooBig("the task needs more memory than a worker may have") from None

    def _running(self) -> asyncio.Semaphore:
        if self._places is None:
            raise PoolClosed("the render pool is not running; start() it first")
        return self._places

    async def _attempted(self, task: bytes) -> object:
        # Those that were idle may all have died together; of those made since, none should.
        for _ in range(self.settings.workers + ATTEMPTS):
            try:
                return await self._done(self._next_worker(), task)
            except _NotBegun:
                continue
        raise WorkerLost("the render workers died before they began")

    def _next_worker(self) -> _Worker:
        """The one that was made first. Another is made while it works. Raises WorkerLost and PoolClosed."""
        self._running()
        try:
            self._spare.append(self._new_worker())
        except OSError as error:
            raise WorkerLost(f"no worker can be made: {error.strerror}") from None
        return self._spare.popleft()

    async def _done(self, worker: _Worker, task: bytes) -> object:
        self._busy.add(worker)
        try:
            await worker.take(task)
            async with asyncio.timeout(self.settings.seconds_per_task):
                return await worker.answer()
        except TimeoutError:
            raise WorkTimedOut("the task took too long and was stopped") from None
        finally:
            self._busy.discard(worker)
            worker.let_go()

    async def stop(self) -> None:
        """Ends all workers; running tasks fail with `WorkFailed`."""
        if self._places is None:
            return
        self._places = None
        for worker in self._busy:
            worker.kill()
        for worker in self._spare:
            worker.let_go()
        self._spare.clear()
        if self._ends_launcher:
            await asyncio.to_thread(self._launcher.end)
