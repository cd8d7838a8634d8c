"""A log that was begun by an earlier version says after the migration what it said before."""

from typing import Any

from portal.accesslog.reasons import CODES
from portal.operate.migrate import migrate, migrate_back
from tests.database import Database

ACTS = "2026-11-29T13:00:00:000000"
INSERT = """
insert into accesslog.entry (action, decision, reasons, subject_id, commitment)
select 'sign_in', case when given = 0 then 'permitted' else 'refused' end, given, gen_random_uuid(), sha256('x')
from unnest($1::integer[]) as given
returning id, recorded_at, transaction, reasons, subject_id
"""
CODES_BEFORE = "select array_agg(code order by mask) from portal.reason where mask & $1 <> 0"


async def test_p4_the_reasons_of_older_entries_are_the_same_in_codes(database: Database) -> None:
    owner, url = await database.connect("portal_owner"), database.url("portal_owner")
    await migrate_back(url, ACTS)
    numbers = [0, *(1 << place for place in range(27)), 1 << 8 | 1 << 17, (1 << 27) - 1]
    written = await owner.fetch(INSERT, numbers)
    said = {row["id"]: await owner.fetchval(CODES_BEFORE, row["reasons"]) for row in written}
    await migrate(url)
    found: dict[Any, Any] = {row["id"]: row for row in await owner.fetch("select * from accesslog.entry")}
    for row in written:
        now = found[row["id"]]
        assert now["reasons"] == said[row["id"]]
        assert all(now[name] == row[name] for name in ("recorded_at", "transaction", "subject_id"))
        assert (now["schema_version"], now["facts"], now["subject_kind"]) == (1, None, None)
    assert len(said[written[-1]["id"]]) == 27
    assert set(said[written[-1]["id"]]) <= set(CODES), "what an older entry says is still in the list"


async def test_p4_and_the_way_back_loses_none(database: Database) -> None:
    owner, url = await database.connect("portal_owner"), database.url("portal_owner")
    await owner.execute(
        "insert into accesslog.entry (action, decision, reasons, commitment)"
        " values ('sign_in', 'refused', '{consent_withdrawn,password_wrong}', sha256('x'))"
    )
    await migrate_back(url, ACTS)
    assert await owner.fetchval("select reasons from accesslog.entry") == 1 << 8 | 1 << 23
    await migrate(url)
    assert await owner.fetchval("select reasons from accesslog.entry") == ["consent_withdrawn", "password_wrong"]
