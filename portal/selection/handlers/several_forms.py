"""What is sent about several candidates at once, chosen on the list or the board."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.language.i18n import N_, Said
from portal.selection.actions import MOST_MOVED, STAGES, Decision, Standing
from portal.selection.forms import codes, somebody
from portal.selection.reasons import REASONS
from portal.values.wrong import Wrong
from portal.web.field import Field, Sent, made
from portal.web.fields import CHOOSE, choice, hidden, lines, ticked

MOST_COMPARED = 4
MOST_DECIDED = 25
RESULTS = tuple(f"{result}.{reason}" for result, reasons in REASONS.items() for reason in reasons)


def standing(raw: str) -> Standing:
    """An introduction and the stage at which it was shown: "id.stage"."""
    number, _dot, stage = raw.partition(".")
    if stage not in STAGES:
        raise Wrong(CHOOSE)
    try:
        return Standing(UUID(number), stage)
    except ValueError:
        raise Wrong(CHOOSE) from None


def standings(sent: Sent) -> tuple[Standing, ...]:
    """Those that were chosen on a list, each once."""
    found = {one.introduction: one for one in map(standing, sent)}
    if len(found) > MOST_MOVED:
        raise Wrong(N_("Please choose at most %(most)s."), most=str(MOST_MOVED))
    return tuple(found.values())


@dataclass(frozen=True)
class MovesForm:
    """Several of a list and the stage for them; or the `row` and the `stage` of one button, "id.stage.stage"."""

    chosen: tuple[Standing, ...] = made(Field(read=standings, widget="hidden", required=False, plain=True))
    stage: str = choice(N_("Move to"), STAGES, words="stage")
    row: str = hidden(str)

    @property
    def one(self) -> tuple[Standing, str] | None:
        """The row of the button that was pressed, and where it is to go; None for those that were chosen."""
        shown, _dot, wanted = self.row.rpartition(".")
        try:
            return (standing(shown), wanted) if wanted in STAGES else None
        except Wrong:
            return None


def ids_of(sent: Sent) -> tuple[UUID, ...]:
    """Those that were chosen, each once: by id, or as a list sends them, "id.stage"."""
    try:
        return tuple(dict.fromkeys(UUID(one.partition(".")[0]) for one in sent))
    except ValueError:
        raise Wrong(CHOOSE) from None


@dataclass(frozen=True)
class AssignSeveralForm:
    """Several of a list, and to whom they are assigned."""

    chosen: tuple[UUID, ...] = made(Field(read=ids_of, widget="hidden", required=False, plain=True))
    to: UUID | None = hidden(somebody)
    mine: bool = ticked(widget="hidden")


@dataclass(frozen=True)
class CompareForm:
    """Two to four of a list or the board."""

    chosen: tuple[UUID, ...] = made(Field(read=ids_of, widget="hidden", required=False, plain=True))

    @property
    def fits(self) -> bool:
        """Whether so many are compared."""
        return 2 <= len(self.chosen) <= MOST_COMPARED


def taken(sent: Sent) -> tuple[UUID, ...]:
    """Whose resumes are taken at once."""
    found = ids_of(sent)
    if len(found) > MOST_MOVED:
        raise Wrong(N_("Please choose at most %(most)s."), most=str(MOST_MOVED))
    return found


@dataclass(frozen=True)
class ZipForm:
    """Whose resumes are taken."""

    chosen: tuple[UUID, ...] = made(Field(read=taken, widget="hidden", required=False, plain=True))


def few(sent: Sent) -> tuple[UUID, ...]:
    """Those to be decided on, or printed, at once."""
    found = ids_of(sent)
    if len(found) > MOST_DECIDED:
        raise Wrong(N_("Please choose at most %(most)s."), most=str(MOST_DECIDED))
    return found


@dataclass(frozen=True)
class PrintForm:
    """Whose pages are printed."""

    chosen: tuple[UUID, ...] = made(Field(read=few, widget="hidden", required=False, plain=True))


def own_results(sent: Sent) -> tuple[tuple[UUID, str], ...]:
    """What is chosen for one of them alone: "id.result.reason"; nothing where it is as for all."""
    found = [one.split(".", 1) for one in sent if one]
    if any(result not in RESULTS for _id, *rest in found for result in rest or [""]):
        raise Wrong(CHOOSE)
    try:
        return tuple((UUID(number), result) for number, result in found)
    except ValueError:
        raise Wrong(CHOOSE) from None


@dataclass(frozen=True)
class DecideForm:
    """Whom to decide on."""

    chosen: tuple[UUID, ...] = made(Field(read=few, widget="hidden", required=False, plain=True))


@dataclass(frozen=True)
class DecisionsForm:
    """A result with its reason for all, or for one of them alone, and a note that goes to each."""

    every: str = choice(N_("Result and reason for all"), RESULTS, required=False, widget="radios")
    own: tuple[tuple[UUID, str], ...] = made(Field(read=own_results, widget="hidden", required=False, plain=True))
    note: str = lines(N_("Note for each of them"), most=1000, required=False)
    confirmed: tuple[str, ...] = hidden(codes)
    chosen: tuple[UUID, ...] = made(Field(read=few, widget="hidden", required=False, plain=True))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Each has a result."""
        alone = {one for one, _result in read.get("own") or ()}
        if "every" not in read or read["every"] or alone >= set(read.get("chosen") or ()):
            return {}
        return {"every": Said(N_("Choose a result for all, or one for each of them."))}

    @property
    def decisions(self) -> dict[UUID, Decision]:
        """What is decided on each."""
        alone = dict(self.own)
        found = {one: alone.get(one, self.every).split(".") for one in self.chosen}
        return {
            one: Decision(result, reason, self.note, correcting=False, confirmed=self.confirmed)
            for one, (result, reason) in found.items()
        }
