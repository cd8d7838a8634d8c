"""Turns: so many at a time, a fair share for all who wait, and a word at once to whoever has too much waiting."""

import asyncio
from dataclasses import dataclass, field

import pytest

from portal.turns import Busy, Turns


@dataclass
class Bakery:
    """Turns whose work ends when the test says so; `served` are those who had a place, in order."""

    turns: Turns
    served: list[str] = field(default_factory=list)
    ends: dict[str, asyncio.Event] = field(default_factory=dict)
    tasks: dict[str, "asyncio.Task[None]"] = field(default_factory=dict)

    async def asks(self, name: str) -> None:
        """Somebody asks: "a1.3" is the third time of the first of group a."""
        self.ends[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._turn(name))
        await settle()

    async def _turn(self, name: str) -> None:
        async with self.turns.turn(name[0], name[:2]):
            self.served.append(name)
            await self.ends[name].wait()

    async def ends_one(self) -> None:
        """The one who has had a place for longest is done."""
        name = next(one for one in self.served if not self.ends[one].is_set())
        self.ends[name].set()
        await settle()


async def settle() -> None:
    """Let everything that can go on, go on."""
    for _round in range(5):
        await asyncio.sleep(0)


def bakery(places: int, of_one: int = 100, of_group: int = 100, of_all: int = 100) -> Bakery:
    return Bakery(Turns(places, of_one=of_one, of_group=of_group, of_all=of_all))


async def test_groups_have_turns_and_within_them_each_one() -> None:
    made = bakery(1)
    for name in ("a1.1", "a1.2", "a1.3", "a1.4", "a2.1", "b1.1", "b1.2", "c1.1"):
        await made.asks(name)
    for _turn in range(7):
        await made.ends_one()
    assert made.served == ["a1.1", "b1.1", "c1.1", "a1.2", "b1.2", "a2.1", "a1.3", "a1.4"]


async def test_one_group_never_has_every_place() -> None:
    made = bakery(2)
    for number in range(5):
        await made.asks(f"a1.{number}")
    assert made.served == ["a1.0"]
    await made.asks("b1.1")
    assert made.served == ["a1.0", "b1.1"]


@pytest.mark.parametrize(("bound", "last"), [("of_one", "a1.9"), ("of_group", "a9.1"), ("of_all", "a2.1")])
async def test_a_full_queue_is_said_at_once(bound: str, last: str) -> None:
    made = bakery(1, **{bound: 2})
    for name in ("a1.1", "a1.2", "a1.3"):
        await made.asks(name)
    await made.asks(last)
    with pytest.raises(Busy) as busy:
        await made.tasks[last]
    assert busy.value.wait >= 1
    await made.ends_one()
    await made.asks("a1.8")
    assert not made.tasks["a1.8"].done()


async def test_whoever_gives_up_leaves_no_place_taken() -> None:
    made = bakery(1)
    for name in ("a1.1", "a1.2", "b1.1"):
        await made.asks(name)
    made.tasks["a1.2"].cancel()
    await settle()
    made.tasks["a1.1"].cancel()
    await settle()
    assert made.served == ["a1.1", "b1.1"]
    made.ends["b1.1"].set()
    await settle()
    assert made.turns._waiting == {}
    assert made.turns._running.total() == 0


async def test_whoever_is_called_as_they_leave_passes_the_place_on() -> None:
    made = bakery(1)
    for name in ("a1.1", "a1.2", "b1.1"):
        await made.asks(name)
    made.ends["a1.1"].set()
    await asyncio.sleep(0)
    made.tasks["a1.2"].cancel()
    await settle()
    assert made.served[-1] == "b1.1"


async def test_a_place_that_is_free_as_somebody_gives_up_goes_to_the_next() -> None:
    made = bakery(1)
    for name in ("a1.1", "b1.1", "c1.1", "a1.2"):
        await made.asks(name)
    made.ends["a1.1"].set()  # gives its place back in the tick in which whoever is next leaves
    made.tasks["b1.1"].cancel()
    await settle()
    assert made.tasks["b1.1"].cancelled()
    assert made.served == ["a1.1", "c1.1"]
    made.ends["c1.1"].set()
    await settle()
    assert made.served[-1] == "a1.2", "no place is lost"
    assert made.turns._running.total() == 1


async def test_groups_at_their_limits_keep_no_other_out() -> None:
    made = bakery(1, of_group=4, of_all=8)
    for group in "ab":
        for number in range(5):
            await made.asks(f"{group}1.{number}")
    assert sum(len(group) for group in made.turns._waiting.values()) == 8
    await made.asks("c1.1")
    with pytest.raises(Busy):
        await made.tasks["a1.4"]
    assert not made.tasks["c1.1"].done()
    for name in ("d1.1", "e1.1", "f1.1", "g1.1", "h1.1"):
        await made.asks(name)
    assert not made.tasks["h1.1"].done(), "one of each waits before anybody's second"
    waiting = {name for name, task in made.tasks.items() if not task.done()}
    assert len(waiting - {"a1.0"}) == 8


async def test_whoever_is_sent_away_as_they_leave_gives_back_no_place() -> None:
    made = bakery(1, of_group=4, of_all=2)
    for name in ("a1.1", "a1.2", "a1.3"):
        await made.asks(name)
    made.ends["b1.1"] = asyncio.Event()
    made.tasks["b1.1"] = asyncio.create_task(made._turn("b1.1"))
    await asyncio.sleep(0)
    made.tasks["a1.3"].cancel()
    await settle()
    assert made.turns._running.total() == 1
    assert made.served == ["a1.1"]


async def test_a_failure_gives_its_place_back() -> None:
    turns = Turns(1, of_one=1, of_group=1, of_all=1)
    for _again in range(3):
        with pytest.raises(ValueError, match="burnt"):
            async with turns.turn("a", "a1"):
                raise ValueError("burnt")


async def test_whoever_is_of_no_company_has_turns_and_bounds_like_everybody() -> None:
    turns = Turns(1, of_one=1, of_group=1, of_all=2)
    async with asyncio.timeout(10), turns.turn(None, None):
        waits = asyncio.create_task(turns.turn(None, None).__aenter__())
        await settle()
        with pytest.raises(Busy):
            await turns.turn(None, "another").__aenter__()
    await waits
