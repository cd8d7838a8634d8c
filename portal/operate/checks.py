"""The kind of answer that `portal doctor` gives: what was looked at, how it is, what to do."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's table. `remedy` is empty unless something is to be done."""

    name: str
    state: State
    found: str
    remedy: str = ""


def verdict(name: str, good: bool, found: str, remedy: str) -> Check:
    """Return a check that is ok or, with its remedy, failed."""
    return Check(name, "ok", found) if good else Check(name, "failed", found, remedy)
