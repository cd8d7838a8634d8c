"""What a data folder says of its server: running, ready, where its socket is, or ended without clearing up.

PostgreSQL trusts `postmaster.pid` when any process of the same user has the number in it, which
after a crash may be anyone. Here a number counts only when the process works in that folder.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from portal.operate.errors import OperateError

PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Postmaster:
    """The lines of `postmaster.pid` that matter here."""

    pid: int
    socket_directory: Path
    ready: bool


def read_postmaster(data: Path) -> Postmaster | None:
    """Return what the data folder's pid file says, or None when there is none worth reading."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        return Postmaster(
            pid=int(lines[0]),
            socket_directory=Path(lines[4]),
            ready=len(lines) > 7 and lines[7].strip() == "ready",
        )
    except (FileNotFoundError, IndexError, ValueError):
        return None


def is_alive(postmaster: Postmaster, data: Path) -> bool:
    """Return whether that process runs and works in `data`."""
    if not _PROC.is_dir():
        return True  # PostgreSQL's own check has to do
    return _works_in(_PROC / str(postmaster.pid), data.resolve())


def living_postmaster(data: Path) -> Postmaster | None:
    """Return the server that runs on `data`, or None."""
    found = read_postmaster(data)
    return found if found and is_alive(found, data) else None


def clear_remains(data: Path, patience: float = 10.0) -> None:
    """Remove what a killed server left, once none of its processes works in `data` any more.

    Its backends notice the death of their postmaster by themselves; `patience` is how many
    seconds they get. Raises OperateError when some are still there after that.
    """
    left = read_postmaster(data)
    if not _PROC.is_dir() or _nothing_to_clear(left, data):
        return
    deadline = time.monotonic() + patience
    while remaining := _working_in(data):
        if time.monotonic() > deadline:
            raise OperateError(
                f"The database in {data} was killed, and processes of it are still running: "
                f"{', '.join(map(str, sorted(remaining)))}. Stop them, then start again."
            )
        time.sleep(0.05)
    (data / "postmaster.pid").unlink(missing_ok=True)
    if left:
        for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (left.socket_directory / name).unlink(missing_ok=True)


def _nothing_to_clear(left: Postmaster | None, data: Path) -> bool:
    """Return whether there is nothing to clear: the server lives, or left no pid file."""
    if left is None:
        return not (data / "postmaster.pid").exists()
    return is_alive(left, data)


def _working_in(data: Path) -> set[int]:
    """Return the processes whose working folder is `data`, as all of a server's are."""
    here = data.resolve()
    return {int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit() and _works_in(entry, here)}


def _works_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder
    except OSError:
        return False  # it ended, or is somebody else's
