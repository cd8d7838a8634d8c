"""Entries written by gate.disclose, with all that it decides and returns, against bare inserts of the same rows."""

from bench.pgbench import pgbench
from bench.run import Run, array, in_turns, open_introductions
from bench.table import Row
from bench.times import median, rate
from portal.operate.cluster import SUPERUSER

PER_CALL = 25
CLIENTS = 8
LEAST_SHARE = 0.8
ONE = "3f0ad4a8-6a3c-4d2e-8a0e-0d3f5f6f7a11"


async def measure(run: Run) -> list[Row]:
    """Twenty-five at a time, as a list page writes them."""
    await run.world.refresh()
    values = {"who": "largest", "ids": array(await open_introductions(run.world, 1)), "one": ONE}
    bare, gate = in_turns(
        run,
        lambda: pgbench(run.world, ["insert"], values, CLIENTS, run.seconds, SUPERUSER),
        lambda: pgbench(run.world, ["disclose"], values, CLIENTS, run.seconds),
    )
    floor, written = (PER_CALL * median(samples, rate) for samples in (bare, gate))
    share = written / floor
    return [
        Row(
            "entries written by disclose",
            f"{written:.0f}/s",
            f"bare {floor:.0f}/s",
            f"{share:.0%}",
            "≥ 80%",
            share >= LEAST_SHARE,
        )
    ]
