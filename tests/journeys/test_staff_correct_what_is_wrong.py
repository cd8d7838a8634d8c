"""A person says that something about them is wrong. Mori corrects it, with its proof, and every company sees it so."""

import json
from typing import Any

import pytest

from portal.candidates.items import Item
from portal.web import csrf
from tests.client import Browser, Portal
from tests.journeys.cast import LINH, Cast, Person, cast
from tests.page import Page
from tests.papers import blank_pdf

SAID = {"source": "person", "channel": "paper", "note": "Called at 11, and sent the form"}


async def _linh(portal: Portal) -> tuple[Cast, Person, Browser, str]:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    return people, linh, await portal.signed_in(people.mori), f"/people/{linh.candidate.id}/correction"


async def _send(mori: Browser, address: str, fields: dict[str, Any], scan: bytes | None = None) -> Page:
    """Sends the form of a topic, which the last part of the address names."""
    address, _slash, topic = address.rpartition("/")
    files = {"scan": ("paper.pdf", scan, "application/pdf")} if scan else None
    sent = {csrf.FIELD: csrf.token(mori.secret), "topic": topic, **SAID, **fields}
    return await mori.see(await mori.raw("POST", f"{address}/item", data=sent, files=files))


async def _stored(portal: Portal, item: str) -> Any:
    return json.loads(await portal.owner.fetchval(f"select to_jsonb({item}) from personal.candidate_items"))


async def test_what_the_person_says_is_wrong_is_corrected_and_named_as_the_persons_own(portal: Portal) -> None:
    people, linh, mori, address = await _linh(portal)
    hana = await portal.signed_in(people.hana)
    before = (await hana.get(linh.page)).text
    assert ("The recruiting platform" in before, "Singapore" in before) == (True, False)
    await mori.get(address)
    page = await mori.submit(address, topic="nationality")
    assert (page.path, page.title) == (address, "Correct: Nationality")
    assert "Vietnam" not in page.texts("option[selected]")
    item = f"{address}/item"
    assert (await mori.submit(item, nationality="SG", channel="telephone")).status == 422, "no evidence"
    page = await mori.submit(item, nationality="SG", channel="telephone", note="Called at 11")
    assert "The correction is recorded" in page.text
    assert "Called at 11" in page.text
    page = await _send(mori, f"{address}/name", {"family": "Pham"})
    after = (await hana.get(linh.page)).text
    for shown in ("Singapore", "Pham", "The person · confirmed on"):
        assert shown in after
    assert "it stands so already" in (await _send(mori, f"{address}/name", {"family": "Pham"})).text
    entries = await portal.log("action = 'item_corrected'")
    assert [(entry["decision"], entry["items"], entry["reasons"]) for entry in entries] == [
        ("refused", 0, ["correction_unproved"]), ("permitted", Item.NATIONALITY, None), ("permitted", Item.NAME, None),
        ("refused", 0, ["nothing_to_change"]),
    ]  # fmt: skip
    assert not any("Pham" in str(tuple(entry)) or "SG" in str(entry["facts"]) for entry in entries)
    assert await portal.owner.fetchval("select count(*) from portal.mail where kind = 'statement_recorded'") == 2
    for nobody in (await hana.get(address), await hana.get(linh.page + "/correction")):
        assert nobody.status == 404


@pytest.mark.parametrize(
    ("topic", "fields", "item", "shown"),
    [
        ("email", {"email": "new@linh.example"}, Item.EMAIL, None),
        ("telephone", {"telephone": "090-0000-0199"}, Item.TELEPHONE, None),
        ("address", {"country": "JP", "postal_code": "1000001", "city": "千代田区", "line": "1-1"}, Item.ADDRESS, None),
        ("gender", {"gender": "other"}, Item.GENDER, "Other"),
        ("date_of_birth", {"date_of_birth": "1990-01-02"}, Item.DATE_OF_BIRTH, "Jan 2, 1990"),
        (
            "residence_status",
            {"status": "specified_skilled_worker:2", "detail": "介護", "expires": "2030-04-01"},
            Item.RESIDENCE_STATUS,
            "Specified Skilled Worker (ii)",
        ),
        ("japanese_level", {"test": "JLPT", "level": "N1", "score": "150"}, Item.JAPANESE_LEVEL, "JLPT N1"),
        (
            "employment",
            {"entry": "new", "company": "Another Works", "start": "2020-04", "ongoing": "yes"},
            Item.BACKGROUND,
            "Another Works",
        ),
        ("education", {"entry": "new", "institution": "Another School"}, Item.BACKGROUND, "Another School"),
        ("certificate", {"entry": "new", "name": "Nurse of another kind"}, Item.QUALIFICATIONS, "another kind"),
        ("skill", {"entry": "new", "name": "Welding", "keywords": "TIG\nMIG"}, Item.BACKGROUND, "TIG · MIG"),
        ("language", {"entry": "new", "language": "Khmer", "fluency": "mother tongue"}, Item.BACKGROUND, "Khmer"),
        ("statement", {"summary": "Ten years of another work"}, Item.BACKGROUND, "another work"),
    ],
)
async def test_each_item_has_its_fields_and_every_company_sees_it_so(
    portal: Portal, topic: str, fields: dict[str, Any], item: Item, shown: str | None
) -> None:
    people, linh, mori, address = await _linh(portal)
    page = await _send(mori, f"{address}/{topic}", fields)
    assert "The correction is recorded" in page.text
    [entry] = await portal.log("action = 'item_corrected'")
    assert entry["items"] == item
    if shown:
        assert shown in (await (await portal.signed_in(people.hana)).get(linh.page)).text.replace("\u00a0", " ")
    sources = await _stored(portal, "sources")
    assert [(one["source"], one["corrected"]) for one in sources.values()] == [("person", True)]


