"""Turns at what takes long: so many at a time, a bounded queue, and a fair share for everybody in it.

Promise: however much one asks for, the next place that is free goes to somebody who has waited and not just had one. A
group never has all the places, so whoever is of another is not kept waiting by it where there are two.
"""

import asyncio
import math
import time
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

FIRST_GUESS = 1.0  # seconds that a turn takes, before one has been seen
MEMORY = 0.2  # how much the newest turn counts in what one usually takes


class Busy(Exception):
    """The queue has no place for one more of theirs. `wait` is in seconds, as it looks now."""

    def __init__(self, wait: int) -> None:
        super().__init__("the queue is full")
        self.wait = wait


@dataclass(slots=True)
class _Group:
    """Who waits of one group, each one's own in order; whoever comes first is next. `since` counts in turns given."""

    since: float = 0.0
    ones: OrderedDict[Hashable, deque["asyncio.Future[None]"]] = field(default_factory=OrderedDict)

    def __len__(self) -> int:
        return sum(len(each) for each in self.ones.values())


class Turns:
    """`places` at a time; `of_one` may wait for one, `of_group` for a group, `of_all` together.

    When all together have as many as they may, whoever of the largest group came last leaves for somebody of a smaller
    one: some groups at their limits keep no other out.
    """

    def __init__(self, places: int, *, of_one: int, of_group: int, of_all: int) -> None:
        self._places = places
        self._share = max(1, places - 1)
        self._of_one, self._of_group, self._of_all = of_one, of_group, of_all
        self._waiting: dict[Hashable, _Group] = {}
        self._running: Counter[Hashable] = Counter()
        self._given = 0
        self._last: Hashable = object()
        self._usual = FIRST_GUESS

    @asynccontextmanager
    async def turn(self, group: Hashable, one: Hashable) -> AsyncIterator[None]:
        """Wait for a place, and have it for as long as the block runs. Raises Busy at once where the queue is full."""
        await self._wait(group, one)
        began = time.monotonic()
        try:
            yield
        finally:
            self._usual += MEMORY * (time.monotonic() - began - self._usual)
            self._give_back(group)

    async def _wait(self, group: Hashable, one: Hashable) -> None:
        waiting = self._waiting.get(group) or _Group(self._given - (0 if group == self._last else 0.5))
        mine = waiting.ones.get(one, deque())
        if len(mine) >= self._of_one or len(waiting) >= self._of_group or not self._has_room(len(waiting)):
            raise Busy(self._expected(len(waiting)))
        ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(group, waiting).ones.setdefault(one, mine).append(ready)
        self._hand_out()
        try:
            await ready
        except asyncio.CancelledError:
            if not ready.done() or ready.cancelled():
                self._withdraw(group, one, ready)
            elif ready.exception() is None:
                self._give_back(group)
            raise

    def _has_room(self, mine: int) -> bool:
        """Whether one more may wait of a group of which `mine` do; room is made for a small group."""
        if self._count() < self._of_all:
            return True
        largest = max(self._waiting, key=lambda group: len(self._waiting[group]))
        if len(self._waiting[largest]) <= mine + 1:
            return False
        ones = self._waiting[largest].ones
        one = max(ones, key=lambda each: len(ones[each]))
        leaves = ones[one].pop()
        if not leaves.done():
            leaves.set_exception(Busy(self._expected(len(self._waiting[largest]))))
        self._tidy(largest, one)
        return True

    def _count(self) -> int:
        return sum(len(group) for group in self._waiting.values())

    def _expected(self, before: int) -> int:
        return max(1, math.ceil(self._usual * before / self._share))

    def _withdraw(self, group: Hashable, one: Hashable, ready: "asyncio.Future[None]") -> None:
        if group in self._waiting and ready in self._waiting[group].ones.get(one, ()):
            self._waiting[group].ones[one].remove(ready)
            self._tidy(group, one)

    def _tidy(self, group: Hashable, one: Hashable) -> None:
        if not self._waiting[group].ones[one]:
            del self._waiting[group].ones[one]
        if not self._waiting[group].ones:
            del self._waiting[group]

    def _give_back(self, group: Hashable) -> None:
        self._running[group] -= 1
        if not self._running[group]:
            del self._running[group]
        self._hand_out()

    def _hand_out(self) -> None:
        while self._running.total() < self._places and (eligible := self._eligible()):
            group = min(eligible, key=lambda group: self._waiting[group].since)  # longest without a turn
            waiting = self._waiting[group]
            one = next(iter(waiting.ones))
            ready = waiting.ones[one].popleft()
            if ready.done():  # they gave up at this very moment, and take no place
                self._tidy(group, one)
                continue
            waiting.ones.move_to_end(one)
            self._given += 1
            self._last = group
            waiting.since = self._given
            self._tidy(group, one)
            self._running[group] += 1
            ready.set_result(None)

    def _eligible(self) -> list[Hashable]:
        """The groups that wait and have not all that one may have."""
        return [group for group in self._waiting if self._running[group] < self._share]
