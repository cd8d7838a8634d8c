"""Nobody but the signatory signs: not those who look after the company, not its people, not whoever has the link alone.

Each goes to the gate's functions themselves, as whoever holds the web process's password could.
"""

import hashlib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from tests.agreements.signatures import DECLARATION, link_session, secret_of, sent, signed_by_company, to_be_signed
from tests.client import Portal, running
from tests.database import Database
from tests.facts import Agreement
from tests.journeys.cast import Cast, cast

SIGN = "select gate.sign_agreement($1, $2, 'ja', $3, $4, $5)"
COUNTERSIGN = "select gate.countersign($1, $2, $3, '%PDF', sha256(''), true, 'B-B')"
NOTE = '{"id": "00000000-0000-4000-8000-000000000001", "ip": "203.0.113.9", "agent": "tests"}'


@pytest.fixture
async def portal(database: Database) -> AsyncIterator[Portal]:
    async with running(database) as started:
        yield started


@pytest.fixture
async def people(portal: Portal) -> Cast:
    return await cast(portal)


@pytest.fixture
async def agreement(portal: Portal, people: Cast) -> Agreement:
    return await to_be_signed(portal, people.aoba)


@pytest.fixture
async def web(database: Database) -> asyncpg.Connection:
    return await database.connect("portal_web")


async def asked(web: asyncpg.Connection, secret: str, sql: str, *values: object) -> object:
    """One statement of the web process in the session of a secret."""
    async with web.transaction():
        await web.fetch("select * from gate.arrive($1, $2)", secret, NOTE)
        return await web.fetchval(sql, *values)


async def stands(portal: Portal, agreement: Agreement) -> asyncpg.Record:
    return await portal.owner.fetchrow("select * from portal.agreement where id = $1", agreement.id)


async def signs(portal: Portal, web: asyncpg.Connection, secret: str, agreement: Agreement, **other: object) -> object:
    """Sign with all that is right, but for what is said otherwise."""
    row = await stands(portal, agreement)
    right = {
        "terms": row["terms_digest"], "shown": row["text_digest"], "declaration": DECLARATION,
        "name": "Ada Acme", "title": "President",
    }  # fmt: skip
    return await asked(web, secret, SIGN, *{**right, **other}.values())


async def test_the_signatory_signs_once(portal: Portal, web: asyncpg.Connection, agreement: Agreement) -> None:
    await sent(portal.owner, agreement)
    secret, second = await link_session(portal.owner, agreement), await link_session(portal.owner, agreement)
    assert await signs(portal, web, secret, agreement) == "signed"
    for again in (secret, second):
        assert await signs(portal, web, again, agreement) == "over"
    row = await stands(portal, agreement)
    assert (row["company_signed_at"] is not None, row["operator_signed_at"], row["lacks"]) == (True, None, None)
    kept = await portal.owner.fetchrow("select * from portal.agreement_signature")
    assert (str(kept["ip"]), kept["agent"], kept["stated_title"]) == ("203.0.113.9", "tests", "President")


@pytest.mark.parametrize("who", ["mori", "sato", "abe", "hana", "nobody"])
async def test_no_account_signs(
    portal: Portal, web: asyncpg.Connection, people: Cast, agreement: Agreement, who: str
) -> None:
    await sent(portal.owner, agreement)
    session = portal.world.session(getattr(people, who)) if who != "nobody" else None
    await portal.written()
    assert await signs(portal, web, session.secret if session else "x", agreement) == "over"
    assert (await stands(portal, agreement))["company_signed_at"] is None


