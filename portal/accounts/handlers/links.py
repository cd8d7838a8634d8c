"""Personal links: the address in a mail, the code for a new browser, and the password that a link is for.

What stands after the # of a link's address never reaches a server, a log or another page: the browser puts it into a
form, which a person sends. So no program that opens links uses one up, and no address holds a secret.
"""

from functools import partial
from typing import Any

from litestar import Response, get, post

from portal.accounts import links
from portal.accounts.forms import ChosenPasswordForm, CodeForm, LinkAddress, LinkForm, guessed, too_many_tries
from portal.language import i18n
from portal.language.i18n import N_, Said, _
from portal.web.cookies import YEAR
from portal.web.forms import Form, blank, read_form
from portal.web.markers import by_link, public
from portal.web.rendering import page, see_other
from portal.web.visit import PortalRequest, visit
from portal.web.work import request_note, work

CODE = "/link/code"
OVER = "/link?over=1"
NOT_THE_CODE = N_(
    "This is not this browser's code. Each browser that opens the link has a code of its own. Send another code, and "
    "enter the one that comes then."
)
NO_LONGER = N_("This link is no longer valid: it has been used, replaced by a newer one, or has expired.")


def _link(request: PortalRequest, form: Form[LinkForm], *, status: int = 422, **headers: str) -> Response[str]:
    over = "over" in request.query_params
    return page(request, "links/open.html", status=status, headers=headers, form=form, over=over, kept=True)


@get("/link", opt=public(carries=LinkAddress))
async def link(request: PortalRequest) -> Response[str]:
    """Where the address in a mail leads: one button, in the mail's language, as the pages after it are."""
    guest = visit(request)
    if (wanted := request.query_params.get("lang", "")) in i18n.PORTAL_LANGUAGES:
        guest.locale = i18n.settle(wanted)
        guest.cookies.append(guest.kit.cookies.write(guest.kit.cookies.language, wanted, YEAR))
    return _link(request, blank(LinkForm), status=200)


@post("/link", opt=public())
async def open_link(request: PortalRequest) -> Response[Any]:
    """Open the link, and go to the page that it is for."""
    form, guest = await read_form(request, LinkForm), visit(request)
    if form.value is None:
        return _link(request, form)
    async with work(request) as unit:
        opened = await links.open_link(unit, request_note(guest), form.value.link, guest.browser)
    if opened.result == "throttled":
        wait = {"Retry-After": str(opened.retry_after)}
        return _link(request, form.wrong(link=too_many_tries(opened.retry_after)), status=429, **wait)
    if opened.kind is None:
        return _link(request, form.wrong(link=Said(NO_LONGER)))
    guest.cookies.append(guest.kit.cookies.write(guest.kit.cookies.session, opened.secret))
    return see_other(request, CODE if opened.result == "code_needed" else links.HOME[opened.kind])


def _code(request: PortalRequest, form: Form[CodeForm], *, notice: str = "") -> Response[str]:
    return page(request, "links/code.html", status=422 if form.errors else 200, form=form, notice=notice)


@get(CODE, opt=by_link(*links.HOME, awaits_code=True))
async def code(request: PortalRequest) -> Response[Any]:
    """The form for the code that was mailed."""
    async with work(request) as unit:
        visitor = unit.by
    return _code(request, blank(CodeForm)) if visitor.awaits_code else see_other(request, links.HOME[visitor.kind])


@post(CODE, opt=by_link(*links.HOME, awaits_code=True))
async def enter_code(request: PortalRequest) -> Response[Any]:
    """Enter it, and go on; after too many wrong ones the link is to be opened again."""
    form, guest = await read_form(request, CodeForm), visit(request)
    if form.value is None:
        async with work(request):
            pass
        return _code(request, form)
    async with work(request) as unit:
        visitor = unit.by
        result, known = await links.enter_code(unit, form.value.code)
    if result == "entered":
        guest.cookies.append(guest.kit.cookies.write(guest.kit.cookies.browser, known, YEAR))
    if result == "entered" or not visitor.awaits_code:
        return see_other(request, links.HOME[visitor.kind])
    if result == "over":
        return see_other(request, OVER)
    return _code(request, form.wrong(code=Said(NOT_THE_CODE)))


@post("/link/code/again", status_code=200, opt=by_link(*links.HOME, awaits_code=True, leads=CODE))
async def send_code_again(request: PortalRequest) -> Response[Any]:
    """Another code, for whom the first did not reach."""
    async with work(request) as unit:
        visitor = unit.by
        sent = await links.send_code_again(unit)
    if not visitor.awaits_code:
        return see_other(request, links.HOME[visitor.kind])
    if sent:
        notice = _("Another code is on its way. The one before is no longer good.")
        return _code(request, blank(CodeForm), notice=notice)
    return _code(request, blank(CodeForm).wrong(code=Said(N_("No more codes are sent. Open your link again later."))))


def _password(request: PortalRequest, email: str, form: Form[ChosenPasswordForm]) -> Response[str]:
    return page(request, "links/password.html", status=422 if form.errors else 200, email=email, form=form)


@get("/link/password", opt=by_link(*links.TO_A_PASSWORD))
async def password(request: PortalRequest) -> Response[str]:
    """The form for a password of one's own."""
    async with work(request) as unit:
        visitor = unit.by
    return _password(request, visitor.email, blank(ChosenPasswordForm, locale=i18n.language()))


@post("/link/password", opt=by_link(*links.TO_A_PASSWORD))
async def choose_password(request: PortalRequest) -> Response[Any]:
    """Choose it; then it is signed in with like any other."""
    form, guest = await read_form(request, ChosenPasswordForm), visit(request)
    async with work(request) as unit:
        visitor = unit.by
    if form.value is not None and (said := guessed(form.value.new, visitor)):
        form = form.wrong(**said)
    if form.value is None:
        return _password(request, visitor.email, form)
    if not await links.choose_password(partial(work, request), form.value.new, form.value.locale):
        return see_other(request, OVER)
    guest.cookies.append(guest.kit.cookies.drop(guest.kit.cookies.session))
    guest.cookies.append(guest.kit.cookies.write(guest.kit.cookies.language, form.value.locale, YEAR))
    return see_other(request, "/sign-in?password_chosen=1")


@post("/link/leave", opt=by_link(*links.HOME, awaits_code=True, leads="/link"))
async def leave(request: PortalRequest) -> Response[bytes]:
    """End this sign-in by a link, as one does on a device that others use."""
    async with work(request) as unit:
        await links.leave(unit)
    guest = visit(request)
    guest.cookies.append(guest.kit.cookies.drop(guest.kit.cookies.session))
    return see_other(request, "/sign-in?signed_out=1")


routes = [link, open_link, code, enter_code, send_code_again, password, choose_password, leave]
