"""A folder becomes a portal: everything once, nothing twice, good rows whatever the others are."""

import asyncio
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from openpyxl import Workbook

from portal.documents.sealing import MasterKeys, WrappedKey
from portal.documents.store import ObjectStore
from portal.intake.writing import run
from portal.intake.writing.run import ImportRunning, run_import
from portal.intake.writing.work import State
from portal.migrations import turns
from portal.settings import PROJECT, Settings
from tests.client import LAUNCHER
from tests.database import Database
from tests.intake.conftest import Import
from tests.intake.folders import CONSENT, INTRODUCTION, OUTCOME, TABLES, resume, write_person, write_table, write_world
from tests.intake.states import everything, explained, states


async def test_the_sample_folder_is_taken_in_whole_and_a_second_import_changes_nothing(
    importing: Import, owner: asyncpg.Connection
) -> None:
    first = await importing(PROJECT / "sample")
    assert first.problems == []
    assert states(first)["candidates"] == {"added": 60}
    before = await everything(owner)
    second = await importing(PROJECT / "sample")
    assert (second.problems, second.notices) == ([], [])
    assert sum((Counter(counts) for counts in second.tally.values()), Counter()).keys() == {State.UNCHANGED}
    assert await everything(owner) == before


async def test_a_whole_small_world_stands_under_the_rule(
    tmp_path: Path, importing: Import, database_rows: asyncpg.Connection
) -> None:
    report = await importing(write_world(tmp_path / "in"))
    assert report.problems == []
    assert all(set(counts) == {"added"} for counts in states(report).values())
    standing = await database_rows.fetchrow("select * from gate.standing")
    assert standing["stage"] == "decided"
    assert standing["contact_items"] == 1 | 2 | 16 | 256


