"""P3: whoever looks after others, and has the password of portal_web, holds up neither their own ending nor another's.

Everything that somebody of a role can do is left open in one transaction, and each ending is tried beside all those
locks. What ends by rows that are added waits for none of them, and so for none of one act alone. What could not be
written to a record that is held is written there as soon as it is let go.
"""

import json

import asyncpg
import pytest

from portal.operate.check_halts import halts_check
from tests.disclosure.keepers import ACTS, CHANGE, Cast, acts, enlarged, left_open
from tests.disclosure.stage import Stage
from tests.people import Person

SUSPEND = "select gate.suspend_account($1, 'left', $2, null)"
STATE = "select gate.set_company_status($1, $2, 'why')"
# Each is refused to a recruiter of another company, and must not have locked its record by then.
FOREIGN = (
    "select * from gate.save_agreement({acme}, {draft}, '{{}}', true, null)",
    "select gate.send_agreement({waiting})",
    "select gate.withdraw_agreement({waiting})",
    "select gate.countersign({signed}, '\\x', now(), '%PDF', '\\x', true, 'B-B')",
    "select gate.approve_choices({draft}, '\\x')",
    "select gate.screen_company({delta}, 'refused', 'x')",
    "select gate.loosen_law({oren}, 'restriction', null, 'x', 'E')",
    "select gate.withdraw_consent({linh}, {acme}, 'paper', 'x')",
    "select gate.hold_person({linh}, 'restriction', 'paper', 'x')",
    "select gate.suspend_account({aiko}, 'x')",
    "select gate.set_company_status({acme}, 'suspended', 'x')",
)


@pytest.fixture
async def cast(stage: Stage) -> Cast:
    """The stage's people, with further staff and what waits for them."""
    return await enlarged(stage)


async def arrives(stage: Stage, who: Person) -> bool:
    """Whether a sign-in is still somebody's."""
    async with stage.web.transaction():
        return bool(await stage.web.fetch("select * from gate.arrive($1, '{}')", who.session.secret))


async def accounts_end(stage: Stage, cast: Cast, names: tuple[str, ...]) -> None:
    """Each of them is suspended by an administrator, and is nobody from then on."""
    companies = [cast.ids["acme"], cast.ids["delta"]]
    for name in names:
        shown = sorted(companies) if name == "daichi" else None
        assert await stage.value(cast.people["fumi"], SUSPEND, cast.ids[name], shown) == "suspended", name
        assert not await arrives(stage, cast.people[name]), name


async def companies_end(stage: Stage, cast: Cast) -> None:
    """One is suspended and shows nothing from then on; one that was being set up is terminated."""
    people = stage.people
    assert await stage.owner.fetchval(STATE, cast.ids["acme"], "suspended")
    assert await stage.shown(people.akira, people.linh, people.paz) == {}
    assert await stage.owner.fetchval(STATE, cast.ids["delta"], "terminated")


@pytest.mark.parametrize("holder", ACTS)
async def test_p3_an_ending_waits_for_nobody_who_looks_after_others(stage: Stage, cast: Cast, holder: str) -> None:
    ended = ("chie", "aiko", "goro", "emi", "daichi")
    people = stage.people
    assert await stage.shown(people.akira, people.linh) != {}
    async with left_open(stage, cast.people[holder]) as held:
        await acts(held, cast, holder)
        await accounts_end(stage, cast, ended)
        assert await stage.shown(people.akira, people.linh) != {}
        await companies_end(stage, cast)
    await stage.owner.fetchval("select gate.settle_halts()")
    assert await stage.owner.fetchval("select count(*) from portal.halt") == 0
    stands = "select count(*) from portal.account where status = 'suspended' and id = any ($1)"
    assert await stage.owner.fetchval(stands, [cast.ids[name] for name in ended]) == len(ended)
    of_company = "select status, account_manager_id from portal.company where id = $1"
    for name in ("acme", "delta"):
        company = await stage.owner.fetchrow(of_company, cast.ids[name])
        assert company["status"] in ("suspended", "terminated")
        assert company["account_manager_id"] != cast.ids["daichi"], "nobody who is suspended looks after it"
    assert await stage.shown(people.akira, people.linh) == {}


async def test_whoever_is_refused_an_act_has_locked_nothing_by_it(stage: Stage, cast: Cast) -> None:
    quoted = {name: f"'{value}'::uuid" for name, value in cast.ids.items()}
    tables = ("portal.company", "portal.agreement", "portal.account", "personal.candidate", "personal.consent")
    async with left_open(stage, cast.people["ben"]) as held:
        for sql in FOREIGN:
            await held.fetch(sql.format(**quoted))
        for table in tables:
            await stage.owner.fetch(f"select from {table} for update nowait")


