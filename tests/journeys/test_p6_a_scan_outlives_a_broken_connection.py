"""P6: a scan whose record may have been committed is not thrown away because nobody answered any more."""

import asyncio
from contextlib import suppress
from types import SimpleNamespace
from typing import Any, cast
from uuid import uuid4

import pytest

from portal.database.answers import DatabaseAway, SignInNeeded
from portal.people.handlers import scans
from portal.people.papers import Paper


@pytest.mark.parametrize("broken", [None, SignInNeeded, DatabaseAway, asyncio.CancelledError])
async def test_p6_only_what_was_surely_not_recorded_is_removed(
    monkeypatch: pytest.MonkeyPatch, broken: type[BaseException] | None
) -> None:
    removed = list[str]()

    async def stored(*_given: Any) -> Paper:
        return Paper("key", 1, 1, "", "")

    async def delete(object_key: str) -> None:
        removed.append(object_key)

    monkeypatch.setattr(scans, "_stored", stored)
    workshop = SimpleNamespace(store=SimpleNamespace(delete=delete))
    request = cast(Any, SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(workshop=workshop))))
    with suppress(SignInNeeded, DatabaseAway, asyncio.CancelledError):
        async with scans.sealed(request, cast(Any, None), uuid4(), cast(Any, object())):
            if broken is not None:
                raise broken
    assert removed == (["key"] if broken in (None, SignInNeeded) else [])
