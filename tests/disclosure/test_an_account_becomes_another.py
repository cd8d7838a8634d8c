"""Changing an account: what it has been ends with the act, and two who decide at once do not undo each other."""

import asyncio
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from portal.accounts.passwords import Parameters, proof
from tests.disclosure.stage import ACCEPT, SHOWN, Stage
from tests.facts import Account, Company
from tests.links import make_link
from tests.people import PASSWORD, Person

CHANGE = "select gate.change_account($1, $2, $3, $4, $5)"
SUSPEND = "select gate.suspend_account($1, 'left', $2, $3)"
MANAGER = "select account_manager_id from portal.company where id = $1"
Details = tuple[str, str, str, UUID | None]


def details(account: Account, company: Company | None = None, **other: str) -> Details:
    """What an administrator is shown of an account, but for what is `other`."""
    company = company or account.company
    said = {"display_name": account.display_name, "email": account.email, "role": account.role, **other}
    return said["display_name"], said["email"], said["role"], company.id if company else None


async def change(
    stage: Stage, account: Account, *, seen: Details | None = None, left: list[UUID] | None = None,
    heir: UUID | None = None, by: Person | None = None, **other: Any,
) -> Any:  # fmt: skip
    """What is answered to Fumi, or somebody else, who changes an account."""
    values = (seen or details(account), details(account, **other), left, heir)
    return await stage.value(by or stage.people.fumi, CHANGE, account.id, *values)


async def signed_in_anew(stage: Stage, account: Account, capacity: int) -> Person:
    """The account in a sign-in that began after its change."""
    session = stage.people.world.session(account, capacity=capacity, started_at=datetime.now(UTC))
    await stage.people.world.write(stage.owner)
    return Person(account, session)


async def proof_of(stage: Stage, account: Account) -> bytes:
    """What the web process makes of the account's password."""
    row = await stage.owner.fetchrow("select * from portal.credential where account_id = $1", account.id)
    return proof(PASSWORD, row["salt"], Parameters(row["time_cost"], row["memory_kib"], row["parallelism"]))


async def entry(stage: Stage, action: str) -> tuple[dict[str, Any], Any]:
    """The facts of the newest entry of an action, and the entry."""
    row = (await stage.entries(action=action))[-1]
    return json.loads(row["facts"] or "{}"), row


async def test_a_name_is_changed_and_nothing_ends(stage: Stage) -> None:
    people = stage.people
    assert await change(stage, people.aiko.account, display_name="Aiko Mori") == "changed"
    assert len(await stage.shown(people.aiko, people.linh)) == 1
    facts, row = await entry(stage, "account_changed")
    assert facts == {"name_changed": True}
    assert (row["actor_id"], row["subject_id"], row["company_id"]) == (
        people.fumi.account.id, people.aiko.account.id, people.acme.id,
    )  # fmt: skip
    same = details(people.aiko.account, display_name="Aiko Mori")
    assert await change(stage, people.aiko.account, seen=same, display_name="Aiko Mori") == "as_it_was"
    assert len(await stage.entries(action="account_changed")) == 1


@pytest.mark.parametrize(
    ("other", "facts"),
    [
        ({"role": "employer_admin"}, {"former_role": "recruiter", "role": "employer_admin", "ended": 1, "told": 2}),
        ({"email": "new@acme.example"}, {"email_changed": True, "ended": 1, "told": 2}),
        ({"company": "beta"}, {"former_company": "acme", "ended": 1}),
    ],
)
async def test_p3_who_acts_in_another_capacity_starts_anew(
    stage: Stage, other: dict[str, Any], facts: dict[str, Any]
) -> None:
    people = stage.people
    named = {"acme": people.acme, "beta": people.beta}
    link = await make_link(stage.owner, people.aiko.account.id)
    values = {key: named.get(value, value) for key, value in other.items()}
    assert await change(stage, people.aiko.account, **values) == "changed"
    assert await stage.shown(people.aiko, people.linh) == {}
    note = json.dumps({"id": str(uuid4()), "ip": "10.0.0.1"})
    opened = await stage.call(None, "select * from gate.enter_by_link($1, sha256('x'), '', $2)", link, note)
    assert opened[0]["result"] == "over"
    if "company" in other:
        left, row = await entry(stage, "account_changed")
        assert (left, row["company_id"]) == ({"former_company": str(people.acme.id)}, people.acme.id), "they left it"
    row = (await stage.entries(action="account_changed"))[0]
    said = json.loads(row["facts"])
    assert said == {key: str(named[value].id) if value in named else value for key, value in facts.items()}
    assert row["company_id"] == values.get("company", people.acme).id


