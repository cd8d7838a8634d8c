"""One of more than a list could hold: what was typed into its field is looked up before a page goes on.

With thousands of companies no page carries them all. What is suggested while somebody types is a help; without a script
the same field takes the same words.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar
from uuid import UUID

from portal.language.i18n import N_, Said, gettext
from portal.web.forms import Form

T = TypeVar("T")
SEVERAL = N_("Several are called that: %(names)s. Please enter one of them with what stands in brackets behind it.")
MOST_NAMED = 5


class Called(Protocol):
    """What can be found: its id, what it is called, and whether it is called just what was typed."""

    @property
    def id(self) -> UUID: ...
    @property
    def label(self) -> str: ...
    @property
    def is_just_that(self) -> bool: ...


async def sought_in(
    form: Form[T], field: str, find: Callable[[str], Awaitable[Sequence[Called]]], none: str
) -> Form[T]:
    """The form with the one that `find` gives for what stands in its field, or with what to type instead; `none` is
    said when there is none."""
    typed = form.given[field].strip()
    if not typed or field in form.errors:
        return form
    found = await find(typed)
    just_that = [one for one in found if one.is_just_that]
    one = found[0] if len(found) == 1 else just_that[0] if len(just_that) == 1 else None
    if one is None:
        return _unclear(form, field, found, none)
    changed: Any = {field: one.id}
    value = None if form.value is None else replace(form.value, **changed)  # type: ignore[type-var]  # a form is a dataclass
    filled = form.filled(**{field: str(one.id)})
    return replace(filled, value=value, offered={**form.offered, field: [(one.id, one.label)]})


def _unclear(form: Form[T], field: str, found: Sequence[Called], none: str) -> Form[T]:
    shown = replace(form, offered={**form.offered, field: [(one.id, one.label) for one in found]})
    if form.only_shown:
        return shown
    names = gettext(", ").join(one.label for one in found[:MOST_NAMED])
    return shown.wrong(**{field: Said(SEVERAL, {"names": names}) if found else Said(none)})
