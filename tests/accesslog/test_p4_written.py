"""P4: the bytes that the database writes for a verification are those that are sealed, whatever an entry holds."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rfc8785 import CanonicalizationError

from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.tree import Tree, leaf_hash, root_of
from portal.accesslog.seal.written import TOGETHER, Reader, Together, written
from tests.database import Database, finish

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12) | st.sampled_from(
    ['"', '","role":"x', "\\", "\n\t\x1e\x1f\x7f", "\u2028𠮟é"]
)
NUMBERS = st.integers(-(2**31), 2**31 - 1)
FACT = WORDS | st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
MAYBE_ID, HASH = st.none() | st.uuids(), st.binary(min_size=32, max_size=32)
ROWS = st.fixed_dictionaries(
    {
        "id": st.uuids(),
        "recorded_at": st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 30), timezones=st.just(UTC)),
        "schema_version": st.sampled_from([1, 2]),
        "action": WORDS,
        "role": st.none() | WORDS,
        **dict.fromkeys(("actor_id", "company_id", "session_id", "request_id", "introduction_id"), MAYBE_ID),
        **dict.fromkeys(("consent_id", "agreement_id", "subject_id"), MAYBE_ID),
        "purpose": NUMBERS,
        "items": NUMBERS,
        "decision": st.sampled_from(["permitted", "refused", "undetermined"]),
        "reasons": st.none() | st.lists(WORDS, max_size=3),
        "document_digest": st.none() | HASH,
        "agreement_digest": st.none() | HASH,
        "commitment": HASH,
        "subject_kind": st.none() | WORDS,
        "facts": st.none() | st.dictionaries(WORDS, FACT, max_size=4).map(json.dumps),
    }
)
# Each by itself: the numbers lie as far apart as what comes together.
LEAVES = f"""
select place * {TOGETHER} as number, ''::bytea as hash, sample.* from sample
where place * {TOGETHER} >= $1 order by place limit $2
"""


async def _written(database: Database, rows: list[dict[str, Any]]) -> tuple[list[Together], list[Any]]:
    """What the database writes for these entries, and the entries as they are read one by one."""
    connection, reader = await database.connect("postgres"), Reader()
    try:
        await connection.execute(
            "create temp table sample as select 0::bigint as place, * from accesslog.entry limit 0"
        )
        records = [(place, *(row[name] for name in rows[0])) for place, row in enumerate(rows)]
        await connection.copy_records_to_table("sample", records=records, columns=["place", *rows[0]])
        await connection.copy_from_query(written(LEAVES), 0, len(rows) * TOGETHER, output=reader.take, format="binary")
        return reader.found, await connection.fetch("select * from sample order by place")
    finally:
        await connection.close()


@given(rows=st.lists(ROWS, min_size=1, max_size=60))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_p4_what_the_database_writes_is_what_is_sealed(module_database: Database, rows: list[dict[str, Any]]) -> None:
    found, entries = finish(_written(module_database, rows))
    for part, entry in zip(found, entries, strict=True):
        try:
            assert part.leaves == [leaf_hash(sealed_bytes(entry))]
        except CanonicalizationError:
            assert part.leaves == []


def test_leaves_that_came_together_are_a_subtree() -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(TOGETHER)] * 3
    tree = Tree()
    for first in range(0, len(leaves), TOGETHER):
        part = Together(first, first + TOGETHER - 1, TOGETHER, leaves[first : first + TOGETHER], agree=True)
        tree.add(part.root or b"", TOGETHER)
    assert tree.root == root_of(leaves)
    assert Together(0, 1, 2, leaves[:2], agree=True).root is None
