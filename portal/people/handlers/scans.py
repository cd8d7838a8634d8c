"""A scan that staff send as evidence: cleaned in the operator's turn, and sealed with the person's own key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

from portal.database.answers import Answer, Refused, TooMany
from portal.database.viewer import Viewer
from portal.documents.cleaning import clean_document
from portal.people import papers
from portal.people.papers import Paper
from portal.resume.failures import WorkFailed
from portal.resume.workshop import Workshop
from portal.turns import Busy
from portal.web.answers import NotMade
from portal.web.uploads import Upload
from portal.web.visit import PortalRequest
from portal.web.work import work

STAFF_TURNS = "staff"  # the operator's people are one group, as those of a company are


@asynccontextmanager
async def sealed(
    request: PortalRequest, viewer: Viewer, person: UUID, scan: Upload | None
) -> AsyncIterator[list[Paper]]:
    """The stored paper, or none; whatever is still in the list at the end was not recorded, and is removed. Where it
    broke off nobody knows whether the record of it was committed, so it stays: without one no row names it.

    Raises documents.refusals.Refused for a file that is not taken, and Refused, NotMade, TooMany."""
    workshop: Workshop = request.app.state.workshop
    papers_made = [] if scan is None else [await _stored(request, workshop, viewer, person, scan)]
    refused: Answer | None = None
    try:
        yield papers_made
    except Answer as answer:
        refused = answer
    for paper in papers_made:
        await workshop.store.delete(paper.object_key)
    if refused is not None:
        raise refused


async def _stored(request: PortalRequest, workshop: Workshop, viewer: Viewer, person: UUID, scan: Upload) -> Paper:
    content = scan.content.read()
    try:
        async with workshop.turns.turn(STAFF_TURNS, viewer.account_id):
            clean = await workshop.pool.run(clean_document, content, scan.name)
    except Busy as busy:
        raise TooMany(busy.wait) from busy
    except WorkFailed as failure:
        raise NotMade from failure
    async with work(request) as unit:
        key = await papers.data_key(unit, person, workshop.keys)
    if key is None:
        raise Refused
    return await papers.store(workshop.store, key, clean)
