"""Abe changes what accounts are: a name, a role, an address. What somebody was ends, and nothing typed is lost."""

import json

from tests.client import PASSWORD, Browser, Portal
from tests.facts import HOUR
from tests.journeys.cast import LINH, Cast, cast
from tests.links import sent_link
from tests.page import Page

OWN = "quiet glacier mends umbrellas"


async def opened(abe: Browser, people: Cast) -> Page:
    """Hana's page, reached from her row."""
    page = await abe.get("/accounts")
    address = f"/accounts/{people.hana.id}"
    assert address in page.links()
    return await abe.get(address)


async def facts_of_last(portal: Portal, action: str) -> dict[str, object]:
    """What the newest entry of an action says."""
    found: dict[str, object] = json.loads((await portal.log("action = $1", action))[-1]["facts"])
    return found


async def test_a_name_is_corrected_and_nobody_is_signed_out(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana, abe = await portal.signed_in(people.hana), await portal.signed_in(people.abe)
    page = await opened(abe, people)
    for shown in ("hana@aoba.example", "Recruiter", "Aoba Foods", "None yet"):
        assert shown in page.text
    page = await abe.submit(page.path, display_name="Hana Mori")
    assert (page.path, page.texts(".alert-good")) == ("/accounts", ["The account is changed."])
    assert "Hana Mori" in page.text
    assert "changed" not in (await abe.get("/accounts")).text
    assert (await hana.get(linh.page)).title == linh.name
    assert await facts_of_last(portal, "account_changed") == {"name_changed": True}
    page = await opened(abe, people)
    page = await abe.submit(page.path)
    assert (page.texts(".alert-warn"), page.texts(".alert-good")) == (["Nothing was changed."], [])
    assert len(await portal.log("action = 'account_changed'")) == 1


async def test_p1_with_another_role_hana_signs_in_again_and_undertakes_again(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    portal.world.password(people.hana, PASSWORD)
    hana, abe = await portal.signed_in(people.hana), await portal.signed_in(people.abe)
    page = await opened(abe, people)
    page = await abe.submit(page.path, role="employer_admin")
    assert "sign-ins have ended" in page.text
    assert (await hana.raw("GET", linh.page)).headers["location"].startswith("/sign-in")
    await hana.get("/sign-in")
    page = await hana.submit("/sign-in", email=people.hana.email, password=PASSWORD)
    assert linh.name not in page.response.text
    assert linh.name not in (await hana.get(linh.page)).response.text
    await hana.get("/agreement")
    await hana.undertake()
    assert (await hana.get(linh.page)).title == linh.name
    sato = await portal.signed_in(people.sato)
    entry = (await portal.log("action = 'account_changed'"))[-1]
    page = await sato.get(f"/log/{entry['id']}")
    assert all(word in page.text for word in ("Changed an account", "Role before", "Employer administrator"))


async def test_p3_another_address_is_another_persons_until_they_show_otherwise(portal: Portal) -> None:
    people = await cast(portal)
    portal.world.password(people.hana, PASSWORD)
    hana, abe = await portal.signed_in(people.hana), await portal.signed_in(people.abe)
    page = await opened(abe, people)
    page = await abe.submit(page.path, email=" Hana.Ito@aoba.example ")
    assert "is on its way to Hana.Ito@aoba.example" in page.text
    assert b"ana" not in page.response.url.query
    assert (await hana.raw("GET", "/account")).headers["location"].startswith("/sign-in")
    for email in (people.hana.email, "hana.ito@aoba.example"):
        await hana.get("/sign-in")
        assert (await hana.submit("/sign-in", email=email, password=PASSWORD)).status == 422
    mail = await portal.owner.fetch(
        "select kind, former_email from portal.mail where account_id = $1 order by kind", people.hana.id
    )
    assert [tuple(one) for one in mail] == [("address_changed", people.hana.email), ("invitation", None)]
    await hana.get("/link")
    await hana.submit("/link", link=await sent_link(portal.owner, "hana.ito@aoba.example"))
    await hana.submit("/link/password", new=OWN, again=OWN, locale="en")
    page = await hana.submit("/sign-in", email="hana.ito@aoba.example", password=OWN)
    assert page.path == "/home"
    assert "undertaking" in page.text


async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    page = await opened(abe, people)
    address = page.path
    for typed, said in (
        ({"email": people.ken.email.upper()}, "Another account has this e-mail address."),
        ({"email": "hana"}, "Please enter an e-mail address"),
        ({"display_name": ""}, "Please fill this in."),
        ({"role": "compliance"}, "staff belong to no company"),
    ):
        page = await abe.submit(address, **{"display_name": "Hana Ito", **typed})
        assert (page.status, said in page.text) == (422, True), said
        values = page.form(address).values
        assert {name: values[name] for name in typed} == typed
        await abe.get(address)
    own = f"/accounts/{people.abe.id}"
    await abe.get(own)
    page = await abe.submit(own, role="compliance", display_name="Abe Ken")
    assert (page.status, "Nobody changes their own role." in page.text) == (422, True)
    assert page.form(own).values["display_name"] == "Abe Ken"
    assert await portal.log("action = 'account_changed'") == []


async def test_two_administrators_at_once_lose_nothing(portal: Portal) -> None:
    people = await cast(portal)
    other = portal.world.account("goro", "administrator")
    await portal.written()
    abe, goro = await portal.signed_in(people.abe), await portal.signed_in(other)
    page = await opened(abe, people)
    address = page.path
    await goro.get(address)
    await goro.submit(address, display_name="Hana Goto")
    page = await abe.submit(address, role="employer_admin")
    assert page.status == 422
    assert "Somebody else changed this meanwhile." in page.text
    values = page.form(address).values
    assert (page.title, values["display_name"], values["role"]) == ("Hana Goto", "Hana Goto", "employer_admin")
    assert (await abe.submit(address)).path == "/accounts"
    row = await portal.owner.fetchrow("select display_name, role from portal.account where id = $1", people.hana.id)
    assert tuple(row) == ("Hana Goto", "employer_admin")
    await goro.get(address)
    await abe.get(address)
    await abe.submit(address, display_name="Hana A")
    page = await goro.submit(address, display_name="Hana G")
    values = page.form(address).values
    assert (page.title, values["display_name"]) == ("Hana A", "Hana G")


async def test_what_was_typed_outlives_a_change_of_language(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    page = await opened(abe, people)
    address = page.path
    form = page.form(address)
    sent = form.filled({"display_name": "Hana Ito"})
    page = await abe.see(
        await abe.http.post(f"/language?lang=ja&to={address}", data={**sent, "only_show": "yes"},
                            headers={"origin": "http://localhost:8000", "sec-fetch-site": "same-origin"})
    )  # fmt: skip
    assert page.form(address).values["display_name"] == "Hana Ito"
    assert await portal.log("action = 'account_changed'") == []


async def test_the_company_page_says_who_has_to_undertake_again(portal: Portal) -> None:
    people = await cast(portal)
    abe, mori = await portal.signed_in(people.abe), await portal.signed_in(people.mori)
    address = f"/companies/{people.aoba.id}"
    assert "Undertaking accepted" in (await mori.get(address)).text
    page = await opened(abe, people)
    await abe.submit(page.path, role="employer_admin")
    assert "Undertaking not accepted" in (await mori.get(address)).text
    hana = await portal.signed_in(people.hana, capacity=2, started_at=portal.world.now + HOUR)
    page = await hana.get("/agreement")
    assert page.form("/agreement/undertaking").values["agreement"] == str(people.agreement.id)


async def test_whoever_changes_the_own_address_is_signed_out_by_it(portal: Portal) -> None:
    people = await cast(portal)
    abe = await portal.signed_in(people.abe)
    address = f"/accounts/{people.abe.id}"
    page = await abe.get(address)
    assert "This is your own account" in page.text
    page = await abe.submit(address, email="abe.ken@operator.example")
    assert (page.status, page.path) == (200, "/sign-in")
    row = await portal.owner.fetchrow("select email, status from portal.account where id = $1", people.abe.id)
    assert tuple(row) == ("abe.ken@operator.example", "active")
    assert await sent_link(portal.owner, "abe.ken@operator.example")
