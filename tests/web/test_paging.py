"""Cursors: opaque, checked against what the page expects, and never an error."""

import base64
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from portal.database.paging import decode, encode, window

KEY = (datetime(2026, 4, 1, 9, 0, 0, 123456, UTC), UUID("7a3c2f7e-6c0f-4a58-b5f0-0f2f7f9f8a11"))


def packed(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def test_a_key_comes_back_as_it_was() -> None:
    assert decode(encode(KEY), datetime, UUID) == KEY
    assert decode(encode(("阮", 7, date(2026, 4, 1))), str, int, date) == ("阮", 7, date(2026, 4, 1))


@pytest.mark.parametrize(
    "cursor",
    [
        None, "", "x", "é", "a" * 2000, encode(KEY)[:-3], encode((1,)), encode((1, 2)), packed("{}"), packed("nope"),
        packed("[" * 400), packed('["2026-04-01T09:00:00", "not a uuid"]'), packed('["2026-04-01"]'),
    ],
)  # fmt: skip
def test_what_does_not_fit_means_the_first_page(cursor: str | None) -> None:
    assert decode(cursor, datetime, UUID) is None


def test_what_no_column_holds_does_not_fit() -> None:
    assert decode(packed('["a\\u0000"]'), str) is None
    assert decode(packed('["a\\ud800"]'), str) is None
    assert decode(packed('["99999999999"]'), int) is None
    assert decode(packed('["-2147483648"]'), int) == (-(2**31),)


def key(row: int) -> tuple[int]:
    return (row,)


def test_the_first_page_goes_on_only_forwards() -> None:
    first = window([1, 2, 3], 2, key, inside=False, backwards=False)
    assert (first.rows, first.previous, decode(first.next, int)) == ([1, 2], None, (2,))


def test_a_page_in_the_middle_goes_both_ways() -> None:
    middle = window([3, 4, 5], 2, key, inside=True, backwards=False)
    assert (middle.rows, decode(middle.previous, int), decode(middle.next, int)) == ([3, 4], (3,), (4,))


def test_going_back_the_row_too_many_is_the_first() -> None:
    back = window([1, 2, 3], 2, key, inside=True, backwards=True)
    assert (back.rows, decode(back.previous, int), decode(back.next, int)) == ([2, 3], (2,), (3,))


def test_the_last_and_the_empty_page_end() -> None:
    last = window([5], 2, key, inside=True, backwards=False)
    assert (last.next, decode(last.previous, int)) == (None, (5,))
    nothing: list[int] = []
    empty = window(nothing, 2, key, inside=True, backwards=True)
    assert (empty.rows, empty.previous, empty.next) == ([], None, None)
