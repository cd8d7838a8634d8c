"""What people send about accounts, and what makes it acceptable."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.accounts.guessable import LEAST, too_easy
from portal.database.viewer import EMPLOYER, LinkVisitor, Role, Viewer
from portal.language.i18n import N_, PORTAL_LANGUAGES, Said, ngettext
from portal.values.contact import sought_email
from portal.values.wrong import Wrong
from portal.web.cookies import SECRET
from portal.web.field import single
from portal.web.fields import choice, email, hidden, password, path, sought, text, ticked, typed
from portal.web.kept import KeptForm, loads

ROLES = tuple(role.value for role in Role)


@dataclass(frozen=True)
class PasswordAddress:
    """What the address of the page for an own password may hold: where to go on."""

    next: str = path()


@dataclass(frozen=True)
class SignInAddress(PasswordAddress):
    """What the address of the sign-in page may hold, too: what just happened."""

    signed_out: bool = ticked()
    password_chosen: bool = ticked()


@dataclass(frozen=True)
class SignInForm:
    """An address and a password, and the page to go to, or the form to go on with: perhaps another account's."""

    email: str = single(sought_email, type="email", label=N_("E-mail address"), autocomplete="username")
    password: str = password(N_("Password"))
    next: str = path()
    kept: KeptForm | None = hidden(loads)
    others: bool = ticked(widget="hidden")


def new_password() -> Any:
    """A password that is being chosen."""
    hint = N_("At least 12 characters. A sentence only you would say is good.")
    return password(N_("New password"), autocomplete="new-password", hint=hint)


def new_password_again() -> Any:
    """The same once more."""
    return password(N_("New password once more"), autocomplete="new-password")


def fits_as_password(read: Mapping[str, Any]) -> dict[str, Said]:
    """What is wrong with a new password: it is too short, the present one, or not the same both times."""
    new, current = read.get("new"), read.get("current")
    found = {}
    if new is not None and len(new) < LEAST:
        found["new"] = Said(N_("Please use at least %(least)s characters."), {"least": LEAST})
    elif new is not None and new == current:
        found["new"] = Said(N_("Please choose a password other than the one you signed in with."))
    if new is not None and "again" in read and read["again"] != new:
        found["again"] = Said(N_("The two new passwords differ."))
    return found


def guessed(new: str, owner: Viewer | LinkVisitor) -> dict[str, Said]:
    """What is said of a new password that is easy to guess for somebody who knows whose it is."""
    company = (owner.company_name, owner.company_name_latin) if isinstance(owner, Viewer) else ()
    if not too_easy(new, (owner.display_name, owner.email, *(name or "" for name in company), "shokai")):
        return {}
    return {"new": Said(N_("This password is easy to guess. Several unrelated words make a good one."))}


@dataclass(frozen=True)
class KeysForm:
    """Whether single keys do something."""

    keys: bool = choice("", {"on": "", "off": ""}, read={"on": True, "off": False}, widget="hidden")


NOTICES = ("at_once", "daily", "never")


@dataclass(frozen=True)
class NoticesForm:
    """How one is told of news by mail."""

    notices: str = choice(N_("Notices by e-mail"), NOTICES, words="notices", widget="radios")


@dataclass(frozen=True)
class PasswordForm:
    """The password now, and twice the new one; and what to go on with, when that had to wait for it."""

    current: str = password(N_("Current password"))
    new: str = new_password()
    again: str = new_password_again()
    next: str = path()
    kept: KeptForm | None = hidden(loads)

    check = staticmethod(fits_as_password)


@dataclass(frozen=True)
class ChosenPasswordForm:
    """Twice a password of one's own, and the language of the pages."""

    new: str = new_password()
    again: str = new_password_again()
    locale: str = choice(N_("Language of the pages"), {"ja": "日本語", "en": "English"})

    check = staticmethod(fits_as_password)


def link_secret(label: str, **said: Any) -> Any:
    """What stands after the # of a personal link's address; the whole address will do."""

    def read(raw: str) -> str:
        found = SECRET.fullmatch(raw.strip().rpartition("#")[2])
        if found is None:
            raise Wrong(N_("This is not a link of this portal. Please copy the whole address from the mail."))
        return found[0]

    return single(read, label=label, secret=True, **said)


@dataclass(frozen=True)
class LinkForm:
    """A personal link."""

    link: str = link_secret(N_("The address in the mail"), hint=N_("Copy the whole address from the mail to here."))


@dataclass(frozen=True)
class LinkAddress:
    """What the address of the page for a link may hold: that it is over, and the language of its mail."""

    over: bool = ticked()
    lang: str | None = choice("", PORTAL_LANGUAGES, required=False)


@dataclass(frozen=True)
class CodeForm:
    """The code that was mailed for a link; blanks in it do no harm."""

    code: str = text(N_("Code"), most=20, autocomplete="one-time-code", hint=N_("Eight digits."))


@dataclass(frozen=True)
class LostPasswordForm:
    """Whose password is lost."""

    email: str = email(N_("E-mail address"), autocomplete="username")


@dataclass(frozen=True)
class OwnPasswordForm(PasswordForm):
    """The same for somebody whose password now is a temporary one."""

    current: str = password(N_("Temporary password"))


@dataclass(frozen=True)
class AccountSearch:
    """What the administrator's list is narrowed to."""

    q: str = typed(N_("Name or e-mail address"), most=100, code=lambda asked: None)
    role: str | None = choice(N_("Role"), ROLES, words="role", required=False, blank=N_("All roles"))


@dataclass(frozen=True)
class NewAccountForm:
    """A new account."""

    display_name: str = text(N_("Name"), most=100)
    email: str = email(N_("E-mail address"))
    role: str = choice(N_("Role"), ROLES, words="role", blank=N_("Choose a role"))
    company: UUID | None = sought(
        N_("Company"),
        required=False,
        hint=N_(
            "Part of its name, or its corporate number. Recruiters and employer administrators need one; for the "
            "operator's staff it stays empty."
        ),
    )

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Employers' people belong to a company, and the operator's staff to none."""
        if not {"role", "company"} <= read.keys() or (read["role"] in EMPLOYER) == (read["company"] is not None):
            return {}
        if read["company"] is None:
            said = N_("Recruiters and employer administrators belong to a company. Please choose it.")
        else:
            said = N_("The operator's own staff belong to no company. Please leave this empty.")
        return {"company": Said(said)}


def too_many_tries(retry_after: int) -> str:
    """What is said when a password was guessed at too often; `retry_after` is in seconds."""
    minutes = -(-retry_after // 60)
    words = ngettext(
        "Too many tries. Please wait %(num)s minute.", "Too many tries. Please wait %(num)s minutes.", minutes
    )
    return words % {"num": minutes}
