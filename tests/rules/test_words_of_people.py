"""One word for one thing, on the pages too: what was found to be two things at once, or foreign, does not come back."""

import re

from tests.each import for_each
from tests.rules.test_translations import messages, translations

# What reads foreign or means two things, and what is said instead. "openings" alone is a file's name.
SHUNNED = {
    r"\b[Oo]penings?\b(?!\.csv)": "position for the job; viewing for the act",
    r"^Going on$": "Active",
    r"^Not open( now)?$": "Not shared",
    r"\bhere too\b": "Sign out of all devices",
    r"^Go on\b": "Continue",
    r"^This one$": "This device",
}

# The same in Japanese: one thing had two words.
SHUNNED_IN_JAPANESE = {
    "ログイン": "サインイン",
    "ログアウト": "サインアウト",
    "紹介コード": "紹介番号",
    "運営者": "運営会社",
    "この照会": "この表示",
    "アクセスログ": "アクセス記録",
}


@for_each("shunned", SHUNNED)
def test_no_message_has_a_word_that_was_found_wanting(shunned: str) -> None:
    found = [one for one in messages() if re.search(shunned, one) and one != "openings"]
    assert found == [], f"say: {SHUNNED[shunned]}"


@for_each("shunned", SHUNNED_IN_JAPANESE)
def test_no_translation_has_a_second_word_for_one_thing(shunned: str) -> None:
    found = [one for one, forms in translations().items() if any(shunned in form for form in forms)]
    assert found == [], f"say: {SHUNNED_IN_JAPANESE[shunned]}"


@for_each(
    ("message", "japanese"),
    {
        "Position": "求人", "Still active": "選考中", "Not shared": "非開示",
        "Sign out of all devices": "すべての端末からサインアウト",
    }.items(),
)  # fmt: skip
def test_what_was_said_instead_is_on_the_pages(message: str, japanese: str) -> None:
    assert translations()[message] == (japanese,)


def test_brand_menu_stage_and_column_have_a_word_each_in_japanese() -> None:
    menu, stage, column = (translations()[one][0] for one in ("Introductions", "Introduced", "Introduction code"))
    assert len({"紹介", menu, stage, column}) == 4
    assert [one for one, forms in translations().items() if "紹介" in forms] == []


def test_a_password_that_was_told_is_no_current_one() -> None:
    assert translations()["Temporary password"] == ("仮パスワード",)
    for either in (
        "This is not the password you signed in with.",
        "Please choose a password other than the one you signed in with.",
    ):
        assert "現在" not in translations()[either][0]
