"""Lives of introductions: what several people do to one, as the model says what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.candidates.items import Item, Purpose
from tests import model
from tests.facts import DAY, HOUR, MINUTE, Consent, Fact, Introduction, Outcome, Undone, Withdrawal
from tests.model import Viewer
from tests.world import World

RESULTS = {"hired": "offer_accepted", "not_hired": "position_filled"}


@dataclass
class Life:
    """One introduction, and everybody who acts on it. Facts are told by how long ago they were."""

    world: World
    introduction: Introduction
    viewers: dict[str, Viewer]
    before: str = "introduced"
    asked: int | None = None

    def of(self, kind: type[Any]) -> list[Any]:
        """The facts of one kind about this introduction."""
        return [one for one in self.world.every(kind) if one.introduction is self.introduction]

    @property
    def consents(self) -> list[Consent]:
        """What the person said to the company."""
        return [one for one in self.world.every(Consent) if one.candidate is self.introduction.candidate]

    def items(self, who: str, purpose: Purpose) -> Item:
        """What somebody may see now."""
        return self.verdict(who, purpose).items

    def verdict(self, who: str, purpose: Purpose) -> model.Verdict:
        """The rule's answer now."""
        return model.verdict(self.world, self.introduction, purpose, self.viewers[who], self.world.now)

    def either(self, who: str) -> Item:
        """What is open for one purpose or the other."""
        return self.items(who, Purpose.SELECTION) | self.items(who, Purpose.CONTACT)

    @property
    def decided(self) -> list[Outcome]:
        """The outcomes of the decision that stands, oldest first."""
        undone = {one.turn for one in self.of(Undone)}
        return [one for one in self.of(Outcome) if one.turn not in undone]

    @property
    def turn(self) -> int:
        """That of the next decision."""
        return 1 + len(self.of(Undone))

    def decide(self, who: str, result: str) -> str:
        """Somebody records a result."""
        if not self.either(who):
            return "refused"
        if self.decided:
            return "already_recorded"
        contact = self.items(who, Purpose.CONTACT)
        self._outcome(who, result, None)
        self.introduction.stage, self.before = "decided", self.introduction.stage
        return "recorded" if contact else "recorded_and_closed"

    def correct(self, who: str, result: str) -> str:
        """Somebody corrects it."""
        if not self.either(who) or not self.decided:
            return "refused"
        first, latest = self.decided[0], self.decided[-1]
        if first.recorded_at + DAY <= self.world.now:
            return "too_late"
        if (latest.result, latest.note) == (result, who):  # the note says who wrote it, so another one's is another
            return "unchanged"
        self._outcome(who, result, latest)
        return "corrected"

    def take_back(self, who: str) -> str:
        """Somebody takes the decision back."""
        against = self.verdict(who, Purpose.SELECTION).reasons - ({"window_closed"} if self.decided else set())
        if against and not self.items(who, Purpose.CONTACT):
            return "refused"
        if not self.decided:
            return "already"
        writers = [one.note for one in self.decided]
        if writers[0] != who:
            return "not_yours"
        if set(writers) != {who}:
            return "corrected"
        if self.decided[0].recorded_at + 5 * MINUTE <= self.world.now:
            return "too_late"
        self.world.add(Undone, introduction=self.introduction, turn=self.turn, undone_at=self.world.now)
        self._staged(self.before)
        if self.items(who, Purpose.SELECTION):
            return "taken_back"
        return "over" if self.items(who, Purpose.CONTACT) else "closed"

    def ask(self, who: str) -> str:
        """Somebody asks to have the decision undone."""
        if not self.either(who):
            return "refused"
        if not self.decided:
            return "undecided"
        if self.decided[0].recorded_at + 5 * MINUTE > self.world.now:
            return "returnable"
        if self.asked is not None:
            return "waiting"
        self.asked = self.turn
        return "asked"

    def reopen(self) -> str:
        """Whoever looks after the company grants what was asked."""
        turn, self.asked = self.asked, None
        if not self.decided or turn != self.turn:
            self.asked = turn
            return "over"
        against = self.verdict("dai", Purpose.SELECTION).reasons - {"window_closed"}
        if against or (self.introduction.opening.closed_at or self.world.now + DAY) <= self.world.now:
            self.asked = turn
            return "closed"
        undone = {"introduction": self.introduction, "turn": self.turn, "undone_at": self.world.now}
        self.world.add(Undone, **undone, how="reopened")
        self.introduction.stage = "interview" if self.before == "offer" else self.before
        self.introduction.last_activity_at = self.world.now
        return "reopened"

    def move(self, who: str, stage: str) -> str:
        """Somebody moves it to a stage."""
        if not self.either(who):
            return "refused"
        if not self.items(who, Purpose.SELECTION):
            return "over"
        if self.introduction.stage == stage:
            return "already"
        self._staged(stage)
        return "moved"

    def pass_time(self, length: timedelta) -> None:
        """Everything is that much longer ago."""
        opening = self.introduction.opening
        facts: Sequence[Fact] = (*self.consents, *self.of(Outcome), *self.of(Undone), *self.of(Withdrawal))
        for fact in (*facts, self.introduction, opening):
            for name, value in vars(fact).items():
                if isinstance(value, datetime):
                    setattr(fact, name, value - length)

    def _staged(self, stage: str) -> None:
        inactive = any("introduction_inactive" in self.verdict(who, Purpose.SELECTION).reasons for who in self.viewers)
        self.introduction.stage = stage
        if not inactive:
            self.introduction.last_activity_at = self.world.now

    def _outcome(self, who: str, result: str, corrects: Outcome | None) -> None:
        """The note keeps who wrote it."""
        made = {"turn": self.turn, "result": result, "note": who, "corrects": corrects}
        self.world.add(Outcome, introduction=self.introduction, recorded_at=self.world.now, **made)


SOON, LATER = (timedelta(seconds=2), MINUTE, 2 * MINUTE), (6 * MINUTE, HOUR, 25 * HOUR, 8 * DAY, 12 * DAY)
PASSING = (*(SOON * 4), *LATER)
