"""Akane, who administrates Aoba Foods: who works on what, how far candidates came, what her people did; and no more."""

from tests.client import Portal
from tests.journeys.cast import AUNG, HAO, LINH, cast


async def test_she_sees_positions_and_acts_and_nobody_who_is_closed(portal: Portal) -> None:
    people = await cast(portal)
    linh, aung, hao = [await people.introduce(one, people.aoba) for one in (LINH, AUNG, HAO)]
    akane = portal.world.account("akane", "employer_admin", people.aoba, display_name="Akane")
    portal.world.undertaking(people.agreement, akane)
    await portal.written()
    hana, admin = await portal.signed_in(people.hana), await portal.signed_in(akane)
    for one, stage in ((linh, "interview"), (hao, "screening")):
        await hana.get(one.page)
        await hana.post(f"{one.page}/stage", shown="introduced", stage=stage, told="")
    await hana.post(f"{linh.page}/assignee", mine="yes", shown="")
    decision = {"result": "hired", "reason": "offer_accepted", "note": "", "told": "yes"}
    await hana.get(aung.page)
    await hana.post(f"{aung.page}/outcome", **decision)

    page = await admin.get("/team/progress")
    assert page.texts("#who ~ table tr") == [
        "Colleague Assigned, still to be decided", "Akane 0", "Hana 1", "Nobody 1",
    ]  # fmt: skip
    assert page.texts(".charted tbody tr") == ["Introduced 3", "Screening 3", "Interview 2", "Offer 1", "Hired 1"]
    assert page.texts(".charted dd")[:2] == ["2", "0"]
    assert len(page.all(".charted .bar .mark")) == 5
    assert not any(one.name in page.text or one.introduction.code in page.text for one in (linh, aung, hao))
    page = await admin.get("/team/log")
    assert {"Opened a candidate", "Recorded an outcome", "Looked at how the selections go"} <= set(
        page.texts("td[data-label=Action]")
    )
    assert hao.introduction.code in page.text
    assert not any(one in page.text for one in (linh.name, "127.0.0.1", "192.0.2"))

    await portal.owner.execute("update personal.consent set withdrawn_at = now() where id = $1", hao.consent.id)
    page = await admin.get("/team/progress")
    assert page.texts(".charted tbody tr")[:2] == ["Introduced 2", "Screening 2"], "nobody is counted who is closed"
    page = await admin.get("/team/log")
    assert (hao.introduction.code in page.text, linh.introduction.code in page.text) == (False, True)

    other = await portal.signed_in(people.ken)
    for path in ("/team/progress", "/team/log"):
        assert (await hana.get(path)).status == 404
        assert (await other.get(path)).status == 404
    assert [row["reasons"] for row in await portal.log("action = 'progress_shown' and decision = 'refused'")] == []


async def test_pages_of_her_log_follow_each_other_and_can_be_of_one_colleague(portal: Portal) -> None:
    people = await cast(portal)
    await people.introduce(LINH, people.aoba)
    akane = portal.world.account("akane", "employer_admin", people.aoba, display_name="Akane")
    portal.world.undertaking(people.agreement, akane)
    await portal.written()
    hana, admin = await portal.signed_in(people.hana), await portal.signed_in(akane)
    for _ in range(30):
        await hana.get("/candidates")
    page = await admin.get("/team/log")
    first = page.texts("#results tbody tr")
    page = await admin.get(page.all("a[rel=next]")[0].get("href", ""))
    page = await admin.get(page.all("a[rel=prev]")[0].get("href", ""))
    assert page.texts("#results tbody tr") == first
    await admin.get("/team/log")
    page = await admin.submit("/team/log", whose=str(people.hana.id))
    assert set(page.texts("td[data-label=Who]")) == {"Hana"}
