"""What two who act at once could do to each other: one waits and is judged anew, or goes on without the other."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from portal.selection.actions import Decision, put_outcomes
from tests.agreements.signatures import signed_by_company
from tests.disclosure.keepers import Cast, enlarged, left_open
from tests.disclosure.stage import Stage
from tests.facts import DAY, Agreement
from tests.people import Person
from tests.world import signed_in

JOIN = "select gate.join_group_agreement($1, $2, now(), now(), 'Ada', 'President', 'register', 'x')"
COUNTERSIGN = (
    "select gate.countersign(id, terms_digest, now(), '%PDF', sha256('c'), true, 'B-B') from portal.agreement"
    " where id = $1"
)
IN_FORCE = "select count(*) from portal.agreement where company_id = $1 and gate.in_force(agreement, now())"
RECORD = "select gate.record_succession($1, $2, 'renamed', 'register')"
START = (
    "select gate.start_campaign(id, now() + interval '90 days', 'x') from gate.agreement_templates() where version = 2"
)
APPROVE = "select gate.approve_template(id, digest) from gate.agreement_templates() where version = 2"
ENDS = "select campaign_ends_at is not null from portal.agreement where id = $1"
WAITS = "select cardinality(pg_blocking_pids($1)) > 0"


@pytest.fixture
async def cast(stage: Stage) -> Cast:
    """The stage's people, with further staff and what waits for them."""
    return await enlarged(stage)


@asynccontextmanager
async def waiting(stage: Stage, who: Person, sql: str, *values: Any) -> AsyncIterator[asyncio.Task[Any]]:
    """Somebody's act, begun and waiting for what another holds."""
    web = await stage.database.connect("portal_web")

    async def act() -> Any:
        async with signed_in(web, who.session.secret):
            return await web.fetchval(sql, *values)

    async with held_up(stage, web, act()) as begun:
        yield begun


@asynccontextmanager
async def held_up(stage: Stage, web: Any, act: Coroutine[Any, Any, Any]) -> AsyncIterator[asyncio.Task[Any]]:
    """What is done over this connection, which waits."""
    begun = asyncio.create_task(act)
    async with asyncio.timeout(4):
        while not await stage.owner.fetchval(WAITS, web.get_server_pid()):  # noqa: ASYNC110 - another process waits
            await asyncio.sleep(0.02)
    yield begun


async def own_agreement(stage: Stage, cast: Cast) -> Agreement:
    """An agreement of the group's member of its own, which waits for the operator's signature."""
    world = stage.people.world
    member = next(one for one in world.facts if one.id == cast.ids["member"])
    unsigned: dict[str, Any] = {"company_signed_at": None, "operator_signed_at": None, "evidence": None}
    made = world.agreement(
        member,  # type: ignore[arg-type]  # the fact of that id is the company
        **unsigned,
        signatory_email="ada@member.example",
        effective_at=world.now - DAY,
    )
    await world.write(stage.owner)
    await signed_by_company(stage.owner, made)
    return made


async def test_who_countersigns_waits_for_who_records_that_the_company_joined_its_group(
    stage: Stage, cast: Cast
) -> None:
    made = await own_agreement(stage, cast)
    async with left_open(stage, cast.people["emi"]) as held:
        assert await held.fetchval(JOIN, cast.ids["member"], cast.ids["shared"]) == "joined"
        async with waiting(stage, cast.people["juri"], COUNTERSIGN, made.id) as other:
            assert not other.done()
    assert await other == "joined_overlaps"
    assert await stage.owner.fetchval(IN_FORCE, cast.ids["member"]) == 1


async def test_who_records_that_it_joined_waits_for_who_countersigns(stage: Stage, cast: Cast) -> None:
    made = await own_agreement(stage, cast)
    terms = await stage.owner.fetchval("select terms_digest from portal.agreement where id = $1", made.id)
    async with left_open(stage, cast.people["emi"]) as held:
        signed = "select gate.countersign($1, $2, now(), '%PDF', sha256('c'), true, 'B-B')"
        assert await held.fetchval(signed, made.id, terms) == "countersigned"
        member, shared = cast.ids["member"], cast.ids["shared"]
        async with waiting(stage, cast.people["juri"], JOIN, member, shared) as other:
            assert not other.done()
    assert await other == "overlaps"
    assert await stage.owner.fetchval(IN_FORCE, cast.ids["member"]) == 1


