"""Who can sign in to the demo, with which password: `<home>/demo-sign-ins.json`, mode 0600.

The passwords are made for this installation and are nowhere else; the portal itself keeps only what
they can be checked against.
"""

import json
from pathlib import Path
from typing import TypedDict

from portal.own_files import read_own, write_own

FILE = "demo-sign-ins.json"


class SignIn(TypedDict):
    """`company` is None for the operator's own staff."""

    role: str
    company: str | None
    email: str
    password: str


def sign_ins(home: Path) -> list[SignIn]:
    """The demo's sign-ins; an empty list where no demo was loaded. Raises NotAnOwnFile."""
    text = read_own(home / FILE)
    kept: list[SignIn] = [] if text is None else json.loads(text)
    return kept


def keep(home: Path, listed: list[SignIn]) -> None:
    """Write the list, whole or not at all, readable by its owner alone. Raises NotAnOwnFile."""
    write_own(home / FILE, json.dumps(listed, ensure_ascii=False, indent=2))
