"""Hana writes a note that mentions Akane, who finds it at home; what is wrong comes back, and nothing is lost."""

from tests.client import Portal
from tests.journeys.cast import LINH, cast


async def test_a_note_reaches_the_colleague_who_is_mentioned(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    akane = portal.world.account("akane", "employer_admin", people.aoba, display_name="Akane")
    portal.world.undertaking(people.agreement, akane)
    await portal.written()
    hana, other = await portal.signed_in(people.hana), await portal.signed_in(akane)
    page = await hana.get(linh.page)
    assert "Only your company's people read these" in page.text
    page = await hana.submit(f"{linh.page}/notes", body="Please look at her work samples.", mentions=str(akane.id))
    assert ("The note is added." in page.text, page.texts(".notes p")) == (True, ["Please look at her work samples."])
    assert "Hana" in page.texts(".notes .sub")[0]
    assert "Mentions Akane" in page.text

    home = await other.get("/home")
    assert "You are mentioned 1" in home.text
    assert "work samples" not in home.text
    assert f"{linh.page}#notes" in home.links()
    page = await other.get(linh.page)
    assert page.texts(".notes p") == ["Please look at her work samples."]
    assert "You are mentioned" not in (await other.get("/home")).text
    (mail,) = await portal.owner.fetch("select account_id, candidate_id from portal.mail where kind = 'note_mention'")
    assert tuple(mail) == (akane.id, None)


async def test_what_is_wrong_is_said_and_the_text_comes_back(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    address = f"{linh.page}/notes"
    await hana.get(linh.page)
    page = await hana.submit(address, body="")
    assert page.status == 422
    long = "x" * 2001
    page = await hana.submit(address, body=long)
    assert (page.status, page.form(address).values["body"]) == (422, long)
    page = await hana.submit(address, body="Her age is a problem")
    assert (page.status, "names what may not decide" in page.text) == (422, True)
    assert page.form(address).values["body"] == "Her age is a problem"
    page = await hana.submit(address)
    assert (page.status, page.texts(".notes p")) == (200, ["Her age is a problem"])

    await hana.decide(linh.page, result="hired", reason="offer_accepted")
    page = await hana.see(await hana.post(address, body="Nearly lost"))
    assert (page.status, "Nearly lost" in page.text, "its notes are closed" in page.text) == (422, True, True)
    assert "Her age is a problem" not in page.text
    await portal.owner.execute("update personal.consent set withdrawn_at = now()")
    gone = await hana.see(await hana.post(address, body="Too late"))
    assert gone.status == 404


async def test_the_person_is_given_notes_and_questions_and_nobody_else_of_the_operator_reads_them(
    portal: Portal,
) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    await hana.submit(f"{linh.page}/notes", body="Strong on hydraulics")
    await hana.post(f"{linh.page}/ask", body="Free on Saturdays?")
    address = f"/people/{linh.candidate.id}/items"
    read = {}
    for who, ground in ((people.sato, "person_asked"), (people.sato, "complaint"), (people.mori, "person_asked")):
        browser = await portal.signed_in(who)
        page = await browser.see(await browser.post(address, ground=ground))
        assert (page.status, linh.name in page.text) == (200, True)
        read[who.role, ground] = ("Strong on hydraulics" in page.text, "Free on Saturdays?" in page.text)
    assert read == {
        ("compliance", "person_asked"): (True, True),
        ("compliance", "complaint"): (False, False),
        ("account_manager", "person_asked"): (False, False),
    }
