"""What the operator's own people may ask: explanations, lists without names, accounts."""

import json

import asyncpg
import pytest

from tests.disclosure.stage import Stage

EXPLAIN = "select * from gate.explain($1)"
ACCOUNTS = "select * from gate.accounts(null, null, null, null)"
CREATE = "select gate.invite('New', $1, 'recruiter', $2)"


async def test_compliance_is_told_why_a_company_cannot_see_someone(stage: Stage) -> None:
    people = stage.people
    (row,) = await stage.call(people.emi, EXPLAIN, people.noor.introduction.id)
    assert (row["selection_decision"], row["selection_reasons"]) == ("refused", ["consent_withdrawn"])
    (row,) = await stage.call(people.emi, EXPLAIN, people.marta.introduction.id)
    assert (row["selection_decision"], row["contact_decision"]) == ("permitted", "permitted")
    assert "name" not in row["selection_items"]


async def test_an_account_manager_is_told_about_the_own_companies_alone(stage: Stage) -> None:
    people = stage.people
    assert len(await stage.call(people.daichi, EXPLAIN, people.noor.introduction.id)) == 1
    assert await stage.call(people.daichi, EXPLAIN, people.sora.introduction.id) == []


async def test_nobody_else_is_told(stage: Stage) -> None:
    people = stage.people
    for who in (people.aiko, people.chie, people.ben, people.fumi, None):
        assert await stage.call(who, EXPLAIN, people.linh.introduction.id) == []


async def test_p8_the_administrator_has_accounts_and_no_candidate_data(stage: Stage) -> None:
    people = stage.people
    assert len(await stage.call(people.fumi, ACCOUNTS)) == 8
    assert await stage.shown(people.fumi, people.linh) == {}
    assert await stage.value(people.fumi, CREATE, "new@acme.example", people.acme.id) == "invited"
    made = "select role from portal.account where email = 'new@acme.example'"
    assert await stage.owner.fetchval(made) == "recruiter"
    assert await stage.value(people.fumi, CREATE, "NEW@acme.example", people.acme.id) == "email_used"


async def test_accounts_are_the_administrators_alone(stage: Stage) -> None:
    people = stage.people
    for keeper in (people.chie, people.daichi):  # they look after their company's people, and see no list of all
        with pytest.raises(asyncpg.PostgresError, match="only an administrator"):
            await stage.call(keeper, ACCOUNTS)
        assert await stage.value(keeper, CREATE, "new@beta.example", people.beta.id) is None
        assert (await stage.entries(actor_id=keeper.account.id))[-1]["codes"] == ["no_such_record"]
    for who in (people.aiko, people.emi, None):
        with pytest.raises(asyncpg.PostgresError) as refused:
            await stage.call(who, ACCOUNTS)
        assert refused.value.sqlstate == "PT403"


# What a keeper does to an account, and the act that its entry names.
KEPT = {
    "account_created": (CREATE, ("new@acme.example", "company")),
    "account_suspended": ("select gate.suspend_account($1, 'x')", ("account",)),
    "account_reactivated": ("select gate.reactivate_account($1)", ("account",)),
    "account_signed_out": ("select gate.end_sign_ins($1)", ("account",)),
    "link_made": ("select kind from gate.send_account_link($1)", ("account",)),
}


@pytest.mark.parametrize("act", KEPT)
async def test_p2_an_act_on_an_account_of_others_is_refused_and_entered(stage: Stage, act: str) -> None:
    people, (sql, named) = stage.people, KEPT[act]
    ids = {"account": people.ben.account.id, "company": people.beta.id}
    values = [ids.get(name, name) for name in named]
    refusals = {
        people.chie: "no_such_record",
        people.daichi: "no_such_record",
        people.aiko: "not_for_this_role",
        people.emi: "not_for_this_role",
    }
    for who, reason in refusals.items():
        assert [row[0] for row in await stage.call(who, sql, *values) if row[0]] == []
        entry = (await stage.entries(actor_id=who.account.id))[-1]
        assert (entry["action"], entry["decision"], entry["codes"]) == (act, "refused", [reason])
    assert [row[0] for row in await stage.call(None, sql, *values) if row[0]] == []
    counted = "select count(*) from accesslog.unsigned_act where action = $1"
    assert await stage.owner.fetchval(counted, act) == 1
    assert (
        await stage.owner.fetchval("select status from portal.account where id = $1", people.ben.account.id) == "active"
    )


