"""Signing in: proofs, not passwords; one answer for every failure; a throttle that parallel guesses do not pass."""

import asyncio
import hashlib
import json
from collections import Counter
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from tests.database import Database
from tests.disclosure.stage import Stage
from tests.facts import Credential
from tests.people import Person, cast
from tests.world import signed_in

PROOF, WRONG = b"p" * 32, b"w" * 32
AIKO = "aiko@acme.example"
PARAMETERS = "select * from gate.sign_in_parameters($1)"


@pytest.fixture
async def stage(database: Database) -> Stage:
    """The cast, of whom Aiko and Ben have a password whose proof is `PROOF`."""
    owner, web = await database.connect("portal_owner"), await database.connect("portal_web")
    people = cast(datetime.now(UTC))
    for person in (people.aiko, people.ben):
        digest = hashlib.sha256(PROOF).digest()
        costs = {"time_cost": 2, "memory_kib": 19456, "parallelism": 1}
        people.world.add(Credential, account=person.account, salt=b"s" * 16, proof_hash=digest, **costs)
    await people.world.write(owner)
    return Stage(database, owner, web, people)


@pytest.mark.parametrize("email", [AIKO, "AIKO@ACME.EXAMPLE", f"  {AIKO} "])
async def test_the_right_proof_signs_in_with_a_secret_of_its_own(stage: Stage, email: str) -> None:
    (row,) = await stage.web.fetch(PARAMETERS, email)
    assert row["salt"] == b"s" * 16
    result, secret = await stage.sign_in(email, PROOF)
    assert result == "signed_in"
    arrived = await stage.web.fetchrow("select * from gate.arrive($1, null)", secret)
    assert arrived["email"] == AIKO
    (entry,) = await stage.entries(action="sign_in")
    assert (entry["decision"], entry["actor_id"]) == ("permitted", stage.people.aiko.account.id)


async def test_every_failure_has_the_same_answer(stage: Stage) -> None:
    await stage.owner.execute("update portal.account set status = 'suspended' where email like 'ben@%'")
    tries = [(AIKO, WRONG), ("nobody@acme.example", PROOF), ("ben@beta.example", PROOF), ("chie@acme.example", PROOF)]
    answers = set()
    for email, proof in tries:
        row = await stage.web.fetchrow("select * from gate.sign_in($1, $2, $3, '{}')", email, proof, bytes(32))
        answers.add(tuple(row))
    assert answers == {("refused", None, 0, None)}
    assert len(await stage.entries(action="sign_in", decision="refused")) == len(tries)


async def test_an_unknown_account_has_parameters_like_any_other(stage: Stage) -> None:
    known = await stage.web.fetchrow(PARAMETERS, AIKO)
    unknown = [await stage.web.fetchrow(PARAMETERS, mail) for mail in ("x@y.example", "x@y.example", "z@y.example")]
    assert unknown[0] == unknown[1], "the salt does not change between two tries"
    assert unknown[0]["salt"] != unknown[2]["salt"]
    assert {len(row["salt"]) for row in (known, *unknown)} == {16}
    assert {tuple(row)[1:] for row in (known, *unknown)} == {tuple(known)[1:]}


async def test_the_sixth_guess_from_one_address_waits_even_with_the_right_proof(stage: Stage) -> None:
    assert [(await stage.sign_in(AIKO, WRONG))[0] for _ in range(5)] == ["refused"] * 5
    assert (await stage.sign_in(AIKO, PROOF))[0] == "throttled"
    assert (await stage.sign_in(AIKO, PROOF, "192.0.2.8"))[0] == "signed_in", "the person elsewhere is not shut out"
    await stage.owner.execute("update portal.sign_in_failure set failed_at = failed_at - interval '15 minutes'")
    assert (await stage.sign_in(AIKO, PROOF))[0] == "signed_in"


