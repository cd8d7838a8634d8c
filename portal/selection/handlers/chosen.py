"""Leading from those that were chosen on a list or the board to the page that shows them."""

from collections.abc import Sequence
from uuid import UUID

from litestar import Response

from portal.web.forms import parse
from portal.web.rendering import see_other
from portal.web.searches import address
from portal.web.visit import PortalRequest, visit
from portal.web.work import work


async def led_to(request: PortalRequest, path: str, kind: type, chosen: Sequence[UUID]) -> Response[bytes]:
    """Lead to the page at `path`, whose address carries these in a form of this kind. Raises Refused and its like."""
    async with work(request):  # only somebody who may see the page is led on
        pass
    return see_other(
        request, address(path, parse({"chosen": [str(one) for one in chosen]}, kind), visit(request).secret)
    )
