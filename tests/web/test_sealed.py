"""What is sealed under a sign-in can be read in it and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.web.sealed import seal, unseal

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=100)
OURS, OTHERS = "a" * 43, "b" * 43


@given(WORDS)
def test_a_word_comes_back_in_its_own_sign_in(word: str) -> None:
    assert unseal(seal(word, OURS), OURS) == word


@given(WORDS)
def test_p9_it_is_noise_in_any_other_and_may_stand_in_an_address(word: str) -> None:
    sealed = seal(word, OURS)
    assert unseal(sealed, OTHERS) is None
    assert sealed.isascii()
    assert set("&=?#%+/ ").isdisjoint(sealed)


def test_p9_neither_its_length_nor_a_second_time_tells_which_word_it_is() -> None:
    assert len({len(seal(name, OURS)) for name in ("An", "Trần Thị Linh", "ဒေါ်အောင်ဆန်း")}) == 1
    assert seal("An", OURS) != seal("An", OURS)


WHOLE = seal("An", OURS)


@pytest.mark.parametrize("broken", ["", "x", "é", "=", "gAAAA", "A" * 5000, WHOLE[:-2], WHOLE + "A"])
def test_what_was_not_sealed_is_nothing(broken: str) -> None:
    assert unseal(broken, OURS) is None