async def test_an_unknown_account_is_throttled_like_a_known_one(stage: Stage) -> None:
    assert [(await stage.sign_in("nobody@x.example", WRONG))[0] for _ in range(6)] == ["refused"] * 5 + ["throttled"]


async def test_guesses_from_many_addresses_are_limited_by_name(stage: Stage) -> None:
    answers = Counter([(await stage.sign_in(AIKO, WRONG, f"192.0.2.{place}"))[0] for place in range(25)])
    assert answers == {"refused": 20, "throttled": 5}


async def test_guesses_at_many_names_are_limited_by_address(stage: Stage) -> None:
    answers = Counter([(await stage.sign_in(f"n{place}@x.example", WRONG))[0] for place in range(105)])
    assert answers == {"refused": 100, "throttled": 5}


async def test_the_addresses_of_one_ipv6_network_are_counted_as_one(stage: Stage) -> None:
    assert [(await stage.sign_in(AIKO, WRONG, f"2001:db8:0:7:{place}::1"))[0] for place in range(5)] == ["refused"] * 5
    assert (await stage.sign_in(AIKO, PROOF, "2001:db8:0:7:ffff:ffff:ffff:ffff"))[0] == "throttled"
    assert (await stage.sign_in(AIKO, PROOF, "2001:db8:0:8::1"))[0] == "signed_in", "the neighbours are not shut out"
    tries = [await stage.sign_in(f"n{place}@x.example", WRONG, f"2001:db8:0:9::{place}") for place in range(105)]
    assert Counter(result for result, _ in tries) == {"refused": 100, "throttled": 5}


async def test_signing_in_forgets_the_failures_of_the_whole_ipv6_network(stage: Stage) -> None:
    for place, proof in enumerate((WRONG, WRONG, WRONG, WRONG, PROOF, WRONG)):
        await stage.sign_in(AIKO, proof, f"2001:db8:0:7::{place}")
    assert await stage.owner.fetchval("select count(*) from portal.sign_in_failure") == 1


@pytest.mark.parametrize("before", ["192.0.2.", "::ffff:192.0.2."])
async def test_each_ipv4_address_is_counted_by_itself(stage: Stage, before: str) -> None:
    answers = [(await stage.sign_in(AIKO, WRONG, f"{before}{place}"))[0] for place in range(6)]
    assert answers == ["refused"] * 6


async def test_guesses_at_the_current_password_are_counted_by_network_too(stage: Stage) -> None:
    await stage.owner.execute("update portal.session set ip = '2001:db8:0:7::1'")
    change = "select result from gate.change_password($1, $2, $3, 2, 19456, 1)"
    for place in range(5):
        note = f"2001:db8:0:7::{place}"
        async with signed_in(stage.web, stage.people.aiko.session.secret, note):
            assert await stage.web.fetchval(change, WRONG, b"t" * 16, bytes(32)) == "wrong"
    assert (await stage.sign_in(AIKO, PROOF, "2001:db8:0:7:1::"))[0] == "throttled"


async def test_parallel_guesses_are_counted_one_by_one(stage: Stage) -> None:
    connections = [await stage.database.connect("portal_web") for _ in range(12)]
    tries = [stage.sign_in(AIKO, WRONG, web=web) for web in connections]
    answers = Counter(result for result, _ in await asyncio.gather(*tries))
    assert answers == {"refused": 5, "throttled": 7}


async def test_nobody_outside_can_work_out_and_hold_the_lock_of_a_sign_in(stage: Stage) -> None:
    intruder = await stage.database.connect("portal_web")
    digest = hashlib.sha256(AIKO.encode()).hexdigest()
    await intruder.fetch("select pg_advisory_lock(hashtextextended($1, 1))", digest)
    assert (await stage.sign_in(AIKO, PROOF))[0] == "signed_in"


