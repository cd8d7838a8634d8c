"""Mori sees the companies he looks after, what stands between a candidate and each, and no name."""

from tests.client import Portal
from tests.journeys.cast import HAO, LINH, cast


async def test_mori_learns_why_aoba_cannot_see_someone(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hao = await people.introduce(HAO, people.aoba, withdrawn_at=portal.world.now)
    elsewhere = await people.introduce(HAO, people.kita)
    mori = await portal.signed_in(people.mori)

    page = await mori.get("/")
    assert page.path == "/companies"
    assert "Aoba Foods" in page.text
    assert "Kita Steel" not in page.text
    page = await mori.get(page.links("/companies/")[0])
    assert page.title.startswith("Aoba Foods")
    assert people.agreement.number in page.text
    assert (await mori.raw("GET", f"/companies/{people.kita.id}")).status_code == 404

    page = await mori.get("/introductions")
    assert linh.introduction.code in page.text
    assert hao.introduction.code in page.text
    assert elsewhere.introduction.code not in page.text
    for person in (linh, hao):
        assert person.name not in page.response.text
    page = await mori.get(f"/introductions/{hao.introduction.id}")
    assert "The person withdrew the consent" in page.text
    assert "Not met" in page.text
    assert hao.name not in page.response.text
    assert (await mori.raw("GET", f"/introductions/{elsewhere.introduction.id}")).status_code == 404
    entries = await portal.log("action = 'explained'")
    assert [entry["decision"] for entry in entries] == ["permitted", "refused"]


async def test_a_recruiter_is_never_told_why(portal: Portal) -> None:
    people = await cast(portal)
    hao = await people.introduce(HAO, people.aoba, withdrawn_at=portal.world.now)
    hana = await portal.signed_in(people.hana)
    answer = await hana.raw("GET", f"/introductions/{hao.introduction.id}")
    assert answer.status_code == 404
    assert "withdrew" not in answer.text


async def test_a_code_heard_on_the_telephone_is_found(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    elsewhere = await people.introduce(HAO, people.kita)
    mori = await portal.signed_in(people.mori)
    await mori.get("/introductions")
    heard = linh.introduction.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    page = await mori.submit("/introductions", introduction=heard)
    assert page.texts("#results .row-link") == [linh.introduction.code]
    page = await mori.submit("/introductions", introduction=linh.introduction.code.removeprefix("SK-"))
    assert page.texts("#results .row-link") == [linh.introduction.code]
    page = await mori.submit("/introductions", introduction=elsewhere.introduction.code)
    assert page.texts("#results .row-link") == []


async def test_an_empty_list_says_why_it_is_empty(portal: Portal) -> None:
    people = await cast(portal)
    mori = await portal.signed_in(people.mori)
    for query, said in (
        ("", "when they are imported"),
        ("?introduction=SK-7Q2M8R4T", "no company you look after has an introduction with this code"),
        ("?standing=open", "try fewer conditions"),
    ):
        assert said in (await mori.get(f"/introductions{query}")).text.lower(), query
