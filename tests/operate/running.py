"""Real `portal up` processes for tests, and what is left of them."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

READY = "The portal is ready"


@dataclass
class Up:
    """One `portal up` on a home of its own, and what it `said` until it was ready."""

    process: subprocess.Popen[str]
    home: Path
    port: int
    said: str = ""

    def children(self) -> dict[str, int]:
        """Return the process ids of postgres, serve and worker by those names."""
        found = {}
        for pid in processes_of(self.home):
            words = _words(pid)
            for name in ("serve", "worker"):
                if words[-1:] == [name]:
                    found[name] = pid
            if words[1:2] == ["-D"]:
                found["postgres"] = pid
        return found

    def interrupt(self) -> tuple[int, str]:
        """Press Ctrl-C; return the exit code and what it said."""
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said


def free_port() -> int:
    """Return a port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def new_home(prefix: str = "shokai-test-") -> Iterator[Path]:
    """Give a new empty folder below /tmp; end what still runs on it, and remove it."""
    home = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    try:
        yield home
    finally:
        for pid in processes_of(home):
            kill(pid)
        wait_until_gone(home)
        shutil.rmtree(home)


def start(home: Path, port: int, *arguments: str) -> subprocess.Popen[str]:
    """Start `portal up` on `home` without waiting."""
    command = [sys.executable, "-u", "-m", "portal.cli", "up", "--home", str(home)]
    return subprocess.Popen(
        [*command, "--port", str(port), "--no-demo", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env={name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")},
    )


def up(home: Path, port: int | None = None) -> Up:
    """Start `portal up` and return when it says that it is ready."""
    chosen = port or free_port()
    process = start(home, chosen)
    watchdog = threading.Timer(90, process.kill)
    watchdog.start()
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith(READY):
            watchdog.cancel()
            return Up(process, home, chosen, "".join(said))
    watchdog.cancel()
    raise AssertionError("portal up did not become ready:\n" + "".join(said))


def processes_of(home: Path) -> set[int]:
    """Return every process that works in `home`, was started with it, or was told of it."""
    mark = str(home).encode()
    found = set()
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            told = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            if mark in told or str((entry / "cwd").readlink()).startswith(str(home)):
                found.add(int(entry.name))
        except OSError:
            continue
    return found


def wait_until_gone(home: Path, seconds: float = 60) -> None:
    """Wait until no process of `home` is left."""
    deadline = time.monotonic() + seconds
    while left := processes_of(home):
        assert time.monotonic() < deadline, [_words(pid) for pid in left]
        time.sleep(0.1)


def kill(pid: int) -> None:
    """Kill -9."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _words(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().rstrip("\0").split("\0")
    except OSError:
        return []
