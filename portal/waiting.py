"""Waiting that an order to stop cuts short: between two turns of what the worker does for ever."""

import asyncio
from contextlib import suppress


async def pause(stopping: asyncio.Event, seconds: float) -> None:
    """Wait for the order to stop, at most so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stopping.wait()
