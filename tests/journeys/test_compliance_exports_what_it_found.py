"""Sato exports exactly what she found, in each form, whole or saying that it is not; the export is in the log too."""

import csv
import io
import json
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Any

import asyncpg
import openpyxl
import pytest

from portal.accesslog.export import running
from portal.accesslog.export.entries import COLUMNS, cells, fhir, ocsf, plain
from portal.accesslog.export.files import LARGEST_SHEET, NAMES, ExportFile, TooManyRows
from portal.accesslog.queries import LogFilter
from portal.database.unit import Transaction, Unit
from tests.client import Browser, Portal
from tests.journeys.cast import HAO, LINH, Cast, cast

SAVE = "/log/export?"


async def looked(portal: Portal) -> tuple[Cast, Browser]:
    """Hana looks at Linh, whose number is no formula but looks like one, and at Hao; Sato signs in."""
    people = await cast(portal)
    linh, hao = await people.introduce(LINH, people.aoba), await people.introduce(HAO, people.aoba)
    await portal.owner.execute("update personal.candidate set reference = '=1+1' where id = $1", linh.candidate.id)
    hana = await portal.signed_in(people.hana)
    for page in (linh.page, hao.page, hao.page, f"/candidates/{people.aoba.id}"):
        await hana.get(page)
    return people, await portal.signed_in(people.sato)


