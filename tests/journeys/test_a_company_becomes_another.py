"""Mori changes who Aoba is: nothing is disclosed until Sato of compliance records what happened, with its evidence."""

import json
from uuid import UUID

from tests.client import Browser, Portal
from tests.journeys.cast import LINH, Cast, cast

CHANGED = "select identity_changed_at is not null from portal.company where id = $1"
STANDING = "select gate.reason_codes(selection_reasons) from gate.standing_at(now(), null) where introduction_id = $1"
RECORD = {
    "name": "あおば", "industry": "care", "country": "JP", "corporate_number": "5999901000011", "address": "Osaka",
    "representative": "Ueda",
}  # fmt: skip
# What becomes another, what that is, what it cannot be, and what stands against those who consented before.
STEPS: tuple[tuple[dict[str, str], str, str, list[str]], ...] = (
    ({"name": "あおばの丘"}, "renamed", "moved", []),
    ({"representative": "Nakata"}, "representative", "renamed", []),
    ({"address": "Kobe"}, "moved", "representative", []),
    ({"corporate_number": "7123456789012"}, "merged", "renamed", ["consent_to_former_recipient"]),
)


async def against(portal: Portal, introduction: UUID) -> list[str]:
    """What the rule has against selection now."""
    behind = await portal.database.connect("postgres")
    return list(await behind.fetchval(STANDING, introduction))


async def known(portal: Portal, people: Cast) -> None:
    """Aoba's record as its signed agreement names it."""
    behind = await portal.database.connect("postgres")
    await behind.execute("set session_replication_role = replica")
    await behind.execute("update portal.agreement set company_country = 'JP'")
    await behind.execute(
        "update portal.company set name = $2, corporate_number = $3, address = $4, representative = $5 where id = $1",
        people.aoba.id, *(RECORD[key] for key in ("name", "corporate_number", "address", "representative")),
    )  # fmt: skip


async def changed(portal: Portal, mori: Browser, company: UUID, record: dict[str, str]) -> str:
    """Mori's page after a change that she confirms; without that it changes nothing."""
    address = f"/companies/{company}/record"
    await mori.get(address)
    assert "stops every disclosure to it" in (await mori.submit(address, **record)).text
    assert not await portal.owner.fetchval(CHANGED, company)
    return (await mori.submit(address, **record, confirmed="yes")).text


async def test_disclosure_stops_until_compliance_records_what_happened(portal: Portal) -> None:
    people = await cast(portal)
    await known(portal, people)
    introduction = (await people.introduce(LINH, people.aoba)).introduction.id
    mori, sato = await portal.signed_in(people.mori), await portal.signed_in(people.sato)
    address, record = f"/successions/{people.aoba.id}", dict(RECORD)
    for given, kind, wrong, stands_against in STEPS:
        assert await against(portal, introduction) == []
        record |= given
        assert "Nothing is disclosed to it until compliance" in await changed(portal, mori, people.aoba.id, record)
        assert await against(portal, introduction) == ["recipient_changed"]
        assert "Companies whose identity changed" in (await sato.get("/home")).text
        assert record["name"] in (await sato.get("/screenings")).text
        page = await sato.get(address)
        assert next(iter(given.values())) in page.text
        assert "The change cannot be this" in (await sato.submit(address, kind=wrong, evidence="Register")).text
        assert "where the proof is kept" in (await sato.submit(address, kind=kind, evidence="--")).text
        page = await sato.submit(address, kind=kind, evidence="Extract of the register of 1 October")
        assert "The succession is recorded" in page.text
        assert await against(portal, introduction) == stands_against
    entries = await portal.log("action = 'succession_recorded' and decision = 'permitted'")
    assert [json.loads(entry["facts"])["succession"] for entry in entries] == [
        kind for _given, kind, _wrong, _left in STEPS
    ]
    told = await portal.owner.fetch("select kind, account_id from portal.mail where kind like 'succession%'")
    assert {("succession_waits", people.sato.id), ("succession_recorded", people.mori.id)} == {
        tuple(row) for row in told
    }
    await portal.owner.execute("update portal.company set succeeded_at = now() - interval '40 days'")
    assert await against(portal, introduction) == [], "what is said afterwards is said to the new recipient"


async def test_what_is_put_back_as_it_was_goes_on_and_nobody_else_records_a_succession(portal: Portal) -> None:
    people = await cast(portal)
    await known(portal, people)
    introduction = (await people.introduce(LINH, people.aoba)).introduction.id
    change = "update portal.company set name = $2 where id = $1"
    await portal.owner.execute(change, people.aoba.id, "Another")
    assert await against(portal, introduction) == ["recipient_changed"], "whoever writes it"
    for account in (people.mori, people.hana):
        browser = await portal.signed_in(account)
        assert (await browser.get(f"/successions/{people.aoba.id}")).status == 404
    await portal.owner.execute(change, people.aoba.id, RECORD["name"])
    assert await against(portal, introduction) == []
    sato = await portal.signed_in(people.sato)
    assert (await sato.get(f"/successions/{people.aoba.id}")).status == 404


async def test_a_country_that_no_signed_agreement_names_is_not_filled_in(portal: Portal) -> None:
    people = await cast(portal, country=None)
    await people.introduce(LINH, people.aoba)
    mori = await portal.signed_in(people.mori)
    address = f"/companies/{people.aoba.id}/record"
    await mori.get(address)
    page = await mori.submit(address, **{**RECORD, "name": people.aoba.name, "country": "SG", "corporate_number": ""})
    assert "as a signed agreement names them" in page.text
