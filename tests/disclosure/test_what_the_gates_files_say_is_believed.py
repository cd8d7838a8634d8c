"""The gate's files are read exactly: a line that says who may call a function, and a word that stands for a bit."""

import pytest

from portal.accesslog import reasons
from portal.disclosure import apply


def test_a_function_that_says_nothing_is_callable_by_nobody() -> None:
    text = "-- for: portal_web\ncreate function gate.one() ...\n\ncreate function gate.other() ...\n"
    assert apply.callers(text) == {"one": {"portal_web"}}


@pytest.mark.parametrize(
    "text",
    [
        "-- for: portal_web\n\ncreate function gate.one() ...",
        "-- for: portal_web\n-- Says what it is for.\ncreate function gate.one() ...",
        "-- for: portal_web\ncreate view gate.one as ...",
        "-- for: portal_web and portal_worker\ncreate function gate.one() ...",
        "-- for: \ncreate function gate.one() ...",
        "-- for:portal_web\ncreate function gate.one() ...",
        "-- for: portal_gate\ncreate function gate.one() ...",
        "-- for: public\ncreate function gate.one() ...",
        "-- for: portal_web\ncreate function gate.one() ...\n-- for: portal_web\ncreate function gate.one(a text)",
    ],
)
def test_a_line_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(apply.Misread):
        apply.callers(text)


def test_a_word_becomes_its_bit_and_a_code_of_the_log_stays_itself() -> None:
    (code, bit), *_others = reasons.BITS.items()
    assert apply.with_bits(f"items & @name | @{code}", {"name": 4}) == f"items & 4 | {bit}::bigint"
    assert apply.with_bits("record(@'page_shown', a @> b, 'x@y')", {}) == "record('page_shown', a @> b, 'x@y')"


@pytest.mark.parametrize(
    ("text", "said"),
    [("@nmae", "no item, purpose or reason"), ("@'page_shwon'", "no action or reason"), ("@'name'", "no action")],
)
def test_a_word_that_nobody_knows_is_refused(text: str, said: str) -> None:
    with pytest.raises(apply.Misread, match=said):
        apply.with_bits(text, {"name": 4})
