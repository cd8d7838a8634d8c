"""Addresses that a form leaves in the browser's bar when its answer is a page: opened again, they lead to the form.

Promise: they look at no record, so that they say nothing of one that is not there or not open.
"""

from litestar import Response, get
from litestar.handlers import HTTPRouteHandler

from portal.database.viewer import Role
from portal.web.markers import signed_in
from portal.web.rendering import see_other
from portal.web.visit import PortalRequest
from portal.web.work import work


def leads(path: str, to: str, *roles: Role) -> HTTPRouteHandler:
    """A GET of `path`, for the roles of its POST, that leads to `to`, in which the ids of the path are filled in."""

    @get(path, opt=signed_in(*roles))
    async def lead(request: PortalRequest) -> Response[bytes]:
        """The page with the form that is sent here."""
        async with work(request):
            pass
        return see_other(request, to.format(**request.path_params))

    return lead
