"""What a person sees when a page cannot be shown, and what the process log keeps about it.

To one person a 404 is the same bytes whether the thing is missing, refused, or not for their role.
Other errors carry the request's id as a reference, which the log carries too. No error page and no log line
repeats what was asked for or what the database said: both could name a person.
"""

import traceback
from dataclasses import dataclass
from urllib.parse import quote

import asyncpg
import structlog
from litestar import Response
from litestar.exceptions import HTTPException

from portal.database.answers import (
    CodeFirst,
    DatabaseAway,
    LinkNeeded,
    OtherAccount,
    PasswordFirst,
    Refused,
    SignInNeeded,
    TooMany,
)
from portal.database.pool import AWAY
from portal.language.i18n import N_, _, ngettext
from portal.web import csrf, kept
from portal.web.answers import NotMade, SeeOther, StaleForm
from portal.web.rendering import HTML, binding, context, safe, see_other
from portal.web.visit import PortalRequest, visit

log = structlog.get_logger(__name__)
PAGE, FRAGMENT = "errors/error.html", "errors/_error.html"
SIGN_IN = "/sign-in"
OWN_PASSWORD = "/account/password"  # noqa: S105 - an address
LINK_OVER, LINK_CODE = "/link?over=1", "/link/code"
RETRY_SECONDS = "5"
SILENT = frozenset({404, 405})
STATUS: dict[type[Exception], int] = {Refused: 404, TooMany: 429, DatabaseAway: 503}  # of what knows no HTTP
HELD = "55P03"  # somebody else's open change, or a migration's
MIGRATING = frozenset({"3F000", "42883", "40P01", HELD})  # no gate or an older one, or a migration is in the way

