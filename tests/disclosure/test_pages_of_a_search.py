"""The pages of a search: every introduction once, newest first, forwards and back, whatever ends in between."""

import re
from typing import Any

import pytest

from tests.disclosure.stage import Stage
from tests.facts import HOUR, MINUTE
from tests.world import signed_in

ALL = "row(null,null,null,null,null,null,null,null,null,null,null)::gate.search_filter"
PAGE = f"select * from gate.search({ALL}, $1, $2, $3, $4)"


@pytest.fixture
async def many(stage: Stage) -> list[Any]:
    """The ids of Acme's open introductions, newest first: 40 more than the cast, in pairs of the same moment."""
    world = stage.people.world
    for place in range(40):
        candidate = world.candidate()
        if place % 5:
            world.consent(candidate, stage.people.acme)
        world.introduction(candidate, stage.people.acme, introduced_at=world.now - HOUR - (place // 2) * MINUTE)
    await world.write(stage.owner)
    rows = await stage.search(stage.people.aiko)
    assert len(rows) == 32 + len(stage.people.open_at_acme)
    assert [(row["introduced_at"], row["introduction_id"]) for row in rows] == sorted(
        ((row["introduced_at"], row["introduction_id"]) for row in rows), reverse=True
    )
    return [row["introduction_id"] for row in rows]


@pytest.mark.parametrize("size", [1, 7, 25])
async def test_pages_follow_each_other_without_gap_or_repetition(stage: Stage, many: list[Any], size: int) -> None:
    seen: list[Any] = []
    place: tuple[Any, Any] = (None, None)
    while page := await pages(stage, place, False, size):
        assert {row["matches"] for row in page} == {None if seen else len(many)}
        seen += [row["introduction_id"] for row in page]
        place = (page[-1]["introduced_at"], page[-1]["introduction_id"])
    assert seen == many


async def test_a_page_back_is_the_page_one_came_from(stage: Stage, many: list[Any]) -> None:
    first = await pages(stage, (None, None), False, 10)
    second = await pages(stage, (first[-1]["introduced_at"], first[-1]["introduction_id"]), False, 10)
    back = await pages(stage, (second[0]["introduced_at"], second[0]["introduction_id"]), True, 10)
    assert [row["introduction_id"] for row in back] == [row["introduction_id"] for row in first]
    assert await pages(stage, (first[0]["introduced_at"], first[0]["introduction_id"]), True, 10) == []


async def test_no_page_is_larger_than_a_hundred(stage: Stage, many: list[Any]) -> None:
    assert len(await pages(stage, (None, None), False, 10**6)) == len(many)
    assert await pages(stage, (None, None), False, 0) == []


async def test_an_ordinary_company_reads_an_exact_number_and_a_large_one_that_there_are_more(stage: Stage) -> None:
    world, acme = stage.people.world, stage.people.acme
    known = len(stage.people.open_at_acme)
    for place in range(300 - known):
        candidate = world.candidate()
        world.consent(candidate, acme)
        world.introduction(candidate, acme, introduced_at=world.now - HOUR - place * MINUTE)
    await world.write(stage.owner)
    assert {row["matches"] for row in await pages(stage, (None, None), False, 25)} == {300}
    for _ in range(2):
        candidate = world.candidate()
        world.consent(candidate, acme)
        world.introduction(candidate, acme)
        await world.write(stage.owner)
        found = await pages(stage, (None, None), False, 25)
        assert (len(found), {row["matches"] for row in found}) == (25, {301})


async def pages(stage: Stage, place: tuple[Any, Any], backwards: bool, size: int) -> list[Any]:
    """One page for Aiko."""
    async with signed_in(stage.web, stage.people.aiko.session.secret):
        rows: list[Any] = await stage.web.fetch(PAGE, *place, backwards, size)
    return rows


@pytest.mark.parametrize(
    ("table", "index"),
    [
        ("introduction", "introduction_of_company"),
        ("consent", "consent_newest"),
        ("candidate", "candidate_standing"),
    ],
)
async def test_what_the_rule_asks_of_every_row_stands_in_an_index(stage: Stage, table: str, index: str) -> None:
    asked = await stage.owner.fetchval("select prosrc from pg_proc where proname = 'standing_at'")
    columns = "select array_agg(attname) from pg_attribute where attnum > 0 and attrelid = $1::regclass"
    own, held = [await stage.owner.fetchval(columns, f"personal.{one}") for one in (table, index)]
    other_names = re.findall(rf"\b{table}\.\w+ as (\w+)", asked)
    read = set(re.findall(rf"\b{table}\.(\w+)", asked)) & set(own) - set(other_names)
    assert read
    assert read <= set(held)
