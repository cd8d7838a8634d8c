"""What recruiters send: a search, and an outcome."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.disclosure.calls import Place, SearchFilter
from portal.selection.reasons import REASONS
from portal.web.forms import Errors, Form, choice, identifier, text, ticked
from portal.web.i18n import _
from portal.web.paging import decode

STAGES = frozenset({"introduced", "screening", "interview", "offer", "decided"})
WORK = frozenset({"unrestricted", "within_scope", "designated", "with_permission", "none"})
RANKS = {str(rank): rank for rank in range(1, 6)}


def place(cursor: str, *, backwards: bool = False) -> Place | None:
    """The place in a cursor; None, which is the first page, for one that does not fit."""
    key = decode(cursor, datetime, UUID)
    return None if key is None else Place(key[0], key[1], backwards)  # type: ignore[arg-type]  # decode gave these kinds


@dataclass(frozen=True)
class Search:
    """The filters of the list, and where to go on from."""

    name: str = text(most=100, required=False)
    opening: UUID | None = identifier(required=False)
    stage: str | None = choice(STAGES, required=False)
    japanese: int | None = choice(RANKS, required=False)
    work: str | None = choice(WORK, required=False)
    decided: bool | None = choice({"yes": True, "no": False}, required=False)
    after: str = text(most=1000, required=False)
    before: str = text(most=1000, required=False)

    @property
    def filter(self) -> SearchFilter:
        """The same in the gate's words."""
        return SearchFilter(self.name or None, self.opening, self.stage, self.japanese, self.work, self.decided)

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


def checked(form: Form[OutcomeForm]) -> Form[OutcomeForm]:
    """The form, with a message when the reason belongs to another result."""
    if form.value is None or form.value.reason in REASONS[form.value.result]:
        return form
    return Form(None, form.given, Errors(reason=_("Choose a reason that belongs to the result.")))
