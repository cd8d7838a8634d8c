"""P3: what ends, ends with the very next transaction."""

from datetime import timedelta

import pytest

from tests.disclosure.stage import ACCEPT, SHOWN, Stage
from tests.facts import DAY, HOUR, MINUTE
from tests.signed import as_if_signed

# What happens to Linh's introduction, her company or Aiko; the named facts are put in for $1.
ENDS = {
    "consent withdrawn": ("update personal.consent set withdrawn_at = now() where candidate_id = $1", "linh"),
    "consent expired": ("update personal.consent set expires_at = now() where candidate_id = $1", "linh"),
    "a newer consent covers nothing": (
        "insert into personal.consent (reference, candidate_id, company_id, notice_id, items, purposes, given_at)"
        " select 'newer', candidate_id, company_id, notice_id, 0, 3, now() from personal.consent"
        " where candidate_id = $1",
        "linh",
    ),
    "candidate restricted": ("update personal.candidate set restricted_at = now() where id = $1", "linh"),
    "candidate objecting": ("update personal.candidate set objected_at = now() where id = $1", "linh"),
    "candidate erased": ("update personal.candidate set erased_at = now() where id = $1", "linh"),
    "company suspended": ("update portal.company set status = 'suspended' where id = $1", "acme"),
    "company terminated": ("update portal.company set status = 'terminated' where id = $1", "acme"),
    "agreement terminated": ("update portal.agreement set terminated_at = now() where company_id = $1", "acme"),
    "agreement expired": ("update portal.agreement set expires_at = now() where company_id = $1", "acme"),
    "agreement superseded past its grace": (
        "update portal.agreement set superseded_at = now() - interval '14 days' where company_id = $1",
        "acme",
    ),
    "account suspended": ("update portal.account set status = 'suspended' where id = $1", "aiko"),
    "account is of another company now": (
        "update portal.account set company_id = (select id from portal.company where reference = 'beta') where id = $1",
        "aiko",
    ),
    "account is something else now": ("update portal.account set capacity = capacity + 1 where id = $1", "aiko"),
    "undertaking was another's": (
        "update portal.undertaking set capacity = capacity + 1 where account_id = $1",
        "aiko",
    ),
    "undertaking gone": ("delete from portal.undertaking where account_id = $1", "aiko"),
    "session ended": ("insert into portal.revocation (account_id) values ($1)", "aiko"),
    "session over": ("update portal.session set expires_at = now() where account_id = $1", "aiko"),
}


@pytest.mark.parametrize("what", ENDS)
async def test_p3_an_ending_binds_the_next_transaction(stage: Stage, what: str) -> None:
    people, (sql, about) = stage.people, ENDS[what]
    subject = {"linh": people.linh.candidate.id, "acme": people.acme.id, "aiko": people.aiko.account.id}[about]
    assert len(await stage.shown(people.aiko, people.linh)) == 1
    assert "linh" in await stage.found(people.aiko)
    await as_if_signed(stage.owner, sql, subject)
    assert await stage.shown(people.aiko, people.linh) == {}
    assert "linh" not in await stage.found(people.aiko)
    assert "linh" not in await stage.found(people.aiko, name="Linh")


async def test_p3_signing_out_ends_this_session_or_all(stage: Stage) -> None:
    people = stage.people
    other = people.world.session(people.aiko.account)
    await people.world.write(stage.owner)
    assert await stage.value(people.aiko, "select gate.sign_out(false)") == 1
    assert await stage.shown(people.aiko, people.linh) == {}
    elsewhere = type(people.aiko)(people.aiko.account, other)
    assert len(await stage.shown(elsewhere, people.linh)) == 1
    assert await stage.value(elsewhere, "select gate.sign_out(true)") == 1
    assert await stage.shown(elsewhere, people.linh) == {}


async def test_p3_a_suspension_by_the_administrator_ends_every_session(stage: Stage) -> None:
    people = stage.people
    sql = "select gate.suspend_account($1, 'left the company')"
    assert await stage.value(people.fumi, sql, people.aiko.account.id)
    assert await stage.shown(people.aiko, people.linh) == {}
    assert await stage.value(people.fumi, "select gate.reactivate_account($1)", people.aiko.account.id)
    assert await stage.shown(people.aiko, people.linh) == {}, "the old session stays ended"
    assert len(await stage.shown(people.akira, people.linh)) == 1


async def test_p3_a_new_consent_opens_again_and_a_suspension_lifted_too(stage: Stage) -> None:
    people = stage.people
    assert await stage.shown(people.aiko, people.noor) == {}
    people.world.consent(people.noor.candidate, people.acme, given_at=people.world.now - MINUTE)
    await people.world.write(stage.owner)
    assert len(await stage.shown(people.aiko, people.noor)) == 1


