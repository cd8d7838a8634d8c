"""Leaves with the bytes of their entries, written by the database: a fraction of the work of `sealed_bytes`, which says
what the bytes are. What does not agree, or is not of the ordinary kind, whoever verifies reckons anew by that.

Each text is escaped as RFC 8785 has it (`to_json` escapes the same), so that no value can pass for another member. Of
facts, only the order of their names is not the database's: they come between two marks that no JSON holds. All of this
holds of columns of the kinds that entries have, and of the database's own functions: both are asked for first.
"""

import re
from collections.abc import Iterable
from typing import Any

from portal.accesslog.actions import Action, Subject
from portal.accesslog.seal.document import HASHES, IDS, PLAIN, VERSIONS
from portal.database.viewer import Role

_MOMENT = """to_char(entry.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""
_COLUMNS = {member: column for kinds in (PLAIN, IDS, HASHES) for column, member in kinds.items()}
# For each member what stands before its value, the value, and what stands after it.
_WRITTEN = {
    **{member: (":", f"to_json(entry.{column})", "") for column, member in PLAIN.items()},
    **{member: (':"', f"entry.{column}", '"') for column, member in IDS.items()},
    **{member: (':"', f"encode(entry.{column}, 'hex')", '"') for column, member in HASHES.items()},
    "items": (":", "entry.items", ""),
    "purposes": (":", "entry.purpose", ""),
    "recorded_at": (':"', _MOMENT, '"'),
    "schema": (":", "entry.schema_version", ""),
}
_ALWAYS = {"action", "commitment", "decision", "id", "items", "purposes", "recorded_at", "role", "schema"}
_SIGNED_IN = _ALWAYS | {"actor", "request", "session"}
_SHOWN = _SIGNED_IN | {"company", "consent", "introduction", "agreement"}
# What most entries have, with or without facts; these are written in one piece, which costs half as much.
SHAPES = (
    _SHOWN | {"agreement_paper"},
    _SHOWN,
    _SIGNED_IN | {"company"},
    _SIGNED_IN,
    _SIGNED_IN | {"company", "subject", "subject_kind"},
    _SHOWN | {"agreement_paper", "document"},
    _SIGNED_IN | {"subject", "subject_kind"},
)
# What they mostly say stands there already, and words of letters alone need no escaping. Words are compared byte by
# byte, so that no other text can stand there.
_WORDS: dict[str, Iterable[str]] = {
    "role": Role,
    "action": [one.code for one in Action],
    "subject_kind": [one.value for one in Subject],
}
_CONSTANT = {"decision": '"permitted"', "schema": f"{VERSIONS[-1]}"}
_FACTS = "chr(30) || entry.facts::text || chr(30)"


def _in_one_piece(shape: set[str]) -> str:
    """The bytes of an entry that is `_PLAIN` and has these members and no other but facts."""
    pieces, text = list[str](), ""
    for member in sorted(shape | {"facts"}):
        if member == "facts":
            pieces, text = [*pieces, f"'{text}'", _FACTS], ""
            continue
        text += f',"{member}"'
        if member in _CONSTANT:
            text += f":{_CONSTANT[member]}"
        else:
            before, value, after = (':"', f"entry.{member}", '"') if member in _WORDS else _WRITTEN[member]
            pieces, text = [*pieces, f"'{text}{before}'", value], after
    return f"concat('{{{', '.join(pieces)[2:]}, '{text}}}')"


def _is(shape: set[str]) -> str:
    return " and ".join(
        f"entry.{column} is{' not' if member in shape else ''} null" for member, column in _COLUMNS.items()
    )


def _is_one_of(column: str, words: Iterable[str]) -> str:
    assert all(re.fullmatch("[a-z_]+", word) for word in words), column
    listed = ", ".join(f"'{word}'" for word in words)
    return f"""entry.{column} collate "C" in ({listed})"""


def _piece(member: str) -> str:
    """Null, which is left out, where the member is null."""
    before, value, after = _WRITTEN[member]
    return f"""',"{member}"{before}' || {value}{f" || '{after}'" if after else ""}"""


_BEFORE = ", ".join(_piece(member) for member in sorted(_WRITTEN) if member < "facts")
_AFTER = ", ".join(_piece(member) for member in sorted(_WRITTEN) if member > "facts")
# Years that are written with another number of digits, or are before our era, are not of the ordinary kind.
_YEARS = "entry.recorded_at >= timestamptz '0001-01-02 00:00Z' and entry.recorded_at < timestamptz '9999-12-31 00:00Z'"
_PLAIN = " and ".join(
    [
        f"entry.schema_version = {_CONSTANT['schema']} and {_YEARS}",
        _is_one_of("decision", ["permitted"]),
        *(_is_one_of(column, _WORDS[column]) for column in ("role", "action")),
        f"(entry.subject_kind is null or {_is_one_of('subject_kind', _WORDS['subject_kind'])})",
    ]
)
_ORDINARY = (
    f"entry.id is not null and entry.schema_version in ({', '.join(map(str, VERSIONS))}) and entry.action is not null"
    f" and {_YEARS}"
)
_BY_PIECES = f"concat('{{', substr(concat({_BEFORE}), 2), {_FACTS}, {_AFTER}, '}}')"
_BYTES = (
    f"case when {_PLAIN} then case "
    + " ".join(f"when {_is(shape)} then {_in_one_piece(shape)}" for shape in SHAPES)
    + f" else {_BY_PIECES} end when {_ORDINARY} then {_BY_PIECES} else '' end"
)

KINDS = {
    "number": "int8",
    **dict.fromkeys(PLAIN, "text"),
    **dict.fromkeys((*IDS, "sealed_id"), "uuid"),
    **dict.fromkeys((*HASHES, "hash"), "bytea"),
    **{"schema_version": "int2", "purpose": "int4", "items": "int4", "reasons": "text[]"},
    **{"recorded_at": "timestamptz", "facts": "jsonb", "transaction": "xid8"},
}
# Nobody's functions and operators but the database's own; each table is named with its schema.
OWN_NAMES = "set search_path = pg_catalog, pg_temp"


def of_another_kind(columns: Iterable[Any]) -> str | None:
    """The first of the columns of `leaves` that is not of its kind, with the kind that it is of."""
    for column in columns:
        if (column.type.schema, column.type.name) != ("pg_catalog", KINDS.get(column.name)):
            return f"{column.name} ({column.type.name})"
    return None


def written(leaves: str) -> str:
    """For each row that `leaves` asks for: its number and the bytes of its entry, as a varchar, the kind that
    `portal.accesslog.seal.page` hashes. They are none where the entry is not of the ordinary kind, or not there.
    """
    return f"select entry.number, ({_BYTES})::varchar from ({leaves}) as entry"  # noqa: S608 - of fixed pieces
