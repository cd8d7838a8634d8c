"""What recruiters send: a search, and an outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from portal.database.paging import decode
from portal.disclosure.calls import Place, SearchFilter
from portal.language.i18n import N_, Said
from portal.selection.actions import Decision
from portal.selection.codes import telling_code_in
from portal.selection.reasons import REASONS
from portal.web.forms import ONLY_SHOW, Errors, Form, choice, identifier, text, ticked
from portal.web.sealed import seal, unseal

MOST_COUNTED = 300
STAGES = frozenset({"introduced", "screening", "interview", "offer", "decided"})
WORK = frozenset({"unrestricted", "within_scope", "designated", "with_permission", "none"})
RANKS = {str(rank): rank for rank in range(1, 6)}
COUNTS = {str(count): count for count in range(MOST_COUNTED + 2)}
TROUBLE = {
    "already_recorded": N_("An outcome was recorded in the meantime. It stands on this page, and you can correct it."),
    "unchanged": N_("Nothing was changed: this is recorded already. Change the result, the reason or the note."),
    "too_late": N_("The 24 hours for corrections are over. Ask your account manager to have it put right."),
}
PAGES = ("after", "before", "count")
IN_ADDRESS = ("opening", "stage", "japanese", "work", "decided", *PAGES)


def place(cursor: str, *, backwards: bool = False) -> Place | None:
    """The place in a cursor; None, which is the first page, for one that does not fit."""
    key = decode(cursor, datetime, UUID)
    return None if key is None else Place(key[0], key[1], backwards)  # type: ignore[arg-type]  # decode gave these kinds


def asked(given: Mapping[str, list[str]], secret: str) -> tuple[dict[str, list[str]], bool]:
    """What an address from `address` asks for, and whether it holds a name that is not looked for: one that is sealed
    for another sign-in, or one in plain letters, which is none of ours."""
    typed, sealed = given.get("name", [""])[0], given.get("named", [""])[0]
    word = typed if telling_code_in(typed) else unseal(sealed, secret)
    return {**given, "name": [word or ""]}, bool(typed.strip() or sealed) and word is None


def address(form: "Form[Search]", secret: str) -> str:
    """Where the same page of the same search can be found again: what of it was understood.

    A code stands there as it is; a name only as this sign-in can read it, because `secret` seals it.
    """
    kept = {key: form.given[key] for key in IN_ADDRESS if form.given[key] and key not in form.errors}
    if not {"after", "before"} & kept.keys():
        kept = {key: value for key, value in kept.items() if key not in PAGES}
    typed = form.given["name"].strip()
    if code := telling_code_in(typed):
        kept["name"] = code
    elif typed and "name" not in form.errors:
        kept["named"] = seal(typed, secret)
    return "/candidates?" + urlencode(kept) if kept else "/candidates"


@dataclass(frozen=True)
class Search:
    """The filters of the list, where to go on from, and how many there are as the first page counted them."""

    name: str = text(most=100, required=False)
    opening: UUID | None = identifier(required=False)
    stage: str | None = choice(STAGES, required=False)
    japanese: int | None = choice(RANKS, required=False)
    work: str | None = choice(WORK, required=False)
    decided: bool | None = choice({"yes": True, "no": False}, required=False)
    after: str = text(most=200, required=False)
    before: str = text(most=200, required=False)
    count: int | None = choice(COUNTS, required=False)

    @property
    def code(self) -> str | None:
        """The code that was asked for instead of a name, or None."""
        return telling_code_in(self.name)

    @property
    def filter(self) -> SearchFilter:
        """The same in the gate's words."""
        name = None if self.code else self.name or None
        return SearchFilter(name, self.opening, self.stage, self.japanese, self.work, self.decided, self.code)

    @property
    def place(self) -> Place | None:
        """Where the page begins; None for the first one."""
        return place(self.after) or place(self.before, backwards=True)


@dataclass(frozen=True)
class OutcomeForm:
    """A result, one of its reasons, a note about the work, and whether it corrects an outcome that stands."""

    result: str = choice(frozenset(REASONS))
    reason: str = choice(frozenset(reason for reasons in REASONS.values() for reason in reasons))
    note: str = text(most=1000, required=False, lines=True)
    correcting: bool = ticked()

    @property
    def decided(self) -> Decision:
        """The same as the act takes it."""
        return Decision(self.result, self.reason, self.note, self.correcting)


def checked(form: Form[OutcomeForm]) -> Form[OutcomeForm]:
    """The form, with a message when the reason belongs to another result, whatever else is wrong."""
    result, reason = form.given["result"], form.given["reason"]
    if {"result", "reason", ONLY_SHOW} & form.errors.keys() or reason in REASONS[result]:
        return form
    said = Said(N_("Choose a reason that belongs to the result."))
    return Form(None, form.given, Errors({"reason": said, **form.errors}))
