"""Statements by pgbench: the floor of everything that the web adds to."""

import os
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.times import Sample
from bench.worlds import World
from portal.operate.roles import WEB

FOLDER = Path(__file__).parent / "statements"


class PgbenchFailed(RuntimeError):
    """pgbench ended with an error; its words are the message."""


def pgbench(
    world: World,
    pieces: Sequence[str],
    values: Mapping[str, str],
    clients: int,
    seconds: float,
    role: str = WEB,
) -> Sample:
    """Run `bench/statements/<piece>.sql`, one after the other as one script, with these values for its variables."""
    binaries, environment = world.cluster.binaries, {**os.environ, "PGPASSWORD": world.cluster.password(role)}
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "script.sql"
        script.write_text("".join((FOLDER / f"{piece}.sql").read_text(encoding="utf-8") for piece in pieces))
        command = [str(binaries / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(2, clients))]
        command += ["-T", str(round(seconds))] if seconds >= 1 else ["-t", "8"]
        command += ["-l", "--log-prefix", f"{folder}/log", "-f", str(script)]
        command += ["-h", str(world.socket), "-U", role, "-d", world.sizes.name]
        command += [part for name, value in values.items() for part in ("-D", f"{name}={value}")]
        ran = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        if ran.returncode or "aborted" in ran.stderr:
            raise PgbenchFailed(ran.stderr.strip()[-2000:])
        lines = [line.split() for log in Path(folder).glob("log.*") for line in log.read_text().splitlines()]
    return _sample(lines)


def _sample(lines: list[list[str]]) -> Sample:
    """Of a log's lines: client, number, microseconds, script, and when it ended, as seconds and microseconds."""
    ended = [int(line[4]) + int(line[5]) / 1e6 for line in lines]
    times = tuple(int(line[2]) / 1e6 for line in lines)
    began = min(end - took for end, took in zip(ended, times, strict=True))
    return Sample(times, max(ended) - began)