def opened(content: bytes, form: str) -> tuple[bytes, dict[str, Any]]:
    """The part with the entries, and the manifest."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        assert file.testzip() is None
        data = file.read(NAMES[form])
        if form == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
            return data, {str(row[0].value): row[1].value for row in book["manifest"].iter_rows()}
        return data, json.loads(file.read("manifest.json"))


async def test_each_form_holds_what_was_found_and_nothing_else(portal: Portal) -> None:
    people, sato = await looked(portal)
    expected = [str(one["id"]) for one in reversed(await portal.log("actor_id = $1", people.hana.id))]
    assert len(expected) > 3
    found = {}
    for form in NAMES:
        answer = await sato.raw("GET", f"{SAVE}actor={people.hana.id}&form={form}")
        assert answer.status_code == 200
        assert "attachment" in answer.headers["content-disposition"]
        data, manifest = opened(answer.content, form)
        assert manifest["sha256"] == sha256(data).hexdigest()
        assert (str(manifest["entries"]), str(manifest["whole"])) == (str(len(expected)), "True")
        assert manifest["actor"] == str(people.hana.id)
        begun, ended = (await portal.log("action in ('log_exported', 'log_export_ended')"))[-2:]
        assert manifest["export"] == str(begun["id"])
        assert json.loads(begun["facts"]) == {"account": str(people.hana.id), "form": form}
        assert json.loads(ended["facts"]) == {"entries": len(expected), "whole": True}
        assert (ended["subject_id"], ended["document_digest"].hex()) == (begun["id"], manifest["sha256"])
        found[form] = data.decode("utf-8-sig")
        if form == "xlsx":
            book = openpyxl.load_workbook(io.BytesIO(answer.content), read_only=True)
            rows = [[cell.value for cell in row] for row in book["entries"].iter_rows()]
            assert rows[0] == list(COLUMNS)
            assert [row[0] for row in rows[1:-1]] == expected
            assert rows[-1][0] == f"END OF EXPORT: {len(expected)} entries"
    lines = list(csv.reader(io.StringIO(found["csv"])))
    assert [line[0] for line in lines[1:-1]] == expected
    assert "'=1+1" in {line[COLUMNS.index("candidate_reference")] for line in lines[1:-1]}
    for form in ("jsonl", "fhir"):
        assert [json.loads(line)["id"] for line in found[form].splitlines()[:-1]] == expected
    events = [json.loads(line) for line in found["ocsf"].splitlines()[:-1]]
    assert [event["metadata"]["uid"] for event in events] == expected
    assert {event["class_uid"] for event in events} == {6003}
    audits = [json.loads(line) for line in found["fhir"].splitlines()]
    assert audits[-1]["resourceType"] == "OperationOutcome"
    refused = next(one for one in audits[:-1] if "detail" in one["outcome"])
    assert refused["outcome"]["detail"][0]["coding"][0]["code"] == "no_such_record"


async def test_a_person_or_a_receipt_is_exported_as_it_was_found(portal: Portal) -> None:
    _people, sato = await looked(portal)
    (first, *_rest) = await portal.log("action = 'page_shown' and decision = 'permitted'")
    for typed, found in ((str(first["id"]), True), ("=1+1", True), ("nobody has this", False)):
        await sato.get("/log")
        led = (await sato.post("/log", introduction=typed)).headers["location"]
        data, manifest = opened((await sato.raw("GET", f"{SAVE}{led.partition('?')[2]}&form=jsonl")).content, "jsonl")
        assert (manifest["entries"] > 0) is found, typed
        assert typed in data.decode() or not found
    assert "=1+1" not in json.dumps([one["facts"] for one in await portal.log("action = 'log_exported'")])


@asynccontextmanager
async def as_signed_in(secret: str) -> AsyncIterator[Unit]:
    """A unit of work in the session of a secret."""
    async with Transaction() as unit:
        await unit.fetchval("select set_config('portal.session', $1, true)", secret)
        yield unit


async def begun_by(browser: Browser) -> tuple[running.Work, running.Begun, ExportFile]:
    """An export of everything, as CSV."""
    work = partial(as_signed_in, browser.secret)
    async with work() as unit:
        begun = await running.begin(unit, LogFilter(), None, "csv")
    assert begun is not None
    return work, begun, ExportFile("csv", {}, begun.at)


async def test_an_export_that_breaks_off_says_so_in_the_file_and_in_its_entry(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sato is signed out between two pages."""
    people, sato = await looked(portal)
    monkeypatch.setattr(running, "PAGE", 2)
    made, got = running.pieces(*await begun_by(sato)), b""
    got += await anext(made)
    async with as_signed_in(sato.secret) as unit:
        await unit.fetchval("select gate.sign_out(false)")
    got += await anext(made)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await anext(made)
    data, manifest = opened(got, "csv")
    assert b"BROKEN OFF after 2 entries: NOT WHOLE" in data.splitlines()[-1]
    assert (manifest["whole"], manifest["entries"]) == (False, 2)
    (ended,) = await portal.log("action = 'log_export_ended'")
    assert json.loads(ended["facts"]) == {"entries": 2}
    assert ended["actor_id"] == people.sato.id


