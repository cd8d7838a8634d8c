"""One child process of `portal up`, kept running: restarted with growing pauses, given up on at last."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from portal.operate.errors import OperateError
from portal.operate.log_files import last_lines, open_log
from portal.operate.process import die_with_parent, used_by_session

_LONG_ENOUGH = 20.0  # seconds a child must live to be taken for healthy again
_MOST_FAILURES = 5  # that many short lives in a row, and it is not worth starting again


@dataclass(slots=True)
class Child:
    """`portal <command>` in a process group of its own, with an environment of its own."""

    name: str
    arguments: list[str]
    environment: Mapping[str, str]
    log: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _began: float = field(default=0.0, init=False)
    _failures: int = field(default=0, init=False)
    _again_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Start it. It is told to end when this process dies. Raises OperateError."""
        with open_log(self.log) as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "portal.cli", *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.environment,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGTERM),
            )
        self._began = time.monotonic()

    @property
    def ended(self) -> bool:
        """Whether it was started and is no more."""
        return self._process is not None and self._process.poll() is not None

    def processor_seconds(self) -> float:
        """What it and all that it started have used, as far as the system tells."""
        return 0.0 if self._process is None else used_by_session(self._process.pid)

    def keep_alive(self) -> str | None:
        """Restart it if it died and its pause is over; return a line about it when it did.

        Raises OperateError, with its last lines, when it died at once several times in a row.
        """
        if not self.ended:
            return None
        now = time.monotonic()
        if not self._again_at:
            self._note_failure(now)
        if now < self._again_at:
            return None
        self._again_at = 0.0
        self.start()
        return f"{self.name} ended and was started again"

    def _note_failure(self, now: float) -> None:
        self._end_group(signal.SIGKILL)  # its own children may hold its port
        self._failures = 1 if now - self._began > _LONG_ENOUGH else self._failures + 1
        if self._failures > _MOST_FAILURES:
            raise self.failure()
        self._again_at = now + min(10.0, 0.25 * 2**self._failures)

    def failure(self) -> OperateError:
        """Return an error that shows how it ended."""
        assert self._process is not None
        return OperateError(
            f"{self.name} ended by itself (code {self._process.returncode}). "
            f"The end of {self.log}:\n{last_lines(self.log, 15)}"
        )

    def ask_to_stop(self) -> None:
        """Ask it to finish what it does and end."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait_stopped(self, deadline: float) -> None:
        """Wait until `deadline` (monotonic seconds) for it to end, then end all of its group."""
        if self._process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.1, deadline - time.monotonic()))
        self._end_group(signal.SIGKILL)
        self._process.wait()

    def _end_group(self, order: signal.Signals) -> None:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, order)
