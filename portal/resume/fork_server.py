"""The process that all workers are forked from: everything loaded, one page of each form set, nothing secret.

Promise: a worker is ready in some milliseconds. `portal.resume.launcher` starts this program without the portal's
environment, and nothing else sends it requests. With each request come two ends of sockets: the new worker's channel,
and its life line. When the portal closes the life line, the worker is killed. When the worker ends, its exit code is
told there. When the portal is gone, all workers are killed and this process ends.
"""

import contextlib
import gc
import os
import selectors
import signal
import socket
import struct
import sys
from collections.abc import Callable

EXIT_CODE = struct.Struct("=i")


class _Server:
    """Runs in one thread, so a fork copies no lock that somebody else holds."""

    def __init__(self, control: socket.socket, life: Callable[[int], None]) -> None:
        self._control = control
        self._life = life
        self._lines: dict[int, socket.socket] = {}
        self._watched = selectors.DefaultSelector()
        self._watched.register(control, selectors.EVENT_READ, self._make)
        woken, self._wakes = socket.socketpair()
        for end in (woken, self._wakes):
            end.setblocking(False)
        self._watched.register(woken, selectors.EVENT_READ, lambda: self._bury(woken))
        signal.set_wakeup_fd(self._wakes.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def serve(self) -> None:
        """Go on until the portal is gone, and leave no worker behind."""
        with contextlib.suppress(EOFError):
            while True:
                for key, _ in self._watched.select():
                    key.data()
        for process in self._lines:
            os.kill(process, signal.SIGKILL)

    def _make(self) -> None:
        try:
            asked, ends, _, _ = socket.recv_fds(self._control, 1, 2)
        except OSError:
            raise EOFError from None
        if not asked:
            raise EOFError
        try:
            channel, line = ends
            process = os.fork()
        except (ValueError, OSError):  # too many files open, or too many processes; the portal sees its ends closed
            for end in ends:
                os.close(end)
            return
        if process == 0:
            self._be_a_worker(channel)
        os.close(channel)
        self._lines[process] = socket.socket(fileno=line)
        self._lines[process].setblocking(False)
        self._watched.register(self._lines[process], selectors.EVENT_READ, lambda: self._kill(process))

    def _be_a_worker(self, channel: int) -> None:
        code = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            self._life(channel)
            code = 0
        finally:
            os._exit(code)

    def _kill(self, process: int) -> None:
        """The number is still this worker's: only `_bury` frees it, and takes it out of the table."""
        line = self._lines.get(process)
        if line is not None and line.fileno() >= 0:
            os.kill(process, signal.SIGKILL)
            self._let_go(line)

    def _bury(self, woken: socket.socket) -> None:
        with contextlib.suppress(BlockingIOError):
            woken.recv(4096)
        with contextlib.suppress(ChildProcessError):
            while True:
                process, status = os.waitpid(-1, os.WNOHANG)
                if process == 0:
                    return
                line = self._lines.pop(process)
                if line.fileno() >= 0:
                    with contextlib.suppress(OSError):
                        line.send(EXIT_CODE.pack(os.waitstatus_to_exitcode(status)))
                    self._let_go(line)

    def _let_go(self, line: socket.socket) -> None:
        self._watched.unregister(line)
        line.close()


def main(control: int) -> None:
    """The program: `control` is the number of its socket. It ends with the portal and not by Ctrl-C or SIGTERM,
    which reach the whole group while the portal still answers its last requests."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    gc.disable()  # what is loaded until it is warm stays, and is looked at once then
    from portal.resume import warm
    from portal.resume.confine import prepare
    from portal.resume.worker import do_one_task

    warm.warm_up()
    prepare()
    _Server(socket.socket(fileno=control), do_one_task).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