async def test_p1_what_was_undertaken_in_another_capacity_is_not_in_force_and_can_be_undertaken_again(
    stage: Stage,
) -> None:
    people = stage.people
    aiko = people.aiko.account
    assert await change(stage, aiko, role="employer_admin") == "changed"
    assert await change(stage, aiko, seen=details(aiko, role="employer_admin")) == "changed"
    anew = await signed_in_anew(stage, aiko, 3)
    assert await stage.shown(anew, people.linh) == {}
    assert (await stage.entries(actor_id=aiko.id))[-1]["codes"] == ["undertaking_not_accepted"]
    assert await stage.accept(anew, people.acme_agreement) == "accepted"
    assert await stage.accept(anew, people.acme_agreement) == "accepted", "twice is once"
    assert len(await stage.shown(anew, people.linh)) == 1
    assert await stage.owner.fetchval("select count(*) from portal.undertaking where account_id = $1", aiko.id) == 2


async def test_p1_what_is_undertaken_in_the_very_moment_of_a_change_does_not_count_after_it(stage: Stage) -> None:
    people, aiko = stage.people, stage.people.aiko.account
    newer = people.world.agreement(people.acme)
    await people.world.write(stage.owner)
    answers = await stage.answers(people.aiko, newer)
    held = await stage.database.connect("portal_web")
    acting = await stage.database.connect("portal_web")
    change_begins = acting.transaction()
    await change_begins.start()
    await acting.fetch("select * from gate.arrive($1, '{}')", people.fumi.session.secret)
    assert await acting.fetchval(CHANGE, aiko.id, details(aiko), details(aiko, email="new@acme.example"), None, None)
    async with held.transaction():  # begins after the change, and before it is there
        await held.fetch("select * from gate.arrive($1, '{}')", people.aiko.session.secret)
        assert await held.fetchval(ACCEPT, newer.id, SHOWN, answers) == "accepted"
    await change_begins.commit()
    anew = await signed_in_anew(stage, aiko, 2)
    assert await stage.shown(anew, people.linh) == {}
    assert (await stage.entries(actor_id=aiko.id))[-1]["codes"] == ["undertaking_not_accepted"]


async def test_p3_an_old_password_opens_nothing_after_the_address_changed(stage: Stage) -> None:
    people, aiko = stage.people, stage.people.aiko.account
    people.world.password(aiko, PASSWORD)
    await people.world.write(stage.owner)
    proved = await proof_of(stage, aiko)
    assert (await stage.sign_in(aiko.email, proved))[0] == "signed_in"
    assert await change(stage, aiko, email="new@acme.example") == "changed"
    for address in (aiko.email, "new@acme.example"):
        assert (await stage.sign_in(address, proved))[0] == "refused"
    sent = await stage.owner.fetch("select kind, former_email from portal.mail where account_id = $1", aiko.id)
    assert {tuple(mail) for mail in sent} == {("address_changed", aiko.email), ("invitation", None)}
    seen = details(aiko, email="new@acme.example")
    assert await change(stage, aiko, seen=seen, email="new@acme.example", role="employer_admin") == "changed"
    assert await stage.owner.fetchval("select count(*) from portal.mail where account_id = $1", aiko.id) == 2


async def test_a_role_changes_and_the_password_stays(stage: Stage) -> None:
    people, aiko = stage.people, stage.people.aiko.account
    people.world.password(aiko, PASSWORD)
    await people.world.write(stage.owner)
    assert await change(stage, aiko, role="employer_admin") == "changed"
    proved = await proof_of(stage, aiko)
    assert (await stage.sign_in(aiko.email, proved))[0] == "signed_in"


async def test_two_who_decide_at_once_do_not_undo_each_other(stage: Stage) -> None:
    aiko = stage.people.aiko.account
    assert await change(stage, aiko, display_name="Aiko Mori") == "changed"
    assert await change(stage, aiko, role="employer_admin") == "changed_meanwhile"
    row = await stage.owner.fetchrow("select display_name, role from portal.account where id = $1", aiko.id)
    assert tuple(row) == ("Aiko Mori", "recruiter")


async def test_an_address_that_is_used_is_told(stage: Stage) -> None:
    people = stage.people
    assert await change(stage, people.aiko.account, email=people.ben.account.email.upper()) == "email_used"
    assert len(await stage.shown(people.aiko, people.linh)) == 1
    assert await change(stage, people.aiko.account, email=people.aiko.account.email.upper()) == "changed"
    assert len(await stage.shown(people.aiko, people.linh)) == 1, "another spelling is the same mailbox"


