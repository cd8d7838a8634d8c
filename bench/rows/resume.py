"""The resume as a download: made for the first time, made before, and the share of it that is the stamp; and as a ZIP
the time until the first byte."""

import asyncio
import statistics
import time
from datetime import UTC, datetime
from urllib.parse import urlencode

from bench.load import HOST, ask
from bench.run import Run, cookies, open_introductions, secret
from bench.table import Row, ms
from bench.web import portal
from portal.candidates.items import Purpose
from portal.resume.stamp import Stamp, apply_stamp, set_strip, strip_of
from portal.web import csrf

MOST_TAKEN = 100
FIRST, AGAIN, BYTE = 0.4, 0.01, 0.3


async def measure(run: Run) -> list[Row]:
    """One reader, one download at a time, of people without a photo: the world has no stored files. Each web process
    keeps the PDFs that it made, so there is one."""
    await run.world.refresh()
    ids = await open_introductions(run.world, 2, 2 * run.rounds + 2, photos=False)
    others = await open_introductions(run.world, 2, 2 * run.rounds + 2 + MOST_TAKEN, photos=False)
    with portal(run.world, run.folder, processes=1) as port:
        for one in ids[:2]:  # the fork server loads fonts and style sheets, and a recruiter's strip is set
            await _download(port, one)
        first = [await _download(port, one) for one in ids[2:]]
        again = [await _download(port, one) for one in ids[2:]]
        zips = []
        for one in (ids[1], *others[len(ids) : len(ids) + run.rounds]):
            zips.append(await _taken(port, one, others))
            await asyncio.sleep(min(run.seconds, 1.0))  # the resume that was being made when we went away is done
    stamping = [await asyncio.to_thread(_stamp, pdf) for _, pdf in again]
    once, twice = (statistics.median(took for took, _ in each) for each in (first, again))
    byte = statistics.median(zips[1:])
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
        Row(
            f"ZIP of {MOST_TAKEN} resumes, first byte",
            ms(byte),
            f"resume {ms(once)}",
            f"{byte / once:.1f} ×",
            "≤ 300 ms",
            byte <= BYTE,
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


async def _taken(port: int, first: str, others: list[str]) -> float:
    """How long the first byte of a ZIP takes whose first resume is this one. The rest is not waited for."""
    reader, writer = await asyncio.open_connection(HOST, port)
    chosen = [first, *(one for one in dict.fromkeys(others) if one != first)][:MOST_TAKEN]
    body = urlencode([(csrf.FIELD, csrf.token(secret("ordinary", 1))), *(("chosen", one) for one in chosen)])
    head = f"POST /candidates/zip HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookies('ordinary')[0]}\r\n"
    form = f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
    began = time.perf_counter()
    writer.write((head + form).encode())
    answer = await reader.readuntil(b"\r\n\r\n")
    await reader.readexactly(1)
    took = time.perf_counter() - began
    writer.close()
    assert b"application/zip" in answer, f"the ZIP was answered {answer[:300]!r}"
    return took


def _stamp(pdf: bytes) -> float:
    stamp = Stamp("Example Company", "Recruiter", datetime.now(UTC), Purpose.SELECTION, "3f0ad4a8", "ja")
    strip = set_strip(strip_of(stamp))
    began = time.perf_counter()
    apply_stamp(pdf, strip, stamp)
    return time.perf_counter() - began
