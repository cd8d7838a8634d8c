"""The pages of a search: every introduction once, newest first, forwards and back, whatever ends in between."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from tests.disclosure.stage import Stage
from tests.facts import HOUR, MINUTE
from tests.world import signed_in

PAGE = "select * from gate.search(null::gate.search_filter, $1, $2, $3, $4, 0, $5, $6)"
APART = "update personal.introduction set introduced_at = now() - 61 * (now() - introduced_at)"
STEP = """
select * from gate.search(
    row(null, null, $1, null, null, null, null, null, null, $2, null, null, null, null, null)::gate.search_filter,
    $3, $4, false, 26, 0, $5, $6, $7)
"""
FIRST_STEP = """
create or replace function gate.first_step() returns integer language sql immutable as $$ select 3 $$
"""
MOVE = "select gate.move_stages(array[$1::uuid], array['introduced'], $2, 16383)"
DECIDE = "select gate.put_outcome($1, 'hired', 'offer_accepted', null, false)"
FIRST: Any = (None, None, None)
KEYS: dict[str, Callable[[Any], Any]] = {
    "introduced": lambda row: (0, row["introduced_at"], row["introduction_id"]),
    "changed": lambda row: (0, row["changed_at"], row["introduction_id"]),
    "stage": lambda row: (row["stage_place"], row["introduced_at"], row["introduction_id"]),
}


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


@pytest.fixture
async def moved(stage: Stage, many: list[Any]) -> list[Any]:
    """The same after colleagues moved some of them, and decided on one."""
    for place, stage_name in ((3, "interview"), (4, "offer"), (11, "screening"), (20, "interview"), (29, "offer")):
        await stage.call(stage.people.akira, MOVE, many[place], stage_name)
    await stage.call(stage.people.akira, DECIDE, many[30])
    return many


@pytest.mark.parametrize("order", KEYS)
@pytest.mark.parametrize("size", [1, 7, 25])
async def test_pages_follow_each_other_without_gap_or_repetition(
    stage: Stage, moved: list[Any], size: int, order: str
) -> None:
    key = KEYS[order]
    seen: list[Any] = []
    place: Any = FIRST
    while page := await pages(stage, place, False, size, order):
        assert {row["matches"] for row in page} == {None if seen else len(moved)}
        seen += page
        place = key(page[-1])
    assert [key(row) for row in seen] == sorted(map(key, seen), reverse=True)
    assert {row["introduction_id"] for row in seen} == set(moved)
    assert len(seen) == len(moved)


@pytest.mark.parametrize(("order", "stage_asked"), [*((order, None) for order in KEYS), ("introduced", "interview")])
async def test_steps_of_a_search_find_everybody_once_and_say_how_far_they_looked(
    stage: Stage, moved: list[Any], order: str, stage_asked: str | None
) -> None:
    """Whoever is closed is stepped over like the others, and a step holds all of its last hour. Where a page begins
    does not change where its step ends."""
    key = KEYS[order]
    await stage.owner.execute(APART)
    await stage.owner.execute(FIRST_STEP)
    in_all = {row["introduction_id"] for row in await pages(stage, FIRST, False, 100, order)}
    fitting = {number for number in in_all if stage_asked is None or number in (moved[3], moved[20])}
    seen: list[Any] = []
    place: Any = FIRST
    steps = 0
    while True:
        stage_place, at, number = place
        async with signed_in(stage.web, stage.people.aiko.session.secret):
            rows = await stage.web.fetch(STEP, stage_asked, True, at, number, order, stage_place, True)
        steps += 1
        reached = rows.pop() if rows and rows[-1]["introduction_id"] is None else None
        moments = [row["changed_at" if order == "changed" else "introduced_at"] for row in rows]
        hours = {moment.replace(minute=0, second=0, microsecond=0) for moment in moments}
        most = 3 * 2 ** max(0, steps - 2)
        assert len(hours) <= most, "a step is as many as all before, and whoever else was introduced in the last hour"
        assert all(row["matches"] == len(rows) for row in rows)
        seen += rows
        if reached is None:
            break
        told = {name for name, value in reached.items() if value is not None}
        assert told == {"matches", "reached_place", "reached_at"}
        assert reached["matches"] == len(rows)
        for one in rows[:-1]:  # from any row the search goes on to where it went
            async with signed_in(stage.web, stage.people.aiko.session.secret):
                last = (await stage.web.fetch(STEP, stage_asked, True, *key(one)[1:], order, key(one)[0], True))[-1]
            assert (last["reached_place"], last["reached_at"]) == (reached["reached_place"], reached["reached_at"])
        place = (reached["reached_place"], reached["reached_at"], UUID(int=0))
        assert place[1].minute == place[1].second == place[1].microsecond == 0
    assert [key(row) for row in seen] == sorted(map(key, seen), reverse=True)
    assert [row["introduction_id"] for row in seen] == list(dict.fromkeys(row["introduction_id"] for row in seen))
    assert {row["introduction_id"] for row in seen} == fitting
    assert steps > (4 if stage_asked is None else 0)


async def test_a_list_by_stage_begins_with_those_nearest_to_a_decision(stage: Stage, moved: list[Any]) -> None:
    found = await pages(stage, FIRST, False, 100, "stage")
    assert [row["stage"] for row in found[:5]] == ["offer"] * 2 + ["interview"] * 2 + ["screening"]
    assert found[-1]["stage"] == "decided"


async def test_a_list_by_last_change_begins_with_what_was_changed_last(stage: Stage, moved: list[Any]) -> None:
    found = await pages(stage, FIRST, False, 6, "changed")
    assert [row["introduction_id"] for row in found] == [moved[place] for place in (30, 29, 20, 11, 4, 3)]


@pytest.mark.parametrize("order", KEYS)
async def test_a_page_back_is_the_page_one_came_from(stage: Stage, moved: list[Any], order: str) -> None:
    key = KEYS[order]
    first = await pages(stage, FIRST, False, 10, order)
    second = await pages(stage, key(first[-1]), False, 10, order)
    back = await pages(stage, key(second[0]), True, 10, order)
    assert [row["introduction_id"] for row in back] == [row["introduction_id"] for row in first]
    assert await pages(stage, key(first[0]), True, 10, order) == []


async def test_no_page_is_larger_than_a_hundred(stage: Stage, many: list[Any]) -> None:
    assert len(await pages(stage, FIRST, False, 10**6)) == len(many)
    assert await pages(stage, FIRST, False, 0) == []


async def test_an_ordinary_company_reads_an_exact_number_and_a_large_one_that_there_are_more(stage: Stage) -> None:
    world, acme = stage.people.world, stage.people.acme
    known = len(stage.people.open_at_acme)
    for place in range(300 - known):
        candidate = world.candidate()
        world.consent(candidate, acme)
        world.introduction(candidate, acme, introduced_at=world.now - HOUR - place * MINUTE)
    await world.write(stage.owner)
    assert {row["matches"] for row in await pages(stage, FIRST, False, 25)} == {300}
    for _ in range(2):
        candidate = world.candidate()
        world.consent(candidate, acme)
        world.introduction(candidate, acme)
        await world.write(stage.owner)
        found = await pages(stage, FIRST, False, 25)
        assert (len(found), {row["matches"] for row in found}) == (25, {301})


async def pages(stage: Stage, place: Any, backwards: bool, size: int, order: str = "introduced") -> list[Any]:
    """One page for Aiko, from a key on."""
    stage_place, at, number = place
    async with signed_in(stage.web, stage.people.aiko.session.secret):
        rows: list[Any] = await stage.web.fetch(PAGE, at, number, backwards, size, order, stage_place)
    return rows


@pytest.mark.parametrize(
    ("table", "index"),
    [
        ("introduction", "introduction_of_company"),
        ("introduction", "introduction_by_change"),
        ("introduction", "introduction_by_stage"),
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
