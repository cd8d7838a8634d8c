"""A person calls. Mori finds them, records what they say, and it holds at the company's next click."""

from portal.documents.store import ObjectStore
from portal.web import csrf
from tests.client import Browser, Portal
from tests.facts import DAY, Notice
from tests.journeys.cast import LINH, Cast, Person, cast
from tests.page import Page
from tests.papers import blank_pdf


async def _linh(portal: Portal) -> tuple[Cast, Person]:
    people = await cast(portal)
    return people, await people.introduce(LINH, people.aoba)


async def test_p3_a_withdrawal_by_telephone_holds_at_the_next_click(portal: Portal) -> None:
    people, linh = await _linh(portal)
    hana, mori = await portal.signed_in(people.hana), await portal.signed_in(people.mori)
    assert (await hana.get(linh.page)).status == 200
    await mori.get((await mori.get("/companies")).link("Candidates"))
    page = await mori.submit("/people", number=linh.candidate.reference)
    assert page.title == f"Person {linh.candidate.reference}"
    for shown in ("Aoba Foods", "Stands", "Selection", linh.introduction.code):
        assert shown in page.text
    assert linh.name not in page.text
    page = await mori.get(page.link("Record a withdrawal: Aoba Foods"))
    assert (page.texts("main h2"), linh.candidate.reference in page.text) == (["Aoba Foods"], True), "whose, of whom"
    page = await mori.submit(page.path, note="Called at 10:15, said so twice")
    assert "The withdrawal is recorded and holds." in page.text
    assert (await hana.get(linh.page)).status == 404
    for shown in ("Withdrawn", "Called at 10:15, said so twice", "The person withdrew the consent"):
        assert shown in page.text
    [entry] = await portal.log("action = 'consent_withdrawn'")
    assert (entry["actor_id"], entry["decision"]) == (people.mori.id, "permitted")
    [mail] = await portal.owner.fetch("select * from portal.mail where kind = 'statement_recorded'")
    assert (mail["candidate_id"], mail["account_id"]) == (linh.candidate.id, None)


async def test_a_restriction_is_recorded_once_and_lifted_by_compliance_alone(portal: Portal) -> None:
    people, linh = await _linh(portal)
    hana, mori = await portal.signed_in(people.hana), await portal.signed_in(people.mori)
    address = f"/people/{linh.candidate.id}"
    await mori.get(f"{address}/restriction")
    page = await mori.submit(f"{address}/restriction", channel="paper", note="Letter 12")
    assert "Restricted" in page.text
    assert (await hana.get(linh.page)).status == 404
    again = await mori.get(f"{address}/restriction")
    page = await mori.submit(again.path, channel="paper", note="Letter 12")
    assert "it stands already" in page.text
    assert (await mori.get(f"{address}/restriction/lift")).status == 404
    sato = await portal.signed_in(people.sato)
    await sato.get(f"{address}/objection/lift")
    page = await sato.submit(f"{address}/objection/lift", reason="asked for", evidence="Letter 13")
    assert (page.status, "There is nothing to change" in page.text) == (422, True)
    await sato.get((await sato.get(address)).link("Lift the restriction"))
    page = await sato.submit(f"{address}/restriction/lift", reason="asked for", evidence="Letter 13")
    assert "It is changed." in page.text
    assert "Letter 13" in page.text
    assert (await hana.get(linh.page)).status == 404, "no consent from before counts"
    [change] = await portal.owner.fetch("select what, changed_by from personal.law_change")
    assert tuple(change) == ("restriction", people.sato.id)


async def test_a_law_is_loosened_by_whoever_of_compliance_is_signed_in(portal: Portal) -> None:
    people, linh = await _linh(portal)
    await portal.owner.execute("update personal.candidate set regime = 'eea'")
    sato = await portal.signed_in(people.sato)
    await sato.get(f"/people/{linh.candidate.id}/law")
    page = await sato.submit(f"/people/{linh.candidate.id}/law", law="", reason="moved", evidence="Letter 14")
    assert page.status == 422
    page = await sato.submit(f"/people/{linh.candidate.id}/law", law="general", reason="moved", evidence="Letter 14")
    assert "It is changed." in page.text
    [entry] = await portal.log("action = 'law_loosened'")
    assert (entry["actor_id"], entry["role"], entry["decision"]) == (people.sato.id, "compliance", "permitted")


async def test_p2_a_name_is_looked_for_on_a_ground_and_each_look_is_an_entry(portal: Portal) -> None:
    people, linh = await _linh(portal)
    other = await people.introduce({**LINH, "display": "Linh of Kita"}, people.kita)
    mori = await portal.signed_in(people.mori)
    await mori.get("/people")
    page = await mori.submit("/people", name="Linh")
    assert (page.status, "Please say why" in page.text) == (422, True)
    assert await portal.log("action = 'person_looked_for'") == []
    page = await mori.submit("/people", name="Linh", ground="person_called")
    assert (linh.name in page.text, other.name in page.text) == (True, False)
    [entry] = await portal.log("action = 'person_looked_for'")
    assert entry["items"] == 1
    assert '"person_called"' in entry["facts"]
    side = await portal.owner.fetchval(
        "select candidate_id from accesslog.entry_subject where entry_id = $1", entry["id"]
    )
    assert side == linh.candidate.id