@pytest.mark.parametrize(
    ("facts", "live"),
    [
        ({}, True),
        ({"last_seen_at": -29 * MINUTE}, True),
        ({"last_seen_at": -30 * MINUTE}, False),
        ({"expires_at": timedelta(0)}, False),
        ({"expires_at": timedelta(seconds=20)}, True),
    ],
)
async def test_p3_a_session_ends_by_idleness_and_by_age(stage: Stage, facts: dict[str, timedelta], live: bool) -> None:
    people = stage.people
    session = people.world.session(
        people.aiko.account, **{name: people.world.now + offset for name, offset in facts.items()}
    )
    await people.world.write(stage.owner)
    assert len(await stage.shown(type(people.aiko)(people.aiko.account, session), people.linh)) == live


async def test_p3_use_keeps_a_session_from_idling_but_not_from_ageing(stage: Stage) -> None:
    people = stage.people
    await stage.owner.execute("update portal.session set last_seen_at = now() - interval '20 minutes'")
    before = await stage.owner.fetchval("select expires_at from portal.session where id = $1", people.aiko.session.id)
    await stage.shown(people.aiko, people.linh)
    seen, expires = await stage.owner.fetchrow(
        "select last_seen_at, expires_at from portal.session where id = $1", people.aiko.session.id
    )
    assert seen > people.world.now - MINUTE
    assert expires == before


async def test_p3_a_missing_undertaking_can_be_given_and_opens_at_once(stage: Stage) -> None:
    people = stage.people
    newcomer = people.world.account("ken", "recruiter", people.acme)
    ken = type(people.aiko)(newcomer, people.world.session(newcomer))
    await people.world.write(stage.owner)
    assert await stage.shown(ken, people.linh) == {}
    (entry,) = await stage.entries(action="listed")
    assert entry["codes"] == ["undertaking_not_accepted"]
    for agreement, shown in (
        (people.beta_agreement, SHOWN),
        (people.acme_agreement, bytes(32)),
        (people.acme_agreement, None),
    ):
        answers = await stage.answers(ken, agreement)
        assert await stage.value(ken, ACCEPT, agreement.id, shown, answers) != "accepted"
        assert await stage.shown(ken, people.linh) == {}
    assert await stage.accept(ken, people.acme_agreement) == "accepted"
    assert len(await stage.shown(ken, people.linh)) == 1


async def test_p3_a_superseded_agreement_holds_through_its_grace_for_those_who_promised(stage: Stage) -> None:
    people, now = stage.people, stage.people.world.now
    await stage.owner.execute(
        "update portal.agreement set superseded_at = now() - interval '13 days' where company_id = $1", people.acme.id
    )
    newer = people.world.agreement(people.acme, effective_at=now - HOUR, items=8)
    await people.world.write(stage.owner)
    assert len((await stage.shown(people.aiko, people.linh))[people.linh.introduction.id]) > 10
    assert await stage.accept(people.aiko, newer) == "accepted"
    row = (await stage.shown(people.aiko, people.linh))[people.linh.introduction.id]
    assert row["open_items"] == 8, "the newest one promised counts"
    await stage.owner.execute(
        "update portal.agreement set superseded_at = now() - $2::interval where id = $1",
        people.acme_agreement.id,
        14 * DAY,
    )
    assert await stage.shown(people.akira, people.linh) == {}


@pytest.mark.parametrize(
    ("beginning", "means"),
    [
        ("begin isolation level repeatable read", "a snapshot from before is kept"),
        ("begin isolation level serializable", "a snapshot from before is kept"),
    ],
)
async def test_p3_a_transaction_with_an_old_snapshot_is_nobodys(stage: Stage, beginning: str, means: str) -> None:
    web = await stage.database.connect("portal_web")
    await web.execute(beginning)
    assert await web.fetch("select * from gate.arrive($1, '')", stage.people.aiko.session.secret) == [], means
    await web.execute("rollback")


async def test_p3_a_transaction_held_open_is_nobodys_after_a_while(stage: Stage) -> None:
    owner = await stage.database.connect("postgres")
    await owner.execute(
        "create or replace function gate.at_once() returns boolean language sql volatile as"
        " $$ select clock_timestamp() - now() < interval '0.3 seconds' $$"
    )
    web = await stage.database.connect("portal_web")
    await web.execute("begin")
    assert await web.fetch("select * from gate.arrive($1, '')", stage.people.aiko.session.secret)
    await web.execute("select pg_sleep(0.4)")
    asked = [stage.people.linh.introduction.id]
    assert await web.fetch("select * from gate.disclose($1, null, 'listed', 16383)", asked) == []
    await web.execute("rollback")
