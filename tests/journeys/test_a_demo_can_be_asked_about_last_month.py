"""A demo's log reaches back three months; it is the rule's answer of then, and says that it is a demo's."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from portal.demo.history import DAYS, write_history
from tests.client import Portal
from tests.journeys.cast import HAO, LINH, Cast, cast
from tests.signed import as_if_signed

COUNT = "select count(*) from accesslog.entry"


async def written(portal: Portal) -> tuple[Cast, int]:
    """The cast, with a log: Linh was open all the time, Hao until she withdrew ten days ago."""
    people = await cast(portal)
    long_ago = portal.world.now - timedelta(days=200)
    await portal.owner.execute("update portal.undertaking set accepted_at = $1", long_ago)
    since = "update portal.agreement set effective_at = $1, company_signed_at = $1, operator_signed_at = $1"
    await as_if_signed(portal.owner, since, long_ago)
    await people.introduce(LINH, people.aoba, given_at=long_ago)
    withdrawn = portal.world.now - timedelta(days=10)
    await people.introduce(HAO, people.aoba, given_at=long_ago, withdrawn_at=withdrawn)
    await portal.owner.execute("update personal.introduction set introduced_at = $1", long_ago)
    emails = [one.email for one in (people.hana, people.ken, people.mori, people.sato, people.abe)]
    made = await write_history(portal.owner, emails, portal.world.now.date())
    assert await write_history(portal.owner, emails, portal.world.now.date()) == 0
    return people, made


async def test_last_month_can_be_asked(portal: Portal) -> None:
    people, made = await written(portal)
    entries = await portal.owner.fetch("select * from accesslog.entry where role is distinct from 'operator_program'")
    assert len(entries) == made > 100
    now = datetime.now(UTC)
    assert max(one["recorded_at"] for one in entries) < now
    assert min(one["recorded_at"] for one in entries) < now - timedelta(days=DAYS - 20)
    sato = await portal.signed_in(people.sato)
    since = (now - timedelta(days=60)).date()
    page = await sato.get(f"/log?since={since}&until={since + timedelta(days=30)}")
    assert len(page.texts("#results tbody tr")) > 10
    page = await sato.get(page.links("/log/0")[0])
    assert "Shokai demo (invented" in page.text
    assert "192.0.2." in page.text
    page = await sato.get("/log?action=demo_log_written")
    assert page.texts("#results tbody tr")[0].count("Wrote the invented log of a demo") == 1


async def test_what_was_closed_then_was_refused_then(portal: Portal) -> None:
    await written(portal)
    refused = await portal.owner.fetch(
        "select recorded_at, reasons, items from accesslog.entry where action <> 'sign_in' and decision = 'refused'"
        " and introduction_id is not null"
    )
    withdrawn = portal.world.now - timedelta(days=10)
    assert all("consent_withdrawn" in one["reasons"] and one["recorded_at"] > withdrawn for one in refused)
    open_then = (
        "select count(*) from accesslog.entry where action = 'page_shown' and decision = 'permitted' and items > 0"
    )
    assert await portal.owner.fetchval(open_then) > 10
    bound = (
        "select bool_and(commitment = accesslog.commitment(salt, candidate_id, ip, agent)) from accesslog.entry"
        " join accesslog.entry_subject on entry_id = id"
    )
    assert await portal.owner.fetchval(bound)


async def test_a_log_that_is_in_use_and_a_portal_of_others_are_left_alone(portal: Portal) -> None:
    people = await cast(portal)
    everybody = [one.email for one in (people.hana, people.ken, people.mori, people.sato, people.abe)]
    assert await write_history(portal.owner, everybody[:-1], portal.world.now.date()) == 0
    await (await portal.signed_in(people.sato)).get("/log")
    before = await portal.owner.fetchval(COUNT)
    assert await write_history(portal.owner, everybody, portal.world.now.date()) == 0
    act = (
        "select gate.demo_act(now() - interval '1 day', $1, 'log_read', gen_random_uuid(), '192.0.2.1',"
        " 0, null, true, 0)"
    )
    with pytest.raises(asyncpg.ObjectNotInPrerequisiteStateError, match="in no log that is in use"):
        await portal.owner.execute(act, people.sato.email)
    assert await portal.owner.fetchval(COUNT) == before
