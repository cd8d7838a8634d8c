"""P8: nationality, gender, age, birth date and photo never filter, sort or score; and nothing decides by itself."""

import re

from tests.database import Database

PROTECTED = ("nationality", "gender", "age", "birth", "photo")
# Where one of these words stands for something else, or is given out and not asked for.
FILTERS = ("gate.search_filter", "gate.log_filter")


async def test_p8_no_function_takes_a_protected_item_as_a_filter(database: Database) -> None:
    owner = await database.connect("portal_owner")
    rows = await owner.fetch(
        "select proname, unnest(proargnames[1:pronargs]) as argument from pg_proc"
        " where pronamespace = 'gate'::regnamespace"
        " union all select typrelid::regclass::text, attname from pg_type"
        " join pg_attribute on attrelid = typrelid and attnum > 0"
        " where typrelid::regclass::text = any ($1)",
        FILTERS,
    )
    words = {(row["proname"], word) for row in rows for word in row["argument"].split("_")}
    assert not {found for found in words if found[1] in PROTECTED}
    assert ("gate.search_filter", "japanese") in words, "the query finds what there is"


async def test_p8_no_column_that_a_list_could_filter_on_is_made_of_a_protected_item(database: Database) -> None:
    owner = await database.connect("portal_owner")
    generated = await owner.fetch(
        "select column_name, generation_expression from information_schema.columns"
        " where table_schema = 'personal' and is_generated = 'ALWAYS'"
    )
    assert {row["column_name"] for row in generated} == {
        "japanese_rank", "japanese_certified", "work_permission", "changed_at", "stage_place",
    }  # fmt: skip
    words = [word for row in generated for word in re.findall(r"[a-z]+", row["generation_expression"])]
    assert not {*words} & {*PROTECTED}


async def test_p8_no_index_orders_people_by_an_item(database: Database) -> None:
    owner = await database.connect("portal_owner")
    definitions = await owner.fetch(
        "select indexdef from pg_indexes where schemaname = 'personal'"
        " and tablename in ('candidate', 'candidate_items')"
    )
    assert not [row for row in definitions if any(f"({word}" in row["indexdef"] for word in PROTECTED)]


async def test_p8_outcomes_are_inserted_by_one_function_of_a_person_and_no_trigger(database: Database) -> None:
    owner = await database.connect("portal_owner")
    writers = await owner.fetch("select proname from pg_proc where prosrc ilike '%insert into personal.outcome (%'")
    assert {row["proname"] for row in writers} == {"put_outcome"}
    undoing = await owner.fetch(
        "select proname from pg_proc where prosrc ilike '%insert into personal.outcome_undone%'"
    )
    # Whoever recorded it, within minutes; and an account manager who grants a reopening that the company asked for.
    assert {row["proname"] for row in undoing} == {"take_back", "answer_reopening"}
    triggers = await owner.fetch(
        "select tgname, prosrc from pg_trigger join pg_proc on pg_proc.oid = tgfoid"
        " where tgrelid in ('personal.outcome'::regclass, 'personal.outcome_undone'::regclass) and not tgisinternal"
    )
    assert [row["tgname"] for row in triggers] == ["decision"] * 2  # which notes when, and neither what nor why
    written = re.findall(r"(?:update|insert into|delete from) (\S+)(?: set \((\w+, \w+)\) =)?", triggers[0]["prosrc"])
    assert written == [("personal.introduction", "decided_at, undone_at")]
