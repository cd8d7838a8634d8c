"""The fields of forms in which nobody typed yet: most that are shown, and one like the other.

Promise: nothing is kept that somebody typed or that was stored of somebody; what is kept follows from the form's kind,
the words of its choices and the language alone.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from portal.web.field import declared

MOST_FORMS, MOST_CHOICES = 200, 100


@dataclass(frozen=True)
class _Untyped:
    """A form, taken for the same as every other that its fields' markup would be that of."""

    follows_from: Hashable
    form: Any = field(compare=False)


def kept(macro: Callable[..., str]) -> Callable[..., str]:
    """A macro of a form's fields, in one language, whose outcome is made once for all forms in which nobody typed."""

    @lru_cache(MOST_FORMS)
    def once(untyped: _Untyped, *given: Hashable, **named: Hashable) -> str:
        return macro(untyped.form, *given, **named)

    def shown(form: Any, *given: Hashable, **named: Hashable) -> str:
        if not is_untyped(form):
            return macro(form, *given, **named)
        offered = tuple((name, *choices) for name, choices in form.offered.items())
        return once(_Untyped((form.kind, form.id, form.fresh, offered), form), *given, **named)

    return shown


def is_untyped(form: Any) -> bool:
    """Whether a form, see `portal.web.forms`, holds nothing but what each of its kind begins with, and few choices."""
    return (
        not form.errors
        and all(not of.listed and _begins(form.sent.get(name, ()), of.initial) for name, of in declared(form.kind))
        and all(len(choices) <= MOST_CHOICES for choices in form.offered.values())
    )


def _begins(sent: Sequence[str], initial: str) -> bool:
    return list(sent) == [initial] or not (sent or initial)