async def test_p2_who_tries_addresses_is_on_record_and_has_to_wait(stage: Stage) -> None:
    """The answer tells that an address has an account somewhere: ten such answers within an hour, and no more."""
    people = stage.people
    used = people.ben.account.email
    for _ in range(10):
        assert await stage.value(people.chie, CREATE, used, people.acme.id) == "email_used"
    assert await stage.value(people.chie, CREATE, used, people.acme.id) == "too_many"
    assert await stage.value(people.chie, CREATE, "new@acme.example", people.acme.id) == "too_many"
    assert await stage.value(people.daichi, CREATE, "new@acme.example", people.acme.id) == "invited", "others go on"
    codes = [entry["codes"] for entry in await stage.entries(actor_id=people.chie.account.id)]
    assert codes == [["email_used"]] * 10 + [["too_many_tries"]] * 2


async def test_links_that_somebody_has_sent_are_limited(stage: Stage) -> None:
    people = stage.people
    send = "select kind from gate.send_account_link($1)"
    for _ in range(5):
        assert await stage.value(people.chie, send, people.aiko.account.id) == "invitation"
    assert await stage.value(people.fumi, send, people.aiko.account.id) == "too_many", "whoever sends the sixth"
    assert (await stage.entries(action="link_made"))[-1]["codes"] == ["too_many_tries"]
    await stage.owner.execute(
        "insert into portal.link (kind, account_id, capacity, made_by, made_at, expires_at)"
        " select 'invitation', $1, 1, $2, now(), now() from generate_series(1, 60)",
        people.ben.account.id,
        people.chie.account.id,
    )
    assert await stage.value(people.chie, send, people.akira.account.id) == "too_many", "sixty by one"
    assert await stage.value(people.fumi, send, people.akira.account.id) == "invitation"
    assert (await stage.owner.fetchrow(send, people.aiko.account.id))[0] == "invitation", "programs send as they must"


async def test_a_company_is_told_of_an_account_that_an_administrator_makes(stage: Stage) -> None:
    """Else an administrator could see its candidates by an account for a mailbox of their own."""
    people = stage.people
    told = "select account_id from portal.mail where kind = 'person_added'"
    assert await stage.value(people.daichi, CREATE, "a@acme.example", people.acme.id) == "invited"
    assert await stage.value(people.chie, CREATE, "b@acme.example", people.acme.id) == "invited"
    assert await stage.owner.fetch(told) == []
    assert await stage.value(people.fumi, CREATE, "fumi.too@example.com", people.acme.id) == "invited"
    readers = {row[0] for row in await stage.owner.fetch(told)}
    assert readers == {people.chie.account.id, people.daichi.account.id}
    assert json.loads((await stage.entries(action="account_created"))[-1]["facts"]) == {"role": "recruiter", "told": 2}


async def test_a_company_is_told_of_an_account_that_an_administrator_turns_into_one_of_its(stage: Stage) -> None:
    people = stage.people
    change = """
        select gate.change_account(id, row(display_name, email, role, company_id)::gate.account_details,
                                   row($2, $3, 'recruiter', $4)::gate.account_details)
        from portal.account where id = $1
    """
    told = "select count(*) from portal.mail where kind = 'person_added'"
    emi, acme = people.emi.account, people.acme.id
    assert await stage.value(people.fumi, change, emi.id, "Emi", emi.email, acme) == "changed"
    assert await stage.owner.fetchval(told) == 2, "another role and company"
    assert await stage.value(people.fumi, change, emi.id, "Emi", "own@example.com", acme) == "changed"
    assert await stage.owner.fetchval(told) == 4, "another mailbox"
    assert await stage.value(people.fumi, change, emi.id, "Emi Mori", "own@example.com", acme) == "changed"
    assert await stage.owner.fetchval(told) == 4, "a name opens nothing"


async def test_an_administrator_cannot_lock_the_own_door(stage: Stage) -> None:
    people = stage.people
    assert not await stage.value(people.fumi, "select gate.suspend_account($1, 'x')", people.fumi.account.id)
