"""Statements that take turns on one connection, each in a transaction of its own as a page has one.

Measured is the processor time of the database's process that serves the connection, where the system tells it (Linux):
on a machine that others use as well the clock says how long the statement waited. Elsewhere it is the clock.
"""

import time
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import asyncpg

from bench.times import Sample

NOTE = '{"id": "3f0ad4a8-6a3c-4d2e-8a0e-0d3f5f6f7a11", "ip": "127.0.0.1", "agent": "bench"}'
AT_MOST = 40
Statements = Callable[[asyncpg.Connection], Awaitable[object]]


async def taking_turns(
    connection: asyncpg.Connection, secret: str, seconds: float, pages: Mapping[str, Statements]
) -> dict[str, Sample]:
    """The times of each, without arriving: at least two of each, and for about as long as `seconds` all together."""
    spent = spent_by(await connection.fetchval("select pg_backend_pid()"))
    times: dict[str, list[float]] = {name: [] for name in pages}
    began, turns = time.perf_counter(), 0
    while turns < 3 or (turns < AT_MOST and time.perf_counter() - began < seconds):
        turns += 1
        for name, page in pages.items():
            async with connection.transaction():
                await connection.fetch("select * from gate.arrive($1, $2)", secret, NOTE)
                before = spent()
                await page(connection)
                await connection.fetchval("select 1")  # the statement before is done, and its time is counted
                times[name].append(spent() - before)
    took = time.perf_counter() - began
    return {name: Sample(tuple(each[1:]), took) for name, each in times.items()}  # the first one fills caches and plans


def spent_by(process: int) -> Callable[[], float]:
    """The seconds of processor time of a process of this machine; where it does not say, those of the clock."""
    told = Path(f"/proc/{process}/schedstat")
    if not told.is_file():
        return time.perf_counter
    return lambda: int(told.read_text(encoding="ascii").split()[0]) / 1e9
