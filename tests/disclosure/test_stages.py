"""Moving to a stage: by a named person, each move an entry, and only where the rule shows something. P1, P2, P3, P8."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from portal.candidates.items import Item
from tests.disclosure.stage import Stage
from tests.people import Person
from tests.world import signed_in

MOVE = "select result, held, code from gate.move_stages(array[$1::uuid], array[$2], $3, $4)"
HELD = Item.NATIONALITY | Item.GENDER | Item.AGE | Item.DATE_OF_BIRTH | Item.PHOTO


async def move(stage: Stage, who: Person | None, shown: str, wanted: str, told: int = 0, whom: Any = None) -> Any:
    """What becomes of Linh, or of another, for this person."""
    introduction = whom or stage.people.linh.introduction.id
    return (await stage.call(who, MOVE, introduction, shown, wanted, told))[0]


async def stands(stage: Stage) -> str:
    found: str = await stage.owner.fetchval(
        "select stage from personal.introduction where id = $1", stage.people.linh.introduction.id
    )
    return found


async def test_p2_each_move_forward_or_back_is_an_entry_with_before_and_after(stage: Stage) -> None:
    people, was = stage.people, await stands(stage)
    await stage.owner.execute("update personal.introduction set stage = 'introduced'")
    for shown, wanted in (("introduced", "interview"), ("interview", "screening"), ("screening", "offer")):
        assert (await move(stage, people.aiko, shown, wanted))["result"] == "moved"
        assert await stands(stage) == wanted
        entry = (await stage.entries(action="stage_moved"))[-1]
        assert json.loads(entry["facts"]) == {"former_stage": shown, "new_stage": wanted}
        assert (entry["decision"], entry["actor_id"]) == ("permitted", people.aiko.account.id)
        assert entry["introduction_id"] == people.linh.introduction.id
    moved = await stage.owner.fetchrow(
        "select moved_by, moved_at from personal.introduction where id = $1", people.linh.introduction.id
    )
    assert (moved["moved_by"], moved["moved_at"] is not None) == (people.aiko.account.id, True)
    assert was


async def test_p1_nobody_else_moves_anything_and_a_stranger_learns_nothing(stage: Stage) -> None:
    people, was = stage.people, await stands(stage)
    answers = [await move(stage, who, was, "offer") for who in (None, people.ben, people.daichi, people.emi)]
    answers.append(await move(stage, people.aiko, was, "offer", whom=uuid4()))
    assert {tuple(one) for one in answers} == {("refused", None, None)}
    assert await stands(stage) == was
    assert {one["decision"] for one in await stage.entries(action="stage_moved")} == {"refused"}


async def test_p3_a_withdrawal_ends_moving_at_once(stage: Stage) -> None:
    was = await stands(stage)
    await stage.owner.execute("update personal.consent set withdrawn_at = now()")
    assert (await move(stage, stage.people.aiko, was, "offer"))["result"] == "refused"
    assert (await stage.entries(action="stage_moved"))[-1]["codes"] == ["consent_withdrawn"]
    assert await stands(stage) == was


async def test_a_stale_page_a_second_click_and_a_decision_are_told(stage: Stage) -> None:
    people = stage.people
    await stage.owner.execute("update personal.introduction set stage = 'screening'")
    assert (await move(stage, people.aiko, "introduced", "interview"))["result"] == "meanwhile"
    assert (await move(stage, people.aiko, "introduced", "screening"))["result"] == "already"
    assert await stands(stage) == "screening"
    put = "select gate.put_outcome($1, 'hired', 'offer_accepted', null, false)"
    assert await stage.value(people.akira, put, people.linh.introduction.id) == "recorded"
    assert (await move(stage, people.aiko, "screening", "interview"))["result"] == "over"
    assert await stands(stage) == "decided"
    codes = [one["codes"] for one in await stage.entries(action="stage_moved")]
    assert codes == [["moved_meanwhile"], ["nothing_to_change"], ["window_closed"]]


async def test_of_two_moves_at_the_same_moment_one_wins_and_the_other_is_told(stage: Stage) -> None:
    people = stage.people
    await stage.owner.execute("update personal.introduction set stage = 'introduced'")
    other = await stage.database.connect("portal_web")

    async def moving(web: Any, who: Person, wanted: str) -> str:
        async with signed_in(web, who.session.secret):
            await asyncio.sleep(0.05)
            row = await web.fetchrow(MOVE, people.linh.introduction.id, "introduced", wanted, 0)
            await asyncio.sleep(0.1)
        return str(row["result"])

    answers = await asyncio.gather(
        moving(stage.web, people.aiko, "screening"), moving(other, people.akira, "interview")
    )
    assert sorted(answers) == ["meanwhile", "moved"]


async def test_p8_the_offer_opens_what_fair_screening_holds_only_when_that_was_said(stage: Stage) -> None:
    people = stage.people
    await stage.owner.execute("update portal.opening set fair_screening = true")
    await stage.owner.execute("update personal.introduction set stage = 'interview'")
    asked = await move(stage, people.aiko, "interview", "offer")
    assert (asked["result"], asked["held"]) == ("opens", HELD)
    assert (await move(stage, people.aiko, "interview", "offer", int(Item.AGE)))["result"] == "opens"
    assert (await stage.entries(action="stage_moved"))[-1]["codes"] == ["fair_screening"]
    assert await stands(stage) == "interview"
    assert (await move(stage, people.aiko, "interview", "offer", int(HELD)))["result"] == "moved"
    open_to = "select open_items from gate.disclose(array[$1::uuid], 'selection', 'listed', 0)"
    assert await stage.value(people.akira, open_to, people.linh.introduction.id) & HELD == HELD
    assert (await move(stage, people.aiko, "offer", "interview"))["result"] == "moved"
    assert await stage.value(people.akira, open_to, people.linh.introduction.id) & HELD == 0


@pytest.mark.parametrize("wanted", ["decided", "hired", None])
async def test_p8_a_decision_is_no_stage_to_move_to(stage: Stage, wanted: str | None) -> None:
    with pytest.raises(asyncpg.InvalidParameterValueError, match="no stage to move to"):
        await stage.call(stage.people.aiko, MOVE, stage.people.linh.introduction.id, "offer", wanted, 0)


async def test_of_several_what_cannot_be_moved_holds_up_no_other(stage: Stage) -> None:
    people = stage.people
    await stage.owner.execute("update personal.introduction set stage = 'introduced'")
    several = "select introduction_id, result from gate.move_stages($1, $2, 'screening', 0)"
    linh, foreign = people.linh.introduction.id, people.tariq_at_beta.introduction.id
    rows = await stage.call(people.aiko, several, [linh, foreign, linh], ["introduced"] * 3)
    assert {row["introduction_id"]: row["result"] for row in rows} == {linh: "moved", foreign: "refused"}
    assert len(rows) == 2
