"""What proves a receipt: its two entries as they were sealed, their places in the tree, signed checkpoints, keys."""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.tree import inclusion, node_hash, root_of

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


def proved(row: Mapping[str, Any]) -> Proved:
    """An entry's proof from a row of `gate.receipt` that is sealed."""
    path = path_under(row["leaf"], row["before"], list(row["edges"] or ()), list(row["leaves"]))
    return Proved(sealed_bytes(row["entry"]), row["leaf"], path, row["note"])


def path_under(number: int, before: int, edges: Sequence[bytes], leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes from leaf `number` to the root of the tree of `before` leaves and the `leaves` that came after.

    `edges` are the whole subtrees of the former, from left to right. The leaf is one of the latter.
    """
    spans: dict[tuple[int, int], bytes] = {}
    start = 0
    for edge in edges:
        width = 1 << (before - start).bit_length() - 1
        spans[start, start + width] = edge
        start += width

    def root(low: int, high: int) -> bytes:
        if (low, high) in spans:
            return spans[low, high]
        if low >= before:
            return root_of(leaves[low - before : high - before])
        split = low + (1 << (high - low - 1).bit_length() - 1)
        return node_hash(root(low, split), root(split, high))

    low, high, path = 0, before + len(leaves), list[bytes]()
    while low < before or high - low > 1:
        if low >= before:
            return [*inclusion(leaves[low - before : high - before], number - low), *path]
        split = low + (1 << (high - low - 1).bit_length() - 1)
        if number < split:
            path.insert(0, root(split, high))
            high = split
        else:
            path.insert(0, root(low, split))
            low = split
    return path


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
    keys = {"log": bundle.log_keys, "receipt": bundle.receipt_keys}
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
        return Bundle((first, second), _texts(keys["log"]), [dict(key) for key in keys["receipt"]])
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
