"""What the operator's own people may ask: explanations, lists without names, accounts."""

import asyncpg
import pytest

from tests.disclosure.stage import Stage

EXPLAIN = "select * from gate.explain($1)"
ACCOUNTS = "select * from gate.accounts(null, null, null, null)"
CREATE = "select gate.create_account('New', $1, 'recruiter', $2)"


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
    made = await stage.value(people.fumi, CREATE, "new@acme.example", people.acme.id)
    assert await stage.owner.fetchval("select role from portal.account where id = $1", made) == "recruiter"
    with pytest.raises(asyncpg.PostgresError) as twice:
        await stage.value(people.fumi, CREATE, "NEW@acme.example", people.acme.id)
    assert twice.value.sqlstate == "PT409"


async def test_accounts_are_the_administrators_alone(stage: Stage) -> None:
    people = stage.people
    someone = people.aiko.account.id
    for keeper in (people.chie, people.daichi):  # they look after their company's people, and see no list of all
        with pytest.raises(asyncpg.PostgresError, match="only an administrator"):
            await stage.call(keeper, ACCOUNTS)
        with pytest.raises(asyncpg.PostgresError, match="only an administrator"):
            await stage.call(keeper, CREATE, "new@beta.example", people.beta.id)
    for who in (people.aiko, people.emi, None):
        for sql, values in (
            (ACCOUNTS, ()),
            (CREATE, ("new@acme.example", people.acme.id)),
            ("select gate.suspend_account($1, 'x')", (someone,)),
            ("select gate.reactivate_account($1)", (someone,)),
        ):
            with pytest.raises(asyncpg.PostgresError) as refused:
                await stage.call(who, sql, *values)
            assert refused.value.sqlstate == "PT403"


async def test_an_administrator_cannot_lock_the_own_door(stage: Stage) -> None:
    people = stage.people
    assert not await stage.value(people.fumi, "select gate.suspend_account($1, 'x')", people.fumi.account.id)
