"""The daily digest: on a working morning in Japan, when something open is new that one did not do oneself."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from portal.language.zone import JAPAN
from tests.disclosure.stage import Stage
from tests.facts import MINUTE

Send = Callable[..., Awaitable[int]]
MOVE = "select gate.move_stages(array[$1::uuid], array['introduced'], 'screening', 16383)"
NOTE = "select gate.write_note($1, 'Please look ' || $2::uuid::text, array[$2::uuid], '{}')"


def morning(days: int = 0, hour: int = 8) -> datetime:
    """A Monday to Friday in Japan from tomorrow on, and so many days later."""
    day = datetime.now(JAPAN).replace(hour=hour, minute=30, second=0, microsecond=0) + timedelta(days=days + 1)
    while day.isoweekday() > 5:
        day += timedelta(days=1)
    return day


@pytest.fixture
async def send(stage: Stage) -> Send:
    """What the worker's task puts; Aiko wants a digest, and was last here twenty minutes ago."""
    worker = await stage.database.connect("portal_worker")
    await stage.call(stage.people.aiko, "select gate.choose_notices('daily')")
    await quiet(stage)

    async def put(at: datetime | None = None, holidays: tuple[date, ...] = ()) -> int:
        made: int = await worker.fetchval("select gate.send_digests($1, $2)", list(holidays), at or morning())
        return made

    return put


async def quiet(stage: Stage) -> None:
    """Everybody was last here twenty minutes ago."""
    await stage.owner.execute("update portal.session set last_seen_at = $1", stage.people.world.now - 20 * MINUTE)


async def mails(stage: Stage) -> list[Any]:
    """The kinds that wait, with whose they are."""
    rows = await stage.owner.fetch("select kind, account_id from portal.mail order by written_at")
    return [(row["kind"], row["account_id"]) for row in rows]


async def introduced(stage: Stage, *, consented: bool = True) -> Any:
    """Somebody new at Acme, since ten minutes ago."""
    world = stage.people.world
    person = world.candidate()
    if consented:
        world.consent(person, stage.people.acme)
    made = world.introduction(person, stage.people.acme, introduced_at=world.now - 10 * MINUTE)
    await world.write(stage.owner)
    return made


async def test_one_mail_comes_when_something_is_new_and_none_when_nothing_is(stage: Stage, send: Send) -> None:
    assert await send() == 0, "nothing is new"
    await introduced(stage)
    assert await send(morning(hour=12)) == 0, "it is no morning"
    assert await send() == 1
    assert await mails(stage) == [("daily_digest", stage.people.aiko.account.id)]
    assert await send() == 0, "once a morning"
    assert await send(morning(days=1)) == 0, "what is new was told"


async def test_nobody_is_written_to_at_a_weekend_or_on_a_holiday(stage: Stage, send: Send) -> None:
    await introduced(stage)
    saturday = morning() + timedelta(days=(6 - morning().isoweekday()))
    assert await send(saturday) == 0
    assert await send(morning(), (morning().date(),)) == 0
    assert await send() == 1


async def test_p1_somebody_who_is_not_open_is_no_news(stage: Stage, send: Send) -> None:
    await introduced(stage, consented=False)
    assert await send() == 0
    await stage.owner.execute("update portal.company set status = 'suspended' where id = $1", stage.people.acme.id)
    await introduced(stage)
    assert await send() == 0


async def test_what_one_did_oneself_is_no_news_and_what_a_colleague_did_is(stage: Stage, send: Send) -> None:
    people = stage.people
    await stage.call(people.aiko, MOVE, people.linh.introduction.id)
    await quiet(stage)
    assert await send() == 0
    await stage.call(people.akira, MOVE, people.tariq.introduction.id)
    await quiet(stage)
    assert await send() == 1


async def test_a_note_that_mentions_one_waits_for_the_digest_and_comes_at_once_otherwise(
    stage: Stage, send: Send
) -> None:
    people = stage.people
    for whom in (people.aiko, people.chie):
        await stage.call(people.akira, NOTE, people.linh.introduction.id, whom.account.id)
    await quiet(stage)
    assert await mails(stage) == [("note_mention", people.chie.account.id)]
    assert await send() == 1


async def test_whoever_has_looked_since_and_whoever_wants_none_gets_none(stage: Stage, send: Send) -> None:
    people = stage.people
    await introduced(stage)
    await stage.call(people.aiko, "select gate.choose_notices('never')")
    await quiet(stage)
    assert await send() == 0
    await stage.call(people.aiko, "select gate.choose_notices('daily')")
    await stage.owner.execute("update portal.session set last_seen_at = now() + interval '1 second'")
    assert await send() == 0


async def test_an_assignment_by_a_colleague_is_told_at_once_to_whoever_wants_that(stage: Stage, send: Send) -> None:
    people = stage.people
    assign = "select gate.assign(array[$1::uuid], false, null, $2)"
    for one, whom in ((people.linh, people.aiko), (people.tariq, people.chie), (people.vera, people.akira)):
        await stage.call(people.akira, assign, one.introduction.id, whom.account.id)
    assert await mails(stage) == [("assigned", people.chie.account.id)], "Aiko wants a digest, Akira did it himself"


async def test_choosing_is_an_entry_and_staff_have_nothing_to_choose(stage: Stage, send: Send) -> None:
    people = stage.people
    (entry,) = await stage.entries(action="notices_chosen")
    assert (entry["decision"], entry["facts"]) == ("permitted", '{"notices": "daily"}')
    assert await stage.value(people.emi, "select gate.choose_notices('never')") is False
    assert await stage.value(people.emi, "select gate.my_notices()") is None
    assert await stage.value(people.aiko, "select gate.my_notices()") == "daily"
    assert (await stage.entries(action="notices_chosen"))[-1]["codes"] == ["not_for_this_role"]
