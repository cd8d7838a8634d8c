"""The signed paper as a file, for whoever looks after the company, its administrators, and compliance."""

from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from portal.agreements import signing
from portal.agreements.signing import SignedPaper
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.web.markers import signed_in
from portal.web.rendering import file_answer
from portal.web.visit import PortalRequest
from portal.web.work import work

READERS = signed_in(Role.EMPLOYER_ADMIN, Role.ACCOUNT_MANAGER, Role.COMPLIANCE)


@get("/agreements/{agreement:uuid}/paper.pdf", opt=READERS)
async def download_paper(request: PortalRequest, agreement: FromPath[UUID]) -> Response[bytes]:
    """The paper. That it was opened is recorded."""
    async with work(request) as unit:
        paper = await signing.open_paper(unit, agreement)
        if paper is None:
            raise Refused
    return pdf_file(paper)


def pdf_file(paper: SignedPaper) -> Response[bytes]:
    """Kept as a file, byte for byte: one changed byte would make its signature fail."""
    return file_answer(paper.pdf, "application/pdf", paper.name)


routes = [download_paper]
