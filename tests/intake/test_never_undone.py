"""Later imports bring a portal up to date and undo nothing that people said, signed, decided or asked for."""

import json
from pathlib import Path

import asyncpg
import pytest

from portal.intake.writing.run import Report
from portal.language.i18n import speaking
from portal.rights.erasure import Ground, erase
from tests.documents.hostile import plain_pdf
from tests.intake.conftest import Import
from tests.intake.folders import ACCOUNT, CONSENT, INTRODUCTION, TABLES, resume, write_person, write_table, write_world
from tests.intake.states import everything, explained, states


async def test_a_changed_folder_brings_its_person_up_to_date(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    photo = await owner.fetchval("select photo from personal.candidate_items")
    changed = resume(nationality="NP")
    person = write_person(folder, "P1", changed)
    (person / "resume.pdf").unlink()
    report = await importing(folder)
    assert states(report)["candidates"] == {"updated": 1}
    row = await owner.fetchrow("select nationality, photo from personal.candidate_items")
    assert tuple(row) == ("NP", photo)
    standing = await owner.fetch("select kind from personal.document where replaced_at is null")
    assert [row["kind"] for row in standing] == ["photo"]
    assert states(await importing(folder))["candidates"] == {"unchanged": 1}


async def test_what_a_person_asked_for_in_the_portal_is_not_undone_by_a_file(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    await owner.execute("update personal.candidate set restricted_at = now(), objected_at = now()")
    write_person(folder, "P1", resume(gender="other"))
    await importing(folder)
    assert await owner.fetchval("select restricted_at is not null and objected_at is not null from personal.candidate")
    await owner.execute(
        "insert into portal.account (display_name, email, role) values ('Abe', 'abe@shokai.example', 'compliance')"
    )
    person = await owner.fetchval("select gate.person_of('P1')")
    asked = Ground("person_asked", "A letter", "paper", "Folder 1")
    assert (await erase(owner, person, asked, None, "abe@shokai.example")).refusal is None
    report = await importing(folder)
    assert "candidates/P1" in explained(report)
    assert await owner.fetchval("select count(*) from personal.candidate where erased_at is null") == 0


@pytest.mark.parametrize(
    ("table", "change", "column"),
    [
        ("consents", {"items": "name"}, "items"),
        ("consents", {"expires_at": "2036-01-01"}, "expires_at"),
        ("outcomes", {"result": "not_hired", "reason": "position_filled"}, "result"),
        ("agreements", {"contact_days": "90"}, "contact_days"),
        ("agreements", {"items": "name"}, "items"),
        ("introductions", {"introduced_at": "2026-01-01"}, "introduced_at"),
        ("accounts", {"role": "employer_admin"}, "role"),
        ("companies", {"name": "Another Company"}, "name"),
        ("companies", {"country": "SG"}, "country"),
    ],
)
async def test_what_was_said_signed_or_decided_is_never_edited(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, table: str, change: dict[str, str], column: str
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    before = await everything(owner)
    write_table(folder, table, TABLES[table] | change)
    report = await importing(folder)
    assert [(problem.row, problem.field) for problem in report.problems] == [(2, column)]
    assert await everything(owner) == before


async def test_a_notice_or_agreement_text_is_never_edited(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    before = await everything(owner)
    (folder / "texts" / "notice.txt").write_text("別の本文", encoding="utf-8")
    (folder / "texts" / "agreement.txt").write_text("別の本文", encoding="utf-8")
    assert explained(await importing(folder)) == ["agreements.csv:2 text_file", "notices.csv:2 text_file"]
    assert await everything(owner) == before


async def test_a_withdrawal_is_taken_and_cannot_be_taken_back(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    write_table(folder, "consents", CONSENT | {"withdrawn_at": "now-1h"})
    assert states(await importing(folder))["consents"] == {"updated": 1}
    assert await owner.fetchval("select withdrawn_at < now() from personal.consent")
    write_table(folder, "consents", CONSENT)
    report = await importing(folder)
    assert [problem.field for problem in report.problems] == ["withdrawn_at"]
    assert await owner.fetchval("select withdrawn_at is not null from personal.consent")


async def test_what_was_suspended_closed_or_decided_in_the_portal_is_not_undone_by_a_file(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    await owner.execute("update portal.company set status = 'suspended'")
    await owner.execute("update portal.account set status = 'suspended'")
    report = await importing(folder)
    assert explained(report) == ["companies.csv:2 status"]
    with speaking("en"):
        assert "portal company reactivate" in report.problems[0].told()
    assert await owner.fetchval("select status from portal.company") == "suspended"
    assert await owner.fetchval("select status from portal.account") == "suspended"
    assert await owner.fetchval("select stage from personal.introduction") == "decided"


async def test_an_end_of_an_agreement_that_the_file_does_not_know_stays(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    ended = await owner.fetchval("update portal.agreement set superseded_at = now() returning superseded_at")
    report = await importing(folder)
    assert (states(report)["agreements"], report.problems) == ({"unchanged": 1}, [])
    assert await owner.fetchval("select superseded_at from portal.agreement") == ended


async def test_an_import_that_suspends_says_since_when(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    write_table(folder, "companies", TABLES["companies"] | {"status": "suspended"})
    assert states(await importing(folder))["companies"] == {"updated": 1}
    since = await owner.fetchval("select suspended_at from portal.company")
    assert since is not None
    assert states(await importing(folder))["companies"] == {"unchanged": 1}
    assert await owner.fetchval("select suspended_at from portal.company") == since


def notes(report: Report) -> list[str]:
    """The notes as an operator reads them."""
    with speaking("en"):
        return [notice.place() + notice.told() for notice in report.notices]


async def test_a_stage_that_the_portal_has_passed_stays_and_is_told_and_is_no_error(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    (folder / "outcomes.csv").unlink()
    assert notes(await importing(folder)) == []
    before = await everything(owner)
    assert notes(await importing(folder)) == []
    write_table(folder, "introductions", INTRODUCTION | {"stage": "screening"})
    report = await importing(folder)
    assert notes(report) == [
        "introductions.csv:2 stage has “screening”: The portal is already at “interview” and stays there: "
        "a stage only moves forward."
    ]
    assert report.problems == []
    assert states(report)["introductions"] == {"unchanged": 1}
    assert await everything(owner) == before
    await owner.execute(
        "update personal.introduction set stage = 'screening', moved_by = (select id from portal.account limit 1)"
    )
    write_table(folder, "introductions", INTRODUCTION | {"stage": "offer"})
    assert notes(await importing(folder)) == [
        "introductions.csv:2 stage has “offer”: A person of the company moved it to “screening” in the portal, and it "
        "stays there."
    ]
    assert await owner.fetchval("select stage from personal.introduction") == "screening"
    await owner.execute("update personal.introduction set stage = 'decided'")
    write_table(folder, "introductions", {name: INTRODUCTION[name] for name in INTRODUCTION if name != "stage"})
    assert notes(await importing(folder, dry_run=True))[0].startswith(
        "introductions.csv:2 stage: The portal is already at “decided”"
    )


async def test_an_outcome_of_the_folders_own_puts_the_portal_ahead_of_no_row(tmp_path: Path, importing: Import) -> None:
    folder = write_world(tmp_path / "in")
    for _ in range(2):
        report = await importing(folder)
        assert (report.problems, report.notices) == ([], [])


async def test_rows_that_are_behind_in_the_same_way_are_told_in_one_line(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    (folder / "outcomes.csv").unlink()
    write_table(folder, "openings", *(TABLES["openings"] | {"reference": f"OP-{n}"} for n in range(1, 7)))
    rows = [INTRODUCTION | {"reference": f"IN-{n}", "opening": f"OP-{n}"} for n in range(1, 7)]
    write_table(folder, "introductions", *rows)
    await importing(folder)
    await owner.execute("update personal.introduction set stage = 'offer'")
    write_table(folder, "introductions", *rows[:5], rows[5] | {"stage": "screening"})
    report = await importing(folder)
    assert report.problems == []
    assert notes(report) == [
        "introductions.csv stage has “interview”: In 5 rows (2, 3, 4 …) the portal is already at “offer” and stays "
        "there: a stage only moves forward.",
        "introductions.csv:7 stage has “screening”: The portal is already at “offer” and stays there: "
        "a stage only moves forward.",
    ]


async def test_a_relative_date_stays_where_its_first_import_put_it(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    await owner.execute("update personal.consent set given_at = given_at - interval '3 days'")
    assert states(await importing(folder))["consents"] == {"unchanged": 1}


MOVED = """
select gate.change_account(id, row(display_name, email, role, company_id)::gate.account_details,
                           row(display_name, 'moved@acme.example.jp', role, company_id)::gate.account_details)
from portal.account where email = $1
"""


async def test_an_address_that_was_changed_opens_no_second_account(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    await importing(folder)
    assert await owner.fetchval(MOVED, ACCOUNT["email"]) == "changed"
    before = await owner.fetchval("select count(*) from portal.account")
    report = await importing(folder)
    assert any("the e-mail that the account has in the portal now" in str(one) for one in report.problems)
    assert await owner.fetchval("select count(*) from portal.account") == before
    write_table(folder, "accounts", ACCOUNT | {"email": "moved@acme.example.jp", "undertaking": ""})
    assert states(await importing(folder))["accounts"] == {"unchanged": 1}


async def test_an_item_has_its_source_and_what_was_corrected_stays(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    write_person(folder, "P1", resume(nationality="VN", sources={"telephone": "person"}))
    await importing(folder)
    assert await owner.fetchval("select sources -> 'telephone' ->> 'source' from personal.candidate_items") == "person"
    assert await owner.fetchval("select sources ? 'nationality' from personal.candidate_items") is False
    correct = """update personal.candidate_items set nationality = 'NP', sources = sources || $1::jsonb"""
    await owner.execute(correct, '{"nationality": {"source": "person", "at": null, "corrected": true}}')
    write_person(folder, "P1", resume(nationality="ID", gender="other"))
    report = await importing(folder)
    assert tuple(await owner.fetchrow("select nationality, gender from personal.candidate_items")) == ("NP", "other")
    with speaking("en"):
        assert any("The correction of nationality in the portal stays" in each.told() for each in report.notices)
    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute(correct, '{"gender": {"source": "nobody"}}')


@pytest.mark.parametrize("source", ["staff", "employer"])
async def test_what_staff_saw_or_an_employer_certified_names_its_proof(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, source: str
) -> None:
    folder = tmp_path / "in"
    write_world(folder)
    write_person(folder, "P1", resume(sources={"residence_status": source}))
    with speaking("en"):
        (problem, *_rest) = [each.place() + each.told() for each in (await importing(folder)).problems]
    assert problem.startswith("candidates/P1/resume.json basics.x-shokai.sources.residence_status")
    assert "where the proof is kept" in problem
    proved = {"source": source, "evidence": "scan 12"}
    write_person(folder, "P1", resume(sources={"residence_status": proved}))
    await importing(folder)
    stored = await owner.fetchval("select sources -> 'residence_status' from personal.candidate_items")
    assert json.loads(stored) == {**proved, "at": None}
    unproved = json.dumps({"residence_status": {"source": source, "evidence": " "}})
    with pytest.raises(asyncpg.CheckViolationError):
        await owner.execute("update personal.candidate_items set sources = $1::jsonb", unproved)


async def test_a_resume_that_shows_what_was_corrected_does_not_come_back(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = tmp_path / "in"
    write_world(folder)
    person = write_person(folder, "P1", resume(), resume__pdf=plain_pdf())
    await importing(folder)
    await owner.execute("update personal.document set replaced_at = now(), shows_former = true")
    write_person(folder, "P1", resume(gender="other"))
    report = await importing(folder)
    in_use = "select count(*) from personal.document where kind = 'resume_original' and replaced_at is null"
    assert await owner.fetchval(in_use) == 0
    with speaking("en"):
        assert any("shows what was corrected" in each.told() for each in report.notices)
    (person / "resume.pdf").write_bytes(plain_pdf(2))
    await importing(folder)
    assert await owner.fetchval(in_use) == 1
