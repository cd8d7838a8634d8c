"""From the command to the first page, on a home that has been used before."""

import asyncio
import os
import shutil
import signal
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from bench.run import Run
from bench.server import running
from bench.table import Row
from bench.web import free_port, wait_ready
from portal.settings import PREFIX, PROJECT

MOST_SECONDS = 5.0


async def measure(run: Run) -> list[Row]:
    """script/server to /readyz, against the embedded database server alone on the same home."""
    home = Path(tempfile.mkdtemp(prefix="shokai-bench-start-"))
    try:
        await asyncio.to_thread(_start, home)
        floors, starts = [], []
        for _ in range(run.rounds):
            floors.append(await asyncio.to_thread(_database_alone, home))
            starts.append(await asyncio.to_thread(_start, home))
    finally:
        shutil.rmtree(home, ignore_errors=True)
    floor, start = statistics.median(floors), statistics.median(starts)
    kept = start <= MOST_SECONDS
    return [
        Row(
            "start, second run",
            f"{start:.1f} s",
            f"database alone {floor:.1f} s",
            f"{start / floor:.1f} ×",
            "≤ 5 s",
            kept,
        )
    ]


def _database_alone(home: Path) -> float:
    began = time.perf_counter()
    with running(home):
        return time.perf_counter() - began


def _start(home: Path) -> float:
    port, log = free_port(), home.with_suffix(".log")
    command = [str(PROJECT / "script" / "server"), "--home", str(home), "--port", str(port), "--no-demo"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    began = time.perf_counter()
    with log.open("wb") as said:
        server = subprocess.Popen(command, env=environment, stdout=said, stderr=said, start_new_session=True)
    try:
        wait_ready(server, port, log)
        return time.perf_counter() - began
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(60)
        log.unlink()
