"""The list page and the candidate page, recorded, through HTTP: against pgbench on the gate's statements alone, and
against a bare Litestar page of the same markup."""

import asyncio
from collections.abc import Callable

from bench import web
from bench.load import HOST, Order, ask, load
from bench.pgbench import pgbench
from bench.run import Run, array, cookies, in_turns, open_introductions
from bench.table import Row, ms
from bench.times import Sample, median, p50, p99, rate

LEAST_SHARE = 0.3
LONGEST_TAIL = 4.0


async def measure(run: Run) -> list[Row]:
    """Both pages, for recruiters of the largest company."""
    ids = await open_introductions(run.world, 1)
    values = {"who": "largest", "ids": array(ids)}
    rows = []
    pages = {"list": ("list page of 25, recorded", ["/candidates"])}
    pages["candidate"] = ("candidate page, recorded", [f"/candidates/{one}" for one in ids])
    for statements, (what, paths) in pages.items():
        await run.world.refresh()
        markup = await _markup(run.port, paths[0])
        with web.bare(markup, run.folder, run.processes) as bare_port:
            order = Order(run.port, paths, cookies("largest"), run.clients, run.seconds)
            plain = Order(bare_port, ["/page"], [], run.clients, run.seconds)
            floor, bare, shown = in_turns(run, _statements(run, statements, values), _load(plain), _load(order))
        rows += _lines(what, floor, bare, shown)
    return rows


def _statements(run: Run, statements: str, values: dict[str, str]) -> Callable[[], Sample]:
    return lambda: pgbench(run.world, ["arrive", statements], values, run.clients, run.seconds)


def _load(order: Order) -> Callable[[], Sample]:
    return lambda: load(order)


async def _markup(port: int, path: str) -> bytes:
    reader, writer = await asyncio.open_connection(HOST, port, limit=1 << 20)
    status, _head, body = await ask(reader, writer, port, path, f"Cookie: {cookies('largest')[0]}\r\n")
    writer.close()
    assert status == 200, f"{path} answered {status}"
    return body


def _lines(what: str, floor: list[Sample], bare: list[Sample], shown: list[Sample]) -> list[Row]:
    pages, alone, plain = (median(samples, rate) for samples in (shown, floor, bare))
    middle, tail = median(shown, p50), median(shown, p99)
    return [
        Row(
            what,
            f"{pages:.0f}/s",
            f"pgbench {alone:.0f}/s",
            f"{pages / alone:.0%}",
            "≥ 30%",
            pages / alone >= LEAST_SHARE,
        ),
        Row(
            f"{what}: p99 to p50",
            ms(tail),
            f"p50 {ms(middle)}",
            f"{tail / middle:.2f} ×",
            "< 4 ×",
            tail < LONGEST_TAIL * middle,
        ),
        Row(f"{what}: of a bare page", f"{pages:.0f}/s", f"Litestar {plain:.0f}/s", f"{pages / plain:.1%}"),
    ]
