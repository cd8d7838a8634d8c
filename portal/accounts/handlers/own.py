"""A person's own sign-ins and password."""

from functools import partial
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accounts import actions, queries
from portal.accounts.forms import PasswordForm, password_errors, too_many_tries
from portal.database.answers import Refused
from portal.language.i18n import _
from portal.web.forms import Errors, read_form
from portal.web.kept import go_on
from portal.web.markers import signed_in
from portal.web.rendering import page, safe_path, see_other
from portal.web.visit import PortalRequest
from portal.web.work import work


async def _account(request: PortalRequest, *, status: int = 200, notice: str = "", **form: Any) -> Response[str]:
    async with work(request) as unit:
        sessions = await queries.my_sessions(unit)
    values = {"errors": Errors(), **form, "notice": notice, "sessions": sessions}
    return page(request, "accounts/sessions.html", status=status, **values)


@get("/account", opt=signed_in())
async def account(request: PortalRequest) -> Response[str]:
    """Where this account is signed in, and the form for a new password."""
    return await _account(request)


@post("/account/sessions/{session:uuid}/end", opt=signed_in(keeps=False))
async def end_session(request: PortalRequest, session: FromPath[UUID]) -> Response[bytes]:
    """End one of the own sign-ins."""
    async with work(request) as unit:
        done = await actions.end_session(unit, session)
    if not done:
        raise Refused
    return see_other(request, "/account")


def _password(request: PortalRequest, given: dict[str, str], errors: Errors, *, status: int = 200) -> Response[str]:
    return page(request, "accounts/password.html", status=status, form=given, errors=errors)


@get("/account/password", opt=signed_in(must_change_password=True))
async def new_password(request: PortalRequest) -> Response[str]:
    """The form for a new password by itself: the one page of a sign-in with a temporary password."""
    async with work(request):
        pass
    return _password(request, {"next": safe_path(request.query_params.get("next")) or "", "kept": ""}, Errors())


@post("/account/password", opt=signed_in(keeps=False, must_change_password=True))
async def change_password(request: PortalRequest) -> Response[str] | Response[bytes]:
    """A new password; the other sign-ins end with it, and what had to wait for it goes on."""
    form = await read_form(request, PasswordForm)
    async with work(request) as unit:
        viewer = unit.who
    errors = form.errors if form.value is None else password_errors(form.value, viewer)
    if form.value is not None and not errors:
        change = await actions.change_password(partial(work, request), form.value.current, form.value.new)
        if change.result == "changed" and form.value.kept is not None:
            return go_on(request, form.value.kept)
        if change.result == "changed" and viewer.must_change_password:
            return see_other(request, safe_path(form.value.next) or "/")
        if change.result == "changed":
            return await _account(request, notice=_("Your password is changed. Your other sign-ins have ended."))
        if change.result == "throttled":
            errors["current"] = too_many_tries(change.retry_after)
        else:
            errors["current"] = _("This is not the password you signed in with.")
    if viewer.must_change_password:
        return _password(request, form.given, errors, status=422)
    return await _account(request, status=422, errors=errors)


routes = [account, end_session, new_password, change_password]
