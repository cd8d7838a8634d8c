"""Searching: one recruiter at a time, each kind of filter beside the list without any."""

import time
from dataclasses import astuple

import asyncpg

from bench.run import Run, secret
from bench.table import Row, ms
from bench.times import Sample, p50
from bench.turns import AT_MOST, NOTE
from portal.disclosure.searching import SEARCH, Order, SearchFilter
from portal.operate.roles import WEB

KINDS = {
    "Japanese N1": SearchFilter(japanese_rank=5),
    "Japanese N3 or higher": SearchFilter(japanese_rank=3),
    "permission to work": SearchFilter(work_permission="unrestricted"),
    "stage": SearchFilter(stage="offer"),
    "a common name": SearchFilter("nguyen"),
    "a name in its own script": SearchFilter("グエン"),
    "two words": SearchFilter("nguyen minh"),
    "a rare name": SearchFilter("Chelon"),
    "a name nobody has": SearchFilter("zzzz"),
    "a code nobody has": SearchFilter(code="SK-000000"),
    "unread": SearchFilter(unread=True),
    "assigned to nobody": SearchFilter(assigned="nobody"),
    "an occupation": SearchFilter(keywords="welder"),
    "a rare employer": SearchFilter(keywords="works 17"),
    "a word nobody has": SearchFilter(keywords="zzzz"),
    "a qualification": SearchFilter(qualification="forklift"),
    "a language": SearchFilter(language="en"),
    "can begin within three months": SearchFilter(available_months=3),
}
ORDERS: tuple[Order, ...] = ("changed", "stage")


async def measure(run: Run) -> list[Row]:
    """In the largest company, where it is hardest, and in an ordinary one."""
    await run.world.refresh()
    rows = []
    for who in ("ordinary", "largest"):
        connection = await run.world.connect(WEB)
        try:
            plain = await _sample(connection, who, SearchFilter(), run.seconds)
            rows.append(Row(f"search, {who} company, counted", ms(p50(plain)), "", "1.0 ×"))
            asked_for = [(kind, asked, "introduced") for kind, asked in KINDS.items()]
            asked_for += [(f"sorted by {order}", SearchFilter(), order) for order in ORDERS]
            for kind, asked, order in asked_for:
                sample = await _sample(connection, who, asked, run.seconds, order)
                ratio = p50(sample) / p50(plain)
                rows.append(Row(f"search, {who} company: {kind}", ms(p50(sample)), ms(p50(plain)), f"{ratio:.1f} ×"))
        finally:
            await connection.close()
    return rows


async def _sample(
    connection: asyncpg.Connection, who: str, asked: SearchFilter, seconds: float, order: str = "introduced"
) -> Sample:
    times: list[float] = []
    began = time.perf_counter()
    while len(times) < 3 or (len(times) < AT_MOST and time.perf_counter() - began < seconds):
        async with connection.transaction():
            await connection.fetch("select * from gate.arrive($1, $2)", secret(who, 1), NOTE)
            since = time.perf_counter()
            await connection.fetch(SEARCH, *astuple(asked), None, None, False, 26, 0, order, None)
            times.append(time.perf_counter() - since)
    return Sample(tuple(times[1:]), time.perf_counter() - began)  # the first one fills caches and plans
