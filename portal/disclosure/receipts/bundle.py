"""What proves a receipt: its two entries as they were sealed, their places in the tree, signed checkpoints, keys."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.tree import path_under

FORMAT = "shokai-receipt-bundle/1"


class NoBundle(Exception):
    """A file that is no bundle; the message says why."""


@dataclass(frozen=True, slots=True)
class Proved:
    """One entry as it was sealed, its leaf, the hashes that lead from it to the root, and the checkpoint over that."""

    entry: bytes
    leaf: int
    path: list[bytes]
    checkpoint: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """The entry of what was shown and the one that it left; keys as whoever gave the bundle says they are."""

    entries: tuple[Proved, Proved]
    log_keys: list[str]
    receipt_keys: list[dict[str, str]]
    witness_keys: list[str] = field(default_factory=list)


def proved(row: Mapping[str, Any]) -> Proved:
    """An entry's proof from a row of `gate.receipt` that is sealed. Cosignatures stand below the log's signature."""
    path = path_under(row["leaf"], row["before"], list(row["edges"] or ()), list(row["leaves"]))
    cosigned = "".join(f"{line}\n" for line in row["cosignatures"] or ())
    return Proved(sealed_bytes(row["entry"]), row["leaf"], path, row["note"] + cosigned)


def bundle_of(rows: Sequence[Mapping[str, Any]], receipt_keys: list[dict[str, str]]) -> Bundle:
    """The bundle from both rows of `gate.receipt`, which are sealed."""
    first, second = (proved(row) for row in rows)
    log_keys = sorted({row["key"] for row in rows if row["key"]})
    witnesses = sorted({key for row in rows for key in row["witnesses"] or ()})
    return Bundle((first, second), log_keys, receipt_keys, witnesses)


def written(number: str, bundle: Bundle) -> str:
    """The bundle as a file."""
    entries = [
        {
            "entry": one.entry.decode(),
            "leaf": one.leaf,
            "path": [b64encode(step).decode() for step in one.path],
            "checkpoint": one.checkpoint,
        }
        for one in bundle.entries
    ]
    keys = {"log": bundle.log_keys, "receipt": bundle.receipt_keys, "witness": bundle.witness_keys}
    whole = {"format": FORMAT, "number": number, "entries": entries, "keys": keys}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def read(text: str) -> Bundle:
    """A bundle from a file. Raises NoBundle."""
    try:
        whole = json.loads(text)
        if whole["format"] != FORMAT:
            raise NoBundle("This is no bundle of a receipt that this program knows.")
        first, second = (_entry(one) for one in whole["entries"])
        keys = whole["keys"]
        receipt_keys = [dict(key) for key in keys["receipt"]]
        return Bundle((first, second), _texts(keys["log"]), receipt_keys, _texts(keys.get("witness", ())))
    except (ValueError, TypeError, KeyError, RecursionError) as fault:
        raise NoBundle(
            "This is no bundle of a receipt: fetch it again, at the address that the receipt names."
        ) from fault


def _entry(one: Mapping[str, Any]) -> Proved:
    return Proved(
        one["entry"].encode(),
        int(one["leaf"]),
        [b64decode(step, validate=True) for step in one["path"]],
        str(one["checkpoint"]),
    )


def _texts(values: Iterable[object]) -> list[str]:
    return [str(value) for value in values]
