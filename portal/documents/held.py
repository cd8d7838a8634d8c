"""Whether a cleaned PDF's text has a person's contact details in it. Runs in a confined worker process.

Promise: whoever brings a file says what it shows; where its own text says more, that is found. Pictures are not read,
so nothing found is no proof that nothing is shown.
"""

import io
import re
import unicodedata

import phonenumbers
from pypdf import PdfReader

_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s\-\u2010-\u2015\u2212()./・]+(?=\d)")
_SHORTEST_NUMBER = 7
_SHORTEST_CODE = 5


def shown_in(pdf: bytes, email: str | None, telephone: str | None, postal_code: str | None) -> tuple[str, ...]:
    """The codes of the items that stand in the text, of those that are given: email, telephone, address."""
    text = _plain("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))
    found = {
        "email": bool(email) and _plain(email or "") in re.sub(r"\s", "", text),
        "telephone": _has_number(text, telephone or ""),
        "address": _has_code(text, postal_code or ""),
    }
    return tuple(code for code, is_there in found.items() if is_there)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _has_number(text: str, telephone: str) -> bool:
    """The number as it is dialled in its country, with or without what goes before it."""
    try:
        own = phonenumbers.national_significant_number(phonenumbers.parse(telephone))
    except phonenumbers.NumberParseException:
        return False
    return len(own) >= _SHORTEST_NUMBER and re.search(rf"{own}(?!\d)", _BETWEEN_DIGITS.sub("", text)) is not None


def _has_code(text: str, code: str) -> bool:
    """The postal code by itself, and not as a part of a longer number."""
    parts = [re.escape(part) for part in re.split(r"[\s-]+", _plain(code)) if part]
    if sum(map(len, parts)) < _SHORTEST_CODE:
        return False
    between = r"[\s\-\u2010-\u2015\u2212]?"
    return re.search(rf"(?<![\d\-]){between.join(parts)}(?![\d\-])", text) is not None
