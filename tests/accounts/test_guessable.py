"""V6.2.4: the passwords that everyone tries first are refused; sentences of one's own are not."""

import itertools

import pytest

from portal.accounts.guessable import LEAST, WORDS, too_easy

# The commonest ways to reach twelve characters with a common word.
TAILS = ("123456", "1234567890", "12345!", "2024!", "2025", "@2023", "19901231", "!!!", "111", "123abc")


def leet(word: str) -> str:
    return word.translate(str.maketrans("aeios", "@310$"))


def test_more_than_three_thousand_common_passwords_of_twelve_characters_are_refused() -> None:
    words = sorted(word for word in WORDS if len(word) >= 4)
    common = {
        made for word in words for tail in TAILS for made in (word + tail, word.title() + tail, leet(word) + tail)
    }
    common |= {one + other for one, other in itertools.permutations(words[:120], 2)}
    common = {password for password in common if len(password) >= LEAST}
    assert len(common) > 20_000
    assert [password for password in common if not too_easy(password)] == []


@pytest.mark.parametrize(
    "password",
    [
        "123456789012", "qwertyuiop123", "1qaz2wsx3edc4rfv", "aaaaaaaaaaaa", "abcabcabcabc", "passwordpassword",
        "P@ssw0rd2024!", "iloveyou12345", "Sakura20200401", "arigatou12345", "abcdefghijkl", "zxcvbnm123456",
        "letmeinletmein1", "111111111111", "Welcome2Tokyo!", "administrator1",
    ],
)  # fmt: skip
def test_what_everyone_tries_is_refused(password: str) -> None:
    assert too_easy(password)


@pytest.mark.parametrize(
    "password",
    [
        "seven purple herons argue", "quiet glacier mends umbrellas", "correct horse battery staple",
        "kx7-mmp2q-vv9dh", "雨の日は紅茶を二杯飲んで寝る", "thuyền giấy trôi chậm", "diamond purple rocket hammer",
    ],
)  # fmt: skip
def test_sentences_of_ones_own_are_not(password: str) -> None:
    assert not too_easy(password)


def test_what_is_known_about_a_person_is_no_secret() -> None:
    known = ("Hasegawa Chitose", "chitose.hasegawa@mikadukifoods.example", "Mikaduki Foods")
    assert too_easy("chitosehasegawa", known)
    assert too_easy("Mikadukifoods1!", known)
    assert not too_easy("chitosehasegawa")
