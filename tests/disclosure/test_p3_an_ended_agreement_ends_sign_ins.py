"""P3: when a company's last agreement ends, the sign-ins of its people end in that second, and no job has to run."""

import asyncio
from datetime import timedelta

import pytest

from tests.disclosure.stage import Stage
from tests.facts import HOUR
from tests.people import Person
from tests.signed import as_if_signed

SOON = "clock_timestamp() + interval '1.5 seconds'"
# Each ends Acme's agreement in a moment that lies ahead.
ENDINGS = {
    "expiry": f"update portal.agreement set expires_at = {SOON} where id = $1",
    "termination": f"update portal.agreement set terminated_at = {SOON} where id = $1",
    "the end of its grace": f"update portal.agreement set superseded_at = {SOON} - interval '14 days' where id = $1",
}
END = "select gate.end_of(agreement) from portal.agreement where id = $1"
AGO = timedelta(minutes=5)


async def arrives(stage: Stage, who: Person) -> bool:
    """Whether this sign-in is somebody's."""
    async with stage.web.transaction():
        return bool(await stage.web.fetch("select from gate.arrive($1, '{}')", who.session.secret))


async def ended(stage: Stage, sql: str) -> None:
    """Acme's agreement, a moment after its end."""
    agreement = stage.people.acme_agreement.id
    await as_if_signed(stage.owner, sql, agreement)
    end = await stage.owner.fetchval(END, agreement)
    await asyncio.sleep((end - await stage.owner.fetchval("select clock_timestamp()")).total_seconds() + 0.01)


@pytest.mark.parametrize("ending", ENDINGS)
async def test_p3_the_last_agreements_end_ends_the_sign_ins_in_that_second(stage: Stage, ending: str) -> None:
    people, agreement = stage.people, stage.people.acme_agreement.id
    await as_if_signed(stage.owner, ENDINGS[ending], agreement)
    assert await arrives(stage, people.aiko)
    assert len(await stage.shown(people.aiko, people.linh)) == 1
    end = await stage.owner.fetchval(END, agreement)
    while await arrives(stage, people.aiko):
        await stage.owner.execute("select pg_sleep(0.02)")
    late = await stage.owner.fetchval("select clock_timestamp()") - end
    assert timedelta(0) <= late < timedelta(seconds=1)
    assert await stage.call(people.aiko, "select * from gate.my_sessions()") == []
    assert await stage.shown(people.aiko, people.linh) == {}
    assert await arrives(stage, people.ben), "another company's people stay"
    assert await arrives(stage, people.fumi), "and so does the operator's staff"


async def test_p3_whoever_signs_in_after_it_sees_nobody_and_what_was_open_before_stays_closed(stage: Stage) -> None:
    people, world = stage.people, stage.people.world
    await ended(stage, ENDINGS["expiry"])
    now = await stage.owner.fetchval("select clock_timestamp()")
    anew = Person(people.aiko.account, world.session(people.aiko.account, started_at=now, last_seen_at=now))
    await world.write(stage.owner)
    assert await arrives(stage, anew)
    assert await stage.shown(anew, people.linh) == {}
    newer = world.agreement(people.acme, effective_at=now, company_signed_at=now, operator_signed_at=now)
    await world.write(stage.owner)
    assert not await arrives(stage, people.aiko), "an agreement after a gap brings no old sign-in back"
    assert await stage.accept(anew, newer) == "accepted"
    assert len(await stage.shown(anew, people.linh)) == 1


@pytest.mark.parametrize("ending", ENDINGS)
async def test_nothing_ends_where_another_agreement_carries_the_company_on(stage: Stage, ending: str) -> None:
    people, world = stage.people, stage.people.world
    newer = world.agreement(people.acme, effective_at=world.now - HOUR)
    await world.write(stage.owner)
    await ended(stage, ENDINGS[ending])
    assert await arrives(stage, people.aiko)
    assert await stage.accept(people.aiko, newer) == "accepted"
    assert len(await stage.shown(people.aiko, people.linh)) == 1


async def test_nothing_ends_with_what_was_never_in_force(stage: Stage) -> None:
    world = stage.people.world
    company = world.company("new")
    account = world.account("yui", "recruiter", company)
    yui = Person(account, world.session(account))
    began = {"effective_at": world.now - HOUR, "expires_at": world.now - AGO}
    for lacking in ({"operator_signed_at": None}, {"effective_at": world.now - AGO}, {"signatory_name": None}):
        world.agreement(company, **{**began, **lacking})
    await world.write(stage.owner)
    assert await arrives(stage, yui)
    world.agreement(company, **began)
    await world.write(stage.owner)
    assert not await arrives(stage, yui), "what ended so, had it been in force, ends it"
