"""However many companies there are, a page carries none of them: each is found by its name or its number."""

import re

from tests.client import Browser, Portal
from tests.journeys.cast import LINH, cast

CALLED = "/companies/called"


async def suggested(browser: Browser, typed: str, at: str = CALLED, field: str = "company") -> list[str]:
    """What is suggested for what was typed into a field."""
    return re.findall(r'<option value="([^"]+)">', (await browser.post(at, **{field: typed})).text)


async def test_a_company_is_suggested_to_whom_it_may_be_named(portal: Portal) -> None:
    people = await cast(portal)
    number = "8999901000033"
    portal.world.company("umi", name="Umi Foods", corporate_number=number)
    gone = portal.world.company("gone", name="Gone Foods", status="terminated", account_manager=people.mori)
    twins = [portal.world.company(name="Twin Foods", account_manager=people.mori) for _one in range(2)]
    await portal.written()
    abe, mori = await portal.signed_in(people.abe), await portal.signed_in(people.mori)
    assert await suggested(abe, "ｕｍｉ") == [f"Umi Foods ({number})"]
    assert await suggested(abe, number) == await suggested(abe, f"Umi Foods（{number}）") == [f"Umi Foods ({number})"]
    assert await suggested(mori, "umi") == [], "it is not theirs"
    assert set(await suggested(mori, "twin foods")) == {f"Twin Foods ({str(one.id)[-8:].upper()})" for one in twins}
    assert await suggested(mori, "gone") == [f"Gone Foods ({str(gone.id)[-8:].upper()})"]
    for n in range(30):
        portal.world.company(f"many{n}", name=f"Many {n}", account_manager=people.mori)
    await portal.written()
    assert len(await suggested(mori, "many")) == 20
    hana = await portal.signed_in(people.hana)
    assert (await hana.post(CALLED, company="umi")).status_code == 404


async def test_a_list_is_narrowed_to_a_company_that_is_typed(portal: Portal) -> None:
    people = await cast(portal)
    twins = [portal.world.company(name="Twin Foods", account_manager=people.mori) for _one in range(2)]
    await portal.written()
    linh = await people.introduce(LINH, people.aoba)
    mori = await portal.signed_in(people.mori)
    page = await mori.get("/introductions")
    assert "Twin Foods" not in page.text
    page = await mori.submit("/introductions", company="aoba")
    assert (page.status, linh.introduction.code in page.text) == (200, True)
    field = page.form("/introductions").values["company"]
    assert field.startswith("Aoba Foods (")
    page = await mori.submit("/introductions", company=field)
    assert (page.status, page.form("/introductions").values["company"]) == (200, field)
    page = await mori.submit("/introductions", company="nothing like it")
    assert (page.status, "No company is called that." in page.text) == (422, True)
    assert page.form("/introductions").values["company"] == "nothing like it"
    page = await mori.submit("/introductions", company="twin")
    named = [f"Twin Foods ({str(one.id)[-8:].upper()})" for one in twins]
    assert (page.status, all(one in page.text for one in named)) == (422, True)
    page = await mori.submit("/introductions", company=named[0])
    assert (page.status, "No introduction matches" in page.text) == (200, True)


async def test_the_log_is_narrowed_and_summed_up_by_a_company_that_is_typed(portal: Portal) -> None:
    people = await cast(portal)
    sato = await portal.signed_in(people.sato)
    await sato.get("/log")
    page = await sato.submit("/log", company="AOBA foods")
    assert page.form("/log").values["company"].startswith("Aoba Foods (")
    for address in page.links("/log/summary"):
        assert (await sato.get(address)).status == 200
    typed = page.path.partition("?")[2] or "company=~broken"
    assert (await sato.raw("GET", f"/log/export?form=csv&{typed}")).status_code in (200, 303)


async def test_the_log_is_narrowed_to_an_account_that_is_typed(portal: Portal) -> None:
    people = await cast(portal)
    twins = [portal.world.account(name, "recruiter", people.aoba, display_name="Twin") for name in ("kei", "rei")]
    await portal.written()
    sato = await portal.signed_in(people.sato)
    page = await sato.get("/log")
    assert people.hana.email not in page.text, "nobody is listed"
    hana = f"{people.hana.display_name} ({people.hana.email})"
    for typed in (people.hana.email.upper(), people.hana.display_name[:3].lower(), hana, str(people.hana.id)):
        assert hana in await suggested(sato, typed, "/accounts/called", "actor"), typed
    assert len(await suggested(sato, "twin", "/accounts/called", "actor")) == 2
    page = await sato.submit("/log", actor=people.hana.email)
    assert page.form("/log").values["actor"] == hana
    page = await sato.submit("/log", actor="twin")
    assert (page.status, all(f"Twin ({one.email})" in page.text for one in twins)) == (422, True)
    page = await sato.submit("/log", actor="nobody at all")
    assert (page.status, "No account is called that." in page.text) == (422, True)
    mori = await portal.signed_in(people.mori)
    assert (await mori.post("/accounts/called", actor="hana")).status_code == 404
    kept = await mori.raw("GET", "/companies?name=~of-a-sign-in-before")
    assert (kept.status_code, "can be read only in the sign-in" in kept.text) == (422, True)
