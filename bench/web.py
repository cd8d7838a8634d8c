"""The servers under load: the portal's own web process, and a bare one beside it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.bare import MARKUP
from bench.worlds import World
from portal.operate.environment import child_environment
from portal.operate.roles import WEB
from portal.settings import load_settings

PATIENCE = 60.0


class NotReady(RuntimeError):
    """A server did not come up; the message is the end of its log."""


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def portal(world: World, folder: Path, processes: int = os.cpu_count() or 1) -> Iterator[int]:
    """The portal over this world, with its keys and log in `folder`, a web process for each core; gives its port."""

    def start(port: int) -> "subprocess.Popen[bytes]":
        settings = load_settings(home=folder, port=port, log_format="json")
        environment = child_environment(settings, world.url(WEB)) | {"PORTAL_LOG_FORMAT": "json"}
        serve = ["-m", "portal.cli", "serve", "--workers", str(processes)]
        return started([sys.executable, *serve], environment, folder / "web.log")

    with serving(start, folder / "web.log") as port:
        yield port


@contextmanager
def bare(markup: bytes, folder: Path, processes: int) -> Iterator[int]:
    """Litestar answering /page with this markup; gives its port."""
    file = folder / "markup.html"
    file.write_bytes(markup)

    def start(port: int) -> "subprocess.Popen[bytes]":
        environment = {**os.environ, MARKUP: str(file), "PORTAL_PORT": str(port)}
        return started([sys.executable, "-m", "bench.bare", str(processes)], environment, folder / "bare.log")

    with serving(start, folder / "bare.log") as port:
        yield port


def started(command: list[str], environment: dict[str, str], log: Path) -> "subprocess.Popen[bytes]":
    """A server of its own process, which writes into this log."""
    with log.open("wb") as said:
        return subprocess.Popen(command, env=environment, stdout=said, stderr=said)


@contextmanager
def serving(start: Callable[[int], "subprocess.Popen[bytes]"], log: Path) -> Iterator[int]:
    """A server while the block runs, ready when it begins; gives its port. Another process may take a free port before
    the server does, so a second one is tried. Raises NotReady."""
    port = free_port()
    child = start(port)
    try:
        try:
            wait_ready(child, port, log)
        except NotReady as why:
            if "already in use" not in str(why):
                raise
            child.wait()
            port = free_port()
            child = start(port)
            wait_ready(child, port, log)
        yield port
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def wait_ready(child: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Return once /readyz says so. Raises NotReady."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and child.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/readyz", headers={"Host": f"localhost:{port}"})
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        finally:
            connection.close()
        time.sleep(0.02)
    raise NotReady(log.read_text(errors="replace")[-1000:])
