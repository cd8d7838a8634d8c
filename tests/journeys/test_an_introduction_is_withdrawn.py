"""Mori takes an introduction back: at the next click nobody at the company can open it, and the log says why."""

from tests.client import Portal
from tests.journeys.cast import HAO, LINH, cast

MAILS = "select account_id from portal.mail where kind = 'introduction_withdrawn'"


async def test_it_is_closed_at_once_and_for_both_purposes(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    mori, hana = await portal.signed_in(people.mori), await portal.signed_in(people.hana)
    assert linh.name in (await hana.get(linh.page)).text
    page = await mori.get(f"/introductions/{linh.introduction.id}")
    [address] = page.links("/introductions/")
    page = await mori.get(address)
    assert linh.introduction.code in page.text
    assert linh.name not in page.text
    assert (await mori.post(address, reason="")).status_code == 422
    page = await mori.submit(address, reason="person_asked")
    assert "nobody at the company can open it" in page.text
    assert "Nothing opens it: the introduction was withdrawn." in page.text
    assert "The person asked for it" in page.text
    assert page.links(address) == []
    assert (await hana.raw("GET", linh.page)).status_code == 404
    assert (await hana.post(f"{linh.page}/contact")).status_code == 404
    assert (
        await hana.post(f"{linh.page}/outcome", result="not_hired", reason="no_reply", note="", told="yes")
    ).status_code == 404
    assert linh.introduction.code not in (await hana.get("/candidates")).text
    [entry] = await portal.log("action = 'introduction_withdrawn'")
    assert (entry["decision"], entry["introduction_id"]) == ("permitted", linh.introduction.id)
    assert entry["facts"] == '{"withdrawn_because": "person_asked"}'
    assert [one["account_id"] for one in await portal.owner.fetch(MAILS)] == [people.hana.id]
    assert "It was withdrawn on" in (await mori.get(address)).text
    page = await mori.submit(address, reason="by_mistake")
    assert "withdrawn before" in page.text
    assert len(await portal.log("action = 'introduction_withdrawn'")) == 1


async def test_what_recruiters_never_learned_of_is_not_told_to_them(portal: Portal) -> None:
    people = await cast(portal)
    hao = await people.introduce(HAO, people.aoba, withdrawn_at=portal.world.now)
    mori = await portal.signed_in(people.mori)
    await mori.get(f"/introductions/{hao.introduction.id}/withdraw")
    await mori.submit(f"/introductions/{hao.introduction.id}/withdraw", reason="by_mistake")
    assert await portal.owner.fetch(MAILS) == []


async def test_nobody_else_withdraws_it(portal: Portal) -> None:
    people = await cast(portal)
    kitas = await people.introduce(LINH, people.kita)
    aobas = await people.introduce(HAO, people.aoba)
    for account, person in ((people.mori, kitas), (people.hana, aobas), (people.sato, aobas), (people.abe, aobas)):
        browser = await portal.signed_in(account)
        address = f"/introductions/{person.introduction.id}/withdraw"
        assert (await browser.raw("GET", address)).status_code == 404
        assert (await browser.post(address, reason="by_mistake")).status_code == 404
    assert await portal.owner.fetchval("select count(*) from personal.introduction_withdrawal") == 0
    entries = await portal.log("action = 'introduction_withdrawn'")
    assert {(one["decision"], *one["reasons"]) for one in entries} == {("refused", "no_such_record")}


async def test_no_open_act_of_a_recruiter_delays_it(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    mori, hana = await portal.signed_in(people.mori), await portal.signed_in(people.hana)
    web = await portal.database.connect("portal_web")
    async with web.transaction():
        await web.execute("select set_config('portal.session', $1, true)", hana.secret)
        put = "select gate.put_outcome($1, 'not_hired', 'no_reply', null, false)"
        assert await web.fetchval(put, linh.introduction.id) == "recorded"
        await mori.get(f"/introductions/{linh.introduction.id}/withdraw")
        await mori.submit(f"/introductions/{linh.introduction.id}/withdraw", reason="by_mistake")
        assert (await hana.raw("GET", linh.page)).status_code == 404
