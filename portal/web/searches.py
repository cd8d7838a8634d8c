"""What a list was narrowed to, in its address.

Promise: what somebody typed may be a person's name. It stands in an address only as the sign-in that it was typed in
can read it (P9). A code, an id, a day or a choice stands as it is. What cannot be read any more is told, at its field.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urlencode

from portal.language.i18n import N_, Said
from portal.web.field import SEALED, declared
from portal.web.forms import Form, parse
from portal.web.sealed import seal, unseal

T = TypeVar("T")
UNREAD = N_(
    "What was searched for in this address can be read only in the sign-in in which it was typed. Type it again, "
    "or clear the search."
)


def address(path: str, form: Form[Any], secret: str, **place: str | None) -> str:
    """Where the same search can be found again, without what was wrong in it; `place` is where in the list."""
    kept: list[tuple[str, str]] = []
    for name, of in declared(form.kind):
        typed = [] if name in form.errors else [one.strip() for one in form.sent.get(name, ())]
        for one in filter(None, typed):
            plain = of.code(one) if of.code else one
            kept.append((name, plain or SEALED + seal(one, secret)))
    kept += [(name, one) for name, one in place.items() if one]
    return f"{path}?{urlencode(kept, safe='~')}" if kept else path


def asked(query: Mapping[str, Sequence[str]], kind: type[T], secret: str) -> Form[T]:
    """The search that an address from `address` holds. What cannot be read stands empty, with a message."""
    read: dict[str, Sequence[str]] = dict(query)
    unread = []
    for name, of in declared(kind):
        if of.code is None or not any(query.get(name, ())):
            continue
        stands = query[name][0]
        word = unseal(stands.removeprefix(SEALED), secret) if stands.startswith(SEALED) else of.code(stands)
        read[name] = [word or ""]
        if word is None:
            unread.append(name)
    form = parse(read, kind)
    return form.wrong(**{name: Said(UNREAD) for name in unread}) if unread else form
