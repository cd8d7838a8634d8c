"""Starts the fork server, and has it make workers.

Promise: the fork server is started without the portal's environment, where the database's password stands, and
with nothing open but its own socket. One that has ended or does not listen is replaced by the next request.
"""

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path

from portal.resume.confine import KEPT_VARIABLES

_PROGRAM = "portal.resume.fork_server"
_LAST_MOMENT = 2.0  # seconds that its end may take


class Launcher:
    """For one thread. `launch()` any number of times, then `end()`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    @property
    def process(self) -> int | None:
        """The number of the fork server's process; None while there is none."""
        return self._process.pid if self._process else None

    def launch(self) -> tuple[socket.socket, socket.socket]:
        """A new worker's channel and life line (see `portal.resume.fork_server`); returns before it is made.

        Raises OSError when no fork server can be started. Both ends close when the worker could not be made."""
        with contextlib.ExitStack() as undone:
            channel, its_channel = socket.socketpair()
            line, its_line = socket.socketpair()
            for mine in (channel, line):
                mine.setblocking(False)
                undone.callback(mine.close)
            with its_channel, its_line:
                try:
                    self._ask(its_channel, its_line)
                except OSError:
                    self.end()
                    self._ask(its_channel, its_line)
            undone.pop_all()
        return channel, line

    def _ask(self, *ends: socket.socket) -> None:
        if self._control is None:
            self._start()
        assert self._control is not None
        socket.send_fds(self._control, [b"\0"], [end.fileno() for end in ends])

    def _start(self) -> None:
        control, its_control = socket.socketpair()
        with its_control:
            number = its_control.fileno()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", _PROGRAM, str(number)],
                env=_environment(),
                pass_fds=(number,),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
            )
        control.setblocking(False)  # when it is full, nobody reads it
        self._control = control

    def end(self) -> None:
        """The fork server and all its workers end; the next request starts another."""
        process, control = self._process, self._control
        self._process = self._control = None
        if control is not None:
            control.close()
        if process is not None:
            try:
                process.wait(_LAST_MOMENT)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _environment() -> dict[str, str]:
    """What is taken out of a running process stays in its memory, so this is all that it ever has."""
    kept = {name: os.environ[name] for name in KEPT_VARIABLES if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(str(Path(place).absolute()) for place in sys.path)}
