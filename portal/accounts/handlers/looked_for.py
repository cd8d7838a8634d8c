"""What is suggested below the field in which an account is looked for, while somebody types."""

from litestar import Response, post

from portal.accounts.queries import accounts_called
from portal.database.viewer import Role
from portal.web.bodies import body_fields
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work


@post("/accounts/called", status_code=200, opt=signed_in(Role.COMPLIANCE, keeps=False, leads="/account"))
async def suggest(request: PortalRequest) -> Response[str]:
    """What is called as was typed so far."""
    typed = (await body_fields(request)).get("actor", [""])[0]
    async with work(request) as unit:
        found = await accounts_called(unit, typed)
    return page(request, "accounts/_called.html", found=found)


routes = [suggest]
