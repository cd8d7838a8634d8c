"""What an agreement binds has one digest, and nothing of it changes once the company has signed, whoever writes."""

import hashlib
import json
from typing import Any

import asyncpg
import pytest

from tests.database import Database
from tests.facts import DAY
from tests.world import World

KEPT = "select * from portal.agreement where id = $1"
TERMS = "select gate.agreement_terms(agreement) from portal.agreement where id = $1"
ALTERATIONS = {
    "a party": "company_name = 'Another'",
    "its address": "company_address = 'Elsewhere'",
    "the operator": "operator_name = 'Another'",
    "the signatory": "signatory_name = 'Another'",
    "the authority": "signatory_authority = 'None'",
    "the items": "items = items & 8191",
    "the purposes": "purposes = 1",
    "the days": "contact_days = contact_days - 1",
    "the grace": "grace_days = 0",
    "the territory": "territory = '{JP}'",
    "the beginning": "effective_at = effective_at + interval '1 second'",
    "the end": "expires_at = now() + interval '1 year'",
    "the text": "text = text || ' '",
    "what is quoted": "passages = '{}'",
    "the company": "company_id = (select id from portal.company where reference = 'other')",
    "when it was signed": "company_signed_at = company_signed_at - interval '1 day'",
    "that it was signed": "company_signed_at = null",
    "when the operator signed": "operator_signed_at = now()",
}


async def signed(database: Database, **values: Any) -> tuple[Any, Any]:
    """A connection as the owner, and the id of an agreement that both signed."""
    owner = await database.connect("portal_owner")
    world = World(await owner.fetchval("select now()"))
    world.company("other")
    agreement = world.agreement(world.company("acme"), **values)
    await world.write(owner)
    return owner, agreement.id


async def test_the_digest_is_of_the_terms_as_canonical_json(database: Database) -> None:
    owner, agreement = await signed(
        database, company_name='株式会社\u3000「青葉」\n\t"A\\\u0001é', territory=["JP", "VN"]
    )
    terms, row = await owner.fetchval(TERMS, agreement), await owner.fetchrow(KEPT, agreement)
    said = json.loads(terms)
    assert json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False) == terms
    assert row["terms_digest"] == hashlib.sha256(terms.encode()).digest()
    assert (said["territory"], said["contact_days"], said["purposes"]) == (["JP", "VN"], 30, ["selection", "contact"])
    assert said["effective_at"].endswith("Z")
    assert said["expires_at"] is None


@pytest.mark.parametrize("what", ALTERATIONS)
async def test_what_was_signed_is_not_altered(database: Database, what: str) -> None:
    owner, agreement = await signed(database)
    with pytest.raises(asyncpg.ObjectNotInPrerequisiteStateError):
        await owner.execute(f"update portal.agreement set {ALTERATIONS[what]} where id = $1", agreement)


async def test_a_draft_is_altered_and_its_digest_with_it(database: Database) -> None:
    owner, agreement = await signed(database, company_signed_at=None, operator_signed_at=None)
    before = await owner.fetchrow(KEPT, agreement)
    await owner.execute("update portal.agreement set contact_days = 7, terms_digest = '' where id = $1", agreement)
    after = await owner.fetchrow(KEPT, agreement)
    assert after["terms_digest"] not in (before["terms_digest"], b"")


async def test_an_end_is_recorded_of_what_was_signed(database: Database) -> None:
    owner, agreement = await signed(database)
    for column in ("terminated_at", "superseded_at"):
        await owner.execute(f"update portal.agreement set {column} = now() where id = $1", agreement)
        assert await owner.fetchval(f"select {column} is not null from portal.agreement where id = $1", agreement)


async def test_what_was_never_recorded_is_added_once(database: Database) -> None:
    owner, agreement = await signed(database, signatory_authority=None, company_address=None)
    assert (await owner.fetchrow(KEPT, agreement))["lacks"] == ["company_particulars_missing", "authority_missing"]
    add = "update portal.agreement set signatory_authority = $2, company_address = 'Here' where id = $1"
    await owner.execute(add, agreement, "Register")
    assert (await owner.fetchrow(KEPT, agreement))["lacks"] is None
    with pytest.raises(asyncpg.ObjectNotInPrerequisiteStateError):
        await owner.execute(add, agreement, "Another")


@pytest.mark.parametrize(
    ("values", "lack", "mending", "widening"),
    [
        ({"contact_days": 365, "said_days": 30}, "days_not_in_text", "contact_days = 30", "contact_days = 366"),
        ({"grace_days": 14, "said_grace": 0}, "grace_not_in_text", "grace_days = 0", "grace_days = 15"),
        ({"said_items": 8191}, "items_not_in_text", "items = 8191", "purposes = 1"),
    ],
)
async def test_what_goes_beyond_the_text_is_narrowed_to_it_and_never_widened(
    database: Database, values: dict[str, Any], lack: str, mending: str, widening: str
) -> None:
    owner, agreement = await signed(database, **values)
    assert (await owner.fetchrow(KEPT, agreement))["lacks"] == [lack]
    with pytest.raises((asyncpg.ObjectNotInPrerequisiteStateError, asyncpg.CheckViolationError)):
        await owner.execute(f"update portal.agreement set {widening} where id = $1", agreement)
    await owner.execute(f"update portal.agreement set {mending} where id = $1", agreement)
    assert (await owner.fetchrow(KEPT, agreement))["lacks"] is None


@pytest.mark.parametrize(
    ("values", "lack"),
    [
        ({"company_name": "\u3000"}, "company_particulars_missing"),
        ({"company_representative": None}, "company_particulars_missing"),
        ({"company_country": None}, "company_particulars_missing"),
        ({"company_corporate_number": None}, "company_particulars_missing"),
        ({"operator_representative": None}, "operator_particulars_missing"),
        ({"signatory_name": None}, "signatory_missing"),
        ({"signatory_title": ""}, "signatory_missing"),
        ({"signatory_authority": None}, "authority_missing"),
        ({"evidence": None}, "evidence_missing"),
        ({"contact_days": 3, "said_days": 30}, "days_not_in_text"),
        ({"text": "Something else."}, "days_not_in_text"),
        ({"contact_days": 60, "said_days": 30}, "days_not_in_text"),
    ],
)
async def test_each_thing_that_is_lacking_has_its_word(database: Database, values: dict[str, Any], lack: str) -> None:
    owner, agreement = await signed(database, **values)
    row = await owner.fetchrow(KEPT, agreement)
    assert lack in row["lacks"]
    assert (await owner.fetchval("select array_agg(lack) from gate.unproved_agreements()")) == sorted(row["lacks"])


async def test_a_company_abroad_needs_no_japanese_number(database: Database) -> None:
    owner, agreement = await signed(database, company_country="SG", company_corporate_number=None)
    assert (await owner.fetchrow(KEPT, agreement))["lacks"] is None


async def test_what_has_ended_is_not_listed(database: Database) -> None:
    owner, _ = await signed(database, evidence=None, terminated_at=(await _now(database)) - DAY)
    assert await owner.fetch("select * from gate.unproved_agreements()") == []


async def _now(database: Database) -> Any:
    owner = await database.connect("portal_owner")
    return await owner.fetchval("select now()")
