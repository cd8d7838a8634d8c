"""Recording a result: a named person decides, once; a correction within 24 hours is a further row. P6, P7, P8."""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from portal.candidates.items import CONTACT_ITEMS, codes_of
from tests.disclosure.stage import Stage, open_items
from tests.facts import DAY
from tests.people import Person
from tests.signed import as_if_signed
from tests.world import arrive, signed_in

RECORD = "select gate.put_outcome($1, $2, $3, $4, false)"
CORRECT = "select gate.put_outcome($1, $2, $3, $4, true)"
HIRED, NOT_HIRED = ("hired", "offer_accepted", "Welcome"), ("not_hired", "skills_not_matching", None)
INSTANT = timedelta(microseconds=1)


async def test_p7_a_decision_closes_selection_at_once_and_leaves_contact(stage: Stage) -> None:
    people = stage.people
    introduction = people.linh.introduction.id
    assert await stage.value(people.aiko, RECORD, introduction, *HIRED) == "recorded"
    rows = await stage.shown(people.akira, people.linh)
    assert open_items(rows[introduction]) == set(codes_of(CONTACT_ITEMS))
    assert rows[introduction]["purpose"] == "contact"
    assert await stage.shown(people.akira, people.linh, purpose="selection") == {}
    recorded = await stage.owner.fetchrow("select * from personal.outcome where introduction_id = $1", introduction)
    assert (recorded["result"], recorded["recorded_by"]) == ("hired", people.aiko.account.id)


async def test_p7_a_decision_without_consent_to_contact_closes_everything(stage: Stage) -> None:
    people = stage.people
    assert await stage.value(people.aiko, RECORD, people.vera.introduction.id, *NOT_HIRED) == "recorded_and_closed"
    assert "vera" not in await stage.found(people.aiko)
    assert await stage.value(people.aiko, CORRECT, people.vera.introduction.id, *HIRED) == "refused"


async def test_p8_nobody_decides_without_a_live_session_of_the_company(stage: Stage) -> None:
    people = stage.people
    for who in (None, people.ben, people.daichi, people.emi, people.fumi):
        assert await stage.value(who, RECORD, people.linh.introduction.id, *HIRED) == "refused"
    assert await stage.owner.fetchval("select count(*) from personal.outcome where recorded_by is not null") == 0
    decisions = {entry["decision"] for entry in await stage.entries(action="outcome_recorded")}
    assert decisions == {"refused"}


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        ("maybe", "position_filled"), (None, "position_filled"), ("hired", None),
        ("hired", "position_filled"), ("not_hired", "nationality"),
    ],
)  # fmt: skip
async def test_p8_what_is_no_result_or_no_reason_of_the_list_is_refused(
    stage: Stage, outcome: str | None, reason: str | None
) -> None:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError):
        await stage.value(stage.people.aiko, RECORD, stage.people.linh.introduction.id, outcome, reason, None)


async def test_p6_a_second_decision_is_told_that_there_is_one(stage: Stage) -> None:
    people = stage.people
    introduction = people.linh.introduction.id
    assert await stage.value(people.aiko, RECORD, introduction, *HIRED) == "recorded"
    assert await stage.value(people.akira, RECORD, introduction, *NOT_HIRED) == "already_recorded"
    assert await results(stage, introduction) == ["hired"]


async def test_p6_of_two_decisions_at_the_same_moment_one_wins(stage: Stage) -> None:
    people = stage.people
    other = await stage.database.connect("portal_web")

    async def record(web: Any, who: Person, what: tuple[str, str, str | None]) -> str:
        async with signed_in(web, who.session.secret):
            await asyncio.sleep(0.1)
            answer: str = await web.fetchval(RECORD, people.linh.introduction.id, *what)
            await asyncio.sleep(0.2)
        return answer

    answers = await asyncio.gather(record(stage.web, people.aiko, HIRED), record(other, people.akira, NOT_HIRED))
    assert sorted(answers) == ["already_recorded", "recorded"]
    assert len(await results(stage, people.linh.introduction.id)) == 1


