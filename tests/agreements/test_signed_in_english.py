"""A signatory who reads English signs the English text of the columns, and the paper holds both texts."""

import hashlib
import io
from collections.abc import AsyncIterator

import pytest
from pypdf import PdfReader

from tests.agreements.signatures import link_session, sent
from tests.agreements.templates import from_template, write_template
from tests.client import Browser, Portal, running
from tests.database import Database
from tests.facts import Agreement
from tests.journeys.cast import Cast, cast


@pytest.fixture
async def portal(database: Database) -> AsyncIterator[Portal]:
    async with running(database) as started:
        yield started


@pytest.fixture
async def people(portal: Portal) -> Cast:
    return await cast(portal)


@pytest.fixture
async def agreement(portal: Portal, people: Cast) -> Agreement:
    """An agreement of Aoba made from a template."""
    second = portal.world.account("second", "compliance")
    await portal.written()
    version = await write_template(portal.owner, second, people.sato)
    made = portal.world.agreement(
        people.aoba, company_signed_at=None, operator_signed_at=None, effective_at=portal.world.now,
        expires_at=portal.world.now.replace(year=portal.world.now.year + 1), contact_days=14, territory=["JP"],
        signatory_email="ada@aoba.example", company_name="Aoba Foods",
    )  # fmt: skip
    from_template(made, version)
    await portal.written()
    return made


async def signatory(portal: Portal, agreement: Agreement) -> Browser:
    """Their browser, with the code entered, in English."""
    await sent(portal.owner, agreement)
    browser = portal.browser()
    for name, value in (("portal", await link_session(portal.owner, agreement)), ("lang", "en")):
        browser.http.cookies.set(name, value, domain="localhost.local")
    return browser


async def english(portal: Portal, agreement: Agreement) -> str:
    text: str = await portal.owner.fetchval(
        "select gate.agreement_text(agreement, 'en') from portal.agreement where id = $1", agreement.id
    )
    return text


async def test_the_english_text_is_shown_and_signed_and_stands_on_the_paper(
    portal: Portal, people: Cast, agreement: Agreement
) -> None:
    ada, text = await signatory(portal, agreement), await english(portal, agreement)
    page = await ada.get("/sign")
    assert "Article 1 (" in page.text
    assert "The Japanese original, which counts" in page.text
    assert "第1条（" in page.text
    page = await ada.submit("/sign", name="Ada Acme", title="President", authorised="yes", declared="yes")
    assert page.title == "You signed"
    kept = await portal.owner.fetchrow("select language, text_digest from portal.agreement_signature")
    assert (kept["language"], kept["text_digest"]) == ("en", hashlib.sha256(text.encode()).digest())

    sato = await portal.signed_in(people.sato)
    await sato.get(f"/countersign/{agreement.id}")
    page = await sato.submit(f"/countersign/{agreement.id}")
    assert "is signed by both" in page.text
    paper = await portal.owner.fetchval("select pdf from portal.agreement_paper")
    said = "".join("".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages).split())
    original = await portal.owner.fetchval("select text from portal.agreement where id = $1", agreement.id)
    for each in (text, original):
        assert hashlib.sha256(each.encode()).hexdigest() in said
        assert "".join(each.split("\n")[2].split())[:30] in said


async def test_another_english_text_is_not_signed(portal: Portal, agreement: Agreement) -> None:
    ada = await signatory(portal, agreement)
    page = await ada.get("/sign")
    form = page.form("/sign").filled({"name": "Ada Acme", "title": "President", "authorised": "yes", "declared": "yes"})
    answer = await ada.post("/sign", **{**dict(form), "shown": "00" * 32})
    assert answer.status_code == 422
    assert await portal.owner.fetchval("select count(*) from portal.agreement_signature") == 0
