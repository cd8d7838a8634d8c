"""The portal as it is really served: `portal serve` in a process of its own, on a port, to be killed at will."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.database import Database

SECONDS_TO_START = 60.0


@dataclass
class Served:
    """One web server over a test's database. `address` stays the same over a restart."""

    database: Database
    home: Path
    port: int
    settings: dict[str, str] = field(default_factory=dict)
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Start it and wait until it takes requests."""
        given = {
            "HOME": str(self.home), "PORT": str(self.port), "BASE_URL": self.address, "LOG_LEVEL": "error",
            "DATABASE_URL": self.database.url("portal_web"), "RENDER_WORKERS": "2", **self.settings,
        }  # fmt: skip
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}
        with (self.home / "serve.log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "portal.cli", "serve"],
                env=kept | {f"PORTAL_{name}": value for name, value in given.items()},
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline:
            assert self._process is not None
            assert self._process.poll() is None, (self.home / "serve.log").read_text()[-2000:]
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.address}/readyz", timeout=2).status_code == 200:
                    return
            time.sleep(0.05)
        raise AssertionError((self.home / "serve.log").read_text()[-2000:])

    def kill(self, order: signal.Signals = signal.SIGKILL) -> None:
        """Send every process of it `order`, and wait until the last is gone."""
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, order)
        self._process.wait(30)
        while _port_is_taken(self.port):
            time.sleep(0.02)


@contextmanager
def served(database: Database, home: Path, **settings: str) -> Iterator[Served]:
    """A server that runs until the block ends."""
    made = Served(database, home, _free_port(), settings)
    made.start()
    try:
        yield made
    finally:
        made.kill()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _port_is_taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
