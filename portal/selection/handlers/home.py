"""The first page after signing in: what is new, what waits, what ends soon. Codes and positions, no item of anybody."""

from datetime import UTC, datetime

from litestar import Response, get

from portal.database.viewer import EMPLOYER, Role
from portal.desk.homes import ComplianceHome, ManagerHome, compliance_home, manager_home
from portal.selection.home import AtHome, at_home
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work


@get("/home", opt=signed_in(*EMPLOYER, Role.ACCOUNT_MANAGER, Role.COMPLIANCE))
async def show_home(request: PortalRequest) -> Response[str]:
    """To a company's people what happened since the last visit, or what comes first; to staff what waits for them."""
    found: ManagerHome | ComplianceHome | AtHome | None
    async with work(request) as unit:
        if unit.who.role is Role.ACCOUNT_MANAGER:
            template, found = "desk/manager_home.html", await manager_home(unit)
        elif unit.who.role is Role.COMPLIANCE:
            template, found = "desk/compliance_home.html", await compliance_home(unit)
        else:
            template, found = "candidates/home.html", await at_home(unit, datetime.now(UTC))
    return page(request, "candidates/blocked.html" if found is None else template, found=found)


routes = [show_home]
