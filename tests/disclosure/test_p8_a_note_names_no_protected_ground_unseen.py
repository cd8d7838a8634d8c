"""P8: a note beside a decision that names a protected ground is asked about once, and found by compliance."""

import json

import pytest

from portal.agreements.grounds import GROUNDS
from portal.language.i18n import gettext, speaking
from tests.disclosure.stage import Stage

PUT = "select gate.put_outcome($1, 'not_hired', 'position_filled', $2, $3, $4)"
NAMED = "select gate.grounds_in($1)"
# One sentence in each language for each ground.
NAMING = {
    "race": ("人種が気になる", "because of his race"),
    "ethnicity": ("少数民族の人", "her ethnicity"),
    "social_status": ("社会的身分が低い", "low social status"),
    "family_origin": ("家柄がよくない", "family origin"),
    "domicile": ("本籍が遠い", "her birthplace is far"),
    "family": ("小さい子どもがいる", "has two children"),
    "religion": ("礼拝の時間が要る", "he is Muslim"),
    "beliefs": ("思想が合わない", "political views"),
    "party": ("政党の活動をしている", "member of a political party"),
    "union": ("労働組合に入りそう", "trade union"),
    "disability": ("障がいがある", "a disability"),
    "health": ("持病がある", "medical history"),
    "marriage": ("結婚の予定がある", "newly married"),
    "pregnancy": ("妊娠中のため", "she is pregnant"),
    "orientation": ("性的指向", "sexual orientation"),
    "nationality": ("ベトナム人は避けたい", "prefers another nationality"),
    "age": ("４５歳では難しい", "too old for the team"),
    "date_of_birth": ("生年月日を見て", "by date of birth"),
    "gender": ("女性は避けたい", "we want a male"),
    "photo": ("写真の印象", "from the photo"),
}
# What concerns the work, though it has such a word inside.
PLAIN = [
    "システム障害対応の経験が足りない",
    "高齢者施設での経験がない",
    "多国籍チームで働いた経験がある",
    "メンバー人数が合わない",
    "在留資格が家族滞在で、資格外活動の許可がない",
    "Managed the package and the language tests well",
    "race condition in the code sample",
    "別の職種での再応募を歓迎します。",
    "The position was filled",
]


def test_the_list_has_each_ground_of_the_undertaking() -> None:
    assert set(NAMING) == set(GROUNDS)
    with speaking("ja"):
        assert [gettext(one.english) for one in GROUNDS.values()] == [one.japanese for one in GROUNDS.values()]


@pytest.mark.parametrize("ground", list(NAMING))
async def test_a_ground_is_known_in_both_languages(shared_stage: Stage, ground: str) -> None:
    for note in NAMING[ground]:
        assert ground in await shared_stage.value(shared_stage.people.aiko, NAMED, note), note


async def test_what_concerns_the_work_names_none(shared_stage: Stage) -> None:
    found = {note: await shared_stage.value(shared_stage.people.aiko, NAMED, note) for note in PLAIN}
    assert {note: grounds for note, grounds in found.items() if grounds} == {}


async def test_p8_a_note_that_names_one_is_recorded_only_when_it_was_asked_about(stage: Stage) -> None:
    aiko, linh = stage.people.aiko, stage.people.linh.introduction.id
    note = "妊娠中で、国籍も違う"
    assert await stage.value(aiko, PUT, linh, note, False, []) == "names_ground"
    assert await stage.value(aiko, PUT, linh, note, False, ["pregnancy"]) == "names_ground"
    assert await stage.value(aiko, PUT, linh, note, False, None) == "names_ground"
    assert await stage.owner.fetchval("select count(*) from personal.outcome where introduction_id = $1", linh) == 0
    assert await stage.value(aiko, PUT, linh, note, False, ["pregnancy", "nationality"]) == "recorded"
    entries = await stage.entries(action="protected_ground_named")
    assert [json.loads(one["facts"]) for one in entries] == [
        {"protected_ground": "pregnancy"}, {"protected_ground": "nationality"},
    ]  # fmt: skip
    outcome = await stage.owner.fetchval("select id from personal.outcome where introduction_id = $1", linh)
    assert {(one["subject_id"], one["introduction_id"], one["decision"]) for one in entries} == {
        (outcome, linh, "permitted")
    }


async def test_p8_a_correction_is_asked_about_as_well(stage: Stage) -> None:
    aiko, linh = stage.people.aiko, stage.people.linh.introduction.id
    assert await stage.value(aiko, PUT, linh, None, False, []) == "recorded"
    assert await stage.value(aiko, PUT, linh, "too old", True, []) == "names_ground"
    assert await stage.value(aiko, PUT, linh, "too old", True, ["age"]) == "corrected"
    assert len(await stage.entries(action="protected_ground_named")) == 1


async def test_p1_who_may_not_decide_learns_nothing_by_a_note(stage: Stage) -> None:
    answer = await stage.value(stage.people.ben, PUT, stage.people.linh.introduction.id, "too old", False, [])
    assert answer == "refused"
