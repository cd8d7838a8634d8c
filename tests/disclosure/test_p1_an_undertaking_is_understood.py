"""P1: nobody undertakes what they did not understand: the gate draws three questions and judges what is answered."""

import json
from typing import Any

import asyncpg
import pytest

from portal.agreements.understanding import QUESTIONS
from tests.disclosure.stage import ACCEPT, SHOWN, Stage
from tests.people import Person

ASKED = "select * from gate.understanding_questions($1, $2)"
KEPT = "select version, number, choice, is_right from portal.understanding_answer order by answered_at, number"


@pytest.fixture
async def ken(stage: Stage) -> Person:
    """Somebody new at Acme."""
    account = stage.people.world.account("ken", "recruiter", stage.people.acme)
    made = Person(account, stage.people.world.session(account))
    await stage.people.world.write(stage.owner)
    return made


async def accepts(stage: Stage, who: Person, answers: list[int | None]) -> Any:
    """What the gate says to these answers under Acme's agreement."""
    return await stage.value(who, ACCEPT, stage.people.acme_agreement.id, SHOWN, answers)


async def test_p1_without_three_right_answers_nothing_is_undertaken(stage: Stage, ken: Person) -> None:
    people, right = stage.people, await stage.answers(ken, stage.people.acme_agreement)
    tries: list[list[int | None]] = [
        [], [None, None, None], [0, 99, -1], [right[0], right[1]], [None, None, right[2] % 3 + 1],
    ]  # fmt: skip
    for answers in tries:
        assert await accepts(stage, ken, answers) == "not_understood"
        assert await stage.shown(ken, people.linh) == {}
    assert not await stage.owner.fetchval(
        "select count(*) from portal.undertaking where account_id = $1", ken.account.id
    )
    last = (await stage.entries(action="undertaking_accepted"))[-1]
    assert (last["decision"], last["codes"]) == ("refused", ["not_understood"])
    assert json.loads(last["facts"]) == {"text_version": 1, "check_version": 1, "right_answers": 2}
    assert await accepts(stage, ken, [None, None, right[2]]) == "accepted", "what was right is not asked again"
    assert len(await stage.shown(ken, people.linh)) == 1
    made = await stage.owner.fetchval(
        "select check_version from portal.undertaking where account_id = $1", ken.account.id
    )
    assert made == 1


async def test_p1_each_answer_is_kept_and_a_wrong_one_is_explained(stage: Stage, ken: Person) -> None:
    agreement = stage.people.acme_agreement
    right = await stage.answers(ken, agreement)
    before = await stage.call(ken, ASKED, agreement.id, "en")
    assert [row["place"] for row in before] == [1, 2, 3]
    assert {(row["answered"], row["is_right"], row["explanation"]) for row in before} == {(None, None, None)}
    assert "right_choice" not in before[0], "which is right, nobody is told"
    wrong = right[2] % 3 + 1
    await accepts(stage, ken, [right[0], None, wrong])
    first, second, third = await stage.call(ken, ASKED, agreement.id, "ja")
    assert (first["is_right"], first["explanation"]) == (True, None)
    assert (second["answered"], second["explanation"]) == (None, None)
    assert (third["is_right"], third["answered"]) == (False, wrong)
    (said,) = [one.ja for one in QUESTIONS[1] if one.ja.question == third["question"]]
    assert (tuple(third["choices"]), third["explanation"]) == (said.choices, said.explanation)
    await accepts(stage, ken, [right[0] % 3 + 1, right[1], right[2]])
    kept = [(row["choice"], row["is_right"]) for row in await stage.owner.fetch(KEPT)]
    assert sorted(kept) == sorted([(right[0], True), (wrong, False), (right[1], True), (right[2], True)])


async def test_p1_what_was_answered_in_another_sign_in_or_under_another_agreement_does_not_count(
    stage: Stage, ken: Person
) -> None:
    people, right = stage.people, await stage.answers(ken, stage.people.acme_agreement)
    newer = people.world.agreement(people.acme)
    again = Person(ken.account, people.world.session(ken.account))
    await people.world.write(stage.owner)
    await accepts(stage, ken, [right[0], right[1]])
    assert await stage.value(again, ACCEPT, people.acme_agreement.id, SHOWN, [None, None, None]) == "not_understood"
    assert await stage.value(ken, ACCEPT, newer.id, SHOWN, [None, None, right[2]]) == "not_understood"
    assert await stage.accept(again, newer) == "accepted"


async def test_p1_the_web_process_writes_no_answer_and_reads_no_right_one(stage: Stage, ken: Person) -> None:
    for sql in (
        "select * from portal.understanding_question",
        "select * from portal.understanding_answer",
        "insert into portal.understanding_answer"
        " (account_id, session_id, agreement_id, version, number, choice, is_right)"
        f" values ('{ken.account.id}', '{ken.session.id}', '{stage.people.acme_agreement.id}', 1, 1, 1, true)",
        f"select * from gate.drawn_questions('{ken.session.id}', '{stage.people.acme_agreement.id}')",
        f"insert into portal.undertaking (agreement_id, account_id) values ('{stage.people.acme_agreement.id}',"
        f" '{ken.account.id}')",
    ):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await stage.call(ken, sql)


async def test_the_questions_are_the_same_within_a_sign_in_and_all_of_them_are_drawn(stage: Stage, ken: Person) -> None:
    people = stage.people
    sessions = [Person(ken.account, people.world.session(ken.account)) for _ in range(60)]
    await people.world.write(stage.owner)
    drawn = [await stage.call(one, ASKED, people.acme_agreement.id, "en") for one in sessions]
    assert drawn[0] == await stage.call(sessions[0], ASKED, people.acme_agreement.id, "en")
    assert {len({row["question"] for row in rows}) for rows in drawn} == {3}
    assert {row["question"] for rows in drawn for row in rows} == {one.en.question for one in QUESTIONS[1]}
    assert await stage.call(None, ASKED, people.acme_agreement.id, "en") == []


async def test_what_was_accepted_before_there_were_questions_goes_on(stage: Stage) -> None:
    people = stage.people
    kept = "select check_version from portal.undertaking where account_id = $1"
    assert await stage.owner.fetchval(kept, people.aiko.account.id) is None
    assert len(await stage.shown(people.aiko, people.linh)) == 1
