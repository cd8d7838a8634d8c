"""A person's own sign-ins and password."""

from functools import partial
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.accounts import actions, queries
from portal.accounts.forms import (
    KeysForm,
    NoticesForm,
    OwnPasswordForm,
    PasswordAddress,
    PasswordForm,
    guessed,
    too_many_tries,
)
from portal.database.answers import Refused
from portal.database.viewer import EMPLOYER, Viewer
from portal.language.i18n import N_, Said
from portal.web.forms import Form, blank, read_form
from portal.web.kept import go_on
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page, safe, see_other
from portal.web.visit import PortalRequest
from portal.web.work import work


async def _account(request: PortalRequest, form: Form[PasswordForm], *, status: int = 200) -> Response[str]:
    async with work(request) as unit:
        sessions = await queries.my_sessions(unit)
        most: int = await unit.fetchval("select gate.most_sign_ins()")
        told: str | None = await unit.fetchval("select gate.my_notices()")
    notices = blank(NoticesForm, notices=told or "").named("notices")
    return page(
        request, "accounts/sessions.html", status=status, sessions=sessions, most=most, form=form, notices=notices
    )


@get("/account", opt=signed_in())
async def account(request: PortalRequest) -> Response[str]:
    """Where this account is signed in, and the form for a new password."""
    return await _account(request, blank(PasswordForm))


@post("/account/sessions/{session:uuid}/end", opt=signed_in(keeps=False, leads="/account"))
async def end_session(request: PortalRequest, session: FromPath[UUID]) -> Response[bytes]:
    """End one of the own sign-ins."""
    async with work(request) as unit:
        done = await actions.end_session(unit, session)
    if not done:
        raise Refused
    return lead_on(request, "/account", N_("That sign-in has ended."))


@get("/account/password", opt=signed_in(must_change_password=True, carries=PasswordAddress))
async def new_password(request: PortalRequest) -> Response[str]:
    """The form for a new password by itself: the one page of a sign-in with a temporary password."""
    async with work(request) as unit:
        kind = _kind(unit.who)
    next_page = safe(request, request.query_params.get("next")) or ""
    return page(request, "accounts/password.html", form=blank(kind, next=next_page))


def _kind(viewer: Viewer) -> type[PasswordForm]:
    return OwnPasswordForm if viewer.must_change_password else PasswordForm


@post("/account/password", opt=signed_in(keeps=False, must_change_password=True))
async def change_password(request: PortalRequest) -> Response[str] | Response[bytes]:
    """A new password; the other sign-ins end with it, and what had to wait for it goes on."""
    async with work(request) as unit:
        viewer = unit.who
    form = await read_form(request, _kind(viewer))
    asked = form.value
    if asked is not None and (said := guessed(asked.new, viewer)):
        form = form.wrong(**said)
    elif asked is not None:
        change = await actions.change_password(partial(work, request), asked.current, asked.new)
        if change.result == "changed":
            return _go_on(request, viewer, asked)
        form = form.wrong(current=_refused(change))
    if viewer.must_change_password:
        return page(request, "accounts/password.html", status=422, form=form)
    return await _account(request, form, status=422)


def _go_on(request: PortalRequest, viewer: Viewer, asked: PasswordForm) -> Response[str] | Response[bytes]:
    if asked.kept is not None:
        return go_on(request, asked.kept)
    if viewer.must_change_password:
        return see_other(request, safe(request, asked.next) or "/")
    return lead_on(request, "/account", N_("Your password is changed. Your other sign-ins have ended."))


def _refused(change: actions.PasswordChange) -> str | Said:
    if change.result == "throttled":
        return too_many_tries(change.retry_after)
    return Said(N_("This is not the password you signed in with."))


@post("/account/keys", opt=signed_in(*EMPLOYER, keeps=False, leads="/account"))
async def switch_keys(request: PortalRequest) -> Response[bytes]:
    """Single keys on or off, for this account wherever it signs in."""
    form = await read_form(request, KeysForm)
    async with work(request) as unit:
        if form.value is None or not await actions.switch_keys(unit, form.value.keys):
            raise Refused
    return lead_on(request, "/account", N_("The keys are on.") if form.value.keys else N_("The keys are off."))


@post("/account/notices", opt=signed_in(*EMPLOYER, keeps=False, leads="/account"))
async def choose_notices(request: PortalRequest) -> Response[bytes]:
    """At once, once a day, or not at all."""
    form = await read_form(request, NoticesForm)
    async with work(request) as unit:
        if form.value is None or not await actions.choose_notices(unit, form.value.notices):
            raise Refused
    return lead_on(request, "/account", N_("Saved: how you are told by e-mail."))


routes = [account, end_session, switch_keys, choose_notices, new_password, change_password]
