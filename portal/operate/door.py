"""Who may stay connected: so many from one place, and so many in all.

Promise: whoever connects and asks for something is let in, however many others are connected and silent. Where it is
full, the one leaves who has kept us waiting longest, from the place that has the most of those.
"""

from collections import Counter, OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

C = TypeVar("C", bound=Hashable)


class Full(Exception):
    """There is no room, and nobody who could leave: all are being answered."""


class Door(Generic[C]):
    """`most` connections in all and `most_of_source` from one place; a place of None is bounded by `most` alone."""

    def __init__(self, most: int, most_of_source: int) -> None:
        """Nobody is connected yet."""
        self._most = most
        self._most_of_source = most_of_source
        self._sources: dict[C, str | None] = {}
        self._count: Counter[str | None] = Counter()
        self._waited_for: dict[str | None, OrderedDict[C, None]] = {}

    def __len__(self) -> int:
        """How many are connected."""
        return len(self._sources)

    def enter(self, one: C, source: str | None) -> C | None:
        """Let one in, whom we wait for now. Returns who has left for it and is to be closed. Raises Full."""
        leaves = self._who_leaves(source)
        if leaves is not None:
            self.leave(leaves)
        self._sources[one] = source
        self._count[source] += 1
        self.wait_for(one)
        return leaves

    def _who_leaves(self, source: str | None) -> C | None:
        if source is not None and self._count[source] >= self._most_of_source:
            return self._longest_waited_for(source)
        if len(self._sources) >= self._most:
            return self._longest_waited_for(
                max(self._waited_for, key=lambda one: len(self._waited_for[one]), default=None)
            )
        return None

    def _longest_waited_for(self, source: str | None) -> C:
        try:
            return next(iter(self._waited_for[source]))
        except KeyError:
            raise Full from None

    def wait_for(self, one: C) -> None:
        """From now on it is one that we wait for: for a head, a body, or the next request."""
        if one not in self._sources:
            return
        self._forget(one)
        self._waited_for.setdefault(self._sources[one], OrderedDict())[one] = None

    def answer(self, one: C) -> None:
        """It has asked for something, which is being done: it does not leave for others."""
        if one in self._sources:
            self._forget(one)

    def leave(self, one: C) -> None:
        """It is gone. Whoever has left already is nobody."""
        if one not in self._sources:
            return
        self._forget(one)
        source = self._sources.pop(one)
        self._count[source] -= 1
        if not self._count[source]:
            del self._count[source]

    def _forget(self, one: C) -> None:
        source = self._sources[one]
        waiting = self._waited_for.get(source)
        if waiting is not None:
            waiting.pop(one, None)
            if not waiting:
                del self._waited_for[source]
