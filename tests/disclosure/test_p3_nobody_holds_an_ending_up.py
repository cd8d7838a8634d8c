"""P3: no suspension or change of an account waits for a transaction that somebody with portal_web's SQL keeps open."""

import asyncio
import json
from uuid import uuid4

import pytest

from tests.disclosure.stage import Stage
from tests.links import open_link

# Each runs as portal_web, in Aiko's session where there is one, and is then left open with whatever it locked.
HOLDING = {
    "her arriving": ("select 1", []),
    "a sign-in under her address": (
        "select * from gate.sign_in('aiko@acme.example', 'guess', sha256('other'), '{\"ip\": \"192.0.2.9\"}')",
        [],
    ),
    "a change of her password": (
        "select * from gate.change_password('guess', '0123456789abcdef', sha256('x'), 1, 8, 1)",
        [],
    ),
    "a link asked for under her address": (
        "select gate.ask_for_link('aiko@acme.example', '{\"ip\": \"192.0.2.9\"}')",
        [],
    ),
    "her signing out": ("select gate.sign_out(false)", []),
    "her signing out everywhere": ("select gate.sign_out(true)", []),
    "her ending one sign-in": ("select gate.end_session($1)", ["session"]),
    "her search": (
        "select * from gate.search(null::gate.search_filter, null, null, false, 25)",
        [],
    ),
    "her look": ("select * from gate.disclose(array[$1::uuid], null, 'page_shown', 16383)", ["introduction"]),
    "her decision": ("select gate.put_outcome($1, 'not_hired', 'position_filled', null, false)", ["introduction"]),
    "her undertaking": (
        "select gate.accept_undertaking($1, (select text_digest from gate.undertaking_texts() limit 1), $2)",
        ["agreement", "answers"],
    ),
    "a lock of every number that she can work out": (
        "select pg_advisory_xact_lock(n) from generate_series(1, 100) n",
        [],
    ),
    "a share of every table that she may read": (
        "select count(*) from portal.account, portal.company, portal.agreement",
        [],
    ),
}


MOVED = """
select gate.change_account(id, row(display_name, email, role, company_id)::gate.account_details,
                           row(display_name, 'moved@acme.example', role, company_id)::gate.account_details)
from portal.account where id = $1
"""
ENDINGS = {"suspended": "select gate.suspend_account($1, 'left')", "changed": MOVED}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("what", HOLDING)
async def test_p3_an_ending_waits_for_nobody(stage: Stage, what: str, ending: str) -> None:
    people = stage.people
    sql, names = HOLDING[what]
    values = {
        "session": people.aiko.session.id,
        "introduction": people.linh.introduction.id,
        "agreement": people.acme_agreement.id,
        "answers": await stage.answers(people.aiko, people.acme_agreement),
    }
    await stage.owner.execute("update portal.session set last_seen_at = now() - interval '5 minutes'")
    held = await stage.database.connect("portal_web")
    await held.execute("set idle_in_transaction_session_timeout = 0")
    async with held.transaction():
        note = json.dumps({"id": str(uuid4()), "ip": "10.1.2.3", "agent": "psql"})
        await held.fetch("select * from gate.arrive($1, $2)", people.aiko.session.secret, note)
        await held.fetch(sql, *(values[name] for name in names))
        async with asyncio.timeout(60):  # against hanging: what waits here is cut off after five seconds with an error
            assert await stage.value(people.fumi, ENDINGS[ending], people.aiko.account.id) == ending
        assert await stage.shown(people.aiko, people.linh) == {}, "before the transaction that was left open ends"
    assert await stage.shown(people.aiko, people.linh) == {}
    if ending == "suspended":
        assert await stage.value(people.fumi, "select gate.reactivate_account($1)", people.aiko.account.id)
    assert await stage.shown(people.aiko, people.linh) == {}, "what began before it stays ended"


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "what",
    [
        "select 1",
        "select * from gate.choose_password('0123456789abcdef', sha256('x'), 1, 8, 1, 'ja')",
        "select gate.leave_link()",
        "select gate.enter_link_code('12345678', sha256('x'))",
    ],
)
async def test_p3_an_ending_and_a_withdrawal_wait_for_nobody_with_a_link(stage: Stage, what: str, ending: str) -> None:
    people = stage.people
    secret = await open_link(stage.owner, people.aiko.account.id)
    held = await stage.database.connect("portal_web")
    await held.execute("set idle_in_transaction_session_timeout = 0")
    async with held.transaction():
        await held.fetch("select * from gate.arrive($1, '{}')", secret)
        await held.fetch(what)
        async with asyncio.timeout(60):
            await stage.owner.execute("select gate.withdraw_links($1)", people.aiko.account.id)
            assert await stage.value(people.fumi, ENDINGS[ending], people.aiko.account.id) == ending
        async with stage.web.transaction():
            assert await stage.web.fetch("select * from gate.arrive($1, '{}')", secret) == []


@pytest.mark.parametrize(
    "what",
    [
        "select gate.leave_link()",
        "select gate.enter_link_code('12345678', sha256('x'))",
        "select gate.send_link_code_again()",
    ],
)
async def test_p3_a_sign_in_by_a_link_ends_whoever_else_ends_it(stage: Stage, what: str) -> None:
    """Somebody who has the same secret leaves a transaction open that ends it too, or holds its code."""
    secret = await open_link(stage.owner, stage.people.aiko.account.id, awaits_code=True)
    held = await stage.database.connect("portal_web")
    await held.execute("set idle_in_transaction_session_timeout = 0")
    async with held.transaction():
        await held.fetch("select * from gate.arrive($1, '{}')", secret)
        await held.fetch(what)
        async with asyncio.timeout(60), stage.web.transaction():
            assert await stage.web.fetch("select * from gate.arrive($1, '{}')", secret)
            await stage.web.fetch("select gate.leave_link()")
        async with stage.web.transaction():
            assert await stage.web.fetch("select * from gate.arrive($1, '{}')", secret) == []


async def test_p3_a_sign_in_that_is_being_made_while_it_is_revoked_is_over(stage: Stage) -> None:
    people = stage.people
    sql = (
        "insert into portal.session (account_id, secret_hash, expires_at, last_seen_at, ip)"
        " values ($1, sha256(convert_to($2, 'UTF8')), now() + interval '1 hour', now(), '192.168.7.7')"
    )
    making = await stage.database.connect("portal_owner")
    async with making.transaction():
        await making.execute(sql, people.aiko.account.id, "late" * 10)
        assert await stage.value(people.aiko, "select gate.sign_out(true)") == 1
    async with stage.web.transaction():
        assert await stage.web.fetch("select * from gate.arrive($1, '{}')", "late" * 10) == []
