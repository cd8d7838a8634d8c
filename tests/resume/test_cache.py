"""The cache is bounded in bytes and age, and makes a thing once."""

import asyncio

import pytest

from portal.resume.cache import PdfCache


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_least_used_leaves_first() -> None:
    cache = PdfCache(max_bytes=30)
    for key in "abc":
        cache.put(key, b"x" * 10)
    assert cache.get("a") is not None
    cache.put("d", b"x" * 10)
    assert [key for key in "abcd" if cache.get(key)] == ["a", "c", "d"]
    assert cache.size == 30
    cache.put("a", b"y" * 4)
    assert cache.size == 24
    cache.put("huge", b"x" * 31)
    assert cache.get("huge") is None
    cache.forget_all()
    assert cache.size == 0
    assert cache.get("a") is None


def test_p3_nothing_stays_longer_than_its_time() -> None:
    clock = Clock()
    cache = PdfCache(max_seconds=600, clock=clock)
    cache.put("a", b"x")
    clock.now = 599
    assert cache.get("a") == b"x"
    clock.now = 600
    assert cache.get("a") is None
    cache.put("b", b"x")
    clock.now = 1300
    cache.put("c", b"x")
    assert cache.size == 1


async def test_askers_at_once_share_one_making() -> None:
    cache, made = PdfCache(), 0

    async def make() -> bytes:
        nonlocal made
        made += 1
        await asyncio.sleep(0.01)
        return b"pdf"

    answers = await asyncio.gather(*(cache.get_or_make("a", make) for _ in range(20)))
    assert set(answers) == {b"pdf"}
    assert made == 1
    assert await cache.get_or_make("a", make) == b"pdf"
    assert made == 1


async def test_one_giving_up_does_not_stop_the_others() -> None:
    cache = PdfCache()

    async def make() -> bytes:
        await asyncio.sleep(0.02)
        return b"pdf"

    first = asyncio.create_task(cache.get_or_make("a", make))
    second = asyncio.create_task(cache.get_or_make("a", make))
    await asyncio.sleep(0.001)
    first.cancel()
    assert await second == b"pdf"
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_an_error_is_not_kept() -> None:
    cache = PdfCache()

    async def fail() -> bytes:
        raise OSError("no")

    async def make() -> bytes:
        return b"pdf"

    with pytest.raises(OSError, match="no"):
        await cache.get_or_make("a", fail)
    assert await cache.get_or_make("a", make) == b"pdf"
