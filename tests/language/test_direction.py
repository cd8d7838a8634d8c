"""A text runs as its first strong letter does, and stands in one piece within a line of the other kind."""

import pytest

from portal.language.direction import direction, isolated


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("", "ltr"),
        ("123 (…)", "ltr"),
        ("Linh", "ltr"),
        ("山田 محمد", "ltr"),
        ("12 محمد Ltd.", "rtl"),
        ("יעל", "rtl"),
    ],
)
def test_the_first_strong_letter_decides(text: str, way: str) -> None:
    assert direction(text) == way


@pytest.mark.parametrize(("text", "stands"), [("Linh", "Linh"), ("(محمد)", "\u2068(محمد)\u2069")])
def test_what_runs_the_other_way_is_isolated(text: str, stands: str) -> None:
    assert isolated(text) == stands
