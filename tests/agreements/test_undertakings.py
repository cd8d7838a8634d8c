"""The undertaking's texts and questions never change, and the texts say what agreements say about what may not be asked
and may not decide."""

import hashlib

import pytest

from portal.agreements.grounds import NOT_ASKED, NOT_DECISIVE, listed
from portal.agreements.understanding import QUESTIONS
from portal.agreements.undertakings import ORIGINAL, TEXTS
from portal.language.i18n import PORTAL_LANGUAGES
from tests.database import Database

# What is published stays: another wording is another version, with a migration that puts it into the database.
PUBLISHED = {
    (1, "ja"): "8bbbc52c014f48bcdbabc62aaf33e472e4e49843ca1fff3ebffd4131b6cc0f46",
    (1, "en"): "b9b8ea0a8e0ed9793b3ef4dcd6649c1006fdd6b9008a1fe8640eb8f4a564c9c1",
}
ASKED_BEFORE = {1: "cd36b3cc756c042c9c10df03a1b4d016569f0a5408d2edbc8ac80d6b4cf0bd99"}


def test_a_published_text_is_never_changed() -> None:
    made = {
        (version, language): hashlib.sha256(text.encode()).hexdigest()
        for version, texts in TEXTS.items()
        for language, text in texts.items()
    }
    assert made == PUBLISHED


async def test_the_database_has_each_text_with_its_original(database: Database) -> None:
    owner = await database.connect("portal_owner")
    rows = await owner.fetch("select * from portal.undertaking_text")
    assert {(row["version"], row["language"]): row["text_digest"].hex() for row in rows} == PUBLISHED
    for row in rows:
        assert row["original_digest"].hex() == PUBLISHED[row["version"], ORIGINAL]


@pytest.mark.parametrize("version", list(TEXTS))
def test_each_version_is_there_in_every_language_and_names_every_ground(version: int) -> None:
    assert set(TEXTS[version]) == set(PORTAL_LANGUAGES)
    for language, text in TEXTS[version].items():
        assert listed(NOT_ASKED, language) in text
        assert listed(NOT_DECISIVE, language) in text


# Only its two purposes; to nobody else; deletion and its exception by law; one's own sign-in alone; all is recorded.
UNDERTAKEN = {
    "ja": (
        "採用の可否の判断と、雇用または不採用の連絡のためにのみ",
        "選考に関わらない者に渡しません",
        "質問せず、調べず、書き留めず、採用の可否の判断に用いません",
        "採用の可否の判断、並べ替えおよび評価に用いません",
        "法令が会社に保存を義務付けるもの",
        "自分のサインイン情報は自分だけが使います。他の人に使わせず、他の人のものを使いません",
        "すべて自分の名前とともに記録される",
    ),
    "en": (
        "only to decide whether to hire, and for contact about employment or non-acceptance",
        "anyone who has no part in the decision",
        "do not ask about, look into or note down",
        "I do not let it decide, order or score",
        "What the law obliges the company to keep",
        "My sign-in is used by me alone. I let nobody else use it, and I use nobody else's",
        "recorded with my name",
    ),
}


@pytest.mark.parametrize("version", list(TEXTS))
@pytest.mark.parametrize("language", list(UNDERTAKEN))
def test_each_version_forbids_sharing_a_sign_in_and_whatever_else_is_undertaken(version: int, language: str) -> None:
    assert [said for said in UNDERTAKEN[language] if said not in TEXTS[version][language]] == []


def test_the_list_is_whole_and_names_nothing_twice() -> None:
    every = NOT_ASKED + NOT_DECISIVE
    assert len({one.code for one in every}) == len({one.japanese for one in every}) == len(every)
    codes = {one.code for one in every}
    issue_9 = "race religion social_status family_origin disability marriage pregnancy orientation beliefs union"
    assert codes >= set(issue_9.split()) | {"nationality", "age", "gender", "photo"}


def test_a_published_question_is_never_changed() -> None:
    made = {version: hashlib.sha256(repr(asked).encode()).hexdigest() for version, asked in QUESTIONS.items()}
    assert made == ASKED_BEFORE


def test_each_question_has_as_many_choices_in_every_language_and_about_ten_are_there() -> None:
    for asked in QUESTIONS.values():
        assert len(asked) >= 10
        for one in asked:
            assert set(one.wordings) == set(PORTAL_LANGUAGES)
            assert {len(said.choices) for said in one.wordings.values()} == {3}
            assert 1 <= one.right <= 3
        assert {one.right for one in asked} == {1, 2, 3}, "not always the same place"
        assert len({said.question for one in asked for said in one.wordings.values()}) == 2 * len(asked)


async def test_the_database_has_each_question(database: Database) -> None:
    owner = await database.connect("portal_owner")
    rows = await owner.fetch("select * from portal.understanding_question")
    kept = {(row["version"], row["number"], row["language"]): row for row in rows}
    said = {
        (version, number, language): (asked.right, wording)
        for version, pool in QUESTIONS.items()
        for number, asked in enumerate(pool, start=1)
        for language, wording in asked.wordings.items()
    }
    assert kept.keys() == said.keys()
    for key, (right, wording) in said.items():
        assert kept[key]["right_choice"] == right
        assert (kept[key]["question"], tuple(kept[key]["choices"])) == (wording.question, wording.choices)
        assert kept[key]["explanation"] == wording.explanation
