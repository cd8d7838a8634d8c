"""Who can sign in to the demo, with which password: `<home>/demo-sign-ins.json`, mode 0600.

The passwords are made for this installation and are nowhere else; the portal itself keeps only what
they can be checked against.
"""

import json
import os
from pathlib import Path
from typing import TypedDict

FILE = "demo-sign-ins.json"


class SignIn(TypedDict):
    """`company` is None for the operator's own staff."""

    role: str
    company: str | None
    email: str
    password: str


def sign_ins(home: Path) -> list[SignIn]:
    """The demo's sign-ins; an empty list where no demo was loaded."""
    path = home / FILE
    if not path.exists():
        return []
    kept: list[SignIn] = json.loads(path.read_text(encoding="utf-8"))
    return kept


def keep(home: Path, listed: list[SignIn]) -> None:
    """Write the list, whole or not at all, readable by its owner alone."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = home / f".{FILE}.{os.getpid()}"
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(listed, file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(home / FILE)