async def test_items_are_stored_in_the_shapes_that_are_disclosed(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    await importing(write_world(tmp_path / "in"))
    await owner.set_type_codec("jsonb", schema="pg_catalog", encoder=str, decoder=json.loads)
    row = await owner.fetchrow("select * from personal.candidate_items")
    assert row["name"]["family"] is None
    assert row["name"]["display"] == "သီရိအောင်"
    assert (row["telephone"], row["nationality"], row["date_of_birth"]) == ("+819000000109", "MM", date(1997, 10, 4))
    assert row["work_permission"] == "with_permission"
    assert row["japanese_rank"] == 4
    expires = date.fromisoformat(row["residence_status"]["expires"])
    assert abs(expires - (datetime.now(UTC).date() + timedelta(days=100))) <= timedelta(days=1)
    assert row["background"]["work"][0]["company"] == "みどりの風"


async def test_a_workbook_is_the_same_table(tmp_path: Path, importing: Import) -> None:
    folder = write_world(tmp_path / "in")
    assert (await importing(folder)).problems == []
    (folder / "introductions.csv").unlink()
    book = Workbook()
    for cells in (list(INTRODUCTION), list(INTRODUCTION.values())):
        book.worksheets[0].append(cells)
    book.save(folder / "introductions.xlsx")
    report = await importing(folder)
    assert report.problems == []
    assert states(report)["introductions"] == {"unchanged": 1}


async def test_a_dry_run_says_the_same_and_keeps_nothing(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, settings: Settings
) -> None:
    folder = write_world(tmp_path / "in")
    before = await everything(owner)
    tried = await importing(folder, dry_run=True)
    assert await everything(owner) == before
    assert not (settings.home / "documents").exists()
    assert states(tried) == states(await importing(folder))


async def test_documents_are_stored_clean_and_sealed(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, settings: Settings
) -> None:
    await importing(write_world(tmp_path / "in"))
    row = await owner.fetchrow(
        "select * from personal.document join personal.document_key using (candidate_id) where kind = 'resume_original'"
    )
    sealed = await ObjectStore.open(settings.store_url).get(row["object_key"])
    assert b"%PDF" not in sealed
    key = MasterKeys.open(settings.master_key_folder).unwrap(
        WrappedKey(row["master_key_id"], row["wrapped_key"]), str(row["candidate_id"])
    )
    assert key.unseal(row["object_key"], sealed).startswith(b"%PDF")
    photo = await owner.fetchval(
        "select photo = document.id from personal.candidate_items join personal.document using (candidate_id)"
        " where kind = 'photo'"
    )
    assert photo is True


async def test_a_broken_file_takes_in_nothing_of_its_person_and_all_of_the_others(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, settings: Settings
) -> None:
    folder = write_world(tmp_path / "in")
    whole = (folder / "candidates" / "P1" / "resume.pdf").read_bytes()
    write_person(folder, "P2", resume(), resume__pdf=whole[: len(whole) // 2], photo__jpg=b"")
    write_person(folder, "P3", resume(), resume__pdf=b"MZ\x90\0 not a pdf")
    report = await importing(folder)
    assert explained(report) == ["candidates/P2/resume.pdf", "candidates/P3/resume.pdf"]
    assert states(report)["candidates"] == {"added": 1, "refused": 2}
    assert await owner.fetchval("select array_agg(reference) from personal.candidate") == ["P1"]
    assert await owner.fetchval("select count(*) from personal.document_key") == 1
    stored = [path for path in (settings.home / "documents").rglob("*") if path.is_file()]
    assert len(stored) == 2


@pytest.mark.parametrize(
    ("table", "change", "column"),
    [
        ("openings", {"company": "NOBODY"}, "company"),
        ("accounts", {"company": "NOBODY"}, "company"),
        ("accounts", {"undertaking": "today-50d"}, "undertaking"),
        ("companies", {"account_manager": "alice@acme.example.jp"}, "account_manager"),
        ("agreements", {"text_file": "texts/missing.txt"}, "text_file"),
        ("agreements", {"text_file": "../../../../etc/passwd"}, "text_file"),
        ("notices", {"language": "en"}, "language"),
        ("consents", {"candidate": "P9"}, "candidate"),
        ("consents", {"notice_version": "2"}, "notice"),
        ("consents", {"given_at": "today+2d"}, "given_at"),
        ("consents", {"expires_at": "today-20d"}, "expires_at"),
        ("introductions", {"opening": "OP-9"}, "opening"),
        ("introductions", {"introduced_at": "today+2d"}, "introduced_at"),
        ("outcomes", {"introduction": "IN-9"}, "introduction"),
        ("outcomes", {"reason": "nationality"}, "reason"),
        ("outcomes", {"recorded_by": "bob@elsewhere.example.jp"}, "recorded_by"),
        ("outcomes", {"recorded_at": "today-7d"}, "recorded_at"),
    ],
)
async def test_a_row_that_does_not_fit_the_others_is_refused_by_name(
    tmp_path: Path, importing: Import, table: str, change: dict[str, str], column: str
) -> None:
    folder = write_world(tmp_path / "in")
    write_table(folder, table, TABLES[table] | change)
    report = await importing(folder)
    first = next(problem for problem in report.problems if problem.file == f"{table}.csv")
    assert (first.row, first.field) == (2, column)


async def test_bad_rows_of_each_kind_are_counted_and_the_good_ones_kept(tmp_path: Path, importing: Import) -> None:
    folder = write_world(tmp_path / "in")
    write_table(folder, "consents", CONSENT, CONSENT, CONSENT | {"reference": "CS 2"}, CONSENT | {"reference": "CS-3"})
    (folder / "compnaies.csv").write_text("reference\nX\n")
    report = await importing(folder)
    assert states(report)["consents"] == {"added": 2, "refused": 2}
    assert explained(report) == ["compnaies.csv", "consents.csv:3", "consents.csv:4 reference"]


async def test_a_record_in_another_ones_way_is_refused_and_not_an_error(tmp_path: Path, importing: Import) -> None:
    folder = write_world(tmp_path / "in")
    twin = TABLES["companies"] | {"reference": "TWIN"}
    write_table(folder, "companies", TABLES["companies"], twin)
    report = await importing(folder)
    assert explained(report) == ["companies.csv:3 corporate_number"]
    assert states(report)["companies"] == {"added": 1, "refused": 1}


async def test_text_that_looks_like_a_formula_or_a_command_stays_text(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    write_table(folder, "outcomes", OUTCOME | {"note": '=HYPERLINK("http://x")\'; drop table personal.candidate; --'})
    assert (await importing(folder)).problems == []
    note = await owner.fetchval("select note from personal.outcome")
    assert note == '=HYPERLINK("http://x")\'; drop table personal.candidate; --'


async def test_the_first_owner_of_each_record_is_the_log(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    report = await importing(write_world(tmp_path / "in"))
    rows = await owner.fetch("select action, role, decision from accesslog.entry")
    acts = ("company_screened", "company_activated")
    records = [row for row in rows if row["action"] not in acts]
    assert len(records) == sum(counts[State.ADDED] for counts in report.tally.values()) == len(rows) - len(acts)
    assert {(row["role"], row["decision"]) for row in rows} == {("operator_program", "permitted")}
    named = await owner.fetchval(
        "select count(*) from accesslog.entry_subject join personal.candidate on candidate.id = candidate_id"
    )
    assert named == 4


async def test_two_imports_do_not_run_at_once(tmp_path: Path, settings: Settings, owner: asyncpg.Connection) -> None:
    await owner.execute("select pg_advisory_lock(hashtextextended('portal.intake', 0))")
    with pytest.raises(ImportRunning):
        await run_import(settings, write_world(tmp_path / "in"), launcher=LAUNCHER)


async def test_an_import_waits_for_a_migration(
    tmp_path: Path, settings: Settings, owner: asyncpg.Connection, database: Database
) -> None:
    migrator = await database.connect("portal_owner")
    async with migrator.transaction():
        assert await migrator.fetchval(turns.TRY_TO_MIGRATE)
        importing = asyncio.create_task(run_import(settings, write_world(tmp_path / "in"), launcher=LAUNCHER))
        async with asyncio.timeout(30):
            while not await owner.fetchval("select count(*) from pg_locks where not granted"):
                assert not importing.done()
                await asyncio.sleep(0.01)
        assert await owner.fetchval("select count(*) from portal.company") == 0
    assert (await importing).problems == []


async def test_an_import_keeps_migrators_waiting(
    tmp_path: Path, settings: Settings, owner: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = []

    async def look(*_all: object) -> None:
        free.append(await owner.fetchval(turns.TRY_TO_MIGRATE))

    monkeypatch.setattr(run, "_write_all", look)
    await run_import(settings, write_world(tmp_path / "in"), launcher=LAUNCHER)
    assert free == [False]


@pytest.mark.parametrize(("said", "holds"), [(None, 8191), ("name;background", 513), ("all", 8191)])
async def test_what_a_resume_holds_is_what_its_sender_says_and_unknown_is_all(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, said: str | None, holds: int
) -> None:
    folder = write_world(tmp_path / "in")
    write_person(folder, "P1", resume(**({} if said is None else {"resume_holds": said})))
    await importing(folder)
    rows = await owner.fetch("select kind, holds from personal.document order by kind")
    assert [tuple(row) for row in rows] == [("photo", 4), ("resume_original", holds)]
    write_person(folder, "P1", resume(resume_holds="name"))
    await importing(folder)
    assert await owner.fetchval("select holds from personal.document where kind = 'resume_original'") == 1


async def test_an_import_goes_on_without_a_record_that_somebody_holds(
    tmp_path: Path, importing: Import, settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks after the company could leave a change of it open, and keep a withdrawal further down from being
    noted."""
    monkeypatch.setattr(run, "LONGEST_WAIT", "50ms")
    await importing(write_world(tmp_path / "in"))
    holding = await database.connect("portal_owner")
    withdrawn = CONSENT | {"withdrawn_at": "today-1d"}
    write_table(tmp_path / "in", "consents", withdrawn)
    async with holding.transaction():
        await holding.execute("select from portal.company for no key update")
        report = await importing(tmp_path / "in")
        assert await holding.fetchval("select count(*) from personal.consent where withdrawn_at is not null") == 1
    (problem,) = report.problems
    assert "has not finished" in problem.wanted
    assert (await importing(tmp_path / "in")).problems == []