async def test_somebody_elses_person_is_found_by_nobody_and_compliance_finds_everybody(portal: Portal) -> None:
    people, _linh_of_aoba = await _linh(portal)
    other = await people.introduce(LINH, people.kita)
    mori, sato = await portal.signed_in(people.mori), await portal.signed_in(people.sato)
    await mori.get("/people")
    page = await mori.submit("/people", number=other.candidate.reference)
    assert (page.status, "Nobody whom you may find has this." in page.text) == (422, True)
    assert (await mori.get(f"/people/{other.candidate.id}")).status == 404
    await sato.get("/people")
    assert (await sato.submit("/people", number=other.candidate.reference)).status == 200
    assert [entry["decision"] for entry in await portal.log("action = 'person_looked_for'")] == ["refused", "permitted"]


async def test_what_was_said_of_another_company_is_not_told(portal: Portal) -> None:
    people, linh = await _linh(portal)
    portal.world.consent(linh.candidate, people.kita)
    await portal.written()
    mori, sato = await portal.signed_in(people.mori), await portal.signed_in(people.sato)
    address = f"/people/{linh.candidate.id}"
    assert "Kita Steel" not in (await mori.get(address)).text
    assert "Kita Steel" in (await sato.get(address)).text
    elsewhere = f"{address}/consents/{people.kita.id}/withdraw"
    assert (await mori.get(elsewhere)).status == 404
    assert (await mori.post(elsewhere, note="a call")).status_code == 404
    [entry] = await portal.log("action = 'consent_withdrawn'")
    assert entry["decision"] == "refused"


async def _consent(portal: Portal, people: Cast, **changed: object) -> dict[str, object]:
    """What Mori fills in: agreed to yesterday, under the notice that the platform shows."""
    notice = await portal.owner.fetchval(
        "select id from portal.notice where items is not null and most_days is null order by id limit 1"
    )
    given = (portal.world.now - DAY).strftime("%Y-%m-%dT%H:%M")
    return {
        "company": str(people.aoba.id), "notice": str(notice), "items": ["name", "background"],
        "purposes": ["selection"],
        "given_at": [given, "UTC"], "until_day": "", "channel": "paper", "note": "",
    } | changed  # fmt: skip


async def _send(mori: Browser, address: str, fields: dict[str, object], scan: bytes | None = None) -> Page:
    files = {"scan": ("letter.pdf", scan, "application/pdf")} if scan else None
    token = {csrf.FIELD: csrf.token(mori.secret)}
    return await mori.see(await mori.raw("POST", address, data={**token, **fields}, files=files))


async def test_a_consent_to_a_company_abroad_says_at_once_that_it_opens_nothing(portal: Portal) -> None:
    people, linh = await _linh(portal)
    abroad = portal.world.company("abroad", name="Hanoi Foods", country="VN", account_manager=people.mori)
    portal.world.introduction(linh.candidate, abroad)
    await portal.written()
    mori = await portal.signed_in(people.mori)
    person = f"/people/{linh.candidate.id}"
    fields = await _consent(portal, people, company=str(abroad.id), note="a letter")
    page = await _send(mori, f"{person}/consents/new", fields)
    assert "the notice shown says nothing of its country" in page.text
    assert "its notice does not tell of the company's country" in (await mori.get(person)).text
    await portal.owner.execute("update personal.candidate set regime = 'eea' where id = $1", linh.candidate.id)
    page = await _send(mori, f"{person}/consents/new", fields)
    assert "the person's data must stay in Japan" in page.text


