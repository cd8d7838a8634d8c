"""P3 under a flood: what was allowed when a download began is asked again when it is ready; others are served."""

import asyncio
from typing import Any

import httpx
import pytest

from portal.disclosure.receipts.attached import Place
from portal.resume.request import ResumeRequest
from portal.resume.workshop import WAITING_OF_ONE, Workshop
from portal.web import envelope
from tests.client import Browser, Portal, running
from tests.database import Database
from tests.journeys.cast import HAO, LINH, Cast, Person, cast

FLOOD = 40


async def two_companies(portal: Portal) -> tuple[Cast, Person, Person]:
    """Linh at Aoba and Hao at Kita, each introduced to that company alone."""
    people = await cast(portal)
    return people, await people.introduce(LINH, people.aoba), await people.introduce(HAO, people.kita)


def resume(linh: Person, number: int = 0) -> str:
    """An address of the resume."""
    return f"{linh.page}/resume.pdf?form=en&calendar=western&number={number}"


class Held:
    """The workshop, whose work begins when the test says so; `begun` are the introductions' codes, in their order."""

    def __init__(self, portal: Portal, monkeypatch: pytest.MonkeyPatch) -> None:
        self.go_on, self.begun = asyncio.Event(), list[str]()
        made = Workshop.resume

        async def held(workshop: Workshop, request: ResumeRequest, *values: Any) -> tuple[bytes, Place]:
            self.begun.append(request.code)
            await self.go_on.wait()
            return await made(workshop, request, *values)

        monkeypatch.setattr(Workshop, "resume", held)

    async def until_begun(self, count: int) -> None:
        """Waits until so many are being made."""
        while len(self.begun) < count:  # noqa: ASYNC110 - counted by whoever begins
            await asyncio.sleep(0.01)


async def ask(browser: Browser, path: str, done: list[str], name: str) -> httpx.Response:
    """One download; its name is kept when it has arrived."""
    answer = await browser.raw("GET", path)
    done.append(f"{name} {answer.status_code}")
    return answer


ENDINGS = {
    "withdrawal": "update personal.consent set withdrawn_at = now() where id = $1",
    "restriction": "update personal.candidate set restricted_at = now()"
    " where id = (select candidate_id from personal.consent where id = $1)",
}


@pytest.mark.parametrize("ending", [*ENDINGS, "sign-out"])
async def test_p3_what_is_ready_when_the_right_has_ended_does_not_leave(
    database: Database, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    async with running(database) as portal:
        people, linh, _hao = await two_companies(portal)
        hana = await portal.signed_in(people.hana)
        held = Held(portal, monkeypatch)
        asked = asyncio.create_task(hana.raw("GET", resume(linh)))
        await held.until_begun(1)
        if ending == "sign-out":
            await hana.get("/account")
            await hana.submit("/sign-out")
        else:
            await portal.owner.execute(ENDINGS[ending], linh.consent.id)
        held.go_on.set()
        answer = await asked
        assert answer.status_code == (303 if ending == "sign-out" else 404)
        assert b"%PDF" not in answer.content
        (download,) = await portal.log("action = 'resume_read'")
        (refused,) = await portal.log("action = 'handed_over'")
        assert (download["decision"], refused["decision"]) == ("permitted", "refused")
        assert refused["introduction_id"] == linh.introduction.id
        for bound in ("actor_id", "session_id", "company_id"):
            assert refused[bound] == download[bound]
        assert refused["subject_id"] == download["id"]
        assert refused["items"] == 0
        about = "select count(*) from accesslog.entry_subject where entry_id = $1 and candidate_id = $2"
        assert await portal.owner.fetchval(about, refused["id"], linh.candidate.id) == 1


async def test_p3_a_file_and_a_photo_are_asked_for_again_too(database: Database) -> None:
    async with running(database) as portal:
        people, linh, _hao = await two_companies(portal)
        hana = await portal.signed_in(people.hana)
        assert (await hana.raw("GET", f"{linh.page}/documents/{linh.document}")).status_code == 200
        opened, given = (await portal.log("action = 'document_opened'")), (await portal.log("action = 'handed_over'"))
        assert [(one["subject_id"], one["items"]) for one in given] == [(one["id"], one["items"]) for one in opened]


async def test_nobodys_entry_is_handed_over_to_another(database: Database) -> None:
    async with running(database) as portal:
        people, linh, _hao = await two_companies(portal)
        hana, ken = await portal.signed_in(people.hana), await portal.signed_in(people.ken)
        await hana.raw("GET", resume(linh))
        (download,) = await portal.log("action = 'resume_read'")
        web = await database.connect("portal_web")
        for browser, open_still in ((hana, True), (ken, False)):
            async with web.transaction():
                await web.execute("select set_config('portal.session', $1, true)", browser.secret)
                left = await web.fetch("select * from gate.hand_over($1, $2)", download["id"], bytes(32))
                assert bool(left) is open_still
        await web.close()


async def test_whoever_is_of_another_company_is_served_before_the_flood(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the flood one is made and eight wait; the rest are told so, with a wait in words. Ken is served next."""
    async with running(database, render_workers=1) as portal:
        people, linh, hao = await two_companies(portal)
        hana, ken = await portal.signed_in(people.hana), await portal.signed_in(people.ken)
        held, done = Held(portal, monkeypatch), list[str]()
        flood = [asyncio.create_task(ask(hana, resume(linh, n), done, "hana")) for n in range(FLOOD)]
        await held.until_begun(1)
        told = FLOOD - 1 - WAITING_OF_ONE
        while len(done) < told:  # noqa: ASYNC110 - the answers come by themselves
            await asyncio.sleep(0.01)
        assert done == ["hana 429"] * told
        late = asyncio.create_task(ask(ken, resume(hao), done, "ken"))
        workshop: Workshop = portal.app.state.workshop
        while len(workshop.turns._waiting) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        held.go_on.set()
        assert b"%PDF" in (await late).content
        answers = await asyncio.gather(*flood)
        assert held.begun[:2] == [linh.introduction.code, hao.introduction.code]
        assert held.begun[2:] == [linh.introduction.code] * WAITING_OF_ONE
        busy = next(answer for answer in answers if answer.status_code == 429)
        assert "Try again in about" in busy.text
        assert int(busy.headers["retry-after"]) >= 1
        assert sum(answer.status_code == 200 for answer in answers) == 1 + WAITING_OF_ONE
        assert len(await portal.log("action = 'resume_read'")) == 2 + WAITING_OF_ONE


async def test_who_has_too_many_waiting_is_told_after_the_others_are_served(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that asking again without a pause costs whoever does it, and not the pages of others."""
    async with running(database, render_workers=1) as portal:
        people, linh, hao = await two_companies(portal)
        hana, ken = await portal.signed_in(people.hana), await portal.signed_in(people.ken)
        held, done = Held(portal, monkeypatch), list[str]()
        told = asyncio.Event()
        monkeypatch.setattr(envelope, "sleep", lambda _seconds: told.wait())
        flood = [asyncio.create_task(ask(hana, resume(linh, n), done, "hana")) for n in range(FLOOD)]
        await held.until_begun(1)
        assert (await ken.get(hao.page)).title == hao.name
        held.go_on.set()
        assert b"%PDF" in (await ask(ken, resume(hao), done, "ken")).content
        assert "hana 429" not in done
        told.set()
        await asyncio.gather(*flood)
        assert done.count("hana 429") == FLOOD - 1 - WAITING_OF_ONE