async def test_an_agreement_that_joins_later_is_not_overlapped(stage: Stage, cast: Cast) -> None:
    made = await own_agreement(stage, cast)
    later = JOIN.replace("$2, now(),", "$2, now() + interval '30 days',")
    assert await stage.value(cast.people["emi"], later, cast.ids["member"], cast.ids["shared"]) == "joined"
    assert await stage.value(cast.people["juri"], COUNTERSIGN, made.id) == "joined_overlaps"


async def test_a_campaign_begins_and_ends_whoever_holds_an_agreement(stage: Stage, cast: Cast) -> None:
    agreement = stage.people.acme_agreement.id
    holding = await stage.database.connect("portal_owner")
    assert await stage.value(cast.people["emi"], APPROVE) == "approved"
    async with holding.transaction():
        await holding.execute("select from portal.agreement where id = $1 for update", agreement)
        assert await stage.value(cast.people["emi"], START) == "started"
        assert not await stage.owner.fetchval(ENDS, agreement)
        assert await stage.owner.fetchval(ENDS, cast.ids["shared"]), "the others are asked at once"
    worker = await stage.database.connect("portal_worker")
    assert await worker.fetchval("select gate.spread_campaigns()") == 1
    assert await stage.owner.fetchval(ENDS, agreement)
    async with holding.transaction():
        await holding.execute("select from portal.agreement where id = $1 for update", agreement)
        call_off = "select gate.call_off_campaign(id) from gate.campaigns()"
        assert await stage.value(cast.people["emi"], call_off)
    assert await worker.fetchval("select gate.spread_campaigns()") == 1
    assert not await stage.owner.fetchval(ENDS, agreement)


async def test_a_succession_is_recorded_by_nobody_who_was_suspended_meanwhile(stage: Stage, cast: Cast) -> None:
    acme = cast.ids["acme"]
    await stage.owner.execute("update portal.company set name = 'Other' where id = $1", acme)
    seen = await stage.owner.fetchval("select changed_at from portal.company where id = $1", acme)
    holding = await stage.database.connect("portal_owner")
    async with holding.transaction():
        await holding.execute("select from portal.company where id = $1 for update", acme)
        async with waiting(stage, cast.people["juri"], RECORD, acme, seen) as other:
            suspend = "select gate.suspend_account($1, 'x')"
            assert await stage.value(cast.people["fumi"], suspend, cast.ids["juri"]) == "suspended"
    assert await other is None
    assert await stage.owner.fetchval("select count(*) from portal.succession") == 0


async def test_several_are_decided_on_in_one_order(stage: Stage) -> None:
    people = stage.people
    first, last = sorted((people.linh.introduction.id, people.tariq.introduction.id))
    decision = Decision("not_hired", "skills_not_matching", "", correcting=False)
    holding, web = await stage.database.connect("portal_owner"), await stage.database.connect("portal_web")
    lock = "select from personal.introduction where id = $1 for update nowait"

    async def decided(chosen: dict[UUID, Decision]) -> Any:
        async with signed_in(web, people.aiko.session.secret):
            return await put_outcomes(web, chosen)

    async with holding.transaction():
        await holding.execute(lock, last)
        async with held_up(stage, web, decided({last: decision, first: decision})) as other:
            with pytest.raises(asyncpg.LockNotAvailableError):
                await stage.owner.execute(lock, first)
    assert await other == {first: "recorded", last: "recorded"}


async def test_a_company_changes_its_state_for_a_reason_whoever_asks(stage: Stage) -> None:
    acme = stage.people.acme.id
    for reason in (None, "", " 　"):
        for wanted in ("suspended", "terminated", "active"):
            with pytest.raises(asyncpg.InvalidParameterValueError, match="for a reason"):
                await stage.owner.fetchval("select gate.set_company_status($1, $2, $3)", acme, wanted, reason)
    assert await stage.owner.fetchval("select status from portal.company where id = $1", acme) == "active"
