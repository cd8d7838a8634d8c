"""Searches that are sent as a POST, and the address that each leads to.

What somebody types may be a person's name, which belongs in no address: there only what was understood of it may stand.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from litestar import Response

from portal.web.forms import Form
from portal.web.rendering import see_other
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

# htmx exchanges the results alone; a message beside a field comes with the fields.
WITH_FIELDS = {"HX-Retarget": "#search", "HX-Reselect": "#search"}


def address(path: str, form: Form[Any], **understood: str | None) -> str:
    """Where the same search can be found again: its fields without those that were wrong. Of a field named in
    `understood`, which is one that can be typed into, that stands there instead of what was typed."""
    right = {name: typed for name, typed in form.given.items() if name not in form.errors}
    kept = {name: value for name, value in {**right, **understood}.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path


async def led_on(
    request: PortalRequest, found_at: str, answer: Callable[[], Awaitable[Response[str]]], *, whole: bool
) -> Response[str] | Response[bytes]:
    """A search's answer, or the way to its address, when the `whole` of it stands there. htmx is given both at once."""
    if whole and not visit(request).htmx:
        async with work(request):  # only someone who may search is led on
            pass
        return see_other(request, found_at)
    found = await answer()
    found.headers["HX-Push-Url"] = found_at
    return found
