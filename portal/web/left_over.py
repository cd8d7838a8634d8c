"""Addresses that a form leaves in the browser's bar when its answer is a page: opened again, they lead to the form.

Promise: they look at no record, so that they say nothing of one that is not there or not open. Where they lead says
the marker of the form's own route; `compose` makes one for each.
"""

from collections.abc import Iterable
from dataclasses import replace

from litestar import Response, get
from litestar.exceptions import ImproperlyConfiguredException
from litestar.handlers import HTTPRouteHandler
from litestar.types import ControllerRouterHandler

from portal.web.markers import OPT_KEY, Access, access_of
from portal.web.rendering import see_other
from portal.web.visit import PortalRequest
from portal.web.work import work


def left_over(handlers: Iterable[ControllerRouterHandler]) -> list[HTTPRouteHandler]:
    """A GET for each address that a POST alone answers.

    Raises ImproperlyConfiguredException for a marker that does not say where it leads.
    """
    routes = [one for one in handlers if isinstance(one, HTTPRouteHandler)]
    shown = {path for one in routes if "GET" in one.http_methods for path in one.paths}
    alone = {
        path: access
        for one in routes
        if "POST" in one.http_methods and (access := access_of(one)) is not None and access.csrf
        for path in one.paths
        if path not in shown
    }
    if faults := [path for path, access in alone.items() if not access.leads]:
        said = "is answered to a POST alone; say leads=... in its marker"
        raise ImproperlyConfiguredException("; ".join(f"{path} {said}" for path in faults))
    return [_lead(path, access) for path, access in alone.items()]


def _lead(path: str, access: Access) -> HTTPRouteHandler:
    @get(path, opt={OPT_KEY: replace(access, carries=None)})
    async def lead(request: PortalRequest) -> Response[bytes]:
        """The page with the form that is sent here."""
        if access.must_arrive:
            async with work(request):
                pass
        return see_other(request, access.leading(request.path_params))

    return lead
