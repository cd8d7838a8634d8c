"""A lost password: whoever lost theirs asks for a link. The answer is the same whether the address has an account."""

from typing import Any

from litestar import Response, get, post

from portal.accounts import links
from portal.accounts.forms import LostPasswordForm, too_many_tries
from portal.web.forms import Form, blank, read_form
from portal.web.markers import public
from portal.web.rendering import page
from portal.web.visit import PortalRequest, visit
from portal.web.work import request_note, work


def _page(request: PortalRequest, form: Form[LostPasswordForm], *, status: int = 422, **headers: str) -> Response[str]:
    return page(request, "accounts/lost_password.html", status=status, headers=headers, form=form)


@get("/sign-in/lost-password", opt=public())
async def lost_password(request: PortalRequest) -> Response[str]:
    """The form for the address."""
    return _page(request, blank(LostPasswordForm), status=200)


@post("/sign-in/lost-password", status_code=200, opt=public(reshown=True))
async def ask_for_link(request: PortalRequest) -> Response[Any]:
    """Write down that it was asked for; the worker looks whether there is an account, and mails it."""
    form = await read_form(request, LostPasswordForm)
    if form.value is None:
        return _page(request, form)
    async with work(request) as unit:
        wait = await links.ask_for_link(unit, request_note(visit(request)), form.value.email)
    if wait:
        return _page(request, form.wrong(email=too_many_tries(wait)), status=429, **{"Retry-After": str(wait)})
    return page(request, "accounts/link_asked_for.html", email=form.value.email)


routes = [lost_password, ask_for_link]
