"""A company, a recruiter who is signed in, and candidates with resumes on file, for faults to happen to."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from portal.database.viewer import new_secret
from tests.client import Browser, Portal, running
from tests.database import Database
from tests.facts import Introduction
from tests.matrix.stage import items_of_a_person
from tests.papers import store_document


@dataclass
class Scene:
    """`pages` are addresses of candidates' pages, `files` of their files; `secret` is the recruiter's session."""

    portal: Portal
    secret: str
    introductions: list[Introduction]
    pages: list[str]
    files: list[str]

    def browser(self) -> Browser:
        """One more browser in which the recruiter is signed in."""
        made = self.portal.browser()
        made.http.cookies.set("portal", self.secret, domain="localhost.local")
        return made


async def set_scene(portal: Portal, candidates: int = 5) -> Scene:
    """Write it."""
    world, secret = portal.world, new_secret()
    company = world.company("aoba")
    hana = world.account("hana", "recruiter", company)
    world.undertaking(world.agreement(company), hana)
    world.session(hana, secret=secret)
    await portal.written()
    introductions, files = [], []
    for number in range(candidates):
        candidate = world.candidate(f"person-{number}", items=items_of_a_person(f"person{number}"))
        world.consent(candidate, company)
        introductions.append(world.introduction(candidate, company))
        document = await store_document(portal, candidate, "resume_original")
        files.append(f"/candidates/{introductions[-1].id}/documents/{document.id}")
    await portal.written()
    return Scene(portal, secret, introductions, [f"/candidates/{one.id}" for one in introductions], files)


@asynccontextmanager
async def scene(database: Database, candidates: int = 5) -> AsyncIterator[Scene]:
    """The app in this process, with the scene set."""
    async with running(database) as portal:
        yield await set_scene(portal, candidates)


def new_home() -> "tempfile.TemporaryDirectory[str]":
    """A folder for a server's documents and keys."""
    return tempfile.TemporaryDirectory(prefix="shokai-served-", dir=Path(tempfile.gettempdir()))