# The title; then what happened, and what to do. By status, the failure's own `words`, or what the database calls it.
WORDS: dict[int | str, tuple[str, str]] = {
    NotMade.words: (
        N_("This document could not be made"),
        N_(
            "The portal is too busy, or something it makes PDFs with is missing. That you asked for it was recorded; "
            "nothing was changed. Try again in a minute. If it happens again, tell us the reference below."
        ),
    ),
    HELD: (
        N_("Somebody else is changing this"),
        N_(
            "Another change to the same record is not finished. Nothing was lost, and what you sent was not saved."
            " Try again in a minute."
        ),
    ),
    400: (
        N_("This request could not be read"),
        N_("Something in it is not as our pages send it. Nothing was changed. Go back, reload the page and try again."),
    ),
    403: (
        N_("This page was open for too long"),
        N_(
            "For your safety a form can be sent only from a page opened in this sign-in. "
            "Nothing was changed. Go back, reload the page and send it again."
        ),
    ),
    404: (
        N_("This page does not exist"),
        N_(
            "There is nothing here that you can open. What was here may have been closed since. Check the address, or "
            "go on from the start page."
        ),
    ),
    405: (
        N_("This cannot be done here"),
        N_(
            "The page exists, but not for what was asked of it. Nothing was changed. Go back "
            "and use the buttons on the page."
        ),
    ),
    413: (
        N_("This is too large"),
        N_("What was sent is larger than this page takes. Nothing was saved. Send less text or a smaller file."),
    ),
    429: (
        N_("Too many requests"),
        N_("The portal is busy with more of these than it can do at once. Nothing was changed."),
    ),
    500: (
        N_("Something went wrong on our side"),
        N_(
            "The page could not be shown. What you sent was not saved; what was saved before "
            "is safe. Try again. If it happens again, tell us the reference below."
        ),
    ),
    503: (
        N_("The portal is not available just now"),
        N_(
            "The database does not answer. Nothing was lost, and what you sent was not saved."
            " Try again in a few seconds."
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What an error page says. `reference` is empty on pages that must all be the same."""

    status: int
    title: str
    message: str
    reference: str


def status_of(failure: Exception) -> int:
    """The HTTP status that a failure is answered with."""
    if isinstance(failure, AWAY) or getattr(failure, "sqlstate", None) in MIGRATING:
        return 503
    if isinstance(failure, asyncpg.PostgresError) and failure.sqlstate == "PT403":
        return 404
    return failure.status_code if isinstance(failure, HTTPException) else STATUS.get(type(failure), 500)


def describe(failure: BaseException) -> dict[str, object]:
    """A failure for the process log: its kind and where it was raised, without its words."""
    frames = traceback.extract_tb(failure.__traceback__)[-8:]
    kept: dict[str, object] = {
        "error": type(failure).__name__,
        "at": [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if isinstance(failure, asyncpg.PostgresError):
        kept["sqlstate"] = failure.sqlstate
    if failure.__cause__ is not None:
        kept["cause"] = type(failure.__cause__).__name__
    return kept


def answer(request: PortalRequest, failure: Exception) -> Response[str] | Response[bytes]:
    """App-wide exception handler: the answer to any failure, also outside routes."""
    visit(request).failed = True
    if isinstance(failure, SeeOther):
        return see_other(request, failure.location)
    if isinstance(failure, PasswordFirst):
        form = kept.kept_form(request)
        return kept.password_first(request, form) if form else see_other(request, _leading_back(request, OWN_PASSWORD))
    if isinstance(failure, LinkNeeded | CodeFirst):
        return see_other(request, LINK_OVER if isinstance(failure, LinkNeeded) else LINK_CODE)
    if isinstance(failure, SignInNeeded | OtherAccount | StaleForm):
        return _sign_in_again(request, failure)
    return _error(request, failure)


def _sign_in_again(request: PortalRequest, failure: Exception) -> Response[str] | Response[bytes]:
    """The way to a sign-in; a form that was sent goes along, so that nothing typed is lost."""
    form, guest = kept.kept_form(request), visit(request)
    if isinstance(failure, StaleForm):
        if form is not None and guest.secret:
            return kept.go_on(request, form, status=403)
        if form is None and request.scope["path"] != SIGN_IN:
            return _error(request, failure)
        return kept.sign_in_first(request, form, form.ended if form else kept.STALE)
    if form is None:
        return see_other(request, _leading_back(request, SIGN_IN))
    return kept.sign_in_first(request, form, kept.OTHER if isinstance(failure, OtherAccount) else form.ended)


def _error(request: PortalRequest, failure: Exception) -> Response[str]:
    status = status_of(failure)
    if status >= 500:
        log.error("failed", status=status, **describe(failure))
    elif status not in SILENT:
        log.info("turned_away", status=status, error=type(failure).__name__)
    headers = dict(getattr(failure, "headers", None) or {})
    if isinstance(failure, TooMany):
        headers["Retry-After"] = str(failure.retry_after)
    if status == 503:
        headers.setdefault("Retry-After", RETRY_SECONDS)
    wait = _wait(failure.retry_after) if isinstance(failure, TooMany) else ""
    words = HELD if getattr(failure, "sqlstate", None) == HELD else getattr(failure, "words", status)
    body = error_page(request, status, words, wait)
    return Response(body, status_code=status, headers=headers, media_type=HTML)


def _wait(seconds: int) -> str:
    """How long to wait, in words."""
    if seconds > 90:
        minutes = -(-seconds // 60)
        words = ngettext("Try again in about %(num)s minute.", "Try again in about %(num)s minutes.", minutes)
        return words % {"num": minutes}
    words = ngettext("Try again in about %(num)s second.", "Try again in about %(num)s seconds.", seconds)
    return words % {"num": seconds}


def error_page(request: PortalRequest, status: int, words: int | str, wait: str = "") -> str:
    """The page for a status. For one person every 404 is the same, so it says nothing of the address."""
    guest = visit(request)
    title, message = WORDS.get(words) or WORDS[400 if status < 500 else 500]
    reference = "" if status in SILENT else str(guest.request_id)
    text = ErrorText(status, _(title), " ".join(part for part in (_(message), wait) if part), reference)
    shared = context(guest, "/", None, csrf.steady_token(binding(guest)))
    template = guest.kit.templates.get_template(FRAGMENT if guest.htmx else PAGE)
    return template.render(shared, error=text, title=text.title)


def _leading_back(request: PortalRequest, first: str) -> str:
    """The address of what comes `first`, with the page to come back to when that is one a GET can show."""
    wanted: str | None = None
    if request.method in ("GET", "HEAD"):
        wanted = f"{request.scope['path']}?{request.scope['query_string'].decode('latin-1')}"
        if visit(request).htmx:
            origin, current = visit(request).origin, request.headers.get("hx-current-url", "")
            wanted = current.removeprefix(origin) if current.startswith(origin) else None
    wanted = safe(request, wanted)
    return first if wanted in (None, "/", SIGN_IN) else f"{first}?next={quote(wanted, safe='/')}"
