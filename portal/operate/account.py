"""The system account that the embedded database runs as.

PostgreSQL refuses to run as root. Started by root it runs as an account of its own, which owns
the data folder and nothing else; started by anyone else it runs as that person.
"""

import os
import pwd
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from portal.operate.errors import OperateError

ACCOUNT_NAME = "shokai-db"


class RunAs(TypedDict, total=False):
    """The arguments of `subprocess.Popen` that change the user."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True, slots=True)
class Account:
    """Who owns the data folder and runs the server."""

    name: str
    uid: int
    gid: int

    @property
    def is_other(self) -> bool:
        """Whether it is somebody else than this process."""
        return self.uid != os.geteuid()

    def run_as(self) -> RunAs:
        """Return what makes a child process run as this account."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def blocked_at(self, path: Path) -> Path | None:
        """Return the first folder on the way to `path`, itself included, it cannot enter."""
        if not self.is_other:
            return None
        folders = [*reversed(path.parents), path]
        script = 'for d do test -x "$d" || { printf %s "$d"; exit 0; }; done'
        result = subprocess.run(
            ["/bin/sh", "-c", script, "sh", *map(str, folders)],
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
            **self.run_as(),
        )
        return Path(result.stdout) if result.stdout else None

    def own(self, path: Path) -> None:
        """Hand `path` over to the account."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def let_in(self, folder: Path) -> None:
        """Let the account, and nobody else besides the owner, pass through `folder`."""
        if self.is_other:
            os.chown(folder, -1, self.gid)
            folder.chmod(0o710)


def database_account() -> Account:
    """Return the account to run the database as, creating it when this process is root.

    Raises OperateError when it is absent and cannot be made.
    """
    if os.geteuid() != 0:
        person = pwd.getpwuid(os.geteuid())
        return Account(person.pw_name, person.pw_uid, person.pw_gid)
    return _find() or _create()


def _find() -> Account | None:
    try:
        entry = pwd.getpwnam(ACCOUNT_NAME)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create() -> Account:
    command = ["useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", ACCOUNT_NAME]
    said = "useradd is not installed"
    for _ in range(10):  # another start may hold the password file's lock at this moment
        if shutil.which("useradd"):
            said = subprocess.run(command, capture_output=True, text=True, check=False).stderr
        if account := _find():
            return account
        time.sleep(0.2)
    raise OperateError(
        "PostgreSQL does not run as root, and a system account for it could not be made: "
        f"{said.strip()}\nMake one with `{' '.join(command)}`, or run this as an ordinary user, "
        "or set PORTAL_DATABASE_URL to a server of your own."
    )
