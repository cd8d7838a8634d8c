"""Searches that are sent as a POST, and the address that each leads to.

What somebody types may be a person's name, which belongs in no address: there only what was understood of it may stand.
"""

import re
import unicodedata
from typing import Any
from urllib.parse import urlencode

from portal.web.forms import Form

CODE = re.compile(r"SK[- ]?([0-9A-TV-Z]{6,8})")
MISHEARD = str.maketrans("OIL", "011")  # letters that no code has


def code_in(asked: str) -> str | None:
    """The introduction's code that somebody typed, in whichever width and case; None for anything else."""
    typed = CODE.fullmatch(unicodedata.normalize("NFKC", asked).strip().upper())
    return f"SK-{typed[1].translate(MISHEARD)}" if typed else None


def address(path: str, form: Form[Any], **understood: str | None) -> str:
    """Where the same search can be found again: its fields without those that were wrong. Of a field named in
    `understood`, which is one that can be typed into, that stands there instead of what was typed."""
    right = {name: typed for name, typed in form.given.items() if name not in form.errors}
    kept = {name: value for name, value in {**right, **understood}.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path
