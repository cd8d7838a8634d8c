"""Stored items in the shape that pages and papers expect, whatever stands in their columns.

Promise: no stored value breaks a page. What an import of today would refuse may lie there from an earlier one, or from
another hand: of such an item that is shown which has its place in `items`, and an item without any counts as not given.
"""

import json
from collections.abc import Callable, Mapping
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

from portal.candidates.items import DisclosedItems, Name

MOST_ENTRIES = 100
MOST_CHARACTERS = 20_000


def decoded(stored: str) -> object:
    """The value of a jsonb column; None for one that no parser of Python takes (too deep, or digits without end)."""
    try:
        return json.loads(stored)
    except (RecursionError, ValueError):
        return None


def shaped(item: str, value: object) -> Any:
    """The item's value in its shape; None when nothing of it has its place there."""
    found = _SHAPERS[item](value)
    if item == "name":
        found = _called(found)
    return found if _is_given(found) else None


def _shaper(kind: Any) -> Callable[[object], Any]:
    """What brings a value into this shape, made once. Codes are texts: a page prints an unknown one as it is."""
    kinds = get_args(kind) or (kind,)
    if is_typeddict(kind):
        parts = {name: _shaper(part) for name, part in get_type_hints(kind).items()}
        return lambda value: _fields(parts, value)
    if get_origin(kind) is list:
        entry = _shaper(kinds[0])
        return lambda value: _entries(entry, value)
    if int in kinds:
        return lambda value: value if isinstance(value, int) and not isinstance(value, bool) else None
    nothing = None if NoneType in kinds else ""
    return lambda value: value[:MOST_CHARACTERS] if isinstance(value, str) else nothing


def _fields(parts: Mapping[str, Callable[[object], Any]], value: object) -> dict[str, Any]:
    given = value if isinstance(value, dict) else {}
    return {name: shape(given.get(name)) for name, shape in parts.items()}


def _entries(shape: Callable[[object], Any], value: object) -> list[Any]:
    given = value[:MOST_ENTRIES] if isinstance(value, list) else []
    return [entry for entry in map(shape, given) if _is_given(entry)]


def _is_given(value: object) -> bool:
    """Whether there is anything in a value."""
    if isinstance(value, dict):
        return any(map(_is_given, value.values()))
    return value is not None and value != "" and value != []


def _called(name: Name) -> Name | None:
    """The name with something that the person is called by; None for a name that is none."""
    parts = " ".join(part for part in (name["family"], name["given"]) if part)
    display = next((each for each in (name["display"], parts, name["latin"]) if each.strip()), None)
    return None if display is None else {**name, "display": display, "latin": name["latin"].strip() or display}


_SHAPERS = {item: _shaper(kind) for item, kind in get_type_hints(DisclosedItems).items()}
