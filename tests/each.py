"""One test for many small cases: it goes through all of them, and tells of each that fails.

An item of pytest's costs some milliseconds: in each process that collects it, in the one that runs it, and in the one
that shares items out. Cases that take less than that are one test. A case that takes longer, or changes what the next
one finds, stays an item of its own, by `pytest.mark.parametrize`.
"""

import inspect
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import pytest

Test = Callable[..., None]


def for_each(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[[Test], Test]:
    """As `parametrize`, in one test: raises a group of all that the cases raised, each with its case."""
    given, kept = ((names,) if isinstance(names, str) else names), list(cases)
    assert kept, "a test without a case proves nothing"

    def as_one(test: Test) -> Test:
        @wraps(test)
        def through_all(**fixtures: Any) -> None:
            raised: list[BaseException] = []
            for case in kept:
                values = (case,) if isinstance(names, str) else case
                try:
                    test(**fixtures, **dict(zip(given, values, strict=True)))
                except (Exception, pytest.fail.Exception, BaseExceptionGroup) as error:
                    error.add_note(f"the case: {case!r}")
                    raised.append(error)
            if raised:
                raise BaseExceptionGroup(f"{len(raised)} of {len(kept)} cases", raised)

        asked = inspect.signature(test)
        through_all.__signature__ = asked.replace(  # type: ignore[attr-defined]  # what pytest reads fixtures from
            parameters=[one for name, one in asked.parameters.items() if name not in given]
        )
        return through_all

    return as_one
