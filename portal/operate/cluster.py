"""The embedded PostgreSQL server: made, started and stopped here.

Promises: no connection without a password, from the first moment; a Unix socket and no network
port; the data folder belongs to the database's account and nothing above it is opened up; a
server that was killed, postmaster and all, does not stop the next start.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

from portal.operate.account import Account
from portal.operate.binaries import major_version
from portal.operate.errors import OperateError
from portal.operate.log_files import last_lines, open_log
from portal.operate.options import initdb_arguments, server_arguments
from portal.operate.passwords import password_of
from portal.operate.postmaster import PORT, clear_remains, living_postmaster, read_postmaster
from portal.operate.process import die_with_parent
from portal.operate.sockets import discard_socket_directory, socket_directory

SUPERUSER = "postgres"
_QUIET_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def address(directory: Path, role: str, database: str) -> str:
    """Return the address of `database` for `role`, password included, in the server that runs on `directory`.

    Raises OperateError when none does.
    """
    running = living_postmaster(directory / "data")
    if running is None:
        raise OperateError(f"The database in {directory / 'data'} does not run.")
    query = urlencode({"host": str(running.socket_directory), "port": PORT})
    word = quote(password_of(role, directory), safe="")
    return f"postgresql://{role}:{word}@/{database}?{query}"


@dataclass(slots=True)
class Cluster:
    """One data folder, under `directory`, and its server.

    `durable=False` leaves out fsync, for tests that throw the data away.
    """

    directory: Path
    account: Account
    binaries: Path
    durable: bool = True
    _server: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _sockets: Path | None = field(default=None, init=False)

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.directory / "data"

    @property
    def log(self) -> Path:
        """The server's log file."""
        return self.directory / "postgres.log"

    def password(self, role: str) -> str:
        """Return the password of `role`."""
        return password_of(role, self.directory)

    def url(self, role: str, database: str) -> str:
        """Return `address` in this cluster. Raises OperateError when its server does not run."""
        return address(self.directory, role, database)

    def create(self) -> None:
        """Make the data folder unless it is there; whole or not at all."""
        if (self.data / "PG_VERSION").exists():
            self._check_version()
            return
        partial = self.directory / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(mode=0o700)
        self.account.own(partial)
        descriptor, name = tempfile.mkstemp(dir=self.directory)
        word = Path(name)
        try:
            with os.fdopen(descriptor, "w") as file:
                file.write(self.password(SUPERUSER))
            self.account.own(word)
            self._initdb(partial, word)
        finally:
            word.unlink()
        partial.rename(self.data)

    def _initdb(self, target: Path, password_file: Path) -> None:
        command = [str(self.binaries / "initdb"), f"--pgdata={target}", f"--username={SUPERUSER}"]
        command += [f"--pwfile={password_file}"]
        command += initdb_arguments(major_version(self.binaries), self.durable)
        made = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=_QUIET_ENVIRONMENT,
            **self.account.run_as(),
        )
        if made.returncode:
            raise OperateError(f"The database could not be made in {target}:\n{made.stderr}")

    def _check_version(self) -> None:
        has = int((self.data / "PG_VERSION").read_text())
        runs = major_version(self.binaries)
        if has != runs:
            raise OperateError(
                f"{self.data} was made by PostgreSQL {has}, and this is PostgreSQL {runs}. "
                "Move the data with pg_dump and pg_restore, or choose another --home."
            )

    def start(self, patience: float = 60.0) -> None:
        """Start the server and return when it takes connections.

        It stops by itself when this process dies. Raises OperateError, with the end of its log,
        when it does not come up within `patience` seconds.
        """
        if running := living_postmaster(self.data):
            raise OperateError(
                f"A database already runs on {self.data} (process {running.pid}). "
                "Stop the portal that uses this home, or choose another --home."
            )
        left = read_postmaster(self.data)
        clear_remains(self.data)
        if left and left.socket_directory != self._sockets:
            discard_socket_directory(left.socket_directory)
        if self._sockets is None or not self._sockets.is_dir():  # its address stays over a restart
            self._sockets = socket_directory(self.directory, self.account)
        command = [str(self.binaries / "postgres"), "-D", str(self.data)]
        command += server_arguments(self._sockets, self.durable)
        with open_log(self.log) as log:
            self._server = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env=_QUIET_ENVIRONMENT,
                start_new_session=True,
                preexec_fn=die_with_parent(signal.SIGINT),
                **self.account.run_as(),
            )
        self._wait_until_ready(patience)

    def _wait_until_ready(self, patience: float) -> None:
        assert self._server is not None
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if self._server.poll() is not None:
                break
            running = living_postmaster(self.data)
            if running and running.ready:
                return
            time.sleep(0.02)
        self.stop()
        raise OperateError(f"The database did not start. The end of {self.log}:\n{last_lines(self.log, 8)}")

    @property
    def running(self) -> bool:
        """Whether the server this object started is alive."""
        return self._server is not None and self._server.poll() is None

    def stop(self, patience: float = 30.0) -> None:
        """Stop the server this object started: fast shutdown, and immediate when that hangs."""
        server, self._server = self._server, None
        if server is None:
            return
        for order in (signal.SIGINT, signal.SIGQUIT):
            if server.poll() is None:
                server.send_signal(order)
                try:
                    server.wait(patience)
                except subprocess.TimeoutExpired:
                    continue
        if self._sockets:
            discard_socket_directory(self._sockets)
            self._sockets = None
