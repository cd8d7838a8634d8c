"""Whatever a column about a person can hold, from an earlier version or from another hand: pages and papers stand."""

import json
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from portal.candidates.items import Item, code_of
from tests.client import Portal
from tests.journeys.cast import LINH, Person, cast

LISTED = ("name", "japanese_level", "residence_status")
REVEALED = ("email", "telephone", "address", "name")
DEEP = "[" * 4000 + "]" * 4000
HUGE = "9" * 6000
WRONG = [
    None,
    7,
    -1.5e300,
    True,
    "",
    " ",
    "2016-04-31",
    "\u202e%s %(x)s {x} {{ 7 }}<script>",
    "字" * 30_000,
    [],
    {},
    ["x", {}],
    {"a": 1},
]
TEXTS = ["", " ", "\x01\x1b[2J\u202e", "%s %(x)s {x} {{ 7 }}<script>", "+", "+" + "1" * 400, "ZZ", "字" * 300_000]
DAYS = ["0001-01-01", "4713-01-01 BC", "infinity", "-infinity", "5874897-12-31", "1868-01-01", "2200-12-31"]
CODES = [code_of(item) for item in Item if item is not Item.RESUME_ORIGINAL]
SOURCES = [
    json.dumps({"name": one})
    for at in [*WRONG, "2026-01-01", "9999-12-31T23:59:59Z"]
    for one in ({"source": "person", "at": at}, [{"source": "person", "at": at}], at)
]
COLUMNS = """
select column_name from information_schema.columns
where table_schema = 'personal' and table_name = 'candidate_items' and is_generated = 'NEVER'
and column_name <> 'candidate_id' order by ordinal_position
"""


def shapes(code: str, stands: Any) -> list[str]:
    """JSON that is not in the item's shape: each wrong value alone, in a list, and in place of each of its fields."""
    made: list[Any] = [*WRONG, *([one, one] for one in WRONG)]
    if isinstance(stands, dict):
        made += [dict.fromkeys(stands, one) for one in WRONG]
        made += [stands | {name: WRONG[place]} for place, name in enumerate(stands)]
        lists = [name for name, value in stands.items() if isinstance(value, list) and value]
        made += [stands | {name: [dict.fromkeys(stands[name][0], one)]} for name in lists for one in WRONG]
    elif stands:
        made += [[dict.fromkeys(stands[0], one)] for one in WRONG]
    return [*map(json.dumps, made), DEEP, HUGE, json.dumps({code: "x"})]


def worst(code: str, kind: str, stands: Any) -> list[Any]:
    """The worst that a column of this kind can hold."""
    if code == "sources":
        return SOURCES
    match kind:
        case "jsonb":
            return shapes(code, stands)
        case "text":
            return TEXTS
        case "date":
            return DAYS
        case "smallint":
            return ["-32768", "0", "32767"]
        case "uuid":
            return ["00000000-0000-0000-0000-000000000000"]
    raise AssertionError(f"{code}: nobody said what a {kind} can hold")


async def held(portal: Portal, column: str) -> tuple[str, Any]:
    """What kind a column is, and what stands there."""
    found = (
        f"select pg_typeof({column})::text as kind, to_jsonb({column})::text as stands from personal.candidate_items"
    )
    row = await portal.owner.fetchrow(found)
    return row["kind"], json.loads(row["stands"] or "null")


@pytest.fixture
async def older(portal: Portal) -> AsyncIterator[Portal]:
    """With rows as an earlier version could write them. Since then a birth has its proof, and no country closes a
    person."""
    for does in ("disable", "enable"):
        for trigger in ("birth_proved", "law_of_place"):
            await portal.owner.execute(f"alter table personal.candidate_items {does} trigger {trigger}")
        if does == "disable":
            yield portal


async def put(portal: Portal, person: Person, column: str, kind: str, value: str) -> bool:
    """Whether the column holds the value now."""
    try:
        await portal.owner.execute(
            f"update personal.candidate_items set {column} = $2::text::{kind} where candidate_id = $1",
            person.candidate.id,
            value,
        )
    except (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, asyncpg.StatementTooComplexError):
        return False
    return True


@pytest.mark.parametrize("column", [*CODES, "sources"])
async def test_the_worst_of_each_column_is_shown_or_left_out(older: Portal, column: str) -> None:
    portal, people = older, await cast(older)
    linh = await people.introduce(LINH, people.aoba)
    readers = [await portal.signed_in(people.hana) for _language in ("ja", "en")]
    readers[0].http.headers["accept-language"] = "ja"
    kind, stands = await held(portal, column)
    worked = 0
    for number, value in enumerate(worst(column, kind, stands)):
        if not await put(portal, linh, column, kind, value):
            continue
        worked += 1
        hana = readers[number % 2]
        page = await hana.get(linh.page)
        assert page.texts("article.document h1") == [page.title.partition(" - ")[0].partition(" | ")[0]] != [""]
        if column in LISTED:
            assert (await hana.raw("GET", "/candidates")).status_code == 200
        if column in REVEALED:
            await hana.submit(f"{linh.page}/contact")
    assert worked, f"{column} held nothing of it"


async def test_every_column_of_a_person_was_looked_at(portal: Portal) -> None:
    assert [row["column_name"] for row in await portal.owner.fetch(COLUMNS)] == [*CODES, "sources"]


@pytest.mark.parametrize("place", range(4))
async def test_a_paper_of_the_worst_is_made(older: Portal, place: int) -> None:
    portal, people = older, await cast(older)
    linh = await people.introduce(LINH, people.aoba)
    for column in CODES:
        kind, stands = await held(portal, column)
        for value in worst(column, kind, stands)[place::4]:
            if await put(portal, linh, column, kind, value):
                break
    hana = await portal.signed_in(people.hana)
    for form in ("form=ja&calendar=era", "form=en&calendar=western"):
        assert (await hana.raw("GET", f"{linh.page}/resume.pdf?{form}")).content.startswith(b"%PDF")
