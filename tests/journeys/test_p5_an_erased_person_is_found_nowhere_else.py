"""P5: after an erasure all proofs hold, and the person is found only where the law makes the operator keep records."""

import json
from pathlib import Path

from portal.accesslog.seal.keys import PUBLIC
from portal.accesslog.seal.note import Verifier
from portal.accesslog.seal.sealer import seal
from portal.accesslog.seal.verify import verify
from portal.documents.store import ObjectStore
from portal.rights.erasure import erase
from tests.client import Portal
from tests.journeys.cast import LINH, cast

TABLES = """
select format('%I.%I', schemaname, tablename) from pg_tables
where schemaname in ('portal', 'personal', 'accesslog') order by 1
"""
# What the inventory says is kept of a person until they are erased, in rows that stay after it.
KEPT = """
select to_jsonb(one) - '{id,reference,erased_at,created_at,updated_at}'::text[] from personal.candidate as one
where id = $1
"""
STATUTORY = {"personal.provision"}
MARKS = ("Tran Thi Linh", "tran-thi-linh", "Trần", "チャン", "+8190")


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


async def test_p5_an_erased_person_is_found_in_statutory_records_alone(portal: Portal) -> None:
    people = await cast(portal)
    linh = await people.introduce(LINH, people.aoba)
    hana = await portal.signed_in(people.hana)
    await hana.get(linh.page)
    await hana.post(f"{linh.page}/notes", body="Tran Thi Linh seems right")
    await hana.post(f"{linh.page}/ask", body="Can Tran Thi Linh come on Monday?")
    await hana.raw("GET", f"{linh.page}/resume.pdf?form=en&calendar=western")
    await hana.decide(linh.page, result="not_hired", reason="position_filled", note="Tran Thi Linh was kind")
    sato = await portal.signed_in(people.sato)
    await sato.get("/log")
    await sato.post("/log", introduction=linh.candidate.reference)
    keys, store = portal.settings.log_key_folder, ObjectStore.open(portal.settings.store_url)
    worker = await portal.database.connect("portal_worker")
    for asked in ("restriction", "objection"):
        await portal.owner.execute("select gate.hold_person($1, $2, null, null, now())", linh.candidate.id, asked)
    await seal(worker, keys, "test/log")
    before = await found_in(portal, *MARKS)
    assert {"personal.candidate_items", "personal.question"} <= before["Tran Thi Linh"], (
        "the search finds what there is"
    )
    assert stored(portal)
    files = [row[0] for row in await portal.owner.fetch("select object_key from personal.document")]

    assert await erase(portal.owner, store, linh.candidate.reference) == len(files) > 0

    assert await found_in(portal, str(linh.candidate.id)) == {
        str(linh.candidate.id): STATUTORY | {"personal.candidate", "personal.consent", "personal.introduction"}
    }, "a number without a person joins what is kept"
    left = json.loads(await portal.owner.fetchval(KEPT, linh.candidate.id))
    assert {name for name, value in left.items() if value is not None} == set(), (
        "no law, restriction or objection either"
    )
    after = await found_in(portal, *MARKS)
    assert {table for tables in after.values() for table in tables} == STATUTORY
    assert not [name for name in stored(portal) if Path(name).stem in files]
    assert await portal.owner.fetchval("select person_name from personal.provision") == linh.name
    await seal(worker, keys, "test/log")
    verifier = Verifier.read((keys / PUBLIC).read_text(encoding="utf-8"))
    checked = await verify(portal.owner, verifier)
    assert (checked.wrong, checked.waiting) == ([], 0)
    assert (await hana.raw("GET", linh.page)).status_code == 404
    assert await erase(portal.owner, store, linh.candidate.reference) is None
