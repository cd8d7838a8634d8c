"""P5: after an erasure all proofs hold, and the person is found only where the law makes the operator keep records.

Compliance erases on a page that says beforehand what goes, asks twice, and blacks the name out where others wrote it.
"""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.accesslog.seal.keys import PUBLIC
from portal.accesslog.seal.note import Verifier
from portal.accesslog.seal.sealer import seal
from portal.accesslog.seal.verify import verify
from portal.cli import main
from portal.rights.erasure import Ground, erase
from tests.client import Portal
from tests.journeys.cast import HAO, LINH, Cast, Person, cast

TABLES = """
select format('%I.%I', schemaname, tablename) from pg_tables
where schemaname in ('portal', 'personal', 'accesslog') order by 1
"""
# What the inventory says is kept of a person until they are erased, in rows that stay after it.
KEPT = """
select to_jsonb(one) - '{id,reference,former_digest,erased_at,created_at,updated_at}'::text[]
from personal.candidate as one where id = $1
"""
STATUTORY = {"personal.provision"}
MARKS = ("Tran Thi Linh", "tran-thi-linh", "Trần", "チャン", "+8190")
WRITTEN = """
with alert as (
    insert into portal.alert (kind, threshold, account_id, day, noticed_at, measured, note, decision, decided_by, decided_at)
    values ('many_candidates', 1, $1, current_date, now(), 2, 'He asked for trần thị linh', 'harmless', $2, now())
), leave as (
    insert into personal.download_leave (account_id, company_id, day, reason, needs_approval)
    values ($1, $3, current_date, 'For Tran Thi Linh', false)
), search as (
    insert into portal.saved_search (account_id, name, asked)
    values ($2, 'Tran Thi Linh', 'decision=refused'), ($2, 'One person', 'introduction=' || $4)
), seen as (
    insert into portal.saved_view (account_id, name, filters) values ($1, 'Tran Thi Linh', '{}')
), review as (
    insert into portal.log_review (company_id, month, kind, assigned_to, started_by, in_all, conclusion, concluded_by, concluded_at)
    values ($3, '2026-01-01', 'sampled', $2, $2, 1, 'Nothing of チャン リンさん is open', $2, now()) returning id
), listed as (
    insert into portal.log_review_entry (review_id, place, entry_id, recorded_at, verdict, note, judged_by, judged_at)
    select review.id, 1, entry.id, entry.recorded_at, 'as_expected', 'About Trần', $2, now()
    from review, (select * from accesslog.entry where introduction_id = $5 limit 1) as entry
)
insert into personal.note (introduction_id, body, written_by) values ($6, 'Better than Tran Thi Linh', $1)
"""  # noqa: E501
PLAIN = {"ground": "person_asked", "reason": "Asked in a letter", "channel": "paper", "note": "Folder 12, sheet 3"}


async def found_in(portal: Portal, *marks: str) -> dict[str, set[str]]:
    """By mark the tables in whose rows it stands."""
    found: dict[str, set[str]] = {}
    for (table,) in await portal.owner.fetch(TABLES):
        for mark in marks:
            where = f"select exists (select from {table} as one where to_jsonb(one)::text ilike '%' || $1 || '%')"
            if await portal.owner.fetchval(where, mark):
                found.setdefault(mark, set()).add(table)
    return found


def stored(portal: Portal) -> list[str]:
    """The names of all files of the object store."""
    return [str(path) for path in Path(portal.settings.store_url.removeprefix("file://")).rglob("*")]


async def write_of(people: Cast, linh: Person, hao: Person) -> None:
    """What staff and a company's people write with the person's name in it, where no record says it is theirs."""
    ids = (linh.introduction.id, hao.introduction.id)
    values = (people.hana.id, people.sato.id, people.aoba.id, linh.introduction.code, *ids)
    await people.portal.owner.execute(WRITTEN, *values)


