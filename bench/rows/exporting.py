"""The files of an export: the memory of a process that makes one in each form, and how long each takes beside CSV."""

import resource
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from typing import Any

from bench.run import Run
from bench.table import Row
from portal.accesslog.export.files import NAMES, ExportFile

MOST_MB = 300
PAGE = 1_000
ROWS = """
select named.* from gate.log_named(array(
    select entry from accesslog.entry order by entry.recorded_at desc, entry.id desc limit $1)) as named
"""


async def measure(run: Run) -> list[Row]:
    """A fifth of the log's entries, a million of five, in pages as the export fetches them."""
    connection = await run.world.connect()
    page = [dict(row) for row in await connection.fetch(ROWS, PAGE)]
    await connection.close()
    many = run.world.sizes.entries // 5
    with ProcessPoolExecutor(1, get_context("spawn")) as alone:  # whose memory is its own
        few, peak, spent = alone.submit(_made, page, many).result()
    what = f"export of {many:,} entries"
    memory = Row(
        f"{what}: memory", f"{peak} MB", f"a tenth {few} MB", f"{peak / few:.2f} ×", f"≤ {MOST_MB} MB", peak <= MOST_MB
    )
    csv = spent["csv"]
    return [
        memory,
        *(
            Row(f"{what}: {form}", f"{took:.3g} s", f"csv {csv:.3g} s", f"{took / csv:.1f} ×")
            for form, took in spent.items()
        ),
    ]


def _made(page: list[dict[str, Any]], many: int) -> tuple[int, int, dict[str, float]]:
    """The most megabytes after a tenth in each form and after the whole in each, and the seconds of the latter."""
    for form in NAMES:
        _file(form, page, many // 10)
    few = _peak()
    spent = {form: _file(form, page, many) for form in NAMES}
    return few, _peak(), spent


def _file(form: str, page: list[dict[str, Any]], many: int) -> float:
    since, file = time.process_time(), ExportFile(form, {}, datetime.now(UTC))
    for first in range(0, many, PAGE):
        file.add(page[: many - first])
    file.close(whole=True)
    return time.process_time() - since


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
