"""What is suggested below the field in which a company is looked for, while somebody types."""

from litestar import Response, post

from portal.companies.queries import companies_called
from portal.database.viewer import Role
from portal.web.bodies import body_fields
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work

SEEKERS = (Role.ACCOUNT_MANAGER, Role.COMPLIANCE, Role.ADMINISTRATOR)


@post("/companies/called", status_code=200, opt=signed_in(*SEEKERS, keeps=False, leads="/account"))
async def suggest(request: PortalRequest) -> Response[str]:
    """What is called as was typed so far."""
    typed = (await body_fields(request)).get("company", [""])[0]
    async with work(request) as unit:
        found = await companies_called(unit, typed, going_on=False)
    return page(request, "companies/_called.html", found=found)


routes = [suggest]
