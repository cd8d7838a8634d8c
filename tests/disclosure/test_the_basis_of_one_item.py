"""docs/basis.md: the chain from the policy to the row holds for an item that was shown, and for no other."""

import re
from typing import Any

import pytest

from portal.settings import PROJECT
from tests.disclosure.stage import SHOWN, Stage

STATEMENT = re.search(r"```sql\n(.+?)```", (PROJECT / "docs/basis.md").read_text(encoding="utf-8"), re.DOTALL)
assert STATEMENT
CHAIN = STATEMENT[1].replace(":entry", "$1").replace(":item", "$2")
HOLDS = ("item_is_covered", "purpose_is_covered", "person_is_bound")
# Each takes one link out of the chain; $1 is the entry.
BREAKS = {
    "another's agreement": "update portal.agreement set company_id = (select company_id from portal.account"
    " where email like 'ben%') where id = (select agreement_id from accesslog.entry where id = $1)",
    "no undertaking": "delete from portal.undertaking using accesslog.entry where entry.id = $1"
    " and account_id = actor_id",
    "an agreement without the purpose": "update portal.agreement set purposes = 1 from accesslog.entry"
    " where entry.id = $1 and agreement.id = agreement_id",
    "an agreement without the item": "update portal.agreement set items = 1 from accesslog.entry"
    " where entry.id = $1 and agreement.id = agreement_id",
    "another person": "update accesslog.entry_subject set candidate_id = (select id from personal.candidate"
    " where id <> candidate_id limit 1) where entry_id = $1",
}


async def opened(stage: Stage) -> Any:
    """The entry of a recruiter who undertook today's text, and then opened Linh's contact details."""
    people = stage.people
    newcomer = people.world.account("ken", "recruiter", people.acme)
    ken = type(people.aiko)(newcomer, people.world.session(newcomer))
    await people.world.write(stage.owner)
    assert await stage.accept(ken, people.acme_agreement) == "accepted"
    rows = await stage.shown(ken, people.linh, purpose="contact")
    assert "telephone" in rows[people.linh.introduction.id]
    return rows[people.linh.introduction.id]["entry_id"]


async def test_the_chain_of_a_telephone_number_is_whole(stage: Stage) -> None:
    entry = await opened(stage)
    row = await stage.owner.fetchrow(CHAIN, entry, "telephone")
    assert [column for column, value in row.items() if value is None] == []
    assert [column for column in HOLDS if row[column] is not True] == []
    assert (row["purpose"], row["recruiter"]) == ("contact", "ken@acme.example")
    assert row["undertaking_digest"] == SHOWN.hex()


async def test_an_item_that_was_not_shown_is_not_covered(stage: Stage) -> None:
    row = await stage.owner.fetchrow(CHAIN, await opened(stage), "photo")
    assert row["item_is_covered"] is False


@pytest.mark.parametrize("broken", list(BREAKS))
async def test_a_link_that_is_taken_away_breaks_it(stage: Stage, broken: str) -> None:
    entry = await opened(stage)
    superuser = await stage.database.connect("postgres")
    await superuser.execute("set session_replication_role = replica")
    await superuser.execute(BREAKS[broken], entry)
    row = await stage.owner.fetchrow(CHAIN, entry, "telephone")
    assert row is None or not all(row[column] for column in HOLDS)
