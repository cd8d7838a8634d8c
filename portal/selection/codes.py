"""Codes of introductions, which stand where a name is not open: how one is made, and read from what somebody typed.

A code may stand in an address and a name may not (P9). So no name is taken for a code, nor a person's number.
"""

import re
import secrets
import unicodedata

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is misread for another
MISHEARD = str.maketrans("OIL", "011")  # letters that no code has
MARKED = re.compile(r"SK[- ]([0-9A-TV-Z]{6,8})")
BARE = re.compile(r"(?:SK)?([0-9A-TV-Z]{8})")
VOWELS = frozenset("AEIOUY")
FEWEST_LETTERS = 3  # a birth date, a telephone number or that of a passport has fewer
HEARD_AS_DIGITS = frozenset("23456789")  # 0 and 1 may be heard as letters


def new_code() -> str:
    """A code of nearly 40 random bits that is found without its "SK-" too: it can be no name and no number."""
    while True:
        letters = "".join(secrets.choice(LETTERS) for _ in range(8))
        if _count(letters) >= FEWEST_LETTERS and not HEARD_AS_DIGITS.isdisjoint(letters):
            return f"SK-{letters}"


def code_in(asked: str) -> str | None:
    """The code that somebody typed where nothing else is asked for, in whichever width and case; None for no code."""
    typed = _plain(asked)
    found = MARKED.fullmatch(typed) or BARE.fullmatch(typed)
    return f"SK-{found[1].translate(MISHEARD)}" if found else None


def telling_code_in(asked: str) -> str | None:
    """The same where a name may be typed, or where it will stand in an address: None for what could be a name too."""
    typed = _plain(asked)
    bare = BARE.fullmatch(typed)
    return code_in(asked) if MARKED.fullmatch(typed) or (bare and _is_no_name(bare[1])) else None


def _plain(asked: str) -> str:
    return unicodedata.normalize("NFKC", asked).strip().upper()


def _is_no_name(word: str) -> bool:
    letters = _count(word)
    return letters >= FEWEST_LETTERS and (letters < len(word) or VOWELS.isdisjoint(word))


def _count(word: str) -> int:
    return sum(one.isalpha() for one in word)