@pytest.mark.parametrize("name", ["aiko", "daichi", "goro"])
async def test_p3_whoever_is_shut_out_while_the_record_is_held_signs_in_no_more(
    stage: Stage, cast: Cast, name: str
) -> None:
    whose = cast.people[name].account
    proved = b"proof of the password"
    await stage.owner.execute(
        "insert into portal.credential (account_id, salt, proof_hash, time_cost, memory_kib, parallelism)"
        " values ($1, '0123456789abcdef', sha256($2), 1, 8, 1)",
        whose.id,
        proved,
    )
    holding = await stage.database.connect("portal_owner")
    companies = sorted([cast.ids["acme"], cast.ids["delta"]]) if name == "daichi" else None
    async with holding.transaction():
        await holding.execute("select from portal.account where id = $1 for no key update", whose.id)
        assert await stage.value(cast.people["fumi"], SUSPEND, whose.id, companies) == "suspended"
        assert (await stage.sign_in(whose.email, proved))[0] == "refused"
        assert await stage.value(cast.people["fumi"], SUSPEND, whose.id, companies) is None, "it is suspended already"
        (row,) = await stage.call(cast.people["fumi"], "select * from gate.account_of($1)", whose.id)
        assert row["status"] == "suspended"
        assert await stage.value(cast.people["fumi"], "select gate.halted_since($1, null)", whose.id)
        assert await stage.owner.fetchval("select gate.settle_halts()") == 0
    (entry,) = await stage.entries(action="account_suspended")
    assert json.loads(entry["facts"])["pending"]
    assert await stage.value(cast.people["fumi"], "select gate.reactivate_account($1)", whose.id), (
        "settled, and taken back"
    )
    assert await stage.owner.fetchval("select count(*) from portal.halt") == 0
    assert (await stage.sign_in(whose.email, proved))[0] == "signed_in"
    assert not await arrives(stage, cast.people[name]), "what began before it stays ended"


async def test_p3_a_company_that_could_not_be_written_to_is_reactivated(stage: Stage) -> None:
    people, acme = stage.people, stage.people.acme.id
    act = "select gate.set_company_status($1, $2, 'why')"
    holding = await stage.database.connect("portal_owner")
    async with holding.transaction():
        await holding.execute("select from portal.company where id = $1 for update", acme)
        assert await stage.value(people.daichi, act, acme, "suspended")
        assert not await stage.value(people.daichi, act, acme, "suspended"), "it is so already"
        assert await stage.found(people.aiko) == set()
        (row,) = await stage.call(people.daichi, "select * from gate.company_stages(array[$1::uuid])", acme)
        assert (row["stage"], row["waits_for"]) == ("suspended", "reactivation")
        assert row["since"] == await stage.owner.fetchval("select made_at from portal.halt")
    assert await stage.value(people.daichi, act, acme, "active")
    assert await stage.owner.fetchval("select count(*) from portal.halt") == 0
    assert await stage.found(people.aiko) == set(), "the sign-in of before is over"
    session = people.world.session(people.aiko.account, started_at=await stage.owner.fetchval("select now()"))
    await people.world.write(stage.owner)
    assert "linh" in await stage.found(Person(people.aiko.account, session))


async def test_an_administrator_who_changes_an_account_keeps_no_other_from_it(stage: Stage, cast: Cast) -> None:
    async with left_open(stage, cast.people["goro"]) as held:
        await held.fetch((CHANGE % "aiko").format(aiko=f"'{cast.ids['aiko']}'"))
        other = (CHANGE % "chie").format(chie=f"'{cast.ids['chie']}'")
        assert await stage.value(cast.people["fumi"], other) == "changed"


async def test_the_web_process_reads_and_writes_no_halt_itself(stage: Stage) -> None:
    for sql in ("select * from portal.halt", "delete from portal.halt"):
        with pytest.raises(asyncpg.PostgresError) as refused:
            await stage.call(stage.people.ben, sql)
        assert refused.value.sqlstate == "42501"


async def test_the_doctor_names_what_waits_for_longer_than_a_minute_and_who_holds_it(stage: Stage) -> None:
    people, url = stage.people, stage.database.url("portal_owner")
    assert (await halts_check(url)).state == "ok"
    holding = await stage.database.connect("portal_owner")
    async with holding.transaction():
        await holding.execute("select from portal.company, portal.account for no key update")
        assert await stage.value(people.daichi, STATE, people.acme.id, "suspended")
        assert await stage.value(people.fumi, SUSPEND, people.aiko.account.id, None) == "suspended"
        assert (await halts_check(url)).state == "ok", "a moment is usual"
        await stage.owner.execute("update portal.halt set made_at = made_at - interval '90 seconds'")
        check = await halts_check(url)
        assert check.state == "failed"
        assert "company acme is suspended, for 9" in check.found
        assert "account aiko@acme.example is suspended, for 9" in check.found
        assert f"pg_terminate_backend({holding.get_server_pid()})" in check.remedy
    assert "see that the worker runs" in (await halts_check(url)).remedy
    await stage.owner.fetchval("select gate.settle_halts()")
    assert (await halts_check(url)).state == "ok"
