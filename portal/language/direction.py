"""Which way a text runs: as its first strong letter does, whatever the language around it."""

import unicodedata
from typing import Literal

_RIGHT_TO_LEFT = ("R", "AL")
_ISOLATE, _END = "\u2068", "\u2069"  # the letters between decide their own direction, and nothing outside


def direction(text: str) -> Literal["ltr", "rtl"]:
    """Of a paragraph; left to right where no letter says otherwise."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L" or kind in _RIGHT_TO_LEFT:
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


def isolated(text: str) -> str:
    """In one piece within a line, whatever punctuation stands beside it. Texts that need no help stay as they are."""
    if any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text):
        return f"{_ISOLATE}{text}{_END}"
    return text
