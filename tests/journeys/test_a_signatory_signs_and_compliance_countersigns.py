"""The whole way of an agreement: sent by mail, opened with a code, read, signed, countersigned, in force, downloaded.

Through a real mail server and the worker. What others cannot do on the way stands in
`test_nobody_but_the_signatory_signs.py`.
"""

import asyncio
import hashlib
import io
import re
from email.message import EmailMessage

import pytest
from pypdf import PdfReader

from portal.notify import worker
from tests.client import HOST, Browser, Portal
from tests.facts import Agreement
from tests.journeys.cast import LINH, Cast, cast
from tests.journeys.test_whoever_lost_a_password_gets_a_link_and_chooses_another import arrived, words_of
from tests.notify.mailserver import MailServer, serving

SIGNATORY = "ada@aoba.example"


def to_be_signed(people: Cast) -> Agreement:
    """Another version of Aoba's agreement, drafted and signed by nobody."""
    world = people.portal.world
    return world.agreement(
        people.aoba, company_signed_at=None, operator_signed_at=None, effective_at=world.now,
        contact_days=14, signatory_email=SIGNATORY, evidence=None, company_name="Aoba Foods",
    )  # fmt: skip


async def opened(browser: Browser, server: MailServer, mail: EmailMessage, number: int) -> str:
    """Open the link of a mail and enter the code, which is mail `number` or a later one; the path it leads to."""
    address, secret = re.findall(r"(http://localhost:8000/link\?lang=en)#([\w-]{43})", words_of(mail))[0]
    await browser.get(address.removeprefix(HOST))
    page = await browser.submit("/link", link=secret)
    assert page.path == "/link/code"
    while not (codes := re.findall(r"\d{4} \d{4}", words_of(await arrived(server, number)))):
        number += 1  # what others are told may arrive in between
    return (await browser.submit("/link/code", code=codes[0])).path


async def test_an_agreement_is_signed_by_both_and_in_force(portal: Portal) -> None:
    people = await cast(portal)
    agreement = to_be_signed(people)
    await portal.written()
    linh = await people.introduce(LINH, people.aoba)
    stopping = asyncio.Event()
    with serving(MailServer()) as server:
        settings = portal.settings.model_copy(update={"smtp_url": server.url, "smtp_tls": "none"})
        working = asyncio.create_task(worker.work(portal.database.url("portal_worker"), settings, stopping))
        mori = await portal.signed_in(people.mori)
        company = f"/companies/{people.aoba.id}"
        await mori.get(company)
        page = await mori.submit(f"{company}/agreements/{agreement.id}/send")
        assert "A link is on its way to the signatory." in page.text

        mail = await arrived(server, 1)
        assert server.recipients == [SIGNATORY]
        assert "An agreement for you to sign" in mail["Subject"]
        assert "aoba" not in words_of(mail).lower()
        ada = portal.browser(peer="203.0.113.9", agent="Ada's browser")
        assert await opened(ada, server, mail, 2) == "/sign"
        assert server.recipients == [SIGNATORY, SIGNATORY]

        page = await ada.get("/sign")
        assert "Contact for 14 days after the result." in page.text
        assert "What differs from the agreement before" in page.text
        page = await ada.submit("/sign", name="Ada Acme", title="President")
        assert (page.status, "Tick the box if the company gives the declaration." in page.text) == (422, True)
        assert page.form("/sign").values["title"] == "President"
        page = await ada.submit("/sign", name="Somebody Else", title="President", authorised="yes", declared="yes")
        assert "This is not the name of the signatory" in page.text
        page = await ada.submit("/sign", name="ada ACME", title="President", authorised="yes", declared="yes")
        assert page.title == "You signed"
        assert (await ada.get("/sign")).path == "/link"

        assert "An agreement was answered" in (await arrived(server, 3))["Subject"]
        page = await mori.get(company)
        assert "It waits for the signature of compliance." in page.text

        sato = await portal.signed_in(people.sato)
        page = await sato.get("/countersign")
        page = await sato.get(page.links("/countersign/")[0])
        assert "203.0.113.9" in page.text
        assert "one that it made itself" in page.text
        page = await sato.submit(page.path)
        assert "is signed by both" in page.text
        copy = [
            mail for mail in [await arrived(server, 5), server.taken[3]] if "Your signed agreement" in mail["Subject"]
        ]

        page = await mori.get(company)
        assert "In force" in page.text
        assert "Declared against antisocial forces on" in page.text
        paper = (await mori.raw("GET", f"/agreements/{agreement.id}/paper.pdf")).content
        assert await opened(ada, server, copy[0], 6) == "/sign/copy"
        assert (await ada.raw("GET", "/sign/copy/paper.pdf")).content == paper
        stopping.set()
        await working
    said = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert all(
        each in said for each in (agreement.number, "ada ACME", SIGNATORY, "203.0.113.9", "Ada's browser", "Sato")
    )
    await _its_digest_stands_in_the_entries(portal, people, agreement, paper, linh.page)


