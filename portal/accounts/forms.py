"""What people send about accounts, and what makes it acceptable."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.accounts.guessable import LEAST, too_easy
from portal.database.viewer import EMPLOYER, LinkVisitor, Role, Viewer
from portal.language.i18n import N_, PORTAL_LANGUAGES, _, ngettext
from portal.values.wrong import Wrong
from portal.web.cookies import SECRET
from portal.web.forms import ONLY_SHOW, Errors, Form, choice, email, identifier, password, reader, text, ticked
from portal.web.kept import KeptForm, loads
from portal.web.rendering import LONGEST_PATH

ROLES = frozenset(role.value for role in Role)


@dataclass(frozen=True)
class SignInForm:
    """An address and a password, and the page to go to, or the form to go on with: perhaps another account's."""

    email: str = text(most=254)
    password: str = password()
    next: str = text(most=LONGEST_PATH, required=False)
    kept: KeptForm | None = reader(loads)
    others: bool = ticked()


@dataclass(frozen=True)
class PasswordForm:
    """The password now, and twice the new one; and what to go on with, when that had to wait for it."""

    current: str = password()
    new: str = password()
    again: str = password()
    next: str = text(most=LONGEST_PATH, required=False)
    kept: KeptForm | None = reader(loads)


def link_secret() -> Any:
    """What stands after the # of a personal link's address; the whole address will do."""

    def read(raw: str) -> str:
        found = SECRET.fullmatch(raw.strip().rpartition("#")[2])
        if found is None:
            raise Wrong(N_("This is not a link of this portal. Please copy the whole address from the mail."))
        return found[0]

    return reader(read, secret=True)


@dataclass(frozen=True)
class LinkForm:
    """A personal link."""

    link: str = link_secret()


@dataclass(frozen=True)
class CodeForm:
    """The code that was mailed for a link; blanks in it do no harm."""

    code: str = text(most=20)


@dataclass(frozen=True)
class ChosenPasswordForm:
    """Twice a password of one's own, and the language of the pages."""

    new: str = password()
    again: str = password()
    locale: str = choice(frozenset(PORTAL_LANGUAGES))


@dataclass(frozen=True)
class LostPasswordForm:
    """Whose password is lost."""

    email: str = email()


@dataclass(frozen=True)
class AccountsForm:
    """What the administrator's list is narrowed to."""

    q: str = text(most=100, required=False)
    role: str | None = choice(ROLES, required=False)
    after: str = text(most=1000, required=False)


@dataclass(frozen=True)
class NewAccountForm:
    """A new account."""

    display_name: str = text(most=100)
    email: str = email()
    role: str = choice(ROLES)
    company: UUID | None = identifier(required=False)


@dataclass(frozen=True)
class SuspendForm:
    """Why an account is suspended."""

    reason: str = text(most=500)


def too_many_tries(retry_after: int) -> str:
    """What is said when a password was guessed at too often; `retry_after` is in seconds."""
    minutes = -(-retry_after // 60)
    words = ngettext(
        "Too many tries. Please wait %(num)s minute.", "Too many tries. Please wait %(num)s minutes.", minutes
    )
    return words % {"num": minutes}


def password_errors(form: PasswordForm, viewer: Viewer) -> Errors:
    """What is wrong with a new password; empty when it may be used."""
    known = (viewer.display_name, viewer.email, viewer.company_name or "", viewer.company_name_latin or "")
    errors = _choice_errors(form.new, form.again, known)
    if "new" not in errors and form.new == form.current:
        errors["new"] = _("Please choose a password other than the one you signed in with.")
    return errors


def chosen_password_errors(form: ChosenPasswordForm, owner: LinkVisitor) -> Errors:
    """What is wrong with a password that is chosen by a link; empty when it may be used."""
    return _choice_errors(form.new, form.again, (owner.display_name, owner.email))


def _choice_errors(new: str, again: str, known: tuple[str, ...]) -> Errors:
    errors = Errors()
    if len(new) < LEAST:
        errors["new"] = _("Please use at least %(least)s characters.") % {"least": LEAST}
    elif too_easy(new, (*known, "shokai")):
        errors["new"] = _("This password is easy to guess. Several unrelated words make a good one.")
    if again != new:
        errors["again"] = _("The two new passwords differ.")
    return errors


def account_errors(form: Form[NewAccountForm], companies: Sequence[tuple[str, str]]) -> Errors:
    """All that is wrong with a new account, what does not fit together too; empty when it may be made."""
    errors = Errors(form.errors)
    if {"role", "company", ONLY_SHOW} & errors.keys():
        return errors
    belongs, company = form.given["role"] in EMPLOYER, form.given["company"]
    if belongs and not company:
        errors["company"] = _("Recruiters and employer administrators belong to a company. Please choose it.")
    elif company and str(UUID(company)) not in dict(companies):
        errors["company"] = _("Please choose one from the list.")
    if not belongs and company:
        errors["company"] = _("The operator's own staff belong to no company. Please leave this empty.")
    return errors
