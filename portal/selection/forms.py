"""What recruiters send but for searches: stages, assignments, notes, outcomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.candidates.items import NO_ITEMS, Item, item_of
from portal.language.i18n import N_, Said
from portal.selection.actions import STAGES, Decision
from portal.selection.reasons import REASONS
from portal.values.wrong import Wrong
from portal.web.field import Field, Sent, made, single
from portal.web.fields import CHOOSE, choice, hidden, lines, ticked

ASKED = N_(
    "This note names what may not decide whether to hire: %(grounds)s. Please take it out. If it belongs there, send "
    "the form again: it is recorded then, and compliance is told."
)
TROUBLE = {
    "already_recorded": N_("An outcome was recorded in the meantime. It stands on this page, and you can correct it."),
    "unchanged": N_("Nothing was changed: this is recorded already. Change the result, the reason or the note."),
    "too_late": N_("The 24 hours for corrections are over. Ask your account manager to have it put right."),
}


def codes(raw: str) -> tuple[str, ...]:
    """Which grounds the page has asked about."""
    return tuple(raw.split())


@dataclass(frozen=True)
class OutcomeForm:
    """A result, one of its reasons, a note about the work, and whether it corrects an outcome that stands.

    `confirmed` holds the grounds that its writer was asked about once, `told` says that the page with what closes was
    seen.
    """

    result: str = choice(N_("Result"), tuple(REASONS), words="outcome", widget="radios")
    reason: str = choice(
        N_("Reason"),
        tuple(reason for reasons in REASONS.values() for reason in reasons),
        words="outcome_reason",
        widget="radios",
        of="result",
        groups=REASONS,
    )
    note: str = lines(
        N_("Note"),
        most=1000,
        required=False,
        hint=N_(
            "Write only what concerns the work. Never note origin, nationality, family, creed, union membership, "
            "health, sex or age: they may not bear on a decision."
        ),
    )
    correcting: bool = ticked(widget="hidden")
    confirmed: tuple[str, ...] = hidden(codes)
    told: bool = ticked(widget="hidden")

    @staticmethod
    def completed(sent: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[str]]:
        """A reason says its result, and a result that has one reason says that one: each is chosen in one click."""
        result, reason = next(iter(sent.get("result", ())), ""), next(iter(sent.get("reason", ())), "")
        only = REASONS.get(result, ())
        if not result and reason:
            return {**sent, "result": [one for one, reasons in REASONS.items() if reason in reasons]}
        if not reason and len(only) == 1:
            return {**sent, "reason": only}
        return sent

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """A reason belongs to its result."""
        result, reason = read.get("result"), read.get("reason")
        if result is None or reason is None or reason in REASONS[result]:
            return {}
        return {"reason": Said(N_("Choose a reason that belongs to the result."))}

    @property
    def asks(self) -> bool:
        """Whether what closes is still to be said. A correction closes nothing."""
        return not (self.told or self.correcting)

    @property
    def decided(self) -> Decision:
        """The same as the act takes it."""
        return Decision(self.result, self.reason, self.note, self.correcting, self.confirmed)


def told_items(raw: str) -> Item:
    """What the page said that a move opens, by its codes."""
    try:
        return Item(sum({item_of(code) for code in raw.split()}, NO_ITEMS))
    except ValueError:
        raise Wrong(CHOOSE) from None


@dataclass(frozen=True)
class MoveForm:
    """To which stage, from which one the page showed, and what the page said that the move opens."""

    stage: str = choice(N_("Stage"), STAGES, words="stage")
    shown: str = choice("", STAGES, widget="hidden")
    told: Item = hidden(told_items)


def somebody(raw: str) -> UUID | None:
    """A colleague; None for nobody."""
    try:
        return UUID(raw) if raw else None
    except ValueError:
        raise Wrong(CHOOSE) from None


@dataclass(frozen=True)
class AssignForm:
    """To whom, and to whom the page showed it as assigned."""

    to: UUID | None = single(
        somebody, widget="select", label=N_("Assigned to"), required=False, blank=N_("Nobody"), plain=True
    )
    mine: bool = ticked(widget="hidden")
    shown: UUID | None = hidden(somebody)


def mentioned(sent: Sent) -> tuple[UUID, ...]:
    """Colleagues who are mentioned. Whether they are colleagues is the gate's to say."""
    try:
        return tuple(dict.fromkeys(UUID(one) for one in sent))
    except ValueError:
        raise Wrong(CHOOSE) from None


@dataclass(frozen=True)
class NoteForm:
    """What colleagues are told about a candidate, and who is mentioned; `confirmed` as in an outcome's note."""

    body: str = lines(
        N_("New note"),
        most=2000,
        hint=N_(
            "Write only what concerns the work. Never note origin, nationality, family, creed, union membership, "
            "health, sex or age: they may not bear on a decision."
        ),
    )
    mentions: tuple[UUID, ...] = made(
        Field(read=mentioned, widget="checkboxes", label=N_("Mention"), required=False, plain=True)
    )
    confirmed: tuple[str, ...] = hidden(codes)
