"""What the pages about one person share: who may come, and that the person is within the viewer's reach."""

from typing import Any
from uuid import UUID

from litestar import Response

from portal.database.answers import Refused
from portal.database.viewer import Role, Viewer
from portal.people.queries import reached
from portal.web.form_pages import FormPage
from portal.web.forms import Form
from portal.web.markers import signed_in
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

STAFF = (Role.ACCOUNT_MANAGER, Role.COMPLIANCE)
OF_PERSON = signed_in(*STAFF, back=("/people/{person}",))
OF_CORRECTION = signed_in(*STAFF, back=("/people/{person}/correction",), leads="/people/{person}/correction")
OF_COMPLIANCE = signed_in(Role.COMPLIANCE, back=("/people/{person}",))


async def require_reached(request: PortalRequest, person: UUID) -> Viewer:
    """Who asks. The page names the person by their number. Raises Refused for one whom the viewer may not reach."""
    async with work(request) as unit:
        viewer, found = unit.who, await reached(unit, person)
    if found is None:
        raise Refused
    visit(request).about = found[0]
    return viewer


async def require_company(request: PortalRequest, person: UUID, company: UUID) -> str:
    """The company's name, of which the person says something. Raises Refused where the viewer may record nothing."""
    async with work(request) as unit:
        found = await reached(unit, person, company)
    if found is None:
        raise Refused
    visit(request).about, name = found
    return name


async def asked_of(request: PortalRequest, person: UUID, said: FormPage, form: Form[Any]) -> Response[str]:
    """A form about a person whom the viewer may find. Raises Refused."""
    await require_reached(request, person)
    return await said.show(request, form)
