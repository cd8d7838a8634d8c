"""Mori leaves: Abe is told which companies she looks after, and hands them over in the same act."""

from uuid import UUID

from tests.client import Browser, Portal
from tests.journeys.cast import Cast, cast
from tests.page import Page

MANAGERS = "select reference, account_manager_id from portal.company where reference in ('aoba', 'kita')"


MANY = """
insert into portal.company (reference, name, account_manager_id)
select 'many-' || number, 'Many ' || number, $1 from generate_series(1, 300) as number
"""


async def looked_after_by(portal: Portal) -> dict[str, UUID | None]:
    """Who looks after the two companies."""
    return {row["reference"]: row["account_manager_id"] for row in await portal.owner.fetch(MANAGERS)}


async def page_of(abe: Browser, people: Cast) -> Page:
    """The page that suspends Mori, reached from her row."""
    page = await abe.get("/accounts")
    address = f"/accounts/{people.mori.id}/suspend"
    assert address in page.links()
    return await abe.get(address)


async def test_the_companies_are_named_and_handed_over(portal: Portal) -> None:
    people = await cast(portal)
    rin = portal.world.account("rin", "account_manager", display_name="Rin")
    gone = portal.world.account("gone", "account_manager", display_name="Gone", status="suspended")
    await portal.written()
    mori, abe = await portal.signed_in(people.mori), await portal.signed_in(people.abe)
    page = await page_of(abe, people)
    assert page.texts(".names li") == ["Aoba Foods"]
    assert "Rin (rin@operator.example)" in page.text
    assert gone.email not in page.text
    address = page.path
    page = await abe.submit(address, reason="Left")
    assert (page.status, "Please choose one from the list." in page.text) == (422, True)
    assert page.form(address).values["reason"] == "Left"
    page = await abe.submit(address, reason="Left", heir=str(rin.id))
    assert (page.path, "The account is suspended" in page.text) == ("/accounts", True)
    assert await looked_after_by(portal) == {"aoba": rin.id, "kita": None}
    assert (await mori.raw("GET", "/companies")).headers["location"].startswith("/sign-in")
    assert "Aoba Foods" in (await (await portal.signed_in(rin)).get("/companies")).text
    done = [entry["action"] for entry in await portal.log("actor_id = $1", people.abe.id)]
    assert done == ["company_handed_over", "account_suspended"]
    sato = await portal.signed_in(people.sato)
    entry = (await portal.log("action = 'company_handed_over'"))[-1]
    page = await sato.get(f"/log/{entry['id']}")
    assert all(word in page.text for word in ("Handed a company over", "Aoba Foods", "Mori", "Rin"))


async def test_nobody_for_now_is_said_and_not_left_open(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    await portal.owner.execute(MANY, people.mori.id)
    page = await page_of(abe, people)
    assert len(page.response.text) < 20_000, "it does not grow with the number of companies"
    assert (len(page.texts(".names li")), page.texts(".names li")[-1]) == (21, "and 281 more")
    assert (await abe.post(page.path, reason="Left")).status_code == 422
    await page_of(abe, people)
    page = await abe.submit(page.path, reason="Left", heir="nobody")
    assert page.path == "/accounts"
    assert await looked_after_by(portal) == {"aoba": None, "kita": None}
    assert len(await portal.log("action = 'company_handed_over'")) == 301


async def test_a_company_that_came_meanwhile_is_shown_first(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    page = await page_of(abe, people)
    await portal.owner.execute("update portal.company set account_manager_id = $1", people.mori.id)
    address = page.path
    page = await abe.submit(address, reason="Left", heir="nobody")
    assert page.status == 422
    assert page.texts(".names li") == ["Aoba Foods", "Kita Steel"]
    assert "have changed meanwhile" in page.text
    assert page.form(address).values["reason"] == "Left"
    assert (await abe.submit(address)).path == "/accounts"
    assert await looked_after_by(portal) == {"aoba": None, "kita": None}


async def test_who_is_sent_past_the_page_is_shown_it(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    await abe.get("/accounts")
    answer = await abe.post(f"/accounts/{people.mori.id}/suspend", reason="Left")
    assert (answer.status_code, "Aoba Foods" in answer.text) == (422, True)
    assert (await looked_after_by(portal))["aoba"] == people.mori.id


async def test_another_role_leaves_no_company_behind_either(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    address = f"/accounts/{people.mori.id}"
    page = await abe.get(address)
    assert page.texts(".names li") == ["Aoba Foods"]
    page = await abe.submit(address, display_name="Mori Aoi")
    assert page.path == "/accounts"
    await abe.get(address)
    page = await abe.submit(address, role="compliance")
    assert (page.status, "Whoever is no account manager looks after no company." in page.text) == (422, True)
    assert page.form(address).values["role"] == "compliance"
    page = await abe.submit(address, heir="nobody")
    assert page.path == "/accounts"
    assert (await looked_after_by(portal))["aoba"] is None


async def test_whoever_looks_after_nothing_is_suspended_from_the_list_or_from_the_page(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    await abe.get("/accounts")
    assert "suspended" in (await abe.submit(f"/accounts/{people.ken.id}/suspend", reason="Left")).text
    page = await abe.get(f"/accounts/{people.hana.id}/suspend")
    assert page.texts(".names li") == []
    assert "suspended" in (await abe.submit(page.path, reason="Left")).text
    for account in (people.hana, people.abe):
        assert (await abe.raw("GET", f"/accounts/{account.id}/suspend")).status_code == 404
