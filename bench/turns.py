"""Statements that take turns on one connection, each in a transaction of its own as a page has one."""

import time
from collections.abc import Awaitable, Callable, Mapping

import asyncpg

from bench.times import Sample

NOTE = '{"id": "3f0ad4a8-6a3c-4d2e-8a0e-0d3f5f6f7a11", "ip": "127.0.0.1", "agent": "bench"}'
AT_MOST = 40
Statements = Callable[[asyncpg.Connection], Awaitable[object]]


async def taking_turns(
    connection: asyncpg.Connection, secret: str, seconds: float, pages: Mapping[str, Statements]
) -> dict[str, Sample]:
    """The times of each, without arriving: at least two of each, and about as long as `seconds` for all of them."""
    times: dict[str, list[float]] = {name: [] for name in pages}
    began, turns = time.perf_counter(), 0
    while turns < 3 or (turns < AT_MOST and time.perf_counter() - began < seconds):
        turns += 1
        for name, page in pages.items():
            async with connection.transaction():
                await connection.fetch("select * from gate.arrive($1, $2)", secret, NOTE)
                since = time.perf_counter()
                await page(connection)
                times[name].append(time.perf_counter() - since)
    took = time.perf_counter() - began
    return {name: Sample(tuple(each[1:]), took) for name, each in times.items()}  # the first one fills caches and plans
