"""P1: what a search reads is the same whatever the closed people are, for whoever counts what the server reads.

The stage is no such thing: the company wrote it itself (decision 103).
"""

import json
from typing import Any

import pytest

from tests.database import Database
from tests.disclosure.stage import Stage
from tests.people import Introduced
from tests.world import arrive

SEARCH = "select * from gate.search($1::gate.search_filter, null, null, false, 100)"
LOOKS = """
select relname, coalesce(seq_scan, 0) + coalesce(idx_scan, 0) as looks from pg_stat_xact_user_tables
where schemaname in ('portal', 'personal')
"""
LEVEL = "update personal.candidate_items set japanese_level = $2 where candidate_id = any($1)"
RESIDENCE = "update personal.candidate_items set residence_status = $2 where candidate_id = any($1)"
NAME = "update personal.candidate_items set name = $2 where candidate_id = any($1)"
LEVELS = json.dumps({"test": "JLPT", "rank": 1}), json.dumps({"test": "JLPT", "rank": 5})
OWN_LEVELS = json.dumps({"test": "self", "rank": 1}), json.dumps({"test": "self", "rank": 5})
PERMISSIONS = json.dumps({"work": "none"}), json.dumps({"work": "with_permission"})
BACKGROUND = "update personal.candidate_items set background = $2 where candidate_id = any($1)"
QUALIFICATIONS = "update personal.candidate_items set qualifications = $2 where candidate_id = any($1)"
CAREERS = (
    json.dumps({"label": "Cook", "languages": [], "available_from": "2999"}),
    json.dumps({"label": "Welder", "languages": [{"language": "英語"}], "available_from": "2020"}),
)
CERTIFICATES = json.dumps([{"name": "Forklift"}]), json.dumps([{"name": "電気工事士"}])
NAMES = json.dumps({"display": "Aung", "latin": "Aung"}), json.dumps({"display": "Linh", "latin": "Linh"})


@pytest.fixture
def database(own_database: Database) -> Database:
    """A new one: the server's counters of a connection count from its beginning."""
    return own_database


@pytest.mark.parametrize(
    ("change", "values", "asked"),
    [
        (LEVEL, LEVELS, (None, None, None, 4, None, None, None, None)),
        (LEVEL, OWN_LEVELS, (None, None, None, None, None, None, None, 4)),
        (RESIDENCE, PERMISSIONS, (None, None, None, None, "with_permission", None, None, None)),
        (BACKGROUND, CAREERS, (*(None,) * 11, "weld", None, None, None)),
        (BACKGROUND, CAREERS, (*(None,) * 13, "en", None)),
        (BACKGROUND, CAREERS, (*(None,) * 14, 1)),
        (QUALIFICATIONS, CERTIFICATES, (*(None,) * 11, "工事", None, None, None)),
        (QUALIFICATIONS, CERTIFICATES, (*(None,) * 12, "電気", None, None)),
        (NAME, NAMES, ("Linh", None, None, None, None, None, None, None)),
    ],
    ids=[
        "japanese",
        "own japanese",
        "work",
        "career",
        "language",
        "availability",
        "words",
        "qualification",
        "name",
    ],
)
async def test_p1_what_the_server_reads_does_not_depend_on_closed_people(
    stage: Stage, change: str, values: tuple[str, str], asked: tuple[Any, ...]
) -> None:
    people = stage.people
    closed = [people.noor, people.oren, people.quy, people.rosa, people.uma]
    one, other = [await looks(stage, asked, change, closed, value) for value in values]
    assert one == other
    one, other = [await looks(stage, asked, change, [people.tariq], value) for value in values]
    assert one != other, "the counters would tell"


async def looks(
    stage: Stage, asked: tuple[Any, ...], change: str, introduced: list[Introduced], value: str
) -> dict[str, int]:
    """How often each table is gone into while Aiko searches, after a change to some people."""
    await stage.owner.execute(change, [one.candidate.id for one in introduced], value)
    who = stage.people.aiko.session
    connection = await stage.database.connect("postgres")
    async with connection.transaction():
        await connection.execute("set local role portal_web")
        await arrive(connection, who.secret, who.id)
        await connection.fetch(SEARCH, (*asked, *(None,) * (15 - len(asked))))
        await connection.execute("reset role")
        return {row["relname"]: row["looks"] for row in await connection.fetch(LOOKS)}