@pytest.mark.parametrize(
    ("topic", "fields", "said"),
    [
        ("address", {"country": "JP"}, "fill in what is wrong"),
        ("address", {"country": "JP", "postal_code": "12", "city": "A"}, "seven digits"),
        ("date_of_birth", {"date_of_birth": "2090-01-01"}, "from 1900 until today"),
        ("residence_status", {"status": "temporary_visitor:", "extra_permission": "yes"}, "no such permission"),
        ("residence_status", {"status": "student:9"}, "one from the list"),
        ("residence_status", {"status": "specified_skilled_worker:", "detail": "2号"}, "grade with the status"),
        ("residence_status", {"status": "student:", "channel": "telephone"}, "on one alone, and not on a call"),
        ("date_of_birth", {"date_of_birth": "1990-01-02", "channel": "telephone"}, "and not on a call"),
        ("japanese_level", {"test": "JLPT", "level": "N1", "channel": "telephone"}, "and not on a call"),
        ("gender", {"gender": "other", "source": "employer", "channel": "telephone"}, "did not say themselves"),
        ("japanese_level", {"test": "JLPT", "level": "A1"}, "no such result"),
        ("japanese_level", {"test": "BJT", "score": "801"}, "from 0 to 800"),
        ("employment", {"entry": "new"}, "fill in what is wrong"),
        ("employment", {"entry": "new", "removed": "yes"}, "choose the entry to take out"),
        ("employment", {"entry": "new", "company": "A", "start": "2090"}, "has not begun"),
        ("employment", {"entry": "new", "company": "A", "start": "2020", "end": "2019"}, "before the start"),
        ("employment", {"entry": "new", "company": "A", "end": "2019", "ongoing": "yes"}, "leave the end empty"),
        ("employment", {"entry": "0", "company": "A"}, "changed since you looked"),
    ],
)
async def test_what_does_not_fit_or_is_not_proved_is_said_at_its_field(
    portal: Portal, topic: str, fields: dict[str, Any], said: str
) -> None:
    _people, _person, mori, address = await _linh(portal)
    before = await portal.owner.fetchval("select to_jsonb(items) from personal.candidate_items as items")
    page = await _send(mori, f"{address}/{topic}", fields)
    assert (page.status, said in page.text) == (422, True), page.text
    assert await portal.owner.fetchval("select to_jsonb(items) from personal.candidate_items as items") == before
    assert await portal.owner.fetchval("select count(*) from personal.statement") == 0


async def test_p2_what_stands_fills_the_form_after_a_recorded_look_at_that_item_alone(portal: Portal) -> None:
    _people, linh, mori, address = await _linh(portal)
    await mori.get(address)
    page = await mori.submit(address, topic="email", ground="person_called")
    stands = await _stored(portal, "email")
    form = page.form(f"{address}/item")
    assert (form.values["email"], linh.name in page.text) == (stands, False)
    [entry] = await portal.log("action = 'person_looked_at'")
    assert (entry["items"], '"person_called"' in entry["facts"]) == (Item.EMAIL, True)
    await portal.owner.execute("update personal.candidate_items set email = 'third@linh.example'")
    page = await _send(mori, f"{address}/email", {**form.values, "email": "new@linh.example", **SAID})
    assert (page.status, "changed since you looked" in page.text) == (422, True)
    assert await _stored(portal, "email") == "third@linh.example"