async def test_whoever_stops_reading_leaves_an_entry_that_says_so(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    _people, sato = await looked(portal)
    monkeypatch.setattr(running, "PAGE", 2)
    work, begun, file = await begun_by(sato)
    made = running.pieces(work, begun, file)
    await anext(made)
    await made.aclose()  # type: ignore[attr-defined]  # it is a generator
    (ended,) = await portal.log("action = 'log_export_ended'")
    assert json.loads(ended["facts"]) == {"entries": 2}
    assert ended["subject_id"] == begun.id


def test_no_cell_is_a_formula_and_a_sheet_has_its_limit() -> None:
    now = datetime.now(UTC)
    entry: dict[str, Any] = dict.fromkeys(COLUMNS) | {"recorded_at": now, "reasons": [], "agent": "@SUM(1)"}
    assert cells(entry)[-1] == "'@SUM(1)"
    file = ExportFile("xlsx", {}, now)
    file.entries = LARGEST_SHEET - 1
    with pytest.raises(TooManyRows):
        file.add([entry, entry])
    assert file.entries == LARGEST_SHEET, "it is filled"


async def test_an_export_goes_on_for_the_sign_in_alone_that_began_it(portal: Portal) -> None:
    people, sato = await looked(portal)
    _work, begun, _file = await begun_by(sato)
    for account in (people.sato, people.hana):
        other = await portal.signed_in(account)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with as_signed_in(other.secret) as unit:
                await unit.fetch(running.NEXT, begun.id, None, None, 10)
    hana = await portal.signed_in(people.hana)
    async with as_signed_in(hana.secret) as unit:
        assert await running.begin(unit, LogFilter(), None, "csv") is None


async def test_an_address_that_cannot_be_read_exports_nothing(portal: Portal) -> None:
    _people, sato = await looked(portal)
    answer = await sato.raw("GET", f"{SAVE}form=docx")
    assert (answer.status_code, answer.headers["location"]) == (303, "/log")
    assert await portal.log("action = 'log_exported'") == []


async def test_what_is_not_recorded_is_not_sent_as_whole(portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database refuses the entry of the end, first of the sign-in that began it and then of another."""
    people, sato = await looked(portal)
    _work, begun, file = await begun_by(sato)
    monkeypatch.setattr(running, "END", "select gate.no_such_function($1, $2, $3, $4)")
    made = running.pieces(_work, begun, file)
    got = await anext(made)
    with pytest.raises(asyncpg.UndefinedFunctionError):
        await anext(made)
    assert b"END OF EXPORT" not in got
    assert not zipfile.is_zipfile(io.BytesIO(got))
    assert await portal.log("action = 'log_export_ended'") == []
    other = await portal.signed_in(people.sato)
    broken = running.pieces(partial(as_signed_in, other.secret), begun, ExportFile("csv", {}, begun.at))
    data, manifest = opened(await anext(broken), "csv")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await anext(broken)
    assert (data.splitlines()[-1], manifest["whole"]) == (b'"BROKEN OFF after 0 entries: NOT WHOLE"', False)
    assert await portal.log("action = 'log_export_ended'") == []


async def test_pages_that_fill_no_piece_yet_come_with_a_later_one(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    _people, sato = await looked(portal)
    monkeypatch.setattr(running, "PAGE", 1)
    many = len(await portal.log())
    pieces = [piece async for piece in running.pieces(*await begun_by(sato))]
    data, manifest = opened(b"".join(pieces), "csv")
    assert len(pieces) < many
    assert (manifest["whole"], manifest["entries"], len(data.splitlines()) - 2) == (True, many, many)


def entry_of(action: str, **said: Any) -> dict[str, Any]:
    """An entry of the worker's, which has neither an account nor an address."""
    made: dict[str, Any] = {"id": 1, "recorded_at": datetime(2026, 4, 1, 9, tzinfo=UTC), "decision": "permitted"}
    return dict.fromkeys(COLUMNS) | made | {"action": action, "reasons": [], **said}


@pytest.mark.parametrize(
    ("action", "code", "number"),
    [
        ("page_shown", "R", 2), ("company_created", "C", 1), ("account_changed", "U", 3), ("x_removed", "D", 4),
        ("outcome_recorded", "E", 99),
    ],
)  # fmt: skip
def test_every_act_is_told_in_the_words_of_each_standard(action: str, code: str, number: int) -> None:
    event, audit = ocsf(entry_of(action)), fhir(entry_of(action))
    assert (event["activity_id"], event["type_uid"], audit["action"]) == (number, 600300 + number, code)


def test_an_entry_of_nobody_names_nobody_and_its_facts_are_read() -> None:
    entry = entry_of("company_created", facts='{"entries": 3, "whole": true}')
    assert plain(entry)["facts"] == {"entries": 3, "whole": True}
    assert ocsf(entry)["actor"]["user"] == {"uid": "none", "name": "none"}
    assert ocsf(entry)["src_endpoint"] == {"name": "erased or unknown"}
    assert fhir(entry)["agent"] == [{"who": {"display": "nobody signed in"}, "requestor": True}]
    assert cells(entry)[COLUMNS.index("facts")] == '{"entries": 3, "whole": true}'