async def test_a_forwarded_link_signs_nothing_without_the_code(
    portal: Portal, web: asyncpg.Connection, agreement: Agreement
) -> None:
    link = await sent(portal.owner, agreement)
    async with web.transaction():
        opened = await web.fetchrow(
            "select * from gate.enter_by_link($1, $2, '', $3)", link, hashlib.sha256(b"theirs").digest(), NOTE
        )
    assert (opened["result"], opened["kind"]) == ("code_needed", "signing")
    assert await signs(portal, web, "theirs", agreement) == "over"
    assert await asked(web, "theirs", "select count(*) from gate.agreement_by_link()") == 0
    code = await portal.owner.fetchrow("select * from portal.mail where kind = 'link_code'")
    assert (code["agreement_id"], code["account_id"]) == (agreement.id, None)


async def test_a_link_that_is_opened_late_says_whom_to_ask(
    portal: Portal, web: asyncpg.Connection, agreement: Agreement
) -> None:
    link = await sent(portal.owner, agreement)
    secret = await link_session(portal.owner, agreement)
    await portal.owner.execute("update portal.link set expires_at = now()")
    browser = portal.browser()
    await browser.get("/link")
    page = await browser.submit("/link", link=link)
    assert (page.status, "has expired" in page.text) == (422, True)
    assert "Your account manager there sends you a new link." in page.text
    await portal.owner.execute("update portal.link_session set expires_at = now()")
    assert await signs(portal, web, secret, agreement) == "over"
    assert (await stands(portal, agreement))["company_signed_at"] is None


async def test_codes_are_sent_ten_times_an_hour_and_no_more(
    portal: Portal, web: asyncpg.Connection, agreement: Agreement
) -> None:
    link = await sent(portal.owner, agreement)
    results = []
    for number in range(11):
        async with web.transaction():
            row = await web.fetchrow(
                "select * from gate.enter_by_link($1, $2, '', $3)", link, hashlib.sha256(b"%d" % number).digest(), NOTE
            )
        results.append(row["result"])
    assert results == ["code_needed"] * 10 + ["throttled"]
    assert 0 < row["retry_after"] <= 3600


@pytest.mark.parametrize("what", ["terms", "shown", "declaration"])
async def test_what_is_signed_is_what_was_shown(
    portal: Portal, web: asyncpg.Connection, agreement: Agreement, what: str
) -> None:
    await sent(portal.owner, agreement)
    secret = await link_session(portal.owner, agreement)
    assert await signs(portal, web, secret, agreement, **{what: bytes(32)}) == "other_text"
    assert (await stands(portal, agreement))["company_signed_at"] is None


async def test_an_agreement_that_changes_ends_its_links(
    portal: Portal, web: asyncpg.Connection, agreement: Agreement
) -> None:
    await sent(portal.owner, agreement)
    secret = await link_session(portal.owner, agreement)
    await portal.owner.execute(
        "update portal.agreement set signatory_email = 'mallory@aoba.example' where id = $1", agreement.id
    )
    assert await signs(portal, web, secret, agreement) == "over"
    mail = await portal.owner.fetchval("select id from portal.mail where kind = 'signing'")
    assert await portal.owner.fetchrow("select * from gate.mail_to_send($1)", mail) is None


async def test_a_company_that_is_terminated_signs_nothing(
    portal: Portal, web: asyncpg.Connection, people: Cast, agreement: Agreement
) -> None:
    await sent(portal.owner, agreement)
    secret = await link_session(portal.owner, agreement)
    await portal.owner.execute("select gate.set_company_status($1, 'terminated', 'over')", people.aoba.id)
    assert await signs(portal, web, secret, agreement) == "over"


async def test_only_whoever_looks_after_the_company_sends_and_withdraws(
    portal: Portal, web: asyncpg.Connection, people: Cast, agreement: Agreement
) -> None:
    others = portal.world.account("other", "account_manager")
    sessions = {name: portal.world.session(getattr(people, name)) for name in ("sato", "abe", "hana", "mori")}
    sessions["other"] = portal.world.session(others)
    await portal.written()
    for name in ("sato", "abe", "hana", "other"):
        for act in ("send_agreement", "withdraw_agreement"):
            assert await asked(web, sessions[name].secret, f"select gate.{act}($1)", agreement.id) is None
    assert len(await portal.log("action in ('agreement_sent', 'agreement_withdrawn') and decision = 'refused'")) == 8
    assert await asked(web, sessions["mori"].secret, "select gate.withdraw_agreement($1)", agreement.id) is False
    assert await asked(web, sessions["mori"].secret, "select gate.send_agreement($1)", agreement.id) == "sent"
    assert await asked(web, sessions["mori"].secret, "select gate.withdraw_agreement($1)", agreement.id) is True