async def test_one_administrator_at_least_stays(stage: Stage) -> None:
    people, fumi = stage.people, stage.people.fumi.account
    assert await change(stage, fumi, role="compliance") == "own_role"
    assert await stage.owner.fetchval(SUSPEND, fumi.id, None, None) == "last_administrator"
    values = (details(fumi), details(fumi, role="compliance"), None, None)
    assert await stage.owner.fetchval(CHANGE, fumi.id, *values) == "last_administrator"
    other = Person(account := people.world.account("goro", "administrator"), people.world.session(account))
    await people.world.write(stage.owner)
    connections = [await stage.database.connect("portal_web") for _ in range(2)]

    async def suspend(web: asyncpg.Connection, by: Person, whom: Account) -> Any:
        async with web.transaction():
            await web.fetch("select * from gate.arrive($1, '{}')", by.session.secret)
            return await web.fetchval(SUSPEND, whom.id, None, None)

    answers = await asyncio.gather(
        suspend(connections[0], people.fumi, account), suspend(connections[1], other, fumi), return_exceptions=True
    )
    assert answers.count("suspended") == 1, answers
    assert (
        await stage.owner.fetchval(
            "select count(*) from portal.account where role = 'administrator' and status = 'active'"
        )
        == 1
    )


async def test_no_company_is_left_with_somebody_who_is_suspended(stage: Stage) -> None:
    people, daichi = stage.people, stage.people.daichi.account
    goro = people.world.account("goro", "account_manager")
    await people.world.write(stage.owner)
    acme, beta = people.acme.id, people.beta.id
    for shown, heir in (
        (None, None), ([], None), ([beta], None), ([acme, beta], None),
        ([acme], daichi.id), ([acme], uuid4()), ([acme], people.emi.account.id),
    ):  # fmt: skip
        assert await stage.value(people.fumi, SUSPEND, daichi.id, shown, heir) == "companies_left"
    assert await stage.owner.fetchval(MANAGER, acme) == daichi.id
    assert await stage.value(people.fumi, SUSPEND, daichi.id, [acme], goro.id) == "suspended"
    assert await stage.owner.fetchval(MANAGER, acme) == goro.id
    facts, row = await entry(stage, "company_handed_over")
    assert facts == {"former_manager": str(daichi.id), "manager": str(goro.id)}
    assert (row["subject_id"], row["company_id"], row["actor_id"]) == (acme, acme, people.fumi.account.id)
    await stage.owner.execute("update portal.company set account_manager_id = $1", goro.id)
    every = list(await stage.owner.fetchval("select array_agg(id) from portal.company"))
    assert await stage.value(people.fumi, SUSPEND, goro.id, every, None) == "suspended"
    assert await stage.owner.fetchval("select count(account_manager_id) from portal.company") == 0
    assert len(await stage.entries(action="company_handed_over")) == 1 + len(every)
    assert (await entry(stage, "company_handed_over"))[0] == {"former_manager": str(goro.id)}


async def test_no_company_is_left_with_somebody_who_is_no_account_manager_any_more(stage: Stage) -> None:
    people, daichi = stage.people, stage.people.daichi.account
    assert await change(stage, daichi, role="compliance") == "companies_left"
    assert await change(stage, daichi, display_name="Daichi Ono") == "changed"
    seen = details(daichi, display_name="Daichi Ono")
    assert await change(stage, daichi, seen=seen, role="compliance", left=[people.acme.id]) == "changed"
    assert await stage.owner.fetchval(MANAGER, people.acme.id) is None


async def test_only_an_administrator_changes_an_account(stage: Stage) -> None:
    people = stage.people
    keepers = (people.chie, people.daichi)  # who may suspend the company's own people, and change nothing else of them
    for who in (people.aiko, *keepers, people.emi, None):
        for sql, values in (
            (CHANGE, (people.aiko.account.id, details(people.aiko.account), details(people.aiko.account), None, None)),
            ("select * from gate.account_of($1)", (people.aiko.account.id,)),
            (SUSPEND, (people.aiko.account.id, None, None)),
        ):
            if sql == SUSPEND and who in keepers:
                continue
            if sql in (CHANGE, SUSPEND):
                assert await stage.value(who, sql, *values) is None
                continue
            with pytest.raises(asyncpg.PostgresError) as refused:
                await stage.call(who, sql, *values)
            assert refused.value.sqlstate == "PT403"
    assert (
        await stage.value(
            people.fumi, CHANGE, uuid4(), details(people.aiko.account), details(people.aiko.account), None, None
        )
        is None
    )
