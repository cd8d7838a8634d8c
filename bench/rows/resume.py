"""The resume as a download: made for the first time, made before, and the share of it that is the stamp."""

import asyncio
import statistics
import time
from datetime import UTC, datetime

from bench.load import HOST, ask
from bench.run import Run, cookies, open_introductions
from bench.table import Row, ms
from bench.web import portal
from portal.candidates.items import Purpose
from portal.resume.stamp import Stamp, apply_stamp, set_strip, strip_of

FIRST, AGAIN = 0.4, 0.01


async def measure(run: Run) -> list[Row]:
    """One reader, one download at a time, of people without a photo: the world has no stored files. Each web process
    keeps the PDFs that it made, so there is one."""
    await run.world.refresh()
    ids = await open_introductions(run.world, 2, 3 * run.rounds + 2, photos=False)
    with portal(run.world, run.folder, processes=1) as port:
        for one in ids[:2]:  # the fork server loads fonts and style sheets, and a recruiter's strip is set
            await _download(port, one)
        first = [await _download(port, one) for one in ids[2:]]
        again = [await _download(port, one) for one in ids[2:]]
    stamping = [await asyncio.to_thread(_stamp, pdf) for _, pdf in again]
    once, twice = (statistics.median(took for took, _ in each) for each in (first, again))
    alone = statistics.median(stamping[1:])
    rest = twice - alone
    return [
        Row(
            "resume.pdf, first time", ms(once), f"again {ms(twice)}", f"{once / twice:.1f} ×", "≤ 400 ms", once <= FIRST
        ),
        Row(
            "resume.pdf, again, without its stamp",
            ms(rest),
            f"stamp {ms(alone)}",
            f"{rest / alone:.1f} ×",
            "≤ 10 ms",
            rest <= AGAIN,
        ),
    ]


async def _download(port: int, introduction: str) -> tuple[float, bytes]:
    reader, writer = await asyncio.open_connection(HOST, port, limit=1 << 22)
    cookie = f"Cookie: {cookies('ordinary')[0]}\r\n"
    began = time.perf_counter()
    status, _head, body = await ask(reader, writer, port, f"/candidates/{introduction}/resume.pdf", cookie)
    took = time.perf_counter() - began
    writer.close()
    assert status == 200, f"the resume answered {status}"
    return took, body


def _stamp(pdf: bytes) -> float:
    stamp = Stamp("Example Company", "Recruiter", datetime.now(UTC), Purpose.SELECTION, "3f0ad4a8", "ja")
    strip = set_strip(strip_of(stamp))
    began = time.perf_counter()
    apply_stamp(pdf, strip, stamp)
    return time.perf_counter() - began
