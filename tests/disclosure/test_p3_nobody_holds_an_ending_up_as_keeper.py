"""P3: whoever looks after others, and has the password of portal_web, holds up neither their own ending nor another's.

Each role's every act that locks something is left open, and each ending is tried beside it. What could not be written
to a record that is held is written there as soon as it is let go.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.disclosure.stage import Stage
from tests.people import Person

RECORD = """
select gate.change_company($1, (select changed_at from portal.company where id = $1),
                           '1234567890128', 'アクメ', null, '東京都', '阿久女', 'JP', 'manufacturing')
"""
OFFERED = """
select gate.candidates_to_put_forward($1, opening.id, null, null, 50) from portal.opening where company_id = $1
"""
SUSPEND_MANAGER = """
select gate.suspend_account($1, 'x', array[(select id from portal.company where account_manager_id = $1)], null)
"""
CHANGE = """
select gate.change_account(id, row(display_name, email, role, company_id)::gate.account_details,
                           row('Other', email, role, company_id)::gate.account_details)
from portal.account where id = $1
"""
# Who leaves it open, the statement, and what it is about.
HOLDING = {
    "the record of a company": (
        "daichi",
        RECORD,
        "acme",
    ),
    "the suspension of a company": ("daichi", "select gate.set_company_status($1, 'suspended', 'x')", "acme"),
    "the termination of a company": ("daichi", "select gate.set_company_status($1, 'terminated', 'x')", "acme"),
    "the company handed over": ("daichi", "select gate.hand_company_over($1, (select id from other))", "acme"),
    "a position": ("daichi", "select * from gate.save_opening($1, null, null, 'X', null, null, false)", "acme"),
    "what a termination would close": ("daichi", "select * from gate.what_if($1, 'terminated')", "acme"),
    "who can be put forward": ("daichi", OFFERED, "acme"),
    "somebody invited by the account manager": (
        "daichi",
        "select gate.invite('New', 'new@acme.example', 'recruiter', $1)",
        "acme",
    ),
    "the suspension of a recruiter by the account manager": ("daichi", "select gate.suspend_account($1, 'x')", "aiko"),
    "the suspension of a recruiter by the company": ("chie", "select gate.suspend_account($1, 'x')", "aiko"),
    "somebody invited by the company": (
        "chie",
        "select gate.invite('New', 'new@acme.example', 'recruiter', $1)",
        "acme",
    ),
    "the sign-ins of a recruiter": ("chie", "select gate.end_sign_ins($1)", "aiko"),
    "a link to a recruiter": ("chie", "select * from gate.send_account_link($1)", "aiko"),
    "the reactivation of somebody": ("chie", "select gate.reactivate_account($1)", "aiko"),
    "a recruiter changed by an administrator": ("goro", CHANGE, "aiko"),
    "an account manager suspended by an administrator": (
        "goro",
        SUSPEND_MANAGER,
        "daichi",
    ),
    "another administrator suspended": ("goro", "select gate.suspend_account($1, 'x')", "hana"),
    "another administrator changed": ("goro", CHANGE, "hana"),
    "a company given away": ("goro", "select gate.hand_company_over($1, (select id from other))", "acme"),
}
SUSPEND = "select gate.suspend_account($1, 'left', $2, null)"


@pytest.fixture
async def cast(stage: Stage) -> dict[str, Person]:
    """The cast with two further administrators, and another account manager."""
    people = stage.people
    world, found = people.world, {name: getattr(people, name) for name in ("aiko", "chie", "daichi", "fumi")}
    for name in ("goro", "hana"):
        account = world.account(name, "administrator")
        found[name] = Person(account, world.session(account))
    account = world.account("ichiro", "account_manager")
    found["ichiro"] = Person(account, world.session(account))
    await world.write(stage.owner)
    return found


@asynccontextmanager
async def left_open(stage: Stage, who: Person, sql: str, *values: Any) -> AsyncIterator[None]:
    """A statement of portal_web in somebody's sign-in, whose transaction ends with the block."""
    held = await stage.database.connect("portal_web")
    await held.execute("set idle_in_transaction_session_timeout = 0")
    async with held.transaction():
        note = json.dumps({"id": str(uuid4()), "ip": "10.1.2.3", "agent": "psql"})
        await held.fetch("select * from gate.arrive($1, $2)", who.session.secret, note)
        await held.fetch(sql, *values)
        async with asyncio.timeout(60):  # against hanging: what waits here is cut off after five seconds with an error
            yield


async def arrives(stage: Stage, who: Person) -> bool:
    """Whether a sign-in is still somebody's."""
    async with stage.web.transaction():
        return bool(await stage.web.fetch("select * from gate.arrive($1, '{}')", who.session.secret))


def about(stage: Stage, cast: dict[str, Person], name: str) -> UUID:
    """The id of a company or an account."""
    return stage.people.acme.id if name == "acme" else cast[name].account.id