@pytest.mark.parametrize("again", [RECORD, CORRECT])
async def test_p6_a_request_begun_before_the_decision_sees_it(stage: Stage, again: str) -> None:
    """Its clock stands before the decision, but it must not pass over it."""
    people = stage.people
    other = await stage.database.connect("portal_web")
    introduction = people.linh.introduction.id
    async with signed_in(other, people.akira.session.secret):
        assert await stage.value(people.aiko, RECORD, introduction, *HIRED) == "recorded"
        answer = await other.fetchval(again, introduction, *NOT_HIRED)
    assert answer == ("already_recorded" if again == RECORD else "corrected")
    assert await results(stage, introduction) == (["hired"] if again == RECORD else ["hired", "not_hired"])


async def test_p6_a_correction_is_a_further_row_and_moves_no_window(stage: Stage) -> None:
    people = stage.people
    introduction = people.linh.introduction.id
    await stage.value(people.aiko, RECORD, introduction, *HIRED)
    before = await stage.search(people.aiko, decided=True, name="Linh")
    assert await stage.value(people.akira, CORRECT, introduction, *NOT_HIRED) == "corrected"
    assert await stage.value(people.aiko, CORRECT, introduction, *HIRED) == "corrected"
    after = await stage.search(people.aiko, decided=True, name="Linh")
    assert await results(stage, introduction) == ["hired", "not_hired", "hired"]
    assert (before[0]["decided_at"], before[0]["contact_until"]) == (after[0]["decided_at"], after[0]["contact_until"])
    assert [row["outcome"] for row in (*before, *after)] == ["hired", "hired"]


@pytest.mark.parametrize(
    ("change", "days"),
    [
        ("update portal.agreement set contact_days = 10", 10),
        ("update personal.consent set expires_at = now() + interval '4 days'", 4),
        ("update portal.agreement set expires_at = now() + interval '5 days'", 5),
        ("update portal.agreement set terminated_at = now() + interval '6 days'", 6),
        ("update portal.agreement set superseded_at = now() - interval '1 day', grace_days = 8", 7),
    ],
)
async def test_p7_contact_ends_with_whichever_ends_first(stage: Stage, change: str, days: int) -> None:
    people = stage.people
    await stage.value(people.aiko, RECORD, people.linh.introduction.id, *HIRED)
    await as_if_signed(stage.owner, change)
    (found,) = await stage.search(people.aiko, decided=True, name="Linh")
    now = await stage.owner.fetchval("select now()")
    assert now + timedelta(days=days, minutes=-5) < found["contact_until"] <= now + timedelta(days=days)


@pytest.mark.parametrize("note", ["Welcome", "  Welcome "])
async def test_p2_a_correction_that_changes_nothing_is_told_so_and_leaves_an_entry(stage: Stage, note: str) -> None:
    people = stage.people
    introduction = people.linh.introduction.id
    await stage.value(people.aiko, RECORD, introduction, *HIRED)
    assert await stage.value(people.akira, CORRECT, introduction, "hired", "offer_accepted", note) == "unchanged"
    (entry,) = await stage.entries(action="outcome_corrected")
    assert (entry["decision"], entry["codes"]) == ("refused", ["nothing_to_correct"])
    assert (entry["actor_id"], entry["introduction_id"]) == (people.akira.account.id, introduction)
    assert await stage.value(people.akira, CORRECT, introduction, *NOT_HIRED) == "corrected"
    assert await stage.value(people.akira, CORRECT, introduction, *NOT_HIRED) == "unchanged"
    assert await stage.value(people.akira, CORRECT, introduction, *HIRED) == "corrected"
    assert await results(stage, introduction) == ["hired", "not_hired", "hired"]


async def test_p1_nobody_else_learns_what_stands_by_correcting_it(stage: Stage) -> None:
    people = stage.people
    introduction = people.linh.introduction.id
    await stage.value(people.aiko, RECORD, introduction, *HIRED)
    for who in (None, people.ben, people.daichi):
        assert await stage.value(who, CORRECT, introduction, *HIRED) == "refused"


async def test_p6_what_was_never_decided_cannot_be_corrected(stage: Stage) -> None:
    people = stage.people
    assert await stage.value(people.aiko, CORRECT, people.linh.introduction.id, *HIRED) == "refused"
    assert await stage.value(people.ben, CORRECT, people.paz.introduction.id, *HIRED) == "refused"
    assert await results(stage, people.paz.introduction.id) == ["not_hired"]