async def _its_digest_stands_in_the_entries(
    portal: Portal, people: Cast, agreement: Agreement, paper: bytes, candidate: str
) -> None:
    digest = hashlib.sha256(paper).digest()
    [sent] = await portal.log("action = 'agreement_sent'")
    wrong, signed = await portal.log("action = 'agreement_signed'")
    [countersigned] = await portal.log("action = 'agreement_countersigned'")
    assert (sent["actor_id"], sent["agreement_id"], sent["company_id"]) == (
        people.mori.id,
        agreement.id,
        people.aoba.id,
    )
    assert (wrong["decision"], wrong["reasons"]) == ("refused", ["other_name"])
    assert (signed["decision"], signed["role"], signed["actor_id"]) == ("permitted", "link", None)
    assert signed["document_digest"] == hashlib.sha256(agreement.text.encode()).digest()
    assert (countersigned["actor_id"], countersigned["document_digest"]) == (people.sato.id, digest)
    hana = await portal.signed_in(people.hana)
    await hana.get("/agreement")
    await hana.undertake()
    [accepted] = await portal.log("action = 'undertaking_accepted'")
    assert accepted["agreement_digest"] == digest
    assert (await hana.get(candidate)).status == 200
    [shown] = await portal.log("action = 'page_shown'")
    assert (shown["agreement_id"], shown["agreement_digest"]) == (agreement.id, digest)
    former = await portal.owner.fetchrow("select * from portal.agreement where id = $1", people.agreement.id)
    assert former["superseded_at"] is not None


async def test_a_mail_that_is_refused_or_waits_is_said_on_the_companys_page(portal: Portal) -> None:
    people = await cast(portal)
    agreement = to_be_signed(people)
    await portal.written()
    mori, company = await portal.signed_in(people.mori), f"/companies/{people.aoba.id}"
    stopping = asyncio.Event()
    server = MailServer()
    settings = portal.settings.model_copy(update={"smtp_url": server.url, "smtp_tls": "none"})
    await mori.get(company)
    await mori.submit(f"{company}/agreements/{agreement.id}/send")
    working = asyncio.create_task(worker.work(portal.database.url("portal_worker"), settings, stopping))
    assert "the mail server cannot be reached" in await _said(mori, company, "The mail waits")
    stopping.set()
    await working
    stopping = asyncio.Event()
    with serving(server):
        server.answers[SIGNATORY] = "550 no such mailbox"
        working = asyncio.create_task(worker.work(portal.database.url("portal_worker"), settings, stopping))
        await mori.submit(f"{company}/agreements/{agreement.id}/send")
        assert "does not exist" in await _said(mori, company, "could not be delivered")
        stopping.set()
        await working


async def _said(browser: Browser, address: str, words: str) -> str:
    async with asyncio.timeout(60):
        while words not in (page := await browser.get(address)).text:  # noqa: ASYNC110 - the worker is asked by nobody
            await asyncio.sleep(0.1)
    return page.text


@pytest.mark.parametrize("withdrawn", [True, False])
async def test_a_link_is_withdrawn_or_declined_and_sent_anew(portal: Portal, withdrawn: bool) -> None:
    people = await cast(portal)
    agreement = to_be_signed(people)
    await portal.written()
    mori, company = await portal.signed_in(people.mori), f"/companies/{people.aoba.id}"
    sending = f"{company}/agreements/{agreement.id}/send"
    stopping = asyncio.Event()
    with serving(MailServer()) as server:
        settings = portal.settings.model_copy(update={"smtp_url": server.url, "smtp_tls": "none"})
        working = asyncio.create_task(worker.work(portal.database.url("portal_worker"), settings, stopping))
        await mori.get(company)
        await mori.submit(sending)
        mail, ada = await arrived(server, 1), portal.browser()
        await opened(ada, server, mail, 2)
        if withdrawn:
            await mori.submit(f"{company}/agreements/{agreement.id}/withdraw")
            assert "nobody can sign it" in (await mori.get(company)).text
            page = await ada.submit("/sign", name="Ada Acme", title="President", authorised="yes", declared="yes")
            assert page.path == "/link"
        else:
            await ada.get("/sign/decline")
            assert (await ada.submit("/sign/decline", reason="")).status == 422
            page = await ada.submit("/sign/decline", reason="Article 5 is not for us.")
            assert page.title == "You declined"
            assert "Article 5 is not for us." in (await mori.get(company)).text
        before = len(server.taken)
        await mori.submit(sending)
        while "sign" not in (mail := await arrived(server, before + 1))["Subject"]:
            before += 1
        assert await opened(ada, server, mail, before + 2) == "/sign"
        stopping.set()
        await working
    assert (
        await portal.owner.fetchval("select company_signed_at from portal.agreement where id = $1", agreement.id)
        is None
    )
