"""Searches that are sent as a POST, and the address that each leads to.

What somebody types may be a person's name, which belongs in no address: there only what was understood of it may stand.
"""

import re
import unicodedata
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from litestar import Response

from portal.web.forms import Form
from portal.web.rendering import see_other
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

MARKED_CODE = re.compile(r"SK[- ]([0-9A-TV-Z]{6,8})")
BARE_CODE = re.compile(r"(?:SK)?([0-9A-TV-Z]{8})")
MISHEARD = str.maketrans("OIL", "011")  # letters that no code has
VOWELS = frozenset("AEIOUY")
FEWEST_LETTERS = 3  # a birth date, a telephone number or that of a passport has fewer


def code_in(asked: str) -> str | None:
    """The introduction's code that somebody typed, in whichever width and case.

    None for anything else, and for what could be a name: without "SK-" only what no name looks like is a code.
    """
    typed = unicodedata.normalize("NFKC", asked).strip().upper()
    if marked := MARKED_CODE.fullmatch(typed):
        return _code(marked[1])
    bare = BARE_CODE.fullmatch(typed)
    return _code(bare[1]) if bare and _is_no_name(bare[1]) else None


def _code(letters: str) -> str:
    return f"SK-{letters.translate(MISHEARD)}"


def _is_no_name(word: str) -> bool:
    letters = [one for one in word if one.isalpha()]
    return len(letters) >= FEWEST_LETTERS and (len(letters) < len(word) or VOWELS.isdisjoint(letters))


def address(path: str, form: Form[Any], **understood: str | None) -> str:
    """Where the same search can be found again: its fields without those that were wrong. Of a field named in
    `understood`, which is one that can be typed into, that stands there instead of what was typed."""
    right = {name: typed for name, typed in form.given.items() if name not in form.errors}
    kept = {name: value for name, value in {**right, **understood}.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


async def led_on(
    request: PortalRequest, found_at: str, answer: Callable[[], Awaitable[Response[str]]], *, whole: bool
) -> Response[str] | Response[bytes]:
    """A search's answer, or the way to its address, when the `whole` of it stands there. htmx is given both at once."""
    if whole and not visit(request).htmx:
        async with work(request):  # only someone who may search is led on
            pass
        return see_other(request, found_at)
    found = await answer()
    found.headers["HX-Push-Url"] = found_at
    return found
