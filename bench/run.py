"""What all rows share: the world, how long to measure, and who asks."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bench.times import Sample
from bench.worlds import World

T = TypeVar("T")
CLIENTS = 16
SHOWN = 64


@dataclass(frozen=True, slots=True)
class Run:
    """One run. At `port` the portal serves `world`; `many` is one of ten thousand companies.

    `seconds` is how long each load lasts, and `rounds` how often floor and subject take turns. `clients` is how many
    ask for pages at once, of at most `processes` of a web server.
    """

    world: World
    small: World
    many: World
    port: int
    folder: Path
    rounds: int
    seconds: float
    clients: int = CLIENTS
    processes: int = os.cpu_count() or 1

    async def one(self, sql: str, *values: object) -> object:
        """One value out of the world, behind its scenes."""
        connection = await self.world.connect()
        try:
            return await connection.fetchval(sql, *values)
        finally:
            await connection.close()


def in_turns(run: Run, *loads: Callable[[], Sample]) -> list[list[Sample]]:
    """Each load's samples; the loads take turns, so that a noisy neighbour disturbs all of them alike.

    A first turn that nobody looks at fills caches and plans.
    """
    taken: list[list[Sample]] = [[] for _ in loads]
    for turn in range(run.rounds + 1):
        for samples, measure in zip(taken, loads, strict=True):
            sample = measure()
            if turn:
                samples.append(sample)
    return taken


async def open_introductions(world: World, company: int, most: int = SHOWN, photos: bool = True) -> list[str]:
    """The newest introductions of a company whose items are open for selection, to its recruiters."""
    connection = await world.connect()
    try:
        rows = await connection.fetch(
            "select introduction_id from gate.standing_at(now(), null) as standing"
            " join personal.candidate_items as person using (candidate_id)"
            " where company_id = bench.id('company', $1) and selection_items <> 0 and contact_items <> 0"
            " and ($2 or person.photo is null) order by introduced_at desc limit $3",
            company,
            photos,
            most,
        )
        found = [str(row["introduction_id"]) for row in rows]
        return (found * most)[:most]  # a small world has fewer; then some are asked for more often
    finally:
        await connection.close()


def cookies(who: str) -> list[str]:
    """The cookies of the sixteen sessions that the world has for `who`."""
    return [f"portal={secret(who, n)}" for n in range(1, CLIENTS + 1)]


def secret(who: str, number: int) -> str:
    """A session's secret, as bench.secret makes it."""
    return f"bench-{who}-{number}-".ljust(43, "x")


def array(ids: list[str]) -> str:
    """Ids as a literal of PostgreSQL."""
    return "{" + ",".join(ids) + "}"
