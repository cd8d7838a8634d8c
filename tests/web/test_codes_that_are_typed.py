"""A code is found however it is typed, and no name is taken for one: a code stands in an address as it is (P9)."""

import pytest

from portal.selection.codes import LETTERS, code_in, new_code, telling_code_in


@pytest.mark.parametrize(
    "typed",
    [
        "SK-7Q2M8R4T", "sk 7q2m8r4t", "ＳＫ－７Ｑ２Ｍ８Ｒ４Ｔ", "SK7Q2M8R4T", "7q2m8r4t", " 7Q2M8R4T ",
    ],
)  # fmt: skip
def test_a_code_in_whichever_form(typed: str) -> None:
    assert telling_code_in(typed) == code_in(typed) == "SK-7Q2M8R4T"


def test_letters_alone_are_a_code_when_nobody_is_called_so() -> None:
    assert telling_code_in("QFRWJGGW") == "SK-QFRWJGGW"
    assert telling_code_in("SKQFRWJG") == "SK-SKQFRWJG"
    assert telling_code_in("SK-BERNHARD") == "SK-BERNHARD"


def test_letters_that_no_code_has_are_what_they_were_heard_for() -> None:
    assert telling_code_in("SK-7O2MIR4L") == telling_code_in("7O2MIR4L") == "SK-702M1R41"


@pytest.mark.parametrize(
    "typed",
    [
        "Bernhard", "Skrzypek", "Skorpad", "Mary Anne", "Tran", "りん", "王 浩", "19900412", "03123456", "M1234567",
        "MA123456", "7Q2M8R4", "7Q2M8R4T9", "",
    ],
)  # fmt: skip
def test_p9_what_could_be_a_name_or_a_number_of_somebody_is_no_code(typed: str) -> None:
    assert telling_code_in(typed) is None


def test_where_only_a_code_is_asked_for_each_code_is_one() -> None:
    """Codes that were made before each had letters that no name has."""
    assert code_in("2DX34095") == "SK-2DX34095"
    assert code_in("sk bernhard") == code_in("Bernhard") == "SK-BERNHARD"


@pytest.mark.parametrize("typed", ["りん", "7Q2M8R4", "7Q2M8R4T9", "Mary Anne", "Müllerin", ""])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert code_in(typed) is None


def test_a_new_code_is_found_without_its_mark_and_as_it_was_heard() -> None:
    made = {new_code() for _ in range(2_000)}
    assert len(made) == 2_000
    for code in made:
        letters = code.removeprefix("SK-")
        assert len(letters) == 8
        assert set(letters) <= set(LETTERS)
        assert telling_code_in(letters) == telling_code_in(letters.replace("0", "o").replace("1", "l")) == code
