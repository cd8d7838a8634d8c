"""Pages by key: each says where the next goes on, so that a page costs the same however far it lies.

A cursor is the key of the last row in an opaque form. It is not secret and not trusted: it is read
back against the types its page expects, and one that does not fit means the first page. A key may
be personal data, such as a name; pages ordered by one must take the cursor from a POST.
"""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Generic, TypeVar
from uuid import UUID

T = TypeVar("T")
Key = tuple[str | int | date | datetime | UUID, ...]
LONGEST_CURSOR = 1000
LARGEST = 2**31  # the numbers of a column lie below it


def _text(written: str) -> str:
    if "\0" in written:
        raise ValueError("no column holds this letter")
    return written.encode().decode()


def _number(written: str) -> int:
    number = int(written)
    if not -LARGEST <= number < LARGEST:
        raise ValueError("no column holds this number")
    return number


_READERS: dict[type, Callable[[str], object]] = {
    str: _text,
    int: _number,
    UUID: UUID,
    date: date.fromisoformat,
    datetime: lambda text: datetime.fromisoformat(text).astimezone(UTC),
}


def encode(key: Key) -> str:
    """The cursor of a key."""
    parts = [part.isoformat() if isinstance(part, (date, datetime)) else str(part) for part in key]
    return base64.urlsafe_b64encode(json.dumps(parts, ensure_ascii=False).encode()).decode().rstrip("=")


def decode(cursor: str | None, *kinds: type) -> Key | None:
    """The key in a cursor, a value of each of `kinds`; None for none and for one that does not fit."""
    if not cursor or len(cursor) > LONGEST_CURSOR:
        return None
    try:
        parts = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        if not isinstance(parts, list) or len(parts) != len(kinds):
            return None
        key = tuple(_READERS[kind](str(part)) for kind, part in zip(kinds, parts, strict=True))
    except (binascii.Error, ValueError, OverflowError, RecursionError):
        return None
    return key  # type: ignore[return-value]  # _READERS gives the kinds of Key


@dataclass(frozen=True, slots=True)
class Window(Generic[T]):
    """The rows to show, and the cursors of the pages on either side; None where there is none."""

    rows: Sequence[T]
    previous: str | None
    next: str | None


def window(rows: Sequence[T], size: int, key: Callable[[T], Key], *, inside: bool, backwards: bool) -> Window[T]:
    """A window of `size` out of up to `size + 1` rows fetched, in the order they are shown.

    The row too many tells that more follow. `inside` tells that the page began at a cursor,
    `backwards` that the rows lie before it, so that the row too many is the first.
    """
    more = len(rows) > size
    shown = rows[-size:] if backwards else rows[:size]
    before, after = (more, True) if backwards else (inside, more)
    return Window(
        shown,
        encode(key(shown[0])) if shown and before else None,
        encode(key(shown[-1])) if shown and after else None,
    )
