"""Leaves with the bytes of their entries, written by the database: a fraction of the work of `sealed_bytes`, which says
what the bytes are. What does not agree, or is not of the ordinary kind, whoever verifies reckons anew by that.

Each text is escaped as RFC 8785 has it (`to_json` escapes the same), so that no value can pass for another member. Of
facts, only the order of their names is not the database's: they come between two marks that no JSON holds. All of this
holds of columns of the kinds that entries have, and of the database's own functions: both are asked for first.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from struct import Struct
from typing import Any

from rfc8785 import CanonicalizationError

from portal.accesslog.seal.document import HASHES, IDS, PLAIN, VERSIONS, canonical

TOGETHER = 256  # leaves; a power of two, so that they are a subtree
LINE, MARK = b"\n", b"\x1e"
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
# What most entries have; these are written in one piece, which costs half as much.
_SHAPES = (_SHOWN | {"agreement_paper"}, _SHOWN, _SIGNED_IN | {"company"}, _SIGNED_IN)


def _in_one_piece(shape: set[str]) -> str:
    """The bytes of an entry that has these members and no other."""
    pieces, between = list[str](), "{"
    for member in sorted(shape):
        before, value, after = _WRITTEN[member]
        pieces += [f"""'{between}"{member}"{before}'""", value]
        between = f"{after},"
    return f"concat({', '.join(pieces)}, '{between[:-1]}}}')"


def _is(shape: set[str]) -> str:
    told = [f"entry.{column} is{' not' if member in shape else ''} null" for member, column in _COLUMNS.items()]
    return " and ".join([*told, "entry.facts is null"])


def _piece(member: str) -> str:
    """Null, which is left out, where the member is null."""
    before, value, after = _WRITTEN[member]
    return f"""',"{member}"{before}' || {value}{f" || '{after}'" if after else ""}"""


_BEFORE = ", ".join(_piece(member) for member in sorted(_WRITTEN) if member < "facts")
_AFTER = ", ".join(_piece(member) for member in sorted(_WRITTEN) if member > "facts")
_FACTS = "chr(30) || entry.facts::text || chr(30)"
# Years that are written with another number of digits, or are before our era, are not of the ordinary kind.
_OTHER = (
    f"entry.id is null or entry.schema_version not in ({', '.join(map(str, VERSIONS))}) or entry.action is null"
    " or entry.recorded_at < timestamptz '0001-01-02 00:00Z' or entry.recorded_at >= timestamptz '9999-12-31 00:00Z'"
)
_BYTES = (
    f"case when {_OTHER} then '' "
    + " ".join(f"when {_is(shape)} then {_in_one_piece(shape)}" for shape in _SHAPES)
    + f" else concat('{{', substr(concat({_BEFORE}), 2), {_FACTS}, {_AFTER}, '}}') end"
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
    """For each subtree the first and the last number, how many there are, their hashes, and a line for each entry.

    `leaves` asks for the rows from number $1 on, $2 of them; this, for those of the numbers from $1 to $1 + $2.
    """
    rows = leaves.replace("$1", f"greatest($1, block * {TOGETHER})").replace("$2", str(TOGETHER))
    return f"""
    select part.* from generate_series($1::bigint / {TOGETHER}, ($1::bigint + $2 - 1) / {TOGETHER}) as block
    cross join lateral (
        select min(number), max(number), count(*) as many, string_agg(hash, ''::bytea),
               convert_to(string_agg(line, chr(10)), 'UTF8')
        from (select entry.number, entry.hash, {_BYTES} as line from ({rows}) as entry) as leaf
        where number < (block + 1) * {TOGETHER}) as part
    where part.many > 0
    """  # noqa: S608 - of fixed pieces


@dataclass(frozen=True, slots=True)
class Together:
    """Leaves that came together. `agree` is whether they are without gap and the hashes of their entries."""

    first: int
    last: int
    many: int
    leaves: Sequence[bytes]
    agree: bool

    @property
    def root(self) -> bytes | None:
        """The root of the subtree that they are, when they agree and are the whole of one."""
        if not self.agree or self.many != TOGETHER:
            return None
        level = self.leaves
        while len(level) > 1:
            pairs = iter(level)
            level = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
        return level[0]


_NUMBER, _FIELDS = Struct("!q"), Struct("!h")
_LENGTH = Struct("!i")
_HEAD = 19  # bytes before the first row of COPY's binary form


@dataclass
class Reader:
    """Reads what COPY sends in its binary form, piece by piece, and hashes it while the database writes the next."""

    found: list[Together] = field(default_factory=list)
    _left: bytearray = field(default_factory=bytearray)
    _begun: bool = False

    async def take(self, piece: bytes) -> None:
        """The next bytes."""
        self._left += piece
        if not self._begun and len(self._left) >= _HEAD:
            del self._left[:_HEAD]
            self._begun = True
        while self._begun and (row := self._row()) is not None:
            self.found.append(_together(*row))

    def _row(self) -> list[bytes] | None:
        """The next row, once it is whole; the end of all rows is none."""
        left, at = self._left, _FIELDS.size
        if len(left) < at or _FIELDS.unpack_from(left)[0] < 0:
            return None
        row = []
        for _field in range(_FIELDS.unpack_from(left)[0]):
            if len(left) < at + _LENGTH.size:
                return None
            begins = at + _LENGTH.size
            at = begins + max(0, _LENGTH.unpack_from(left, at)[0])
            if len(left) < at:
                return None
            row.append(bytes(left[begins:at]))
        del left[:at]
        return row


def _together(first: bytes, last: bytes, many: bytes, hashes: bytes, lines: bytes) -> Together:
    number, until, count = (_NUMBER.unpack(one)[0] for one in (first, last, many))
    entries = [_with_facts(entry) if MARK in entry else entry for entry in lines.split(LINE)]
    leaves = [sha256(b"\x00" + entry).digest() for entry in entries if entry is not None]
    agree = until - number + 1 == count == len(leaves) and b"".join(leaves) == hashes
    return Together(number, until, count, leaves, agree)


def _with_facts(entry: bytes) -> bytes | None:
    """The entry with its facts as RFC 8785 has them; None when they cannot be written so."""
    before, facts, after = entry.split(MARK)
    told = _facts(facts)
    return None if told is None else before + told + after


@lru_cache(1024)
def _facts(text: bytes) -> bytes | None:
    try:
        return b"," + canonical({"facts": json.loads(text)})[1:-1]
    except CanonicalizationError:
        return None