@pytest.mark.parametrize("what", HOLDING)
async def test_p3_an_ending_waits_for_nobody_who_looks_after_others(
    stage: Stage, cast: dict[str, Person], what: str
) -> None:
    acme, (holder, sql, subject) = stage.people.acme.id, HOLDING[what]
    sql = sql.replace("(select id from other)", f"'{cast['ichiro'].account.id}'")
    ended = ("chie", "aiko", "goro", "daichi")
    async with left_open(stage, cast[holder], sql, about(stage, cast, subject)):
        for name in ended:
            companies = [acme] if name == "daichi" else None
            answer = await stage.value(cast["fumi"], SUSPEND, cast[name].account.id, companies)
            assert answer == "suspended", name
            assert not await arrives(stage, cast[name]), name
        assert await stage.shown(stage.people.akira, stage.people.linh) != {}
        assert await stage.owner.fetchval("select gate.set_company_status($1, 'suspended', 'why')", acme)
        assert await stage.shown(stage.people.akira, stage.people.linh) == {}, "before what was left open ends"
    await stage.owner.fetchval("select gate.settle_halts()")
    assert await stage.owner.fetchval("select count(*) from portal.halt") == 0
    stands = "select count(*) from portal.account where status = 'suspended' and id = any ($1)"
    assert await stage.owner.fetchval(stands, [cast[name].account.id for name in ended]) == len(ended)
    company = await stage.owner.fetchrow("select status, account_manager_id from portal.company where id = $1", acme)
    assert company["status"] != "active"
    assert company["account_manager_id"] != cast["daichi"].account.id, "nobody who is suspended looks after it"
    assert await stage.shown(stage.people.akira, stage.people.linh) == {}


@pytest.mark.parametrize("name", ["aiko", "daichi", "goro"])
async def test_p3_whoever_is_shut_out_while_the_record_is_held_signs_in_no_more(
    stage: Stage, cast: dict[str, Person], name: str
) -> None:
    whose = cast[name].account
    proved = b"proof of the password"
    await stage.owner.execute(
        "insert into portal.credential (account_id, salt, proof_hash, time_cost, memory_kib, parallelism)"
        " values ($1, '0123456789abcdef', sha256($2), 1, 8, 1)",
        whose.id,
        proved,
    )
    holding = await stage.database.connect("portal_owner")
    companies = [stage.people.acme.id] if name == "daichi" else None
    async with holding.transaction():
        await holding.execute("select from portal.account where id = $1 for no key update", whose.id)
        assert await stage.value(cast["fumi"], SUSPEND, whose.id, companies) == "suspended"
        assert (await stage.sign_in(whose.email, proved))[0] == "refused"
        assert await stage.value(cast["fumi"], SUSPEND, whose.id, companies) is None, "it is suspended already"
        (row,) = await stage.call(cast["fumi"], "select * from gate.account_of($1)", whose.id)
        assert row["status"] == "suspended"
        assert await stage.value(cast["fumi"], "select gate.halted_since($1, null)", whose.id)
        assert await stage.owner.fetchval("select gate.settle_halts()") == 0
    (entry,) = await stage.entries(action="account_suspended")
    assert json.loads(entry["facts"])["pending"]
    assert await stage.value(cast["fumi"], "select gate.reactivate_account($1)", whose.id), "settled, and taken back"
    assert await stage.owner.fetchval("select count(*) from portal.halt") == 0
    assert (await stage.sign_in(whose.email, proved))[0] == "signed_in"
    assert not await arrives(stage, cast[name]), "what began before it stays ended"


async def test_p3_a_company_that_could_not_be_written_to_is_reactivated(stage: Stage) -> None:
    people, acme = stage.people, stage.people.acme.id
    act = "select gate.set_company_status($1, $2, 'why')"
    holding = await stage.database.connect("portal_owner")
    async with holding.transaction():
        await holding.execute("select from portal.company where id = $1 for update", acme)
        assert await stage.value(people.daichi, act, acme, "suspended")
        assert not await stage.value(people.daichi, act, acme, "suspended"), "it is so already"
        assert await stage.found(people.aiko) == set()
    assert await stage.value(people.daichi, act, acme, "active")
    assert await stage.owner.fetchval("select count(*) from portal.halt") == 0
    assert await stage.found(people.aiko) == set(), "the sign-in of before is over"
    session = people.world.session(people.aiko.account, started_at=await stage.owner.fetchval("select now()"))
    await people.world.write(stage.owner)
    assert "linh" in await stage.found(Person(people.aiko.account, session))


async def test_an_administrator_who_changes_an_account_keeps_no_other_from_it(
    stage: Stage, cast: dict[str, Person]
) -> None:
    async with left_open(stage, cast["goro"], CHANGE, cast["aiko"].account.id):
        assert await stage.value(cast["fumi"], CHANGE, cast["chie"].account.id) == "changed"


async def test_what_is_left_open_waits_no_longer_than_a_moment_for_it(stage: Stage, cast: dict[str, Person]) -> None:
    """Whoever may not suspend holds nothing, and waits for nothing."""
    ben = stage.people.ben
    async with left_open(stage, ben, "select gate.suspend_account($1, 'x')", cast["aiko"].account.id):
        locked = await stage.database.connect("portal_owner")
        async with locked.transaction():
            await locked.execute("select from portal.account where id = $1 for update nowait", cast["aiko"].account.id)
    with pytest.raises(asyncpg.PostgresError) as refused:
        await stage.call(ben, "select * from portal.halt")
    assert refused.value.sqlstate == "42501"
