"""Where the embedded server's socket lies: beside its data, or in a short folder of its own."""

import hashlib
import shutil
import tempfile
from pathlib import Path

from portal.operate.account import Account
from portal.operate.postmaster import SOCKET_NAME

_LONGEST = 103  # bytes of a socket's path: 107 on Linux, 103 on the BSDs and macOS
_PREFIX = "shokai-"
_SHORT = Path("/tmp")  # noqa: S108 - TMPDIR may be deep; what is made here is private


def socket_directory(directory: Path, account: Account) -> Path:
    """Return a folder only `account` can enter, with a path short enough for a socket.

    Under `directory` where that fits, otherwise a new private one among the system's temporary
    files; its name is found again in the server's pid file.
    """
    beside = directory / "socket"
    if _fits(beside):
        beside.mkdir(mode=0o700, exist_ok=True)
        chosen = beside
    else:
        mark = hashlib.sha256(bytes(directory)).hexdigest()[:8]
        chosen = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{mark}-", dir=_SHORT))
    account.own(chosen)
    return chosen


def discard_socket_directory(folder: Path) -> None:
    """Remove `folder` if it was made among the temporary files."""
    if folder.parent == _SHORT and folder.name.startswith(_PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


def _fits(folder: Path) -> bool:
    return len(bytes(folder / SOCKET_NAME)) <= _LONGEST
