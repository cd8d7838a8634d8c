"""What the floods cost others, in figures: `python -m tests.faults.figures`. The tests beside it say who is served.

Everything goes over sockets to one web process (`portal serve`) on this machine, from addresses of its own. Usual and
flooded take turns in one run, so that ratios count; the load of the machine is told beside them.
"""

import asyncio
import math
import resource
import statistics
import time
from pathlib import Path

import click
import httpx

from portal.web import csrf
from tests.client import PASSWORD, Portal, running
from tests.database import Database, copy_of, make_template, throwaway_cluster
from tests.faults.measuring import EACH, PAGES, READER, Stage, Timed, flood, in_turn, pages, timed, told
from tests.faults.stage import new_home
from tests.journeys.cast import cast
from tests.matrix.stage import items_of_a_person
from tests.serving import served

STRANGER, OTHER = "127.0.0.2", "127.0.0.3"
SILENT, SLOW = 2_000, 200
DOWNLOADS, TRIES = 81, 600
AFTER = 1.5  # seconds from the first asking to the withdrawal
RESUME = "/resume.pdf?form=en&calendar=western"
Told = tuple[dict[str, str], dict[str, str], list[str], list[str], tuple[str, str]]


async def silence(stage: Stage, source: str) -> None:
    """Sockets that say nothing, and bodies that never end."""
    usual = await pages(stage, stage.ken, PAGES)
    writers: list[asyncio.StreamWriter] = []
    for number in range(SILENT + SLOW):
        _, writer = await asyncio.open_connection("127.0.0.1", stage.server.port, local_addr=(source, 0))
        writers.append(writer)
        if number >= SILENT:
            writer.write(b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\na")
    told(
        f"{SILENT} silent and {SLOW} slow from {source}, pages to {READER}", usual, await pages(stage, stage.ken, PAGES)
    )
    for writer in writers:
        writer.close()


async def downloads_of_one_account(stage: Stage) -> None:
    """Forty at a time of Hana's, without a pause, while Ken opens resumes that nobody opened before, and pages."""
    kens, theirs = iter(stage.kens), iter(stage.theirs * 1000)

    async def resumes() -> list[Timed]:
        async with stage.browser(READER, stage.ken) as ken:
            return [await timed(ken.get(next(kens) + RESUME)) for _ in range(EACH)]

    async with stage.browser(STRANGER, stage.hana) as hana:

        async def one() -> None:
            await hana.get(next(theirs) + "/resume.pdf?form=ja&calendar=era")

        probes = {"another company's resumes": resumes, "pages": lambda: pages(stage, stage.ken, EACH)}
        await in_turn("one account's 40 downloads at a time", probes, lambda: flood(*[one] * 40))


async def sign_in(browser: httpx.AsyncClient, email: str, password: str) -> httpx.Response:
    """One try, as the form sends it."""
    if "visitor" not in browser.cookies:
        await browser.get("/sign-in")
    proof = {csrf.FIELD: csrf.token(browser.cookies["visitor"])}
    return await browser.post("/sign-in", data={**proof, "email": email, "password": password})


async def sign_ins(stage: Stage) -> None:
    """Eight connections of a stranger guess without a pause; Ken signs in from elsewhere."""

    async def right() -> list[Timed]:
        answers = []
        for _ in range(EACH):
            async with stage.browser(READER) as ken:
                await ken.get("/sign-in")
                answers.append(await timed(sign_in(ken, stage.emails[1], PASSWORD)))
        return answers

    async with stage.browser(OTHER) as stranger:
        numbers = iter(range(1_000_000))

        async def guess() -> None:
            await sign_in(stranger, f"nobody{next(numbers)}@aoba.example", "wrong")

        await stranger.get("/sign-in")
        probes = {"right sign-ins": right, "pages": lambda: pages(stage, stage.hana, EACH)}
        await in_turn("a stranger's wrong ones over 8 connections", probes, lambda: flood(*[guess] * 8), 303)


async def who_has_an_account(stage: Stage) -> None:
    """Whether the time of a refusal tells: tries for a known and an unknown address, in turn."""
    known: list[float] = []
    unknown: list[float] = []
    async with stage.browser(OTHER) as stranger:
        for number in range(TRIES):
            await stage.owner.execute("delete from portal.sign_in_failure")
            some, email = (unknown, f"nobody{number:03}@x.example") if number % 2 else (known, stage.emails[0])
            seconds, status = await timed(sign_in(stranger, email, "wrong"))
            assert status == 422, status
            some.append(seconds * 1000)
    above = sum((a > b) + (a == b) / 2 for a in known for b in unknown)
    pairs = len(known) * len(unknown)
    z = (above - pairs / 2) / math.sqrt(pairs * (len(known) + len(unknown) + 1) / 12)
    medians = f"{statistics.median(known):.2f} and {statistics.median(unknown):.2f} ms"
    click.echo(f"{TRIES} wrong sign-ins, known and unknown address: medians {medians}, Mann-Whitney z {z:.2f}")


async def withdrawal(stage: Stage) -> None:
    """Hana asks for 81 resumes, again where she is told to; then her people withdraw, and she signs out."""
    arrived: list[float] = []
    ended: list[float] = []

    async def one(hana: httpx.AsyncClient, page: str) -> None:
        while not ended or time.perf_counter() < ended[0] + 20:
            answer = await hana.get(page + RESUME)
            if answer.status_code == 200:
                arrived.append(time.perf_counter())
            if answer.status_code != 429:
                return
            await asyncio.sleep(int(answer.headers["retry-after"]))

    async with stage.browser(STRANGER, stage.hana) as hana:
        asked = [asyncio.create_task(one(hana, page)) for page in stage.theirs]
        await asyncio.sleep(AFTER)
        await stage.owner.execute("update personal.consent set withdrawn_at = now() where withdrawn_at is null")
        await hana.post("/sign-out", data={csrf.FIELD: csrf.token(stage.hana["portal"])})
        ended.append(time.perf_counter())
        await asyncio.gather(*asked)
    late = sum(at > ended[0] for at in arrived)
    click.echo(
        f"{DOWNLOADS} resumes, withdrawn after {AFTER} s: {len(arrived) - late} arrived before, {late} after",
    )


async def write(portal: Portal) -> Told:
    """Both companies, who recruits for them, and whom they may see."""
    people = await cast(portal)
    for one in (people.hana, people.ken):
        portal.world.password(one, PASSWORD)
    shown = {}
    for company, count in ((people.aoba, DOWNLOADS), (people.kita, 2 * PAGES)):
        candidates = [
            portal.world.candidate(mark, items=items_of_a_person(mark))
            for mark in (f"{company.reference}{number}" for number in range(count))
        ]
        for candidate in candidates:
            portal.world.consent(candidate, company)
        introduced = [portal.world.introduction(candidate, company) for candidate in candidates]
        shown[company.reference] = [f"/candidates/{one.id}" for one in introduced]
    hana, ken = await portal.signed_in(people.hana), await portal.signed_in(people.ken)
    return (
        {"portal": hana.secret},
        {"portal": ken.secret},
        shown["aoba"],
        shown["kita"],
        (people.hana.email, people.ken.email),
    )


async def measured(database: Database, home: Path) -> None:
    """Everything, one after the other; what ends consents last."""
    async with running(database) as portal:
        told_of = await write(portal)
    with served(database, home) as server:
        owner = await database.connect("portal_owner")
        stage = Stage(server, owner, *told_of)
        for source in (STRANGER, READER):
            await silence(stage, source)
        for flooded in (downloads_of_one_account, sign_ins, who_has_an_account, withdrawal):
            await flooded(stage)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    with throwaway_cluster() as cluster, copy_of(make_template(cluster), cluster) as made, new_home() as folder:
        asyncio.run(measured(made, Path(folder)))
