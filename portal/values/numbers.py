"""Whole numbers and sums of money as people write them, in any width of digits."""

import re

from portal.language.i18n import N_
from portal.values.text import symbols
from portal.values.wrong import REQUIRED, Wrong

# Thousands stand apart by a comma or a blank; a comma anywhere else would be somebody's decimals.
_WHOLE = re.compile(r"[+-]?(?:\d{1,15}|\d{1,3}(?:[, ]\d{3}){1,4})")


def whole(written: str, *, least: int, most: int) -> int:
    """A whole number from `least` to `most`."""
    typed = symbols(written)
    if not typed:
        raise Wrong(REQUIRED)
    number = int(re.sub("[, ]", "", typed)) if _WHOLE.fullmatch(typed) else None
    if number is None or not least <= number <= most:
        raise Wrong(N_("Please enter a whole number from %(least)s to %(most)s."), least=f"{least:,}", most=f"{most:,}")
    return number


def yen(written: str, *, most: int) -> int:
    """A sum of whole yen, with or without its sign."""
    typed = symbols(written).removeprefix("¥").removeprefix("JPY").removesuffix("円").strip()
    return whole(typed, least=0, most=most)
