"""P7: where the agreement says so, a selection in which nothing is done ends, without an outcome, and both are told."""

from typing import Any

import pytest

from portal.candidates.items import CONTACT_ITEMS, codes_of
from tests.disclosure.stage import Stage, open_items
from tests.people import Introduced

CONTACT = set(codes_of(CONTACT_ITEMS))
QUIET = "update personal.introduction set last_activity_at = now() - make_interval(hours => 24 * $2) where id = $1"
ACTIVE = "select last_activity_at > now() - interval '1 minute' from personal.introduction where id = $1"
OPEN = "select * from gate.disclose(array[$1::uuid], null, $2, 16383)"
TELL = "select gate.tell_of_inactivity()"
MAILS = "select kind, account_id from portal.mail where kind like 'selection_end%' order by 1, 2"


@pytest.fixture
async def agreed(stage: Stage) -> Stage:
    """The stage, with agreements that end a selection after sixty days without activity."""
    await stage.owner.execute(
        "alter table portal.agreement disable trigger kept; update portal.agreement set inactive_days = 60; "
        "alter table portal.agreement enable trigger kept"
    )
    return stage


async def quiet_for(stage: Stage, one: Introduced, days: int) -> None:
    """Nothing was done in this selection for so long."""
    await stage.owner.execute(QUIET, one.introduction.id, days)


async def opened(stage: Stage, one: Introduced, act: str) -> list[Any]:
    """The recruiter does this with it."""
    return await stage.call(stage.people.aiko, OPEN, one.introduction.id, act)


async def test_p7_the_days_end_the_selection_and_leave_contact(agreed: Stage) -> None:
    linh, aiko = agreed.people.linh, agreed.people.aiko
    await quiet_for(agreed, linh, 59)
    assert "background" in open_items((await agreed.shown(aiko, linh))[linh.introduction.id])
    await quiet_for(agreed, linh, 60)
    assert open_items((await agreed.shown(aiko, linh))[linh.introduction.id]) == CONTACT
    assert await agreed.shown(aiko, linh, purpose="selection") == {}
    assert (await agreed.entries(action="listed"))[-1]["codes"] == ["introduction_inactive"]
    why = "select selection_reasons from gate.explain($1)"
    assert await agreed.value(agreed.people.daichi, why, linh.introduction.id) == ["introduction_inactive"]
    assert (
        await agreed.owner.fetchval(
            "select count(*) from personal.outcome where introduction_id = $1", linh.introduction.id
        )
        == 0
    )
    put = "select gate.put_outcome($1, 'not_hired', 'position_filled', null, false)"
    assert await agreed.value(aiko, put, linh.introduction.id) == "recorded"
    await quiet_for(agreed, linh, 90)
    assert await agreed.shown(aiko, linh) != {}, "contact goes on for the agreement's days from the outcome"


async def test_p7_contact_ends_with_its_days_after_the_end_without_activity(agreed: Stage) -> None:
    linh = agreed.people.linh
    await quiet_for(agreed, linh, 89)
    assert linh.introduction.id in await agreed.shown(agreed.people.aiko, linh)
    await quiet_for(agreed, linh, 90)
    assert await agreed.shown(agreed.people.aiko, linh) == {}


@pytest.mark.parametrize(
    ("act", "counts"),
    [("page_shown", True), ("resume_downloaded", True), ("contact_revealed", True), ("listed", False)],
)
async def test_what_is_done_in_a_selection_is_noted_and_a_line_of_a_list_is_not(
    agreed: Stage, act: str, *, counts: bool
) -> None:
    linh = agreed.people.linh
    await quiet_for(agreed, linh, 40)
    assert await opened(agreed, linh, act)
    assert await agreed.owner.fetchval(ACTIVE, linh.introduction.id) is counts


async def test_p7_what_is_done_after_the_end_opens_nothing_again(agreed: Stage) -> None:
    linh = agreed.people.linh
    await quiet_for(agreed, linh, 61)
    assert await opened(agreed, linh, "contact_revealed")
    await agreed.owner.execute("update personal.introduction set stage = 'offer' where id = $1", linh.introduction.id)
    assert not await agreed.owner.fetchval(ACTIVE, linh.introduction.id)
    assert open_items((await agreed.shown(agreed.people.aiko, linh))[linh.introduction.id]) == CONTACT


async def test_a_stage_counts_and_a_look_that_somebody_else_holds_waits_for_nobody(agreed: Stage) -> None:
    linh = agreed.people.linh
    await quiet_for(agreed, linh, 30)
    holder = await agreed.database.connect("portal_owner")
    async with holder.transaction():
        await holder.execute("select from personal.introduction where id = $1 for update", linh.introduction.id)
        assert await opened(agreed, linh, "page_shown")
    assert not await agreed.owner.fetchval(ACTIVE, linh.introduction.id), "the look was shown, and not noted"
    await agreed.owner.execute("update personal.introduction set stage = 'offer' where id = $1", linh.introduction.id)
    assert await agreed.owner.fetchval(ACTIVE, linh.introduction.id)


async def test_both_are_reminded_once_and_told_once_without_a_word_about_anybody(agreed: Stage) -> None:
    linh, owner = agreed.people.linh, agreed.owner
    manager = await owner.fetchval(
        "select account_manager_id from portal.company where id = $1", linh.introduction.company.id
    )
    await owner.execute("update personal.introduction set last_activity_at = now()")
    await quiet_for(agreed, linh, 52)
    assert await owner.fetchval(TELL) == 0, "eight days before"
    await quiet_for(agreed, linh, 54)
    assert [await owner.fetchval(TELL), await owner.fetchval(TELL)] == [1, 0]
    told = await owner.fetch(MAILS)
    assert {row["kind"] for row in told} == {"selection_ends_soon"}
    assert {manager, agreed.people.aiko.account.id} <= {row["account_id"] for row in told}
    await quiet_for(agreed, linh, 60)
    assert [await owner.fetchval(TELL), await owner.fetchval(TELL)] == [1, 0]
    assert {row["kind"] for row in await owner.fetch(MAILS)} == {"selection_ends_soon", "selection_ended"}
    (entry,) = await agreed.entries(action="selection_lapsed")
    assert (entry["role"], entry["introduction_id"]) == ("operator_program", linh.introduction.id)


async def test_a_position_that_is_closed_is_told_to_the_company_and_its_account_manager(stage: Stage) -> None:
    linh = stage.people.linh
    close = "update portal.opening set status = 'closed' where id = $1"
    await stage.owner.execute(close, linh.introduction.opening.id)
    told = {
        row["account_id"] for row in await stage.owner.fetch("select * from portal.mail where kind = 'position_closed'")
    }
    manager = "select account_manager_id from portal.company where id = $1"
    assert told >= {stage.people.aiko.account.id, await stage.owner.fetchval(manager, linh.introduction.company.id)}
