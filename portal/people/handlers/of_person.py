"""What the pages about one person share: who may come, and that the person is within the viewer's reach."""

from uuid import UUID

from portal.database.answers import Refused
from portal.database.viewer import Role, Viewer
from portal.people.queries import is_reached
from portal.web.markers import signed_in
from portal.web.visit import PortalRequest
from portal.web.work import work

STAFF = (Role.ACCOUNT_MANAGER, Role.COMPLIANCE)
OF_PERSON = signed_in(*STAFF, back=("/people/{person}",))
OF_CORRECTION = signed_in(*STAFF, back=("/people/{person}/correction",), leads="/people/{person}/correction")
OF_COMPLIANCE = signed_in(Role.COMPLIANCE, back=("/people/{person}",))


async def require_reached(request: PortalRequest, person: UUID) -> Viewer:
    """Who asks. Raises Refused for a person whom the viewer may not reach."""
    async with work(request) as unit:
        viewer, reached = unit.who, await is_reached(unit, person)
    if not reached:
        raise Refused
    return viewer
