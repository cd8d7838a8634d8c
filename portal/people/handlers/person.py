"""A person's page for staff: codes, consents with what they stand on, the law; nothing personal."""

from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.people import queries
from portal.people.handlers.of_person import STAFF
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work


@get("/people/{person:uuid}", opt=signed_in(*STAFF, back=("/people",)))
async def show_person(request: PortalRequest, person: FromPath[UUID]) -> Response[str]:
    """What is recorded of a person, as far as it concerns the viewer."""
    async with work(request) as unit:
        record = await queries.person(unit, person)
    if record is None:
        raise Refused
    return page(request, "people/detail.html", person=record)


routes = [show_person]
