"""A form that arrives after its sign-in has ended is kept, not lost.

Nothing is done with it then. The answer is the sign-in page with the form inside. After signing in, one
button brings the page back as it was filled in (`forms.ONLY_SHOW`), to be looked at and sent.
The browser alone holds what was typed. Kept are forms of routes whose marker says `keeps`, sent from
a page of ours as the browser's own headers say. What was typed in one account's sign-in is never done in
another's (`csrf.SENT_AS`).
"""

import json
from dataclasses import dataclass

from litestar import Response

from portal.language.i18n import N_, _
from portal.web.addresses import plain_path
from portal.web.csrf import FIELD, SENT_AS
from portal.web.forms import ONLY_SHOW, as_typed
from portal.web.rendering import page
from portal.web.visit import PortalRequest, visit

ENDED = N_(
    "Your sign-in ended before this arrived. Nothing was saved yet. What you typed is kept: sign in and go on with it."
)
SEARCH_ENDED = N_("Your sign-in ended before this arrived. Sign in and go on with your search.")
OTHER = N_("This was filled in under another account. Nothing was saved. Sign in with that account to go on with it.")
# htmx puts these pages in place of everything: what stood above, such as who is signed in, is no longer so.
WHOLE_PAGE = {"HX-Retarget": "body", "HX-Reswap": "innerHTML", "HX-Reselect": ".skip-link, .masthead, main"}
LARGEST = 40_000  # characters, which in a form can be six times as many bytes
STALE = N_("This page was open for too long. Please try again.")


@dataclass(frozen=True, slots=True)
class KeptForm:
    """Where a form was going and what stood in it, its token left out; and whether it only narrows a list."""

    path: str
    fields: tuple[tuple[str, str], ...]
    searches: bool = False

    @property
    def account(self) -> str:
        """The account in whose sign-in it was filled in; empty when it does not say."""
        return dict(self.fields).get(SENT_AS, "")

    @property
    def ended(self) -> str:
        """What is said of it on the sign-in page, to be translated."""
        return SEARCH_ENDED if self.searches else ENDED

    def dumps(self) -> str:
        """As text for a hidden field; `loads` reads it."""
        return json.dumps([self.path, self.fields, self.searches], ensure_ascii=False)


def kept_form(request: PortalRequest) -> KeptForm | None:
    """The form of this request; None for what is no form, or one that is not to be kept."""
    guest = visit(request)
    if request.method != "POST" or guest.access is None or not guest.access.keeps:
        return None
    pairs = [(name, value) for name, values in (guest.fields or {}).items() for value in values]
    kept = tuple(pair for pair in pairs if pair[0] not in (FIELD, ONLY_SHOW))
    form = KeptForm(request.scope["path"], kept, guest.access.carries is not None)
    return form if len(form.dumps()) <= LARGEST else None  # what is larger could not be sent along with a password


def loads(text: str) -> KeptForm | None:
    """What `dumps` wrote; None for anything else. A path of another site is nothing we wrote."""
    try:
        path, fields, searches = json.loads(text)
        pairs = tuple((name, value) for name, value in fields)
    except (ValueError, TypeError, RecursionError):
        return None
    parts = [path, *(part for pair in pairs for part in pair)]
    if not all(isinstance(part, str) and _is_unicode(part) for part in parts):
        return None
    return KeptForm(path, pairs, bool(searches)) if plain_path(path) == path else None


def _is_unicode(part: str) -> bool:
    """Whether it can be sent at all: JSON can hold half a character."""
    try:
        part.encode()
    except UnicodeEncodeError:
        return False
    return True


def sign_in_first(request: PortalRequest, form: KeptForm | None, notice: str) -> Response[str]:
    """The sign-in page, with `form` inside when there is one to go on with; else as far as it was filled in."""
    guest = visit(request)
    kept = {"kept": [form.dumps()], "others": ["yes"] if notice == OTHER else []} if form else guest.fields or {}
    return page(
        request,
        "accounts/sign_in.html",
        status=403,
        headers=WHOLE_PAGE,
        path="/sign-in",
        here="/sign-in",
        form=as_typed(kept, guest.kit.doors.sign_in),
        notice=_(notice),
    )


def password_first(request: PortalRequest, form: KeptForm) -> Response[str]:
    """The page that asks for an own password, with `form` inside to go on with after it."""
    return page(
        request,
        "accounts/password.html",
        status=403,
        headers=WHOLE_PAGE,
        path="/account/password",
        here="/account/password",
        form=as_typed({"kept": [form.dumps()]}, visit(request).kit.doors.password),
    )


def go_on(request: PortalRequest, form: KeptForm, *, status: int = 200) -> Response[str]:
    """The page with one button, which brings the form back as it was filled in."""
    values = {"path": "/", "here": "/", "kept": form, "only_show": ONLY_SHOW}
    return page(request, "errors/kept.html", status=status, headers=WHOLE_PAGE, **values)