async def test_what_lacks_something_or_is_over_is_not_sent(portal: Portal, people: Cast) -> None:
    past = portal.world.now - timedelta(hours=1)
    for values, answer in (
        ({"signatory_email": None}, "lacking"),
        ({"signatory_authority": None}, "lacking"),
        ({"expires_at": past, "effective_at": past - timedelta(days=1)}, "over"),
        ({"company_signed_at": past, "evidence": "tests"}, "signed"),
    ):
        made = await to_be_signed(portal, people.aoba, **values)
        assert await portal.owner.fetchval("select gate.send_agreement($1)", made.id) == answer


async def test_compliance_countersigns_and_nobody_else(
    portal: Portal, web: asyncpg.Connection, people: Cast, agreement: Agreement
) -> None:
    await signed_by_company(portal.owner, agreement)
    terms, now = (await stands(portal, agreement))["terms_digest"], datetime.now(UTC)
    sessions = {name: portal.world.session(getattr(people, name)) for name in ("mori", "abe", "hana", "sato")}
    await portal.written()
    for name in ("mori", "abe", "hana"):
        assert await asked(web, sessions[name].secret, COUNTERSIGN, agreement.id, terms, now) is None
    sato = sessions["sato"].secret
    assert await asked(web, sato, COUNTERSIGN, agreement.id, bytes(32), now) == "overtaken"
    assert await asked(web, sato, COUNTERSIGN, agreement.id, terms, now - timedelta(hours=1)) == "overtaken"
    await portal.owner.execute(
        "update portal.link set made_by = $2 where agreement_id = $1", agreement.id, people.sato.id
    )
    assert await asked(web, sato, COUNTERSIGN, agreement.id, terms, datetime.now(UTC)) == "own_act"
    assert (await stands(portal, agreement))["operator_signed_at"] is None
    await portal.owner.execute("update portal.link set made_by = null where agreement_id = $1", agreement.id)
    assert await asked(web, sato, COUNTERSIGN, agreement.id, terms, datetime.now(UTC)) == "countersigned"
    row = await stands(portal, agreement)
    assert (row["operator_signed_at"] is not None, row["operator_signed_by"]) == (True, people.sato.id)


async def test_an_agreement_that_its_company_did_not_sign_is_not_countersigned(
    portal: Portal, web: asyncpg.Connection, people: Cast, agreement: Agreement
) -> None:
    await sent(portal.owner, agreement)
    sato = portal.world.session(people.sato)
    await portal.written()
    terms = (await stands(portal, agreement))["terms_digest"]
    assert await asked(web, sato.secret, COUNTERSIGN, agreement.id, terms, datetime.now(UTC)) == "overtaken"


async def test_the_paper_is_not_read_past_the_gate(portal: Portal, web: asyncpg.Connection, people: Cast) -> None:
    for table in ("agreement_paper", "agreement_signature"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await web.fetch(f"select * from portal.{table}")


async def test_a_link_that_was_sent_anew_ends_the_one_before(
    portal: Portal, web: asyncpg.Connection, agreement: Agreement
) -> None:
    await sent(portal.owner, agreement)
    former = await link_session(portal.owner, agreement)
    await sent(portal.owner, agreement)
    assert await signs(portal, web, former, agreement) == "over"
    assert await secret_of(portal.owner, agreement)
    assert await signs(portal, web, await link_session(portal.owner, agreement), agreement) == "signed"
