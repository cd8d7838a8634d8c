"""The first page of a recruiter: what is new, what waits, what ends soon. Codes and positions, no item of a person."""

from datetime import UTC, datetime

from litestar import Response, get

from portal.database.viewer import EMPLOYER
from portal.selection.home import at_home
from portal.web.markers import signed_in
from portal.web.rendering import page
from portal.web.visit import PortalRequest
from portal.web.work import work


@get("/home", opt=signed_in(*EMPLOYER))
async def show_home(request: PortalRequest) -> Response[str]:
    """What happened since the last visit; to somebody who may see nobody yet, what comes first."""
    async with work(request) as unit:
        found = await at_home(unit, datetime.now(UTC))
    if found is None:
        return page(request, "candidates/blocked.html")
    return page(request, "candidates/home.html", found=found)


routes = [show_home]