@pytest.mark.parametrize(
    ("age", "answer"),
    [(DAY - INSTANT, "corrected"), (DAY, "too_late"), (DAY + INSTANT, "too_late"), (31 * DAY, "refused")],
)
async def test_p7_a_correction_is_possible_for_24_hours_to_the_instant(
    stage: Stage, age: timedelta, answer: str
) -> None:
    assert await at_age(stage, age, CORRECT, stage.people.paz.introduction.id, *HIRED) == answer


@pytest.mark.parametrize(("age", "open_"), [(30 * DAY - INSTANT, 1), (30 * DAY, 0), (30 * DAY + INSTANT, 0)])
async def test_p7_contact_is_open_for_the_agreed_days_to_the_instant(stage: Stage, age: timedelta, open_: int) -> None:
    sql = "select count(*) from gate.disclose(array[$1::uuid], 'contact', 'contact_revealed', 16383)"
    assert await at_age(stage, age, sql, stage.people.paz.introduction.id) == open_


async def at_age(stage: Stage, age: timedelta, sql: str, *values: Any) -> Any:
    """Aiko's call in a transaction in which Paz's decision is exactly so old."""
    people = stage.people
    connection = await stage.database.connect("postgres")
    async with connection.transaction():
        await connection.execute(
            "update personal.outcome set recorded_at = now() - $2::interval where introduction_id = $1",
            people.paz.introduction.id,
            age,
        )
        await connection.execute("set local role portal_web")
        await arrive(connection, people.aiko.session.secret, people.aiko.session.id)
        return await connection.fetchval(sql, *values)


async def test_p7_an_introduction_holds_when_it_was_decided_on_whoever_changes_that(stage: Stage) -> None:
    linh, aiko = stage.people.linh.introduction.id, stage.people.aiko
    kept = (
        "select decided_at is not distinct from (select recorded_at from personal.outcome"
        " where introduction_id = introduction.id and corrects is null), decided_at is null"
        " from personal.introduction where id = $1"
    )
    about = "where introduction_id = $1 and corrects is"
    assert tuple(await stage.owner.fetchrow(kept, linh)) == (True, True)
    assert await stage.value(aiko, RECORD, linh, *HIRED) == "recorded"
    assert await stage.value(aiko, CORRECT, linh, *NOT_HIRED) == "corrected"
    assert tuple(await stage.owner.fetchrow(kept, linh)) == (True, False)
    await stage.owner.execute(f"update personal.outcome set recorded_at = now() - interval '1 hour' {about} null", linh)
    assert tuple(await stage.owner.fetchrow(kept, linh)) == (True, False)
    await stage.owner.execute(f"delete from personal.outcome {about} not null", linh)
    await stage.owner.execute(f"delete from personal.outcome {about} null", linh)
    assert tuple(await stage.owner.fetchrow(kept, linh)) == (True, True)
    assert "linh" in await stage.found(aiko)


async def results(stage: Stage, introduction: Any) -> list[str]:
    """The results recorded for an introduction, oldest first."""
    rows = await stage.owner.fetch(
        "select result from personal.outcome where introduction_id = $1 order by recorded_at", introduction
    )
    return [row["result"] for row in rows]


@pytest.mark.parametrize("reason", ["no_reply", "opening_closed"])
async def test_what_is_no_act_of_the_candidate_is_not_recorded_as_withdrawn(stage: Stage, reason: str) -> None:
    tariq = stage.people.tariq.introduction.id
    sql = "select gate.put_outcome($1, $2, $3, null, false)"
    with pytest.raises(asyncpg.CheckViolationError, match="withdrawn_by_the_candidate"):
        await stage.call(stage.people.aiko, sql, tariq, "withdrawn", reason)
    assert await results(stage, tariq) == []
    await stage.call(stage.people.aiko, sql, tariq, "not_hired", reason)
    assert await results(stage, tariq) == ["not_hired"]


async def test_an_outcome_that_was_recorded_so_before_stays_as_recorded(stage: Stage) -> None:
    validated = "select convalidated from pg_constraint where conname = 'withdrawn_by_the_candidate'"
    assert await stage.owner.fetchval(validated) is False, "of what stands there already nothing is asked"
    kept = await stage.owner.fetch("select code from portal.outcome_reason where result = 'withdrawn' and not offered")
    assert {row["code"] for row in kept} == {"no_reply", "opening_closed"}
