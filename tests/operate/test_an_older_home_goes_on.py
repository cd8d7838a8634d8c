"""A home of an earlier version migrates: sign-ins work, its log reads the same, and what lacks evidence is closed."""

import asyncio
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from click.testing import CliRunner

from portal.accesslog.seal.sealer import seal
from portal.cli import main
from portal.intake.writing.run import run_import
from portal.operate.check_evidence import agreements_check, companies_check, consents_check, files_check, laws_check
from portal.operate.migrate import migrate, migrate_back
from portal.settings import load_settings
from tests.client import LAUNCHER, Browser, Portal, running
from tests.database import Database
from tests.facts import BOTH_USES, EVERY_ITEM
from tests.intake.folders import AGREEMENT, CONSENT, INTRODUCTION, write_table, write_world
from tests.page import Page

THEN = "2026-11-26T10:00:00:000000"
HOME = Path(__file__).parent / "older" / "home.sql"
NOTICE_TEXT = f"お願いの本文。{EVERY_ITEM}{BOTH_USES}\n"
ALICE, ALICES = "alice@acme.example.jp", "seven purple herons argue"
BOB, TOLD_BOB = "bob@acme.example.jp", "first-word-that-was-told"
SATO, SATOS = "sato@shokai.example", "quiet rivers carry old letters"
LOG = """
select recorded_at, transaction, action, actor_id, role, company_id, session_id, introduction_id, purpose, items,
       decision,
       consent_id, agreement_id, subject_id, commitment, id
from accesslog.entry order by recorded_at limit 5
"""
NEWER = "select reasons, schema_version, facts, subject_kind from accesslog.entry order by recorded_at limit 5"
BESIDE = "select * from accesslog.entry_subject order by recorded_at limit 5"
FILE = "select id from personal.document where object_key = 'of-then'"
OF_P1 = "00000000-0000-4000-8000-000000000701"
OF_P2 = "00000000-0000-4000-8000-000000000702"
REASONS = [["password_wrong"], None, None, ["consent_withdrawn", "window_closed"], None]
STANDING = """
select code, selection_items | contact_items as items, gate.reason_codes(selection_reasons) as why
from gate.standing order by code
"""


async def older_home(database: Database) -> tuple[list[asyncpg.Record], list[asyncpg.Record]]:
    """The database as that version left it; returns the log of then."""
    url, owner = database.url("portal_owner"), await database.connect("portal_owner")
    await migrate_back(url, "all")
    await migrate(url, THEN)
    await owner.execute(HOME.read_text(encoding="utf-8").replace(":notice", f"'{NOTICE_TEXT}'"))
    return await owner.fetch(LOG), await owner.fetch(BESIDE)


async def signed_in(portal: Portal, email: str, password: str) -> Browser:
    """The browser of somebody who has typed the password of then."""
    browser = portal.browser()
    await browser.get("/sign-in")
    await browser.submit("/sign-in", email=email, password=password)
    return browser


async def seen(browser: Browser) -> str:
    """What the page being shown is called."""
    assert browser.page is not None
    return browser.page.title


async def by_cookie(portal: Portal, name: str) -> Page:
    """What a browser is shown that was left open over the migration."""
    browser = portal.browser()
    browser.http.cookies.set("portal", f"{name}-cookie-of-alice".ljust(43, "-"), domain="localhost.local")
    return await browser.get("/account")


def with_evidence(folder: Path) -> Path:
    """The import that gives what that version did not ask for, under the references of then."""
    write_world(folder)
    (folder / "outcomes.csv").unlink()
    (folder / "texts" / "notice.txt").write_text(NOTICE_TEXT, encoding="utf-8")
    days = {"company_signed_at": "2026-01-09", "operator_signed_at": "2026-01-09", "effective_at": "2026-01-10"}
    write_table(folder, "agreements", AGREEMENT | days | {"expires_at": ""})
    consent = CONSENT | {"given_at": "2026-02-01", "expires_at": ""}
    of_a_file = {"reference": "CS-2", "candidate": "P2", "items": "name;resume_original"}
    write_table(folder, "consents", consent, consent | of_a_file)
    write_table(folder, "introductions", INTRODUCTION | {"introduced_at": "2026-02-03"})
    return folder


