"""P4: the bytes that the database writes for a verification are those that are sealed, whatever an entry holds."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rfc8785 import CanonicalizationError

from portal.accesslog.seal import page as page_of
from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.page import TOGETHER, Page
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
        "action": WORDS | st.just("listed"),
        "role": st.none() | WORDS | st.just("recruiter"),
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


async def _found(database: Database, rows: list[dict[str, Any]]) -> list[bool]:
    """Whether what the database writes for each of these entries has the hash of what is sealed."""
    connection, page = await database.connect("postgres"), Page(0, len(rows))
    try:
        await connection.execute(
            "create temp table sample as select 0::bigint as place, * from accesslog.entry limit 0"
        )
        records = [(place, *(row[name] for name in rows[0])) for place, row in enumerate(rows)]
        await connection.copy_records_to_table("sample", records=records, columns=["place", *rows[0]])
        await connection.copy_from_query(written(SAMPLE), output=page.take, format="binary")
        entries = await connection.fetch("select * from sample order by place")
        sealed = b"".join(leaf_hash(_sealed(entry) or b"") for entry in entries)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(page_of, "TOGETHER", 1)
            agree = [part.root is not None for part in page.parts(sealed)]
        assert agree == [_sealed(entry) is not None for entry in entries]
        return agree
    finally:
        await connection.close()


def _sealed(entry: Any) -> bytes | None:
    """What is sealed of an entry; None when nothing can have been."""
    try:
        return sealed_bytes(entry)
    except CanonicalizationError:
        return None


@given(rows=st.lists(ROWS, min_size=1, max_size=60))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_p4_what_the_database_writes_is_what_is_sealed(module_database: Database, rows: list[dict[str, Any]]) -> None:
    assert len(finish(_found(module_database, rows))) == len(rows)


def _copied(*rows: tuple[int, bytes]) -> bytes:
    """Number and bytes of each row as COPY sends them in its binary form."""
    fields = [[number.to_bytes(8, "big"), entry] for number, entry in rows]
    sent = [b"".join(len(one).to_bytes(4, "big") + one for one in row) for row in fields]
    return b"PGCOPY\n\xff\r\n\0" + bytes(8) + b"".join(b"\0\x02" + row for row in sent) + b"\xff\xff"


ROWS_OF_MANY = [(number, b"%d" % number) for number in range(TOGETHER + 44)]
LEAVES = [leaf_hash(entry) for _number, entry in ROWS_OF_MANY]


async def _page(rows: Sequence[tuple[int, bytes]], *, piece: int, first: int = 0) -> Page:
    """A page that came in pieces of so many bytes."""
    page, sent = Page(first, 2 * TOGETHER), _copied(*rows)
    for at in range(0, len(sent), piece):
        await page.take(sent[at : at + piece])
    return page


@pytest.mark.parametrize(
    ("first", "compared", "many"),
    [
        (0, [], [256, 32, 8, 4]),
        (0, [0, 256, 300], [256, 32, 8, 4]),
        (200, [], [8, 16, 32, 32, 8, 4]),
        (0, [3, 4, 130], [2, 1, 1, 4, 8, 16, 32, 64, 2, 2, 4, 8, 16, 32, 64, 32, 8, 4]),
    ],
)
async def test_a_page_comes_in_subtrees_that_pass_nothing_that_is_compared(
    first: int, compared: list[int], many: list[int]
) -> None:
    """Whatever their sizes, they come to the root of all leaves."""
    parts = list((await _page(ROWS_OF_MANY[first:], piece=999, first=first)).parts(b"".join(LEAVES[first:]), compared))
    tree = Tree()
    for leaf in LEAVES[:first]:
        tree.add(leaf)
    for part in parts:
        assert part.first == tree.size
        tree.add(part.root or b"", part.many)
    assert [part.many for part in parts] == many
    assert tree.root == root_of(LEAVES)


async def test_a_page_finds_what_is_missing_and_what_came_twice() -> None:
    rows, small = ROWS_OF_MANY, [(256, 32, True), (288, 8, True), (296, 4, True)]
    whole, last = [(0, TOGETHER, True), *small], (TOGETHER, 44, False)

    async def parts(rows: Sequence[tuple[int, bytes]], piece: int, leaves: list[bytes]) -> list[tuple[int, int, bool]]:
        found = (await _page(rows, piece=piece)).parts(b"".join(leaves))
        return [(part.first, part.many, part.root is not None) for part in found]

    assert await parts(rows[::-1], 7, LEAVES) == whole, "in any order"
    assert await parts(rows, 100_000, LEAVES) == whole
    assert await parts([*rows[:299], (299, b"299 ")], 999, LEAVES) == [whole[0], last]
    assert await parts([*rows[:299], (299, b"")], 999, LEAVES) == [whole[0], last]
    assert await parts([*rows[:299], (299, b"")], 999, [*LEAVES[:299], leaf_hash(b"")]) == [whole[0], last]
    assert await parts([*rows, rows[7]], 999, LEAVES) == [(0, 301, False)], "a number that comes twice"
    assert await parts([*rows, rows[7]], 999, [*LEAVES, LEAVES[7]]) == [(0, 301, False)], "and its leaf"
    assert await parts(rows[:7] + rows[8:], 999, LEAVES[:7] + LEAVES[8:]) == [(0, 299, False)], "one that is missing"
    assert await parts(rows, 999, []) == [(0, 300, False)], "hashes of another length"
    assert await parts([], 999, []) == [], "none"
