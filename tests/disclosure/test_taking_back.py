"""Taking a decision back: its writer, within five minutes, by a further row. P2, P3, P6, P7, P8."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import pytest

from portal.candidates.items import CONTACT_ITEMS, codes_of
from tests.disclosure.stage import Stage, open_items
from tests.disclosure.test_outcomes import CORRECT, HIRED, INSTANT, NOT_HIRED, RECORD, results
from tests.facts import MINUTE
from tests.people import Introduced, Person
from tests.world import arrive, signed_in

BACK = "select gate.take_back($1)"
JUST = "select result, contact_open, until - recorded_at as minutes from gate.just_decided($1)"


async def back(stage: Stage, who: Person | None, whom: Introduced) -> Any:
    """What taking back answers."""
    return await stage.value(who, BACK, whom.introduction.id)


async def stands(stage: Stage, whom: Introduced) -> tuple[str, bool]:
    """The stage, and whether a decision stands."""
    query = "select stage, decided_at is not null and undone_at is null from personal.introduction where id = $1"
    return tuple(await stage.owner.fetchrow(query, whom.introduction.id))


async def last(stage: Stage) -> Any:
    """The newest entry of taking back."""
    return (await stage.entries(action="outcome_taken_back"))[-1]


async def test_p7_what_is_taken_back_opens_again_where_it_stood_and_what_was_recorded_stays(stage: Stage) -> None:
    linh, aiko, akira = stage.people.linh, stage.people.aiko, stage.people.akira
    await stage.owner.execute("update personal.introduction set stage = 'interview'")
    before = open_items((await stage.shown(akira, linh))[linh.introduction.id])
    assert await stage.value(aiko, RECORD, linh.introduction.id, *NOT_HIRED) == "recorded"
    assert open_items((await stage.shown(akira, linh))[linh.introduction.id]) == set(codes_of(CONTACT_ITEMS))
    assert await stands(stage, linh) == ("decided", True)
    assert await back(stage, aiko, linh) == "taken_back"
    assert await stands(stage, linh) == ("interview", False)
    assert open_items((await stage.shown(akira, linh))[linh.introduction.id]) == before
    assert await results(stage, linh.introduction.id) == ["not_hired"]
    entry = await last(stage)
    assert (entry["decision"], entry["actor_id"]) == ("permitted", aiko.account.id)
    facts = json.loads(entry["facts"])
    assert facts == {"former_result": "not_hired", "former_reason": "skills_not_matching"}
    assert await stage.value(akira, CORRECT, linh.introduction.id, *HIRED) == "refused", "nothing stands to correct"
    assert await stage.value(akira, RECORD, linh.introduction.id, *HIRED) == "recorded"
    assert await stage.value(aiko, CORRECT, linh.introduction.id, *NOT_HIRED) == "corrected"
    turns = await stage.owner.fetch(
        "select turn, result from personal.outcome where introduction_id = $1 order by turn, recorded_at",
        linh.introduction.id,
    )
    assert [tuple(one) for one in turns] == [(1, "not_hired"), (2, "hired"), (2, "not_hired")]


async def test_p8_only_the_writer_takes_back_and_a_stranger_learns_nothing(stage: Stage) -> None:
    people = stage.people
    assert await stage.value(people.aiko, RECORD, people.linh.introduction.id, *HIRED) == "recorded"
    for who in (people.akira, people.chie):
        assert await back(stage, who, people.linh) == "not_yours"
        assert (await last(stage))["codes"] == ["not_the_writer"]
    for stranger in (None, people.ben, people.daichi, people.emi, people.fumi):
        assert await back(stage, stranger, people.linh) == "refused"
    assert await stands(stage, people.linh) == ("decided", True)


async def test_p7_a_decision_that_closed_everything_can_be_taken_back_too(stage: Stage) -> None:
    people = stage.people
    vera, aiko = people.vera, people.aiko
    assert await stage.value(aiko, RECORD, vera.introduction.id, *NOT_HIRED) == "recorded_and_closed"
    (told,) = await stage.call(aiko, JUST, vera.introduction.id)
    assert tuple(told) == ("not_hired", False, 5 * MINUTE)
    assert await stage.call(people.akira, JUST, vera.introduction.id) == []
    assert await back(stage, people.akira, vera) == "not_yours"
    assert await back(stage, aiko, vera) == "taken_back"
    assert await stage.call(aiko, JUST, vera.introduction.id) == []
    assert "vera" in await stage.found(aiko)


@pytest.mark.parametrize("age", [5 * MINUTE - timedelta(seconds=20), 5 * MINUTE, 5 * MINUTE + INSTANT, 60 * MINUTE])
async def test_p7_five_minutes_and_no_longer(stage: Stage, age: timedelta) -> None:
    people = stage.people
    connection = await stage.database.connect("postgres")
    await stage.value(people.aiko, RECORD, people.linh.introduction.id, *HIRED)
    async with connection.transaction():
        await connection.execute("update personal.outcome set recorded_at = now() - $1::interval", age)
        await connection.execute("set local role portal_web")
        await arrive(connection, people.aiko.session.secret, people.aiko.session.id)
        told = await connection.fetch(JUST, people.linh.introduction.id)
        answer = await connection.fetchval(BACK, people.linh.introduction.id)
    assert (answer, len(told)) == (("taken_back", 1) if age < 5 * MINUTE else ("too_late", 0))


@pytest.mark.parametrize(
    "change",
    [
        "update personal.consent set withdrawn_at = now()",
        "update personal.candidate set restricted_at = now() where restricted_at is null",
        "insert into personal.introduction_withdrawal (introduction_id, reason, withdrawn_at)"
        " select id, 'person_asked', now() from personal.introduction",
    ],
)
async def test_p3_what_closed_meanwhile_stays_closed_and_the_decision_stands(stage: Stage, change: str) -> None:
    people = stage.people
    await stage.value(people.aiko, RECORD, people.linh.introduction.id, *HIRED)
    await stage.owner.execute(change)
    assert await back(stage, people.aiko, people.linh) == "refused"
    assert (await last(stage))["decision"] == "refused"
    assert await stage.call(people.aiko, JUST, people.linh.introduction.id) == []
    assert await stands(stage, people.linh) == ("decided", True)


async def test_p7_where_the_position_closed_meanwhile_the_selection_stays_closed(stage: Stage) -> None:
    people = stage.people
    for whom, answer in ((people.linh, "over"), (people.vera, "closed")):
        await stage.value(people.aiko, RECORD, whom.introduction.id, *HIRED)
        await stage.owner.execute("update portal.opening set status = 'closed' where status <> 'closed'")
        assert await back(stage, people.aiko, whom) == answer
        assert await stage.shown(people.aiko, whom, purpose="selection") == {}
        await stage.owner.execute("update portal.opening set status = 'open'")
        assert await stage.shown(people.aiko, whom, purpose="selection") != {}


async def test_p6_a_colleagues_correction_is_not_taken_back_with_it(stage: Stage) -> None:
    people = stage.people
    introduction = people.linh.introduction.id
    await stage.value(people.aiko, RECORD, introduction, *HIRED)
    await stage.value(people.aiko, CORRECT, introduction, *NOT_HIRED)
    await stage.value(people.akira, CORRECT, introduction, *HIRED)
    assert await back(stage, people.aiko, people.linh) == "corrected"
    assert (await last(stage))["codes"] == ["corrected_meanwhile"]
    assert await stands(stage, people.linh) == ("decided", True)


async def test_p6_of_two_clicks_at_the_same_moment_one_takes_back(stage: Stage) -> None:
    people = stage.people
    other = await stage.database.connect("portal_web")
    await stage.value(people.aiko, RECORD, people.linh.introduction.id, *HIRED)

    async def click(web: Any) -> Any:
        async with signed_in(web, people.aiko.session.secret):
            answer = await web.fetchval(BACK, people.linh.introduction.id)
            await asyncio.sleep(0.1)
        return answer

    assert sorted(await asyncio.gather(click(stage.web), click(other))) == ["already", "taken_back"]
    assert (await last(stage))["codes"] in ([], ["nothing_to_change"])
    assert await stage.owner.fetchval("select count(*) from personal.outcome_undone") == 1


async def test_p6_a_page_from_before_takes_back_no_later_decision_of_a_colleague(stage: Stage) -> None:
    people = stage.people
    await stage.value(people.aiko, RECORD, people.linh.introduction.id, *HIRED)
    await back(stage, people.aiko, people.linh)
    await stage.value(people.akira, RECORD, people.linh.introduction.id, *NOT_HIRED)
    assert await back(stage, people.aiko, people.linh) == "not_yours"
    assert await stands(stage, people.linh) == ("decided", True)


async def test_p7_files_are_a_duty_to_delete_once_the_decision_cannot_be_taken_back(stage: Stage) -> None:
    people = stage.people
    worker, introduction = await stage.database.connect("portal_worker"), people.linh.introduction
    await stage.owner.execute(
        "insert into personal.download (entry_id, introduction_id, company_id) values (gen_random_uuid(), $1, $2)",
        introduction.id,
        people.acme.id,
    )
    await stage.value(people.aiko, RECORD, introduction.id, *HIRED)
    assert await worker.fetchval("select gate.note_deletion_duties()") == 0
    await stage.owner.execute("update personal.outcome set recorded_at = recorded_at - interval '5 minutes'")
    assert await worker.fetchval("select gate.note_deletion_duties()") == 1
