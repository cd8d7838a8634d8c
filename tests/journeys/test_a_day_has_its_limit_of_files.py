"""An agreement says how many files one person may save in a day. Beyond it is a reason, beyond twice it an approval."""

import asyncio
from datetime import timedelta

from tests.client import Browser, Portal
from tests.facts import Account
from tests.journeys.cast import AUNG, HAO, LINH, Cast, Person, cast

LIMIT = """
alter table portal.agreement disable trigger kept;
update portal.agreement set daily_downloads = 1;
alter table portal.agreement enable trigger kept;
"""
DAY_OVER = "update personal.download set downloaded_at = downloaded_at - interval '1 day'"


async def limited(portal: Portal) -> tuple[Cast, Account, list[Person]]:
    """A company whose people may save one file a day, and three introductions to it."""
    people = await cast(portal)
    emi = portal.world.account("emi", "employer_admin", people.aoba)
    portal.world.undertaking(people.agreement, emi)
    introduced = [await people.introduce(one, people.aoba) for one in (LINH, AUNG, HAO)]
    await portal.owner.execute(LIMIT)
    return people, emi, introduced


async def save(browser: Browser, of: Person) -> str:
    """Save a resume; where it ended."""
    answer = await browser.raw("GET", f"{of.page}/resume.pdf?form=ja&calendar=era&save=yes")
    return "saved" if answer.content.startswith(b"%PDF") else answer.headers.get("location", str(answer.status_code))


async def test_beyond_the_number_a_reason_and_beyond_twice_it_another_administrators_approval(portal: Portal) -> None:
    people, emi, (linh, aung, hao) = await limited(portal)
    hana, admin = await portal.signed_in(people.hana), await portal.signed_in(emi)
    assert await save(hana, linh) == "saved"
    assert await save(hana, aung) == "/downloads"
    told = (await portal.log("action = 'resume_downloaded'"))[-1]
    assert (told["decision"], told["reasons"], told["items"]) == ("refused", ["over_daily_limit"], 0)
    refused = await hana.raw("GET", f"{linh.page}/documents/{linh.document}?save=yes")
    assert refused.headers["location"] == "/downloads"
    assert (await portal.log("action = 'document_downloaded'"))[-1]["reasons"] == ["over_daily_limit"]
    for path in ("resume.pdf?form=ja&calendar=era", f"documents/{aung.document}"):
        assert (await hana.raw("GET", f"{aung.page}/{path}")).status_code == 200, "reading is not counted"

    page = await hana.get("/downloads")
    assert "Saved: 1 of 1 files." in page.text
    assert (await hana.submit("/downloads/more", reason=" ")).status == 422
    page = await hana.submit("/downloads/more", reason="Two interviews tomorrow")
    assert "You can save that many more today." in page.text
    assert await save(hana, aung) == "saved"
    assert await save(hana, hao) == "/downloads"

    page = await hana.submit("/downloads/more", reason="One more was invited")
    assert "The administrators of your company are asked." in page.text
    assert await save(hana, hao) == "/downloads"
    assert (
        await portal.owner.fetchval("select account_id from portal.mail where kind = 'downloads_asked_for'") == emi.id
    )
    page = await admin.get("/downloads")
    assert "One more was invited" in page.text
    assert [name for name in ("Linh", "Aung") if name in page.text] == []
    asked = page.form("/downloads/answer").values["asked"]
    assert (await hana.post("/downloads/answer", asked=asked, answer="yes")).status_code == 404
    page = await admin.submit("/downloads/answer", answer="yes")
    assert "Granted." in page.text
    assert await save(hana, hao) == "saved"
    assert await save(hana, linh) == "/downloads"
    facts = [one["facts"] for one in await portal.log("action in ('downloads_asked_for', 'downloads_answered')")]
    assert [bool(fact and '"granted": true' in fact) for fact in facts] == [False, False, True]
    await portal.owner.execute(DAY_OVER)
    assert await save(hana, linh) == "saved", "another day"


