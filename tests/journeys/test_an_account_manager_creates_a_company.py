"""Mori creates a company: it is on her list and on its own page, in the log, and shows nobody anything."""

import pytest

from tests.client import Portal
from tests.journeys.cast import cast

TYPED = {
    "country": "JP",
    "corporate_number": "７１２３４５６７８９０１２",
    "name": "北川食品株式会社",
    "name_latin": "Kitagawa Foods",
    "address": "大阪府大阪市北区1-2-3",
    "representative": "代表取締役 北川 花",
    "industry": "manufacturing",
}
NUMBER = "7123456789012"


async def test_a_company_is_created_and_found(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    page = await mori.get((await mori.get("/companies")).link("New company"))
    assert page.form("/companies/new").values["country"] == "JP"
    page = await mori.submit("/companies/new", **TYPED)
    assert (page.status, page.title) == (200, "Kitagawa Foods")
    for shown in (
        "The company is created.",
        "Waits to be sent to screening",
        NUMBER,
        "北川食品株式会社",
        "Manufacturing",
        "None yet",
    ):
        assert shown in page.text
    address = page.path
    assert "The company is created." not in (await mori.get(address)).text
    await mori.get("/companies")
    for search in ({"name": "kitagawa"}, {"name": "北川"}, {"name": NUMBER}, {"stage": "draft"}):
        page = await mori.submit("/companies", **{"name": "", "stage": "", **search})
        assert page.links("/companies/")[1:] == [address]
    [entry] = await portal.log("action = 'company_created'")
    assert (entry["actor_id"], entry["decision"], f"/companies/{entry['subject_id']}") == (
        people.mori.id, "permitted", address,
    )  # fmt: skip


async def test_what_is_wrong_is_said_and_nothing_is_lost(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    await mori.get("/companies/new")
    for typed, said in (
        ({"corporate_number": "7123456789013"}, "the check digit of the others"),
        ({"name": " "}, "Name in Japanese: Please fill this in."),
        ({"name": "a\u202eb"}, "marks that turn the direction of text"),
    ):
        page = await mori.submit("/companies/new", **{**TYPED, **typed})
        assert (page.status, page.title, said in page.text) == (422, "New company", True)
        assert {name: page.form("/companies/new").values[name] for name in TYPED} == {**TYPED, **typed}
    assert await portal.log("action = 'company_created'") == []
    page = await mori.submit("/companies/new", **{**TYPED, "country": "VN", "corporate_number": ""})
    assert page.title == "Kitagawa Foods"


async def test_a_company_is_begun_with_its_name_and_is_a_draft_until_its_record_is_whole(portal: Portal) -> None:
    people = await cast(portal)
    mori, sato = await portal.signed_in(people.mori), await portal.signed_in(people.sato)
    await mori.get("/companies/new")
    begun = {**TYPED, "corporate_number": "", "address": "", "representative": ""}
    page = await mori.submit("/companies/new", **begun)
    address, record = page.path, f"{page.path}/record"
    for shown in ("Draft", "Waits for the rest of its record", "Complete the record"):
        assert shown in page.text
    assert page.texts("section[aria-labelledby=next] li")[0] == "Its corporate number is not known."
    assert "Kitagawa Foods" not in (await sato.get("/screenings")).text
    await mori.get("/companies")
    assert (await mori.submit("/companies", name="", stage="draft")).links("/companies/")[1:] == [address]
    await mori.get(record)
    page = await mori.submit(record, **{name: TYPED[name] for name in ("corporate_number", "address")})
    assert "Waits for the rest of its record" in page.text
    await mori.get(record)
    page = await mori.submit(record, representative=TYPED["representative"])
    assert ("Send it to screening" in page.text, "Complete the record" in page.text) == (True, False)
    assert "Kitagawa Foods" not in (await sato.get("/screenings")).text
    await mori.get(page.link("Send it to screening"))
    await mori.submit(f"{address}/send-to-screening", reason="It asked for people")
    assert "Kitagawa Foods" in (await sato.get("/screenings")).text


async def test_a_number_that_is_taken_is_named_and_led_to(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    await mori.get("/companies/new")
    first = (await mori.submit("/companies/new", **TYPED)).path
    await mori.get("/companies/new")
    page = await mori.submit("/companies/new", **{**TYPED, "name": "別の名前"})
    assert page.status == 422
    assert "Kitagawa Foods has this corporate number already." in page.text
    assert first in page.links()
    other = portal.world.account("other", "account_manager")
    await portal.written()
    someone = await portal.signed_in(other)
    await someone.get("/companies/new")
    page = await someone.submit("/companies/new", **TYPED)
    assert f"looked after by {people.mori.display_name}" in page.text
    assert first not in page.links()
    assert len(await portal.log("action = 'company_created'")) == 1


@pytest.mark.parametrize(
    "named",
    [
        {"name": "株式会社\u3000北川食品", "name_latin": ""},
        {"name": "北川フード", "name_latin": "KITAGAWA FOODS Co., Ltd."},
    ],
)
async def test_a_name_that_is_there_is_named_once_and_led_to_and_refused_to_nobody(
    portal: Portal, named: dict[str, str]
) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    await mori.get("/companies/new")
    first = (await mori.submit("/companies/new", **{**TYPED, "name": "北川食品株式会社"})).path
    typed = {**TYPED, **named, "country": "VN", "corporate_number": ""}
    await mori.get("/companies/new")
    page = await mori.submit("/companies/new", **typed)
    assert page.status == 422
    assert "looked after by Mori. If yours is another company of that name, send the form once more" in page.text
    assert first in page.links()
    assert len(await portal.log("action = 'company_created'")) == 1
    page = await mori.submit("/companies/new")
    assert (page.status, page.path not in (first, "/companies/new")) == (200, True)
    assert len(await portal.log("action = 'company_created'")) == 2


async def test_p1_a_company_that_is_being_set_up_sees_nobody(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    await mori.get("/companies/new")
    company = (await mori.submit("/companies/new", **TYPED)).path.rpartition("/")[2]
    status = await portal.owner.fetchval("select status from portal.company where id = $1::uuid", company)
    assert status == "pending"
    assert not await portal.owner.fetchval(
        "select exists (select from portal.agreement where company_id = $1::uuid)", company
    )
