"""The sealer under load, and killed.

`python -m tests.accesslog.sealing rate 500 600` writes 500 entries a second for 600 seconds while
a sealer runs as the worker's does. It says how late they were sealed. `python -m tests.accesslog.sealing kill 200`
kills a sealer of its own process with SIGKILL at that many random moments while entries are written. It verifies the
log then.
"""

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import asyncpg

from portal.accesslog.seal import keys
from portal.accesslog.seal.place import Place
from portal.accesslog.seal.publish import Publisher
from portal.accesslog.seal.sealer import seal
from portal.accesslog.seal.verify import verify
from tests.database import copy_of, make_template, throwaway_cluster

WRITE = """
insert into accesslog.entry (id, recorded_at, action, decision, actor_id, introduction_id, commitment)
select accesslog.entry_id(at), at, 'page_shown', 'permitted', gen_random_uuid(), gen_random_uuid(), sha256('')
from (select clock_timestamp() as at) as moment, generate_series(1, $1)
"""
LATE = """
select count(*) as many, percentile_cont(0.5) within group (order by late) as p50,
       percentile_cont(0.99) within group (order by late) as p99, max(late) as most
from (select extract(epoch from checkpoint.sealed_at - leaf.recorded_at) as late
      from accesslog.leaf cross join lateral (
          select checkpoint.sealed_at from accesslog.checkpoint
          where checkpoint.size > leaf.number order by checkpoint.size limit 1
      ) as checkpoint) as each
"""


async def write(url: str, rate: int, until: float) -> int:
    """Write so many entries a second, ten at a time; how many."""
    connection, written, began = await asyncpg.connect(url), 0, time.monotonic()
    while time.monotonic() < until:
        await connection.execute(WRITE, 10)
        written += 10
        await asyncio.sleep(max(0.0, began + written / rate - time.monotonic()))
    await connection.close()
    return written


async def sealing(url: str, folder: Path, pause: float, until: float = float("inf")) -> None:
    """Seal and publish as the worker does."""
    connection, publisher = await asyncpg.connect(url), Publisher(Place.open(str(folder / "public"), making=True))
    while time.monotonic() < until:
        await seal(connection, folder, "test/log")
        await publisher.publish(connection)
        await asyncio.sleep(pause)
    await connection.close()


async def rate(database: Any, folder: Path, many: int, seconds: int) -> None:
    """Say how late what was written was sealed."""
    until = time.monotonic() + seconds
    worker = asyncio.create_task(sealing(database.url("portal_worker"), folder, 2.0, until + 5))
    written = sum(await asyncio.gather(*(write(database.url("portal_owner"), many // 4, until) for _each in range(4))))
    await worker
    owner = await database.connect("portal_owner")
    row = await owner.fetchrow(LATE)
    print(  # noqa: T201
        f"{written} entries in {seconds} s, {row['many']} sealed; sealed after p50 {row['p50']:.2f} s,"
        f" p99 {row['p99']:.2f} s, at most {row['most']:.2f} s (budget: p99 10 s)"
    )
    await whole(owner, folder)


async def kill(database: Any, folder: Path, times: int) -> None:
    """Kill the sealer at random moments, with another writing."""
    chance = random.Random(12)
    written = asyncio.create_task(write(database.url("portal_owner"), 500, time.monotonic() + 3600))
    own = [sys.executable, "-m", "tests.accesslog.sealing", "seal", database.url("portal_worker"), str(folder)]
    for _time in range(times):
        child = await asyncio.create_subprocess_exec(*own)
        await asyncio.sleep(0.8 + chance.random() * 0.8)
        child.kill()
        await child.wait()
    written.cancel()
    await asyncio.gather(written, return_exceptions=True)
    last, owner = await database.connect("portal_worker"), await database.connect("portal_owner")
    while await owner.fetchval("select many from gate.waiting_for_the_seal()"):
        await seal(last, folder, "test/log")
        await asyncio.sleep(0.2)
    await Publisher(Place.open(str(folder / "public"), making=True)).publish(last)
    entries = await owner.fetchval("select count(*) from accesslog.entry")
    leaves = await owner.fetchval("select count(distinct entry_id) from accesslog.leaf")
    print(f"killed {times} times: {entries} entries, {leaves} of them sealed once")  # noqa: T201
    assert entries == leaves
    await whole(owner, folder)


async def whole(owner: Any, folder: Path) -> None:
    """The log verifies."""
    found = await verify(owner, keys.load(folder, name="", sealed_before=True).verifier)
    print(f"verified: {found.size} leaves, {found.checkpoints} checkpoints, {found.waiting} wait, wrong: {found.wrong}")  # noqa: T201
    assert not found.wrong


if __name__ == "__main__":
    if sys.argv[1] == "seal":
        asyncio.run(sealing(sys.argv[2], Path(sys.argv[3]), 0.01))
    else:
        with (
            throwaway_cluster() as cluster,
            copy_of(make_template(cluster), cluster) as made,
            tempfile.TemporaryDirectory() as kept,
        ):
            numbers = [int(word) for word in sys.argv[2:]]
            asyncio.run({"rate": rate, "kill": kill}[sys.argv[1]](made, Path(kept), *numbers))  # type: ignore[operator]  # each has its own numbers