async def test_an_administrator_lets_save_fewer_than_the_agreement_and_never_more(portal: Portal) -> None:
    people, emi, (linh, aung, _hao) = await limited(portal)
    await portal.owner.execute(LIMIT.replace("= 1", "= 2"))
    hana, admin = await portal.signed_in(people.hana), await portal.signed_in(emi)
    of_hana = {"whom": str(people.hana.id)}
    page = await admin.get("/team/limits")
    assert "Your company's agreement lets one person save 2 files a day." in page.text
    page = await admin.see(await admin.post("/team/limits", daily="3", **of_hana))
    assert (page.status, "You can set that many or fewer" in page.text) == (422, True)
    page = await admin.see(await admin.post("/team/limits", daily="1", whom=""))
    assert "The limit is set." in page.text
    page = await admin.see(await admin.post("/team/limits", daily="1", whom=""))
    assert "That limit stands already." in page.text
    assert [await save(hana, one) for one in (linh, aung)] == ["saved", "/downloads"]
    page = await hana.get("/downloads")
    assert "An administrator of your company lets you save 1 files a day." in page.text

    await admin.post("/team/limits", daily="0", **of_hana)
    page = await hana.get("/downloads")
    assert ("lets you read on the page, and save nothing" in page.text, page.all("form[action='/downloads/more']")) == (
        True, [],
    )  # fmt: skip
    assert "save nothing" in (await hana.see(await hana.post("/downloads/more", reason="Two interviews"))).text
    assert (await hana.raw("GET", f"{aung.page}/resume.pdf?form=ja&calendar=era")).status_code == 200, "reading"
    for whom in ({"whom": ""}, of_hana):
        await admin.post("/team/limits", daily="", **whom)
    assert [await save(hana, one) for one in (aung, linh)] == ["saved", "/downloads"], "the agreement's again"

    await admin.post("/team/limits", daily="2", **of_hana)
    await portal.owner.execute(LIMIT)
    page = await admin.get("/team/limits")
    assert "Up to 1 file a day · 2 files saved today · set to 2 by Emi" in " ".join(page.text.split()), "never more"
    ken = {"whom": str(people.ken.id), "daily": "1"}
    assert (await admin.post("/team/limits", **ken)).status_code == 404, "of another company"
    assert (await hana.post("/team/limits", daily="1", **of_hana)).status_code == 404
    entries = await portal.log("action = 'download_limit_set'")
    assert [(one["decision"], one["reasons"], one["facts"]) for one in entries] == [
        ("refused", ["above_agreement"], '{"daily_limit": 3}'), ("permitted", None, '{"daily_limit": 1}'),
        ("permitted", None, '{"daily_limit": 0}'), ("permitted", None, '{"former_limit": 1}'),
        ("permitted", None, '{"former_limit": 0}'), ("permitted", None, '{"daily_limit": 2}'),
        ("refused", ["no_such_record"], None),
    ]  # fmt: skip
    assert [one["subject_id"] for one in entries[:3]] == [people.hana.id, None, people.hana.id]


async def test_nobody_answers_what_they_asked_for_themselves_or_for_another_company(portal: Portal) -> None:
    people, emi, (linh, aung, _hao) = await limited(portal)
    yui = portal.world.account("yui", "employer_admin", people.kita)
    await portal.written()
    admin = await portal.signed_in(emi)
    for reason in ("First", "Second"):
        await admin.get("/downloads")
        await admin.submit("/downloads/more", reason=reason)
    page = await admin.get("/downloads")
    assert "another administrator has to answer it" in page.text
    asked = str(await portal.owner.fetchval("select id from personal.download_leave where needs_approval"))
    await admin.post("/downloads/answer", asked=asked, answer="yes")
    assert (await (await portal.signed_in(yui)).post("/downloads/answer", asked=asked, answer="yes")).status_code == 404
    assert await portal.owner.fetchval("select granted from personal.download_leave where needs_approval") is None
    assert [await save(admin, one) for one in (linh, aung, linh)] == ["saved", "saved", "/downloads"]


async def test_two_at_once_do_not_leave_by_one_number(portal: Portal) -> None:
    people, _emi, (linh, aung, hao) = await limited(portal)
    hana = await portal.signed_in(people.hana)
    assert (await hana.raw("GET", f"{linh.page}/resume.pdf?form=ja&calendar=era")).status_code == 200
    answers = await asyncio.gather(*(save(hana, one) for one in (linh, aung, hao)))
    assert answers.count("saved") == 1
    assert await portal.owner.fetchval("select count(*) from personal.download where saved") == 1


