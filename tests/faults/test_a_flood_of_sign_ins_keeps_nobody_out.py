"""A flood of wrong sign-ins waits for itself: others sign in, and pages of people who are signed in are served."""

import asyncio
import threading
from collections import Counter

import pytest

from portal.accounts import passwords
from portal.accounts.passwords import THREADS, WAITING_OF_SOURCE, Parameters
from tests.client import PASSWORD, Browser, running
from tests.database import Database
from tests.journeys.cast import LINH, Cast, cast

FLOOD = 40
PROVED_AT_ONCE = THREADS - 1  # of one source
KEPT = PROVED_AT_ONCE + WAITING_OF_SOURCE
STRANGER, ELSEWHERE = "203.0.113.9", "198.51.100.7"
WRONG = "a guess"


class Proving:
    """Proofs of wrong passwords, which end when the test says so; `begun` counts those."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on, self.begun = threading.Event(), 0
        made = passwords.proof

        def held(password: str, salt: bytes, parameters: Parameters) -> bytes:
            if password == WRONG:
                self.begun += 1
                self.go_on.wait(60)
            return made(password, salt, parameters)

        monkeypatch.setattr(passwords, "proof", held)


async def people_with_passwords(people: Cast) -> None:
    """Hana and Ken can sign in."""
    for one in (people.hana, people.ken):
        people.portal.world.password(one, PASSWORD)
    await people.portal.written()


async def at_the_door(people: Cast, peer: str) -> Browser:
    """A browser in which nobody is signed in, at the sign-in page."""
    browser = people.portal.browser(peer=peer)
    await browser.get("/sign-in")
    return browser


async def tried(browser: Browser, email: str, password: str = PASSWORD) -> int:
    """How a try to sign in is answered: 303 signed in, 422 wrong, 429 told to wait."""
    return (await browser.post("/sign-in", email=email, password=password)).status_code


@pytest.mark.parametrize("guessed_at", ["one name", "many names"])
async def test_who_signs_in_elsewhere_is_served_before_the_flood(
    database: Database, monkeypatch: pytest.MonkeyPatch, guessed_at: str
) -> None:
    """The stranger has one place less than there are, eight tries that wait, and the rest are told so at once."""
    async with running(database) as portal:
        people = await cast(portal)
        await people_with_passwords(people)
        linh = await people.introduce(LINH, people.aoba)
        hana = await portal.signed_in(people.hana)
        stranger, ken = await at_the_door(people, STRANGER), await at_the_door(people, ELSEWHERE)
        proving, answered = Proving(monkeypatch), list[int]()

        async def guess(number: int) -> None:
            name = "nobody" if guessed_at == "one name" else f"nobody{number}"
            answered.append(await tried(stranger, f"{name}@aoba.example", WRONG))

        try:
            flood = [asyncio.create_task(guess(number)) for number in range(FLOOD)]
            async with asyncio.timeout(60):
                while len(answered) < FLOOD - KEPT or proving.begun < PROVED_AT_ONCE:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            assert answered == [429] * (FLOOD - KEPT)
            assert (await hana.get(linh.page)).title == linh.name
            assert (await hana.raw("GET", "/candidates")).status_code == 200
            assert await tried(ken, people.ken.email) == 303
            assert (await ken.raw("GET", "/account")).status_code == 200
            assert len(answered) == FLOOD - KEPT, "the flood waits, and they were served"
            assert proving.begun == PROVED_AT_ONCE
        finally:
            proving.go_on.set()
        await asyncio.gather(*flood)
        assert sum(status == 422 for status in answered) <= KEPT


async def test_whose_account_is_guessed_at_signs_in_where_they_did_before(database: Database) -> None:
    """By the cookie that their browser got then. Elsewhere even the right password has to wait."""
    async with running(database) as portal:
        people = await cast(portal)
        await people_with_passwords(people)
        own, new = await at_the_door(people, ELSEWHERE), await at_the_door(people, ELSEWHERE)
        assert await tried(own, people.hana.email) == 303
        await own.get("/account")
        await own.submit("/sign-out")
        guesses = Counter[int]()
        for number in range(30):
            stranger = await at_the_door(people, f"203.0.113.{number}")
            guesses[await tried(stranger, people.hana.email, WRONG)] += 1
        assert set(guesses) == {422, 429}
        assert await tried(new, people.hana.email) == 429
        assert await tried(own, people.hana.email) == 303
        assert (await own.raw("GET", "/account")).status_code == 200
        assert await tried(new, people.hana.email) == 429, "that she is in lets nobody else in"


async def test_a_source_that_guesses_is_told_to_wait_before_anything_is_proved(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(database) as portal:
        people = await cast(portal)
        await people_with_passwords(people)
        stranger, ken = await at_the_door(people, STRANGER), await at_the_door(people, ELSEWHERE)
        proving = Proving(monkeypatch)
        proving.go_on.set()
        answers = [await tried(stranger, f"nobody{number}@aoba.example", WRONG) for number in range(100)]
        assert answers == [422] * 100
        more = [tried(stranger, f"somebody{number}@aoba.example", WRONG) for number in range(10)]
        assert await asyncio.gather(*more) == [429] * 10
        assert proving.begun == 100
        assert await tried(ken, people.ken.email) == 303
