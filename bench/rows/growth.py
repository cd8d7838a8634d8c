"""What the same page of the same ordinary company costs in the big world and in one of a hundredth of its size."""

from collections.abc import Callable

from bench.pgbench import pgbench
from bench.run import Run, array, in_turns, open_introductions
from bench.table import Row, ms
from bench.times import Sample, median, p50
from bench.worlds import World

MOST = 1.2
PAGES = {"list": "list", "candidate": "candidate page", "home": "home"}
CLIENTS = 2


async def measure(run: Run) -> list[Row]:
    """List, candidate page and home, statements only, a few clients so that nothing waits."""
    loads: list[Callable[[], Sample]] = []
    for statements in PAGES:
        for world in (run.small, run.world):
            await world.refresh()
            loads.append(_load(run, world, statements, array(await open_introductions(world, 2))))
    middles = [median(samples, p50) for samples in in_turns(run, *loads)]
    sizes = f"{run.small.sizes.consents:,} to {run.world.sizes.consents:,} consents"
    return [_line(what, sizes, *middles[2 * n : 2 * n + 2]) for n, what in enumerate(PAGES.values())]


def _load(run: Run, world: World, statements: str, ids: str) -> Callable[[], Sample]:
    values = {"who": "ordinary", "ids": ids}
    return lambda: pgbench(world, ["arrive", statements], values, CLIENTS, run.seconds)


def _line(what: str, sizes: str, small: float, big: float) -> Row:
    return Row(f"growth of {what}, {sizes}", ms(big), ms(small), f"{big / small:.2f} ×", "≤ 1.2 ×", big <= MOST * small)
