"""P7: where the agreement says so, a selection in which nothing is done ends, without an outcome; it is told before."""

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from portal.candidates.items import CONTACT_ITEMS, codes_of
from tests.disclosure.stage import Stage, open_items
from tests.disclosure.test_digest import morning
from tests.facts import DAY
from tests.people import Introduced, Person

CONTACT = set(codes_of(CONTACT_ITEMS))
QUIET = "update personal.introduction set last_activity_at = now() - make_interval(hours => 24 * $2) where id = $1"
ACTIVE = "select last_activity_at > now() - interval '1 minute' from personal.introduction where id = $1"
OPEN = "select * from gate.disclose(array[$1::uuid], null, $2, 16383)"


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


def monday() -> datetime:
    """The first Monday in Japan from tomorrow on: what lies between two days does not hang on when the test runs."""
    at = morning()
    return at + timedelta(days=(1 - at.isoweekday()) % 7)


async def test_a_decision_is_reminded_of_then_told_to_the_account_manager_and_then_it_ends(agreed: Stage) -> None:
    people, owner, at = agreed.people, agreed.owner, monday()
    linh, aiko, akira, daichi = (
        people.linh.introduction.id,
        *(one.account.id for one in (people.aiko, people.akira, people.daichi)),
    )
    await owner.execute("update personal.introduction set last_activity_at = $1", at)

    async def told(*holidays: date, after: timedelta = timedelta()) -> tuple[int, set[Any]]:
        """How many the worker tells of at that moment, and the mails that it puts."""
        await owner.execute(
            "delete from portal.mail; update personal.introduction set reminded_at = reminded_at - interval '1 day'"
        )
        number = await owner.fetchval("select gate.tell_of_inactivity($1, $2)", list(holidays), at + after)
        rows = await owner.fetch("select kind, account_id from portal.mail")
        return number, {(row["kind"], row["account_id"]) for row in rows}

    async def quiet(days: float) -> None:
        await owner.execute(
            "update personal.introduction set last_activity_at = $2 where id = $1", linh, at - days * DAY
        )

    await quiet(29.9)
    assert await told() == (0, set())
    await quiet(30)
    assert await told(at.date()) == (0, set()), "a holiday"
    assert await told() == (1, {("decision_overdue", aiko), ("decision_overdue", akira)})
    assert await told() == (0, set()), "once for as long as nothing is done"
    await quiet(50)
    await agreed.call(people.akira, "select gate.assign(array[$1::uuid], false, null, $2)", linh, aiko)
    await agreed.call(people.aiko, "select gate.choose_notices('never')")
    free = tuple(
        at.date() + timedelta(days=ahead) for ahead in range(1, 5)
    )  # the fifth working day is Friday of next week
    assert await told() == (0, set()), "ten days before"
    assert await told(*free) == (1, {("selection_ends_soon", aiko), ("undecided_told", daichi)}), "five working days"
    assert await told(*free) == (0, set())
    await quiet(60)
    number, mails = await told(at.date(), after=timedelta(days=1))
    assert (number, {kind for kind, _ in mails}) == (1, {"selection_ended"}), "whatever day it is"
    assert {account for _, account in mails} == {aiko, akira, daichi}
    (entry,) = await agreed.entries(action="selection_lapsed")
    assert (entry["role"], entry["introduction_id"]) == ("operator_program", linh)


async def test_home_and_digest_say_what_is_overdue_to_whom_it_is_assigned_or_to_all(agreed: Stage) -> None:
    people, owner = agreed.people, agreed.owner
    await agreed.call(people.aiko, "select gate.choose_notices('daily')")
    await agreed.call(people.akira, "select gate.choose_notices('never')")
    await quiet_for(agreed, people.linh, 31)
    await quiet_for(agreed, people.tariq, 20)
    await quiet_for(agreed, people.noor, 31)
    home = "select gate.home()::jsonb -> 'overdue'"

    async def overdue(who: Person) -> list[str]:
        return [one["code"] for one in json.loads(await agreed.value(who, home))]

    linh = people.linh.introduction
    assert await overdue(people.aiko) == await overdue(people.akira) == [linh.code]
    await agreed.call(
        people.akira, "select gate.assign(array[$1::uuid], false, null, $2)", linh.id, people.aiko.account.id
    )
    assert (await overdue(people.aiko), await overdue(people.akira)) == ([linh.code], [])
    await owner.execute(
        "update portal.session set last_seen_at = now() - interval '20 minutes'; delete from portal.mail"
    )
    await owner.execute("update personal.introduction set moved_at = null, introduced_at = now() - interval '90 days'")
    assert await owner.fetchval("select gate.tell_of_inactivity('{}', $1)", monday()) == 1
    assert await owner.fetchval("select count(*) from portal.mail") == 0, "by the digest, or not at all"
    assert await owner.fetchval("select gate.send_digests('{}', $1)", monday() + timedelta(minutes=10)) == 1
    assert await owner.fetchval("select account_id from portal.mail") == people.aiko.account.id


async def test_a_position_that_is_closed_is_told_to_the_company_and_its_account_manager(stage: Stage) -> None:
    linh = stage.people.linh
    close = "update portal.opening set status = 'closed' where id = $1"
    await stage.owner.execute(close, linh.introduction.opening.id)
    told = {
        row["account_id"] for row in await stage.owner.fetch("select * from portal.mail where kind = 'position_closed'")
    }
    manager = "select account_manager_id from portal.company where id = $1"
    assert told >= {stage.people.aiko.account.id, await stage.owner.fetchval(manager, linh.introduction.company.id)}
