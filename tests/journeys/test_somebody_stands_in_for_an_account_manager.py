"""Mori names Rin to stand in: she acts for Aoba in her own name, gives it to nobody, and is a stranger once it ends."""

from tests.client import Browser, Portal
from tests.facts import Account
from tests.journeys.cast import LINH, Cast, cast


async def both(portal: Portal) -> tuple[Cast, Account, Browser, Browser]:
    """The cast with Rin, another account manager, and both of them signed in."""
    people = await cast(portal)
    rin = portal.world.account("rin", "account_manager", display_name="Rin")
    await portal.written()
    return people, rin, await portal.signed_in(people.mori), await portal.signed_in(rin)


async def test_who_stands_in_does_what_the_manager_can_until_it_ends(portal: Portal) -> None:
    people, rin, mori, hers = await both(portal)
    linh = await people.introduce(LINH, people.aoba)
    company = f"/companies/{people.aoba.id}"
    pages = (company, f"{company}/suspend", f"/introductions/{linh.introduction.id}", f"/people/{linh.candidate.id}")
    for page in pages:
        assert (await hers.raw("GET", page)).status_code == 404
    await mori.get(f"{company}/stand-ins")
    named_on = await mori.submit(f"{company}/stand-ins", who=str(rin.id))
    assert (named_on.path, "Rin" in named_on.text) == (company, True)
    for page in pages:
        assert (await hers.raw("GET", page)).status_code == 200, page
    assert "Aoba Foods" in (await hers.get("/companies")).text
    await hers.get(f"{company}/suspend")
    await hers.submit(f"{company}/suspend", reason="asked for")
    [entry] = await portal.log("action = 'company_suspended' and decision = 'permitted'")
    assert (entry["actor_id"], entry["company_id"]) == (rin.id, people.aoba.id)
    assert (await mori.post(f"{company}/stand-ins/{rin.id}/end")).status_code == 303
    for page in pages:
        assert (await hers.raw("GET", page)).status_code == 404
    named, ended = await portal.log("action = 'stand_in_named'"), await portal.log("action = 'stand_in_ended'")
    assert [one["facts"] for one in (*named, *ended)] == [f'{{"stand_in": "{rin.id}"}}'] * 2


async def test_who_stands_in_gives_the_company_to_nobody(portal: Portal) -> None:
    people, rin, mori, hers = await both(portal)
    company = f"/companies/{people.aoba.id}"
    await mori.get(company)
    assert (await mori.post(f"{company}/stand-ins", who=str(rin.id))).status_code == 303
    page = await hers.get(company)
    assert page.links(f"{company}/hand-over") == page.links(f"{company}/stand-ins") == []
    assert (await hers.raw("GET", f"{company}/hand-over")).status_code == 404
    assert (await hers.post(f"{company}/hand-over", heir=str(rin.id))).status_code == 404
    assert (await hers.post(f"{company}/stand-ins", who=str(rin.id))).status_code == 404
    assert (await hers.post(f"{company}/stand-ins/{rin.id}/end")).status_code == 404
    manager = "select account_manager_id from portal.company where id = $1"
    assert await portal.owner.fetchval(manager, people.aoba.id) == people.mori.id
    assert (await mori.post(f"{company}/stand-ins", who=str(people.hana.id))).status_code == 422
    await portal.owner.execute("update portal.account set capacity = capacity + 1 where id = $1", rin.id)
    again = await portal.signed_in(rin, capacity=2)
    assert (await again.raw("GET", company)).status_code == 404, "who became something else stands in for nobody"


async def test_who_stood_in_and_looks_after_the_company_now_stands_in_no_more(portal: Portal) -> None:
    people, rin, mori, hers = await both(portal)
    company = f"/companies/{people.aoba.id}"
    await mori.get(company)
    await mori.post(f"{company}/stand-ins", who=str(rin.id))
    await mori.get(f"{company}/hand-over")
    assert "The company is handed over." in (await mori.submit(f"{company}/hand-over", heir=str(rin.id))).text
    assert len((await hers.get(company)).texts("section[aria-labelledby=keepers] li")) == 1
    assert await portal.owner.fetchval("select count(*) from portal.stand_in") == 0


async def test_contacts_are_kept_changed_and_removed(portal: Portal) -> None:
    people = await cast(portal)
    mori, second = await portal.signed_in(people.mori), await portal.signed_in(people.mori)
    company = f"/companies/{people.aoba.id}"
    await mori.get(f"{company}/contacts/new")
    page = await mori.submit(f"{company}/contacts/new", name="Kato", email="", telephone="")
    assert (page.status, "Please enter an e-mail address or a telephone number." in page.text) == (422, True)
    page = await mori.submit(f"{company}/contacts/new", name="Kato", position="HR", email="kato@aoba.example")
    assert "kato@aoba.example" in page.text
    [address] = [one for one in page.links(f"{company}/contacts/") if not one.endswith("/new")]
    await second.get(address)
    await mori.get(address)
    await mori.submit(address, telephone="03-1234-5678")
    page = await second.submit(address, position="Recruiting")
    assert "It is shown as it stands now." in page.text
    page = await second.submit(address)
    assert ("Recruiting" in page.text, "03-1234-5678" in page.text) == (True, True)
    for account in (people.hana, people.sato, people.abe):
        browser = await portal.signed_in(account)
        assert (await browser.raw("GET", address)).status_code == 404
        assert (await browser.post(f"{address}/remove")).status_code == 404
    page = await mori.get(company)
    page = await mori.submit(f"{address}/remove")
    assert "kato@aoba.example" not in page.text
    acts = await portal.log("action like 'company_contact_%' and decision = 'permitted'")
    assert [one["action"] for one in acts] == [
        "company_contact_added", "company_contact_changed", "company_contact_changed", "company_contact_removed",
    ]  # fmt: skip
    assert {one["facts"] for one in acts} == {None}
