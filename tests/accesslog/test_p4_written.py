"""P4: the bytes that the database writes for a verification are those that are sealed, whatever an entry holds."""

import json
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rfc8785 import CanonicalizationError

from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.reading import TOGETHER, Page, Together
from portal.accesslog.seal.tree import Tree, leaf_hash, root_of
from portal.accesslog.seal.written import written
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
SAMPLE = "select place as number, sample.* from sample"


async def _written(database: Database, rows: list[dict[str, Any]]) -> tuple[list[bytes], list[Any]]:
    """The hashes of what the database writes for these entries, and the entries as they are read one by one."""
    connection, page = await database.connect("postgres"), Page(0, len(rows))
    try:
        await connection.execute(
            "create temp table sample as select 0::bigint as place, ''::bytea as hash, * from accesslog.entry limit 0"
        )
        records = [
            (place, b"\x01" * (31 + place % 2), *(row[name] for name in rows[0])) for place, row in enumerate(rows)
        ]
        await connection.copy_records_to_table("sample", records=records, columns=["place", "hash", *rows[0]])
        await connection.copy_from_query(written(SAMPLE), output=page.take, format="binary")
        (part,) = page.parts()
        assert not part.agree
        return list(part.leaves), await connection.fetch("select * from sample order by place")
    finally:
        await connection.close()


@given(rows=st.lists(ROWS, min_size=1, max_size=60))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_p4_what_the_database_writes_is_what_is_sealed(module_database: Database, rows: list[dict[str, Any]]) -> None:
    found, entries = finish(_written(module_database, rows))
    for leaf, entry in zip(found, entries, strict=True):
        try:
            assert leaf == leaf_hash(sealed_bytes(entry))
        except CanonicalizationError:
            assert leaf == b""


def test_leaves_that_came_together_are_a_subtree() -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(TOGETHER)] * 3
    tree = Tree()
    for first in range(0, len(leaves), TOGETHER):
        part = Together(first, TOGETHER, leaves[first : first + TOGETHER], agree=True)
        tree.add(part.root or b"", TOGETHER)
    assert tree.root == root_of(leaves)
    assert Together(0, 2, leaves[:2], agree=True).root is None
    assert Together(1, TOGETHER, leaves[:TOGETHER], agree=True).root is None, "it begins in the middle of one"


def _copied(*rows: tuple[int, bytes, bytes]) -> bytes:
    """Number, hash and bytes of each row as COPY sends them in its binary form."""
    fields = [[number.to_bytes(8, "big"), hash_, entry] for number, hash_, entry in rows]
    sent = [b"".join(len(one).to_bytes(4, "big") + one for one in row) for row in fields]
    return b"PGCOPY\n\xff\r\n\0" + bytes(8) + b"".join(b"\0\x03" + row for row in sent) + b"\xff\xff"


async def _parts(rows: list[tuple[int, bytes, bytes]], *, piece: int, first: int = 0) -> list[tuple[int, int, bool]]:
    """The parts of a page that came in pieces of so many bytes."""
    page, sent = Page(first, 2 * TOGETHER), _copied(*rows)
    for at in range(0, len(sent), piece):
        await page.take(sent[at : at + piece])
    return [(part.first, part.many, part.agree) for part in page.parts()]


async def test_a_page_finds_what_is_missing_and_what_came_twice() -> None:
    rows = [(number, leaf_hash(b"%d" % number), b"%d" % number) for number in range(TOGETHER + 44)]
    whole = [(0, TOGETHER, True), (TOGETHER, 44, True)]
    assert await _parts(rows[::-1], piece=7) == whole, "in any order"
    assert await _parts(rows, piece=100_000) == whole
    assert await _parts(rows[200:], piece=999, first=200) == [(200, 56, True), (TOGETHER, 44, True)]
    assert await _parts([*rows[:299], (299, rows[0][1], b"299")], piece=999) == [whole[0], (TOGETHER, 44, False)]
    assert await _parts([*rows, rows[7]], piece=999) == [(0, 301, False)], "a number that comes twice"
    assert await _parts(rows[:7] + rows[8:], piece=999) == [(0, 299, False)], "a number that is missing"
    assert await _parts([*rows[:299], (299, leaf_hash(b""), b"")], piece=999) == [whole[0], (TOGETHER, 44, False)]
    assert await _parts([], piece=999) == [], "none"
