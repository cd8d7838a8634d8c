"""P4: the bytes that the database writes for a verification are those that are sealed, whatever an entry holds."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rfc8785 import CanonicalizationError

from portal.accesslog.seal.document import HASHES, IDS, PLAIN, VERSIONS, sealed_bytes
from portal.accesslog.seal.page import NONE, TOGETHER, hash_what_is_written, leaf_of, parts
from portal.accesslog.seal.tree import Tree, leaf_hash, root_of
from portal.accesslog.seal.written import SHAPES, written
from tests.database import Database, finish

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.sampled_from(
    ['"', '","role":"x', "\\", "\n\t\x1e\x1f\x7f", "\u2028𠮟é"]
)
NUMBERS = st.integers(-(2**31), 2**31 - 1)
FACT = WORDS | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
HASH = st.binary(min_size=32, max_size=32)
FULL = st.fixed_dictionaries(
    {
        "recorded_at": st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 30), timezones=st.just(UTC)),
        "schema_version": st.sampled_from(VERSIONS),
        "action": WORDS | st.just("listed"),
        "role": WORDS | st.just("recruiter"),
        **dict.fromkeys(IDS, st.uuids()),
        "purpose": NUMBERS,
        "items": NUMBERS,
        "decision": st.sampled_from(["permitted", "refused", "undetermined"]),
        "reasons": st.lists(WORDS, max_size=3),
        **dict.fromkeys(HASHES, HASH),
        "subject_kind": WORDS | st.just("account"),
        "facts": st.dictionaries(WORDS, FACT, max_size=4).map(json.dumps),
    }
)
ALWAYS = {"id", "recorded_at", "schema_version", "action", "purpose", "items", "decision", "commitment"}
MEMBERS = PLAIN | IDS | HASHES
LIKE_MOST = [{column for column, member in MEMBERS.items() if member in shape} for shape in SHAPES]
KEPT = st.sets(st.sampled_from([*MEMBERS, "facts"])) | st.sampled_from(
    LIKE_MOST + [one | {"facts"} for one in LIKE_MOST]
)
PLAINLY = {"schema_version": VERSIONS[-1], "action": "listed", "role": "recruiter", "decision": "permitted"}


def _row(full: dict[str, Any], kept: set[str], more: dict[str, str]) -> dict[str, Any]:
    row = full | more
    return {column: value if column in kept | ALWAYS else None for column, value in row.items()}


ROWS = st.builds(_row, FULL, KEPT, st.sampled_from([{}, PLAINLY, PLAINLY | {"subject_kind": "account"}]))
SAMPLE = "select place as number, sample.* from sample"


async def _differ(database: Database, rows: list[dict[str, Any]]) -> list[Any]:
    """Those entries of which what the database writes has not the hash of what is sealed."""
    connection = await database.connect("postgres")
    try:
        await connection.execute(
            "create temp table sample as select 0::bigint as place, * from accesslog.entry limit 0"
        )
        records = [(place, *(row[name] for name in rows[0])) for place, row in enumerate(rows)]
        await connection.copy_records_to_table("sample", records=records, columns=["place", *rows[0]])
        entries = await connection.fetch("select * from sample order by place")
        await hash_what_is_written(connection)
        found = dict(map(tuple, await connection.fetch(written(SAMPLE))))
        assert len(found) == len(rows)
        return [entry for entry in entries if found[entry["place"]] != _leaf(entry)]
    finally:
        await connection.close()


def _leaf(entry: Any) -> bytes:
    """None when nothing can have been sealed."""
    try:
        return leaf_hash(sealed_bytes(entry))
    except CanonicalizationError:
        return NONE


@given(rows=st.lists(ROWS, min_size=1, max_size=25))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_p4_what_the_database_writes_is_what_is_sealed(module_database: Database, rows: list[dict[str, Any]]) -> None:
    assert finish(_differ(module_database, rows)) == []


LEAVES = [leaf_hash(b"%d" % number) for number in range(TOGETHER + 44)]
ROWS_OF_MANY = list(enumerate(LEAVES))


@pytest.mark.parametrize(
    ("first", "compared", "many"),
    [
        (0, [], [256, 32, 8, 4]),
        (0, [0, 256, 300], [256, 32, 8, 4]),
        (200, [], [8, 16, 32, 32, 8, 4]),
        (0, [3, 4, 130], [2, 1, 1, 4, 8, 16, 32, 64, 2, 2, 4, 8, 16, 32, 64, 32, 8, 4]),
    ],
)
def test_a_page_comes_in_subtrees_that_pass_nothing_that_is_compared(
    first: int, compared: list[int], many: list[int]
) -> None:
    """Whatever their sizes, they come to the root of all leaves."""
    tree = Tree()
    for leaf in LEAVES[:first]:
        tree.add(leaf)
    found = list(parts(first, ROWS_OF_MANY[first:][::-1], b"".join(LEAVES[first:]), compared))
    for part in found:
        assert part.first == tree.size
        tree.add(part.root or b"", part.many)
    assert [part.many for part in found] == many
    assert tree.root == root_of(LEAVES)


def test_a_page_finds_what_is_missing_and_what_came_twice() -> None:
    rows, whole, last = ROWS_OF_MANY, (0, TOGETHER, True), (TOGETHER, 44, False)

    def told(rows: list[tuple[int, bytes]], leaves: list[bytes]) -> list[tuple[int, int, bool]]:
        return [(part.first, part.many, part.root is not None) for part in parts(0, rows, b"".join(leaves))]

    assert told(rows, LEAVES) == [whole, (256, 32, True), (288, 8, True), (296, 4, True)]
    assert told([*rows[:299], (299, LEAVES[0])], LEAVES) == [whole, last]
    assert told([*rows[:299], (299, leaf_of(b""))], [*LEAVES[:299], leaf_hash(b"")]) == [whole, last]
    assert told([*rows[:299], (299, leaf_of(b""))], [*LEAVES[:299], bytes(32)]) == [whole, last]
    assert told([*rows, rows[7]], LEAVES) == [(0, 301, False)], "a number that comes twice"
    assert told([*rows, rows[7]], [*LEAVES, LEAVES[7]]) == [(0, 301, False)], "and its leaf"
    assert told([*rows[:-1], rows[7]], LEAVES) == [(0, 300, False)], "in the place of the last"
    assert told(rows[:7] + rows[8:], LEAVES[:7] + LEAVES[8:]) == [(0, 299, False)], "one that is missing"
    assert told(rows, []) == [(0, 300, False)], "hashes of another length"
    assert told([], []) == [], "none"