async def test_p1_sign_ins_go_on_the_log_reads_the_same_and_nothing_opens_by_migrating(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    then, beside = await older_home(database)
    url, owner = database.url("portal_owner"), await database.connect("portal_owner")
    await migrate(url)

    await nothing_is_open_and_the_doctor_says_why(owner, url)
    await the_entries_are_the_same(owner, then, beside)
    async with running(database) as portal:
        await sign_ins_go_on(portal)
        await the_log_is_read(portal, then)
        await the_log_is_whole(database, portal, monkeypatch)

        report = await run_import(
            load_settings(home=tmp_path / "home").model_copy(update={"database_url": url}),
            with_evidence(tmp_path / "in"), dry_run=False, launcher=LAUNCHER,
        )  # fmt: skip
        assert [problem.told() for problem in report.problems] == []
        await what_was_proved_is_open(portal, owner, url)
        await a_company_that_becomes_another_is_named(owner, url)


async def nothing_is_open_and_the_doctor_says_why(owner: Any, url: str) -> None:
    """P1: a consent on a notice that says nothing and an agreement without authority open nothing, and are named."""
    found = {row["code"]: (row["items"], set(row["why"])) for row in await owner.fetch(STANDING)}
    assert {items for items, _why in found.values()} == {0}
    assert all({"consent_unsupported", "agreement_not_in_force"} <= why for _items, why in found.values())
    consents, agreements = await consents_check(url), await agreements_check(url)
    assert (consents.state, agreements.state) == ("failed", "failed")
    assert "3 notice_not_described (CS-1, CS-2, CS-3)" in consents.found
    assert "3 evidence_missing (CS-1, CS-2, CS-3)" in consents.found
    assert "1 authority_missing (AG-1)" in agreements.found
    assert (await companies_check(url)).state == "ok"
    laws = await laws_check(url)
    assert (laws.state, "(P1, P3)" in laws.found) == ("failed", True), "no country, and one in the EEA"
    assert "(P4 by P3)" in laws.found, "the same person under another number"
    assert await owner.fetchval("select regime from personal.candidate where reference = 'P4'") == "eea"


async def the_entries_are_the_same(owner: Any, then: list[asyncpg.Record], beside: list[asyncpg.Record]) -> None:
    """P4: every column of then is as it was, and reasons are the codes of their bits."""
    assert await owner.fetch(LOG) == then
    assert await owner.fetch(BESIDE) == beside
    newer = await owner.fetch(
        "select reasons, schema_version, facts, subject_kind from accesslog.entry order by recorded_at limit 5"
    )
    assert [row["reasons"] for row in newer] == REASONS
    assert {(row["schema_version"], row["facts"], row["subject_kind"]) for row in newer} == {(1, None, None)}


async def sign_ins_go_on(portal: Portal) -> None:
    """Passwords are those of then, a temporary one opens nothing, and of the sign-ins only the live one goes on."""
    titles = [
        await seen(await signed_in(portal, *one)) for one in ((ALICE, ALICES), (BOB, TOLD_BOB), (ALICE, TOLD_BOB))
    ]
    assert titles == ["Candidates", "Choose your own password", "Sign in"]
    assert [(await by_cookie(portal, name)).path for name in ("live", "ended", "stale")] == [
        "/account",
        "/sign-in",
        "/sign-in",
    ]


async def the_log_is_read(portal: Portal, then: list[asyncpg.Record]) -> None:
    """Compliance finds the entries of then, by their words and by either kind of id."""
    sato = await signed_in(portal, SATO, SATOS)
    await sato.get("/log")
    page = await sato.submit("/log", action="page_shown")
    refused, permitted = page.texts("#results tbody tr")
    assert "SK-P3P3P3" in refused
    assert "withdrew the consent" in refused
    assert "SK-P1P1P1" in permitted
    for row in then:
        page = await sato.get(f"/log/{row['id']}")
        assert (page.status, page.title) == (200, "Log entry")
    assert "Recorded an outcome" in page.text


async def the_log_is_whole(database: Database, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was written before there was a seal is sealed and verified like the rest."""
    sealed = await seal(await database.connect("portal_worker"), portal.settings.log_key_folder, "")
    assert sealed > len(REASONS)
    monkeypatch.setenv("PORTAL_DATABASE_URL", database.url("portal_owner"))
    monkeypatch.setenv("PORTAL_HOME", str(portal.settings.home))
    told = await asyncio.to_thread(CliRunner().invoke, main, ["log", "verify"])
    assert f"The log is whole: {sealed} sealed entries" in told.output
    told = await asyncio.to_thread(CliRunner().invoke, main, ["candidate", "to-ask"])
    lacking = "notice_not_described;evidence_missing"
    assert told.output.splitlines()[1:] == [f"CS-{n},P{n},ACME,{lacking}" for n in (1, 2, 3)]


async def what_was_proved_is_open(portal: Portal, owner: Any, url: str) -> None:
    """P1: evidence opens what it proves and no more; a file of which nobody said what it shows stays closed."""
    first, second, third = await owner.fetch(STANDING)
    assert [(row["code"], row["why"]) for row in (first, second)] == [("SK-P1P1P1", []), ("SK-P2P2P2", [])]
    assert first["items"] != 0
    assert (third["items"], "consent_unsupported" in third["why"]) == (0, True)
    assert (await agreements_check(url)).state == "ok"
    assert "1 are not known (P3)" in (await laws_check(url)).found
    assert "evidence_missing (CS-3)" in (await consents_check(url)).found
    files = await files_check(url)
    assert (files.state, "(P2)" in files.found, "resume_holds" in files.remedy) == ("ok", True, True)
    alice = await signed_in(portal, ALICE, ALICES)
    page = await alice.get(f"/candidates/{OF_P1}")
    assert ("THIRI AUNG" in page.text, "Oct 4, 1997" in page.text) == (True, True)
    closed = await alice.get(f"/candidates/{OF_P2}/documents/{await owner.fetchval(FILE)}")
    refused = (await portal.log("action = 'document_opened'"))[-1]
    assert (closed.status, refused["reasons"]) == (404, ["file_holds_more"])


async def a_company_that_becomes_another_is_named(owner: Any, url: str) -> None:
    """P1: its older consents and agreement name another recipient, until compliance says what happened."""
    await owner.execute("update portal.company set name = '株式会社別人' where reference = 'ACME'")
    assert all("recipient_changed" in row["why"] for row in await owner.fetch(STANDING))
    check = await companies_check(url)
    assert (check.state, "(ACME)" in check.found, "compliance" in check.remedy) == ("failed", True, True)