async def test_p5_an_erased_person_is_found_in_statutory_records_alone(
    portal: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = await cast(portal)
    linh, hao = await people.introduce(LINH, people.aoba), await people.introduce(HAO, people.aoba)
    other = "update personal.candidate_items set telephone = '+81312345678' where candidate_id = $1"
    await portal.owner.execute(other, hao.candidate.id)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    await hana.post(f"{linh.page}/notes", body="Tran Thi Linh seems right")
    await hana.post(f"{linh.page}/ask", body="Can Tran Thi Linh come on Monday?")
    await hana.raw("GET", f"{linh.page}/resume.pdf?form=en&calendar=western")
    await hana.decide(linh.page, result="not_hired", reason="position_filled", note="Tran Thi Linh was kind")
    sato = await portal.signed_in(people.sato)
    await sato.get("/log")
    await sato.post("/log", introduction=linh.candidate.reference)
    keys = portal.settings.log_key_folder
    worker = await portal.database.connect("portal_worker")
    for asked in ("restriction", "objection"):
        await portal.owner.execute("select gate.hold_person($1, $2, null, null, now())", linh.candidate.id, asked)
    await seal(worker, keys, "test/log")
    await write_of(people, linh, hao)
    await worker.fetchval("select gate.keep_provisions()")
    admin = await portal.signed_in(portal.world.account("rin", "employer_admin", people.aoba))
    received = (await admin.raw("GET", "/received-records/file?form=csv")).content
    before = await found_in(portal, *MARKS)
    assert {"personal.candidate_items", "personal.question", "portal.alert", "portal.saved_view"} <= (
        before["Tran Thi Linh"] | before["Trần"]
    )
    assert stored(portal)
    query = "select object_key from personal.document where candidate_id = $1"
    files = [row[0] for row in await portal.owner.fetch(query, linh.candidate.id)]
    refused = await erase(portal.owner, linh.candidate.id, Ground(**PLAIN), None, "hana@aoba.example")
    assert (refused.refusal, refused.files) == ("not_for_this_role", []), "a program names one of compliance"

    address = f"/people/{linh.candidate.id}/erasure"
    page = await sato.get(address)
    assert "Photos and uploaded files: 1" in page.text
    assert "Note of an alert" in page.text
    page = await sato.submit(address, **{**PLAIN, "note": "Letter of Tran Thi Linh"})
    assert (page.status, "Please leave the person" in page.text) == (422, True), "what is kept names nobody"
    texts = sorted(page.form(address).choices["texts"])
    page = await sato.see(await sato.post(address, **PLAIN, texts=texts))
    assert "Nothing is erased yet" in page.text
    assert await portal.owner.fetchval("select count(*) from personal.erasure") == 0, "it is asked a second time"
    mark = page.form(address).values["weighed"]
    page = await sato.see(await sato.post(address, **PLAIN, texts=texts, weighed=mark))
    assert (page.title, "Folder 12, sheet 3" in page.text) == ("Erasure", True)
    assert (page.text.count("Blacked out"), page.text.count("To be looked at")) == (6, 0)
    told = await portal.owner.fetchrow(
        "select facts, actor_id from accesslog.entry where action = 'person_erased' order by recorded_at desc limit 1"
    )
    assert (told["actor_id"], '"erasure_ground": "person_asked"' in told["facts"]) == (people.sato.id, True)

    assert await found_in(portal, str(linh.candidate.id)) == {
        str(linh.candidate.id): STATUTORY
        | {"personal.candidate", "personal.consent", "personal.introduction", "personal.erasure"}
    }, "a number without a person joins what is kept"
    left = json.loads(await portal.owner.fetchval(KEPT, linh.candidate.id))
    assert {name for name, value in left.items() if value is not None} == set(), (
        "no law, restriction or objection either"
    )
    after = await found_in(portal, *MARKS)
    assert {table for tables in after.values() for table in tables} == STATUTORY
    assert not [name for name in stored(portal) if Path(name).stem in files]
    assert await portal.owner.fetchval("select person_name from personal.provision") == linh.name
    assert (await admin.raw("GET", "/received-records/file?form=csv")).content == received, "it says what it said"
    assert await portal.owner.fetchval("select note from portal.alert") == "He asked for ■"
    await seal(worker, keys, "test/log")
    verifier = Verifier.read((keys / PUBLIC).read_text(encoding="utf-8"))
    checked = await verify(portal.owner, verifier)
    assert (checked.wrong, checked.waiting) == ([], 0)
    assert (await hana.raw("GET", linh.page)).status_code == 404
    assert (await sato.raw("GET", address)).status_code == 404
    assert (await sato.get("/erasures")).text.count("The person asked to be erased") == 1

    monkeypatch.setenv("PORTAL_DATABASE_URL", portal.database.url("portal_owner"))
    words = ["--ground", "legal_duty", "--reason", "An order", "--channel", "paper", "--note", "Folder 13", "--yes"]
    typed = ["person", "erase", hao.candidate.reference, "--by", people.sato.email, *words]
    done = await asyncio.to_thread(CliRunner().invoke, main, [*typed, "--home", str(portal.settings.home)])
    assert (done.exit_code, "is erased, with 1 files" in done.output) == (0, True), done.output
    *_, entry = await portal.log("action = 'person_erased'")
    assert (entry["role"], f'"officer": "{people.sato.id}"' in entry["facts"]) == ("operator_program", True)
    assert (await sato.get("/erasures")).text.count("A law or an authority requires it") == 1
