"""How a flood is measured beside the usual: over sockets, from addresses of their own, in turns."""

import asyncio
import contextlib
import os
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import asyncpg
import click
import httpx

from tests.serving import Served

TURNS, EACH = 3, 5
PAGES = TURNS * EACH
READER = "127.0.0.1"
Timed = tuple[float, int]
Probe = Callable[[], Awaitable[list[Timed]]]


@dataclass
class Stage:
    """A served portal: Hana of Aoba with 81 people, Ken of Kita with 30."""

    server: Served
    owner: asyncpg.Connection
    hana: dict[str, str]
    ken: dict[str, str]
    theirs: list[str]
    kens: list[str]
    emails: tuple[str, str]

    @asynccontextmanager
    async def browser(self, source: str, cookies: dict[str, str] | None = None) -> AsyncIterator[httpx.AsyncClient]:
        """One more, at this address; each of its requests has a connection of its own."""
        way = httpx.AsyncHTTPTransport(local_address=source, limits=httpx.Limits(max_keepalive_connections=0))
        async with httpx.AsyncClient(transport=way, base_url=self.server.address, timeout=120) as client:
            client.cookies.update(cookies or {})
            yield client


async def timed(answer: Awaitable[httpx.Response]) -> Timed:
    """How long it took, and its status."""
    began = time.perf_counter()
    status = (await answer).status_code
    return time.perf_counter() - began, status


async def pages(stage: Stage, who: dict[str, str], count: int) -> list[Timed]:
    """The list of candidates, as somebody opens it."""
    async with stage.browser(READER, who) as browser:
        return [await timed(browser.get("/candidates")) for _ in range(count)]


def told(what: str, usual: list[Timed], flooded: list[Timed], good: int = 200) -> None:
    """One line: how many were served, the medians, and their ratio."""
    before, now = (statistics.median(seconds for seconds, _status in some) * 1000 for some in (usual, flooded))
    served_ = sum(status == good for _seconds, status in flooded)
    click.echo(
        f"{what}: {served_} of {len(flooded)}, median {now:.0f} ms, usually {before:.0f} ms, ratio {now / before:.2f},"
        f" longest {max(flooded)[0] * 1000:.0f} ms (load {os.getloadavg()[0]:.1f})",
    )


@asynccontextmanager
async def flood(*work: Callable[[], Awaitable[None]]) -> AsyncIterator[None]:
    """Each of these again and again while the block runs."""

    async def again(one: Callable[[], Awaitable[None]]) -> None:
        while True:
            with contextlib.suppress(httpx.TransportError):
                await one()
            await asyncio.sleep(0.02)

    tasks = [asyncio.create_task(again(one)) for one in work]
    await asyncio.sleep(2)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def in_turn(
    what: str, probes: Mapping[str, Probe], flooded_by: Callable[[], AbstractAsyncContextManager[None]], good: int = 200
) -> None:
    """Each probe without the flood and under it, in three turns, so that the machine's other load weighs on both."""
    usual: dict[str, list[Timed]] = {name: [] for name in probes}
    flooded: dict[str, list[Timed]] = {name: [] for name in probes}
    for _turn in range(TURNS):
        for name, probe in probes.items():
            usual[name] += await probe()
        async with flooded_by():
            for name, probe in probes.items():
                flooded[name] += await probe()
    for name in probes:
        told(f"{name} under {what}", usual[name], flooded[name], good if name == "right sign-ins" else 200)