async def test_a_consent_on_paper_is_recorded_with_its_sealed_scan_and_opens_what_its_notice_names(
    portal: Portal,
) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba, withdrawn_at=portal.world.now - 2 * DAY)
    month = portal.world.add(
        Notice, reference="month", published_at=portal.world.now - 100 * DAY, promises_expiry=True, most_days=30
    )
    await portal.written()
    hana, mori = await portal.signed_in(people.hana), await portal.signed_in(people.mori)
    assert (await hana.get(linh.page)).status == 404
    address = f"/people/{linh.candidate.id}/consents/new"
    fields = await _consent(portal, people)
    page = await mori.get(address)
    assert "Aoba Foods" not in page.text, "no company is listed: it is looked for"
    assert ("By telephone" in page.text, "30 days at most" in page.text) == (True, True)
    suggested = [(await mori.post(f"{address[:-3]}called", company=typed)).text for typed in ("aoba", "kita")]
    assert ("Aoba Foods (" in suggested[0], "Kita" in suggested[1]) == (True, False)
    fields["company"] = "aoba"
    page = await _send(mori, address, fields)
    assert (page.status, "Please say where the evidence is, or add the scan." in page.text) == (422, True)
    late = {"notice": str(month.id), "until_day": f"{portal.world.now + 60 * DAY:%Y-%m-%d}"}
    page = await _send(mori, address, fields | late, blank_pdf(2))
    assert "or an earlier day: the notice shown promises an end after 30 days at most." in page.text
    page = await _send(mori, address, fields, b"%PDF-1.7 and nothing else")
    assert (page.status, "The file" in page.text) == (422, True)
    page = await _send(mori, address, fields, blank_pdf(2))
    assert "The consent is recorded." in page.text
    shown = await hana.get(linh.page)
    assert (shown.status, linh.name in shown.text, "Nationality" in shown.text) == (200, True, True)
    [scan] = await portal.owner.fetch("select * from personal.evidence")
    assert (scan["pages"], scan["candidate_id"]) == (2, linh.candidate.id)
    sealed = await ObjectStore.open(portal.settings.store_url).get(scan["object_key"])
    assert b"%PDF" not in sealed
    page = await mori.get((await mori.get(f"/people/{linh.candidate.id}")).link("Open the scanned paper"))
    answer = await mori.post(page.path, ground="complaint")
    assert (answer.headers["content-type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    [opened] = await portal.log("action = 'evidence_opened'")
    assert (opened["decision"], '"complaint"' in opened["facts"]) == ("permitted", True)
    [entry] = await portal.log("action = 'consent_recorded' and decision = 'permitted'")
    assert entry["actor_id"] == people.mori.id


async def test_a_consent_that_lacks_something_is_refused_with_what_is_missing_and_stores_nothing(
    portal: Portal,
) -> None:
    people, linh = await _linh(portal)
    mori = await portal.signed_in(people.mori)
    address = f"/people/{linh.candidate.id}/consents/new"
    await portal.owner.execute("update portal.notice set valid_until = now() - interval '3 days'")
    await mori.get(address)
    page = await _send(mori, address, await _consent(portal, people), blank_pdf())
    assert (page.status, "the notice shown was not in force then" in page.text) == (422, True)
    other = await _consent(portal, people, company=str(people.kita.id), note="a call")
    page = await _send(mori, address, other)
    assert (page.status, "No company is called that." in page.text) == (422, True)
    [entry] = await portal.log("action = 'consent_recorded'")
    assert (entry["decision"], entry["reasons"]) == ("refused", ["consent_unsupported"])
    assert await portal.owner.fetchval("select count(*) from personal.evidence") == 0
    assert await portal.owner.fetchval("select count(*) from personal.consent") == 1


async def test_p2_what_is_personal_is_shown_once_on_a_ground(portal: Portal) -> None:
    people, linh = await _linh(portal)
    mori = await portal.signed_in(people.mori)
    address = f"/people/{linh.candidate.id}/items"
    assert "A complaint or an incident is looked into" in (await mori.get(address)).text
    page = await mori.submit(address)
    assert (page.status, linh.name in page.text) == (422, False)
    page = await mori.submit(address, ground="person_asked")
    assert linh.name in page.text
    [entry] = await portal.log("action = 'person_looked_at'")
    assert (entry["decision"], '"person_asked"' in entry["facts"]) == ("permitted", True)
    assert linh.name not in (await mori.get(address)).text


async def test_a_consent_by_its_time_before_a_lifting_says_that_it_opens_nothing(portal: Portal) -> None:
    people, linh = await _linh(portal)
    hana, sato = await portal.signed_in(people.hana), await portal.signed_in(people.sato)
    address = f"/people/{linh.candidate.id}"
    await portal.owner.execute("update personal.candidate set restricted_at = now()")
    await sato.get(f"{address}/restriction/lift")
    await sato.submit(f"{address}/restriction/lift", reason="asked for", evidence="Letter 13")
    minute = await portal.owner.fetchval("select date_trunc('minute', lifted_at) from personal.candidate")
    in_the_minute = await _consent(
        portal, people, given_at=[minute.strftime("%Y-%m-%dT%H:%M"), "UTC"], note="Letter 13"
    )
    page = await _send(sato, f"{address}/consents/new", in_the_minute)
    assert "opens nothing: by its time it was given before a restriction" in page.text
    assert "Opens nothing: from before a lifting" in page.text
    assert (await hana.get(linh.page)).status == 404


async def test_only_notices_for_the_persons_law_are_offered(portal: Portal) -> None:
    people, linh = await _linh(portal)
    portal.world.add(Notice, reference="for-eea", published_at=portal.world.now - DAY, regimes=2)
    await portal.world.write(portal.owner)
    mori = await portal.signed_in(people.mori)
    address = f"/people/{linh.candidate.id}/consents/new"
    assert "for-eea" not in (await mori.get(address)).text
    await portal.owner.execute("update personal.candidate set regime = 'eea'")
    assert "for-eea" in (await mori.get(address)).text
