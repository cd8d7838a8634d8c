"""A small grammar of hostile SQL: what someone would try who holds the web process's connection.

`scripts(...)` makes lists of statements to run in one transaction. Those that would change, make or grant anything
in the portal's schemas come as `Forbidden`: they must fail, whatever else they tell.
"""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from hypothesis import strategies as st


class Forbidden(str):
    """A statement that must not succeed."""


Text = st.SearchStrategy[str]

FOLDER = Path(__file__).parent / "hostile"


def _lines(name: str) -> list[str]:
    lines = (FOLDER / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("--")]


SETTINGS, LOOKS, CHANGES = _lines("settings"), _lines("looks"), _lines("changes")
PREDICATES, SELECTS, CALLS = _lines("predicates"), _lines("selects"), _lines("calls")


def scripts(relations: Sequence[str], columns: Sequence[str], ids: Sequence[UUID]) -> st.SearchStrategy[list[str]]:
    """Lists of up to six statements over these relations, columns and ids."""
    one_id = st.sampled_from([f"'{one}'::uuid" for one in ids])
    array = st.lists(one_id, max_size=8).map(lambda chosen: f"array[{', '.join(chosen)}]::uuid[]")
    fills = {
        "r": st.sampled_from(relations),
        "s": st.sampled_from(relations),
        "c": st.sampled_from(columns),
        "a": st.sampled_from(["a", *(f"a.{column}" for column in columns)]),
        "id": one_id,
        "ids": array,
        "n": st.sampled_from(["c1", "c2"]),
        "purpose": st.sampled_from(["null", "'selection'", "'contact'", "'marketing'"]),
        "act": st.sampled_from(
            ["'listed'", "'page_shown'", "'resume_downloaded'", "'contact_revealed'", "null", "'x'"]
        ),
        "mask": st.sampled_from(["16383", "-1", "0", "null", "2147483647", "1"]),
        "name": st.sampled_from(["null", "'qz'", "'%'", "'q z'"]),
        "stage": st.sampled_from(["null", "'introduced'", "'decided'"]),
        "rank": st.sampled_from(["null", "0::smallint", "3::smallint"]),
        "work": st.sampled_from(["null", "'none'"]),
        "flag": st.sampled_from(["null", "true", "false"]),
        "at": st.sampled_from(["null", "now()", "'-infinity'::timestamptz"]),
        "digest": st.sampled_from(["null", "sha256('')", "(select text_digest from gate.undertaking_texts() limit 1)"]),
        "places": st.sampled_from(["null", "'{}'", "'{1,2,3}'", "'{3,null,99}'", "'{{1},{2}}'"]),
        "result": st.sampled_from(["'hired'", "'x'", "null"]),
        "text": st.sampled_from(["null", "''", "'aiko@acme.example'", "'qz'", "repeat('x', 9999)"]),
    }
    values = st.fixed_dictionaries(fills)
    predicate = st.builds(lambda text, words: text.format(**words), st.sampled_from(PREDICATES), values)
    filled = st.builds(lambda words, where: {**words, "p": where}, values, predicate)
    told: Text = st.builds(lambda text, words: text.format(**words), st.sampled_from(SELECTS + CALLS), filled)
    forbidden: Text = st.builds(lambda text, words: Forbidden(text.format(**words)), st.sampled_from(CHANGES), filled)
    plain: Text = st.sampled_from(SETTINGS + LOOKS)
    return st.lists(st.one_of(told, told, plain, forbidden), min_size=1, max_size=6)