async def test_an_entry_is_chosen_after_a_look_changed_in_part_and_taken_out(portal: Portal) -> None:
    _people, _person, mori, address = await _linh(portal)
    whole = {"start": "2018", "end": "2020", "position": "Cook", "location": None, "summary": None, "highlights": ["A"]}
    work = [{"company": "First", **whole}, {"company": "Second", **whole}]
    await portal.owner.execute(
        "update personal.candidate_items set background = jsonb_set(background, '{work}', $1::jsonb)", json.dumps(work)
    )
    await mori.get(address)
    page = await mori.submit(address, topic="employment", ground="person_wrote")
    form = page.form(f"{address}/item")
    assert set(form.choices["entry"]) == {"new", "0", "1"}
    assert "2. Second · Cook · 2018" in page.text
    page = await _send(
        mori, f"{address}/employment", {**form.values, **SAID, "entry": "1", "company": "Renamed", "ongoing": "yes"}
    )
    assert "The correction is recorded" in page.text
    first, second = (await _stored(portal, "background"))["work"]
    assert first == work[0]
    assert second == {**work[1], "company": "Renamed", "end": None}
    await mori.get(address)
    page = await mori.submit(address, topic="employment", ground="person_wrote")
    await _send(
        mori, f"{address}/employment", {**page.form(form.action).values, **SAID, "entry": "0", "removed": "yes"}
    )
    assert [one["company"] for one in (await _stored(portal, "background"))["work"]] == ["Renamed"]


async def test_what_staff_or_an_employer_proved_is_said_so_and_the_scan_is_sealed(portal: Portal) -> None:
    people, linh, mori, address = await _linh(portal)
    hana = await portal.signed_in(people.hana)
    fields = {"status": "permanent_resident:", "source": "staff", "note": ""}
    page = await _send(mori, f"{address}/residence_status", fields, b"%PDF-1.7 and nothing else")
    assert (page.status, "The file" in page.text) == (422, True)
    page = await _send(mori, f"{address}/residence_status", fields, blank_pdf(2))
    assert "Open the scanned paper" in page.text
    await _send(mori, f"{address}/employment", {"entry": "new", "company": "A", "source": "employer"}, blank_pdf())
    text = (await hana.get(linh.page)).text
    for shown in ("The operator's staff, from the original · confirmed on", "An employer's certificate · confirmed on"):
        assert shown in text
    assert "statement " not in text, "where the proof is kept is not the company's"
    sources = await _stored(portal, "sources")
    statements = {f"statement {row['id']}" for row in await portal.owner.fetch("select id from personal.statement")}
    assert {one["evidence"] for one in sources.values()} == statements
    assert await portal.owner.fetchval("select array_agg(pages order by pages) from personal.evidence") == [1, 2]


async def test_an_uploaded_resume_that_shows_the_former_value_is_opened_no_more(portal: Portal) -> None:
    people, linh, mori, address = await _linh(portal)
    hana = await portal.signed_in(people.hana)
    file = f"{linh.page}/documents/{linh.document}"
    assert (await hana.raw("GET", file)).status_code == 200
    await portal.owner.execute("update personal.document set holds = $1", int(Item.NAME | Item.BACKGROUND))
    await _send(mori, f"{address}/gender", {"gender": "other"})
    assert (await hana.raw("GET", file)).status_code == 200, "it does not show the gender"
    await _send(mori, f"{address}/statement", {"label": "Welder"})
    assert (await hana.raw("GET", file)).status_code == 404


async def test_p1_an_address_in_the_eea_tightens_the_law_with_the_correction_and_japan_loosens_nothing(
    portal: Portal,
) -> None:
    people, linh, mori, address = await _linh(portal)
    hana = await portal.signed_in(people.hana)
    assert "Singapore" not in (await hana.get(linh.page)).text
    page = await _send(mori, f"{address}/address", {"country": "FR", "city": "Lyon"})
    assert "a stricter law: it applies from now on" in page.text
    assert "European law (GDPR)" in page.text
    assert "Opens nothing: its notice is for another law" not in page.text, "the cast's notice speaks to all"
    [entry] = await portal.log("action = 'item_corrected'")
    assert json.loads(entry["facts"])["tightened"] == "eea"
    assert linh.name not in (await hana.get(linh.page)).text
    page = await _send(mori, f"{address}/address", {"country": "JP", "city": "東京"})
    assert "The correction is recorded, and the person is told." in page.text
    assert await portal.owner.fetchval("select regime from personal.candidate") == "eea"
    sato = await portal.signed_in(people.sato)
    await _send(mori, f"{address}/address", {"country": "DE", "city": "Leipzig"})
    await sato.get(f"/people/{linh.candidate.id}/law")
    page = await sato.submit(f"/people/{linh.candidate.id}/law", law="general", reason="a wish", evidence="a call")
    assert (page.status, "correct the address first" in page.text) == (422, True)
    assert (await portal.log("action = 'law_loosened'"))[-1]["reasons"] == ["law_of_address"]
