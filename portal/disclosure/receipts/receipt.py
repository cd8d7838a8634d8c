"""What a receipt says, made from the two entries of a download: what was shown, and that it left.

Promise: nothing in a receipt is about a person but the introduction's code. What the entries hold it says as
they do.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import rfc8785

from portal.accesslog.seal.document import sealed_bytes
from portal.accesslog.seal.tree import leaf_hash
from portal.candidates.items import Item, Purpose, codes_of

VERSION = 1


@dataclass(frozen=True, slots=True)
class Named:
    """What the entries have the ids of, as people call it. `portal` is its address."""

    portal: str
    company: str
    account: str
    introduction: str
    agreement: str


@dataclass(frozen=True, slots=True)
class Unsigned:
    """A file before its receipt: SHA-256, bytes, and the numbers of the place in it where the receipt goes."""

    digest: bytes
    size: int
    place: tuple[int, ...]


def receipt_of(shown: Mapping[str, Any], left: Mapping[str, Any], named: Named, file: Unsigned) -> bytes:
    """The receipt for a file, as it is signed. The entries are rows of `accesslog.entry`."""
    both = [sealed_bytes(row) for row in (shown, left)]
    said = told_by(*both)
    said["company"]["name"] = named.company
    said["account"]["name"] = named.account
    said["introduction"]["code"] = named.introduction
    said["agreement"]["number"] = named.agreement
    document = {"sha256": file.digest.hex(), "bytes": file.size, "place": list(file.place)}
    leaves = [leaf_hash(one).hex() for one in both]
    whole: dict[str, Any] = {**said, "version": VERSION, "portal": named.portal, "document": document, "leaves": leaves}
    return rfc8785.dumps(whole)


def told_by(shown_bytes: bytes, left_bytes: bytes) -> dict[str, Any]:
    """What the two entries themselves say of a receipt. Raises KeyError and ValueError for what is no such entry."""
    shown, left = json.loads(shown_bytes), json.loads(left_bytes)
    agreement = {"id": shown["agreement"], "paper": shown.get("agreement_paper")}
    return {
        "number": shown["id"],
        "at": shown["recorded_at"],
        "action": shown["action"],
        "company": {"id": shown["company"]},
        "account": {"id": shown["actor"]},
        "introduction": {"id": shown["introduction"]},
        "purposes": [purpose.name.lower() for purpose in Purpose if shown["purposes"] & purpose],
        "items": list(codes_of(Item(shown["items"]))),
        "consent": shown["consent"],
        "agreement": {name: value for name, value in agreement.items() if value is not None},
        "commitment": shown["commitment"],
        "left": {"entry": left["id"], "at": left["recorded_at"]},
    }


def agrees(said: Mapping[str, Any], told: Mapping[str, Any]) -> list[str]:
    """The members of a receipt that are not what its entries tell."""
    return [name for name, value in told.items() if not _holds(said.get(name), value)]


def _holds(said: object, told: object) -> bool:
    """Whether it is the same; a record may say a name beside."""
    if isinstance(told, dict):
        return isinstance(said, dict) and all(said.get(name) == value for name, value in told.items())
    return said == told