async def test_a_change_of_password_ends_the_other_sessions_and_not_this_one(stage: Stage) -> None:
    people = stage.people
    other = people.world.session(people.aiko.account)
    await people.world.write(stage.owner)
    change = "select result from gate.change_password($1, $2, $3, 2, 19456, 1)"
    new = b"n" * 32
    digest = hashlib.sha256(new).digest()
    assert await stage.value(people.aiko, change, WRONG, b"t" * 16, digest) == "wrong"
    assert await stage.value(None, change, PROOF, b"t" * 16, digest) == "wrong"
    assert await stage.value(people.aiko, change, PROOF, b"t" * 16, digest) == "changed"
    assert len(await stage.shown(people.aiko, people.linh)) == 1
    assert await stage.shown(Person(people.aiko.account, other), people.linh) == {}
    assert len(await stage.shown(people.ben, people.sora)) == 1
    assert (await stage.sign_in(AIKO, PROOF))[0] == "refused"
    assert (await stage.sign_in(AIKO, new))[0] == "signed_in"


async def test_guesses_at_the_current_password_are_counted_with_those_at_the_door(stage: Stage) -> None:
    change = "select result from gate.change_password($1, $2, $3, 2, 19456, 1)"
    new = (b"t" * 16, hashlib.sha256(b"n" * 32).digest())
    answers = [await stage.value(stage.people.aiko, change, WRONG, *new) for _ in range(6)]
    assert answers == ["wrong"] * 5 + ["throttled"]
    assert await stage.value(stage.people.aiko, change, PROOF, *new) == "throttled"
    assert (await stage.sign_in(AIKO, PROOF, ip="192.168.7.7"))[0] == "throttled"
    assert await stage.value(stage.people.ben, change, PROOF, *new) == "changed"


async def test_a_person_sees_and_ends_only_the_own_sessions(stage: Stage) -> None:
    people = stage.people
    sessions = await stage.call(people.aiko, "select * from gate.my_sessions()")
    assert [row["id"] for row in sessions] == [people.aiko.session.id]
    end = "select gate.end_session($1)"
    assert not await stage.value(people.ben, end, people.aiko.session.id)
    assert not await stage.value(None, end, people.aiko.session.id)
    assert await stage.call(None, "select * from gate.my_sessions()") == []
    assert await stage.value(people.aiko, end, people.aiko.session.id)
    assert await stage.shown(people.aiko, people.linh) == {}


async def test_the_delays_grow_and_end_by_themselves(stage: Stage) -> None:
    delay = "select extract(epoch from gate.delay($1, 5, now(), '10 minutes'))::int"
    assert [await stage.owner.fetchval(delay, failures) for failures in (4, 5, 6, 7, 11, 90)] == [
        0,
        10,
        20,
        40,
        600,
        600,
    ]
    for _ in range(5):
        await stage.sign_in(AIKO, WRONG)
    await stage.owner.execute("update portal.sign_in_failure set failed_at = failed_at - interval '11 seconds'")
    assert (await stage.sign_in(AIKO, PROOF))[0] == "signed_in"


async def known(stage: Stage, email: str, proof: bytes, shown: bytes | None, ip: str) -> tuple[str, bytes | None]:
    """A try with what the browser was given before; what it says, and what the browser is given."""
    secret = hashlib.sha256(uuid4().bytes).digest()
    note = json.dumps({"id": str(uuid4()), "ip": ip})
    row = await stage.web.fetchrow("select * from gate.sign_in($1, $2, $3, $4, $5)", email, proof, secret, note, shown)
    return row["result"], row["known_as"]


