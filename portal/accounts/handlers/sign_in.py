"""Signing in, signing out, and `/`, which leads to a home page or to signing in."""

from functools import partial
from typing import Any

from litestar import Response, get, post

from portal.accounts import actions
from portal.accounts.forms import SignInAddress, SignInForm, too_many_tries
from portal.database.viewer import Role, Viewer
from portal.language.i18n import N_, Said, _
from portal.web.cookies import YEAR, digest_in
from portal.web.forms import Form, blank, read_form
from portal.web.kept import ENDED, OTHER, go_on, loads, sign_in_first
from portal.web.markers import public, signed_in
from portal.web.rendering import page, safe, see_other
from portal.web.visit import PortalRequest, visit
from portal.web.work import request_note, work

HOME = {
    Role.RECRUITER: "/home",
    Role.EMPLOYER_ADMIN: "/home",
    Role.ACCOUNT_MANAGER: "/home",
    Role.COMPLIANCE: "/home",
    Role.ADMINISTRATOR: "/accounts",
}
FORGET = '"cache", "storage"'


async def _viewer(request: PortalRequest) -> Viewer | None:
    """Who has a live session; without a cookie nobody is asked."""
    if not visit(request).secret:
        return None
    async with work(request) as unit:
        return unit.viewer


@get("/", opt=public())
async def landing(request: PortalRequest) -> Response[Any]:
    """What this is, for a visitor; the own first page for anyone signed in."""
    viewer = await _viewer(request)
    return page(request, "landing.html") if viewer is None else see_other(request, HOME[viewer.role])


@get("/sign-in", opt=public(carries=SignInAddress))
async def sign_in_page(request: PortalRequest) -> Response[Any]:
    """The form; for someone signed in already, where they wanted to go."""
    wanted = safe(request, request.query_params.get("next")) or ""
    viewer = await _viewer(request)
    if viewer is not None:
        return see_other(request, wanted or HOME[viewer.role])
    notice = ""
    if "signed_out" in request.query_params:
        notice = _("You are signed out.")
    elif "password_chosen" in request.query_params:
        notice = _("Your password is chosen. Sign in with it.")
    elif visit(request).secret:
        notice = _("You are no longer signed in. Please sign in again.")
    return page(request, "accounts/sign_in.html", form=blank(SignInForm, next=wanted), notice=notice)


def _again(request: PortalRequest, form: Form[SignInForm], *, status: int = 422, **headers: str) -> Response[str]:
    kept = loads(form.given["kept"])
    said = OTHER if form.given["others"] else kept.ended if kept else ENDED
    notice = _(said) if kept else ""
    return page(request, "accounts/sign_in.html", status=status, headers=headers, form=form, notice=notice)


@post("/sign-in", opt=public(reshown=True))
async def sign_in(request: PortalRequest) -> Response[Any]:
    """Sign in and go on, or the form again; the answer does not tell why it was refused."""
    form, guest = await read_form(request, SignInForm), visit(request)
    if form.value is None:
        return _again(request, form)
    jar = guest.kit.cookies
    outcome = await actions.sign_in(
        partial(work, request),
        request_note(guest),
        form.value.email,
        form.value.password,
        digest_in(dict(request.cookies), jar.known),
        guest.caller.source,
    )
    if outcome.result == "signed_in":
        guest.cookies.append(jar.write(jar.known, outcome.known, YEAR))
        guest.cookies.append(guest.kit.cookies.write(guest.kit.cookies.session, outcome.secret))
        guest.secret, guest.viewer = outcome.secret, None  # a page that answers this belongs to the new session
        kept = form.value.kept
        if kept is not None and kept.account not in ("", str(outcome.account)):
            return sign_in_first(request, kept, OTHER)
        if kept is not None:
            return go_on(request, kept)
        return see_other(request, safe(request, form.value.next) or "/")
    if outcome.result == "throttled":
        wait = {"Retry-After": str(outcome.retry_after)}
        return _again(request, form.wrong(email=too_many_tries(outcome.retry_after)), status=429, **wait)
    said = Said(N_("The e-mail address or the password is wrong, or this account cannot be used now."))
    return _again(request, form.wrong(email=said))


async def _leave(request: PortalRequest, *, everywhere: bool) -> Response[bytes]:
    async with work(request) as unit:
        await actions.sign_out(unit, everywhere=everywhere)
    guest = visit(request)
    guest.cookies.append(guest.kit.cookies.drop(guest.kit.cookies.session))
    answer = see_other(request, "/sign-in?signed_out=1")
    answer.headers["Clear-Site-Data"] = FORGET
    return answer


@post("/sign-out", opt=signed_in(keeps=False, must_change_password=True, leads="/"))
async def sign_out(request: PortalRequest) -> Response[bytes]:
    """End this sign-in and let the browser forget the pages."""
    return await _leave(request, everywhere=False)


@post("/account/sign-out-everywhere", opt=signed_in(keeps=False, leads="/account"))
async def sign_out_everywhere(request: PortalRequest) -> Response[bytes]:
    """End all sign-ins of the account, this one too."""
    return await _leave(request, everywhere=True)


routes = [landing, sign_in_page, sign_in, sign_out, sign_out_everywhere]
