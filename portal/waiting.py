"""What the worker does for ever: turns with pauses between them, which an order to stop cuts short."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

Well = Callable[[], None]
"""What work calls when a turn went well: the next pause after a failure is short again."""


async def pause(stopping: asyncio.Event, seconds: float) -> None:
    """Wait for the order to stop, at most so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stopping.wait()


async def keep_on(
    work: Callable[[Well], Awaitable[None]],
    stopping: asyncio.Event,
    expected: tuple[type[Exception], ...],
    failed: Callable[[Exception, float], object],
    *,
    shortest: float,
    longest: float,
) -> None:
    """Do the work until told to stop. Of an `expected` error `failed` is told, with the seconds until it begins anew.

    The seconds double from `shortest` to `longest` as long as nothing goes well.
    """
    seconds = shortest

    def well() -> None:
        nonlocal seconds
        seconds = shortest

    while not stopping.is_set():
        try:
            await work(well)
        except expected as error:
            failed(error, seconds)
            await pause(stopping, seconds)
            seconds = min(longest, seconds * 2)