async def test_whoever_signed_in_here_before_is_not_kept_waiting_by_strangers(stage: Stage) -> None:
    result, shown = await known(stage, AIKO, PROOF, None, "10.0.0.1")
    assert (result, len(shown or b"")) == ("signed_in", 32)
    for place in range(25):
        await stage.sign_in(AIKO, WRONG, f"192.0.2.{place}")
    ask = "select gate.sign_in_delay($1, $2, '{}')"
    assert await stage.web.fetchval(ask, AIKO, None) > 0
    assert await stage.web.fetchval(ask, AIKO, bytes(32)) > 0
    assert await stage.web.fetchval(ask, AIKO, shown) == 0
    assert (await known(stage, AIKO, PROOF, None, "10.0.0.1"))[0] == "throttled"
    assert (await known(stage, AIKO, PROOF, shown, "10.0.0.1"))[0] == "signed_in"
    ben = [(await known(stage, "ben@beta.example", WRONG, shown, "192.0.2.99"))[0] for _ in range(6)]
    assert ben == ["refused"] * 5 + ["throttled"], "it passes nobody else's"
    guesses = [(await known(stage, AIKO, WRONG, shown, f"192.0.2.{place}"))[0] for place in range(6)]
    assert guesses == ["refused"] * 5 + ["throttled"], "and it is no way around the delays"


async def test_p2_tries_that_have_to_wait_are_one_entry_with_a_number(stage: Stage) -> None:
    """Whoever does not wait fills no log: five failures are entries, as many tries after them as there are one."""
    for _ in range(5):
        await stage.sign_in(AIKO, WRONG)
    failed = await stage.entries(action="sign_in")
    note = json.dumps({"id": str(uuid4()), "ip": "192.0.2.7"})
    for _ in range(20):
        assert await stage.web.fetchval("select gate.sign_in_delay($1, null, $2)", AIKO, note) > 0
        assert (await stage.sign_in(AIKO, WRONG))[0] == "throttled"
        await stage.web.fetchrow("select * from gate.enter_by_link('x', sha256('x'), '', $1)", note)
        await stage.web.fetchval("select gate.ask_for_link($1, $2)", AIKO, note)
    assert await stage.entries(action="sign_in") == failed
    worker = await stage.database.connect("portal_worker")
    assert await worker.fetchval("select gate.enter_unsigned()") == 3
    told = await stage.entries(action="refused_without_sign_in")
    assert {tuple(entry["reasons"]) for entry in told} == {("too_many_tries",)}
    facts = [json.loads(entry["facts"]) for entry in told]
    assert {fact["act"]: fact["refused"] for fact in facts} == {"sign_in": 40, "link_opened": 15, "link_asked_for": 17}


async def test_an_address_that_many_share_is_no_origin(stage: Stage) -> None:
    note = json.dumps({"id": str(uuid4()), "ip": "10.0.0.1", "relayed": True, "shared": True})
    for place in range(101):
        await stage.web.fetchrow(
            "select * from gate.sign_in($1, $2, $3, $4)", f"n{place}@x.example", WRONG, bytes(32), note
        )
    assert await stage.web.fetchval("select gate.sign_in_delay($1, null, $2)", AIKO, note) == 0


async def test_one_sign_in_too_many_ends_the_one_that_began_first(stage: Stage) -> None:
    most = await stage.web.fetchval("select gate.most_sign_ins()")
    first = stage.people.aiko.session
    await stage.owner.execute(
        "update portal.session set started_at = now() - interval '2 hours' where id = $1", first.id
    )
    secrets = [(await stage.sign_in(AIKO, PROOF))[1] for _ in range(most - 1)]
    assert len(await stage.call(stage.people.aiko, "select * from gate.my_sessions()")) == most
    (await stage.sign_in(AIKO, PROOF))
    assert await stage.call(stage.people.aiko, "select * from gate.my_sessions()") == []
    async with signed_in(stage.web, secrets[0]):
        assert len(await stage.web.fetch("select * from gate.my_sessions()")) == most


async def test_the_worker_forgets_failures_that_no_longer_count(stage: Stage) -> None:
    await stage.owner.execute(
        "insert into portal.sign_in_failure (email_hash, failed_at)"
        " values ('old', now() - interval '25 hours'), ('new', now())"
    )
    worker = await stage.database.connect("portal_worker")
    assert await worker.fetchval("select gate.forget_sign_in_failures()") == 1
    assert await stage.owner.fetchval("select convert_from(email_hash, 'UTF8') from portal.sign_in_failure") == "new"