async def test_a_zip_beyond_the_number_is_refused_before_it_begins(portal: Portal) -> None:
    people, _emi, (linh, aung, _hao) = await limited(portal)
    hana = await portal.signed_in(people.hana)
    await hana.get("/candidates")
    chosen = [f"{one.introduction.id}.introduced" for one in (linh, aung)]
    page = await hana.see(await hana.post("/candidates/zip", chosen=chosen))
    assert (page.path, "You chose 2 resumes, and can save 1 more files" in page.text) == ("/downloads", True)
    answer = await hana.post("/candidates/zip", chosen=chosen[:1])
    assert answer.headers["content-type"] == "application/zip"
    assert await portal.owner.fetchval("select count(*) from personal.download where kind = 'resume'") == 1


async def test_what_somebody_took_stands_on_their_own_list_until_they_attest_it(portal: Portal) -> None:
    people, emi, (linh, aung, hao) = await limited(portal)
    await portal.owner.execute(LIMIT.replace("= 1", "= null"))
    hana, admin = await portal.signed_in(people.hana), await portal.signed_in(emi)
    for one in (linh, aung, hao):
        assert await save(hana, one) == "saved"
    assert await save(admin, linh) == "saved"
    page = await hana.get("/downloads")
    assert ("Nothing that you took has to be deleted now." in page.text, "Today" in page.text) == (True, False)
    await portal.owner.execute("update personal.consent set withdrawn_at = now() where id = $1", linh.consent.id)
    portal.world.outcome(aung.introduction, result="hired", recorded_at=portal.world.now - timedelta(minutes=10))
    await portal.written()
    page = await hana.get("/downloads")
    rows = page.texts("#duties tbody tr")
    codes = [one.introduction.code for one in (linh, aung, hao)]
    assert [code for code in codes if any(code in row for row in rows)] == codes[:2]
    query = "select id from personal.deletion_duty where introduction_id = $1"
    duty = await portal.owner.fetchval(query, linh.introduction.id)
    sent = {"duties": str(duty)}
    assert "Not recorded: 1" in (await hana.submit("/downloads", said="kept_by_law", **sent)).text, "nobody was hired"
    assert "Recorded: 1." in (await hana.submit("/downloads", said="deleted", **sent)).text
    assert "1 attested by those who took them" in (await admin.get("/deletions")).text
    assert linh.introduction.code in (await admin.get("/downloads")).text, "the administrator's own copy stands"
    told = await portal.log("action = 'own_copies_attested'")
    assert [(one["decision"], one["reasons"]) for one in told] == [("refused", ["not_hired"]), ("permitted", None)]


async def test_a_reload_within_a_minute_says_so_and_reading_and_saving_are_two_acts(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    for _time in range(2):
        await hana.get(linh.page)
        await hana.raw("GET", f"{linh.page}/resume.pdf?form=ja&calendar=era")
        await hana.raw("GET", f"{linh.page}/resume.pdf?form=ja&calendar=era&save=yes")
        await hana.raw("GET", f"{linh.page}/documents/{linh.document}")
        await hana.raw("GET", f"{linh.page}/documents/{linh.document}?save=yes")
    second = await portal.signed_in(people.hana)
    await second.get(linh.page)
    seen = await portal.log(
        "action in ('page_shown', 'resume_read', 'resume_downloaded', 'document_opened', 'document_downloaded')"
    )
    once = ["page_shown", "resume_read", "resume_downloaded", "document_opened", "document_downloaded"]
    assert [one["action"] for one in seen] == [*once, *once, "page_shown"]
    again = [one["action"] for one in seen if one["facts"]]
    assert again == ["page_shown", "resume_read", "document_opened"], "not of another sign-in"
    assert [one["action"] for one in seen[5:] if one["facts"]] == again
    kept = await portal.owner.fetch("select kind, saved from personal.download order by downloaded_at")
    taken = [("resume", False), ("resume", True), ("original", False), ("original", True)]
    assert [tuple(one) for one in kept] == [*taken, *taken]
