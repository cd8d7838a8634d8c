"""Hana asks whoever looks after her company. What is closed to her is closed here as well."""

from tests.client import Portal
from tests.journeys.cast import LINH, cast

SAID = "May the interview be on Saturday?"


async def test_a_question_reaches_whoever_looks_after_the_company_and_the_answer_the_asker(portal: Portal) -> None:
    people, world, owner = await cast(portal), portal.world, portal.owner
    linh = await people.introduce(LINH, people.aoba)
    chie = world.account("chie", "employer_admin", people.aoba, display_name="Chie")
    yuki = world.account("yuki", "recruiter", people.aoba, display_name="Yuki")
    eri = world.account("eri", "account_manager", display_name="Eri")
    for one in (chie, yuki):
        world.undertaking(people.agreement, one)
    await portal.written()
    hana, mori = await portal.signed_in(people.hana), await portal.signed_in(people.mori)
    page = await hana.get(linh.page)
    assert ("Mori" in page.texts(".keeper")[0], page.links(f"{linh.page}/ask")) == (True, [f"{linh.page}/ask"])
    page = await hana.get(f"{linh.page}/ask")
    assert (linh.introduction.code in page.text, linh.name in page.text) == (True, False)
    page = await hana.submit(f"{linh.page}/ask", body="")
    assert page.status == 422
    page = await hana.submit(f"{linh.page}/ask", body=SAID)
    assert ("The question is sent." in page.text, SAID in page.text) == (True, False)
    await hana.get(f"{linh.page}/ask")
    await hana.submit(f"{linh.page}/ask", body=SAID)
    asked = [str(row["id"]) for row in await owner.fetch("select id from personal.question")]
    assert len(asked) == 1, "the same words twice within a minute are one question"
    address = f"/questions/{asked[0]}"
    mail = await owner.fetch("select kind, account_id from portal.mail")
    assert [(row["kind"], row["account_id"]) for row in mail] == [("question_asked", people.mori.id)]

    page = await mori.get("/questions")
    assert (page.links(address), linh.introduction.code in page.text, SAID in page.text) == ([address], True, False)
    page = await mori.get(address)
    assert (SAID in page.text, linh.name in page.text) == (True, False)
    for stranger in (people.ken, yuki, people.sato, people.abe, eri):
        browser = await portal.signed_in(stranger)
        assert (await browser.raw("GET", address)).status_code == 404
        assert (await browser.post(address, body="x")).status_code == 404
    assert (await hana.post(address, body="x")).status_code == 404, "whoever asks does not answer"
    assert SAID in (await (await portal.signed_in(chie)).get(address)).text, "the company's administrators read it"

    await owner.execute("update portal.company set account_manager_id = $1 where id = $2", eri.id, people.aoba.id)
    assert (await mori.raw("GET", address)).status_code == 404
    successor = await portal.signed_in(eri)
    assert (await successor.get("/questions")).links(address) == [address], (
        "a leaver's questions wait for whoever takes over"
    )
    await successor.get(address)
    page = await successor.submit(address, body="Yes, from ten.")
    assert "The answer is sent." in page.text
    assert "answered already" in (await successor.see(await successor.post(address, body="No."))).text
    kinds = [
        row["kind"] for row in await owner.fetch("select kind from portal.mail where account_id = $1", people.hana.id)
    ]
    assert kinds == ["question_answered"]
    page = await hana.get("/home")
    assert "answered 1 question of yours" in page.text
    assert "Yes, from ten." in (await hana.get(address)).text
    assert "answered 1 question" not in (await hana.get("/home")).text
    entries = await portal.log("action in ('question_asked', 'question_answered') and decision = 'permitted'")
    assert [(row["introduction_id"], row["company_id"]) for row in entries] == [
        (linh.introduction.id, people.aoba.id)
    ] * 2

    await owner.execute("update personal.consent set withdrawn_at = now()")
    assert [(await hana.raw("GET", path)).status_code for path in (address, f"{linh.page}/ask")] == [404, 404]
    assert (await hana.post(f"{linh.page}/ask", body="And now?")).status_code == 404
    assert (await hana.get("/ask")).links(address) == []
    assert (await portal.log("action = 'question_asked'"))[-1]["reasons"] == ["consent_withdrawn"]
    forgotten = [
        await owner.fetchval(f"select gate.forget_questions(now() + interval '{days} days')") for days in (364, 366)
    ]
    assert forgotten == [0, 1], "a year from the answer"
