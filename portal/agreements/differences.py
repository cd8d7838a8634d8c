"""What is different in a text from the one before it, line by line, for somebody who signed that one."""

from difflib import SequenceMatcher
from typing import Literal, NamedTuple


class Line(NamedTuple):
    """One line that was added, or that is gone."""

    kind: Literal["added", "removed"]
    text: str


def differences(former: str, text: str) -> list[Line]:
    """The lines that are not in both, in the order of the text; what is gone stands before what took its place."""
    before, after = _lines(former), _lines(text)
    found: list[Line] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            found += [Line("removed", one) for one in before[start:end]]
            found += [Line("added", one) for one in after[new_start:new_end]]
    return found


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
