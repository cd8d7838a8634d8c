"""Japanese tests and what their results are worth.

The rank (0 to 5, 5 = N1 or its equal) is what lists filter on; CEFR is what papers print. JLPT maps
to CEFR by score from December 2025 on; the levels of BJT and JFT-Basic follow from the score
(facts S, section 3).
"""

from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from portal.candidates.items import JapaneseLevel
from portal.intake.values import PartialDate, wrong
from portal.language.i18n import N_
from portal.language.zone import JAPAN
from portal.values import days

Cefr = Literal["A1", "A2", "A2.1", "A2.2", "B1", "B2", "C1"]

JLPT_RANKS = {"N5": 1, "N4": 2, "N3": 3, "N2": 4, "N1": 5}
# The lowest score that passes, and the CEFR level from each score upwards.
JLPT_CEFR: dict[str, list[tuple[int, Cefr]]] = {
    "N5": [(80, "A1")],
    "N4": [(90, "A2")],
    "N3": [(95, "A2"), (104, "B1")],
    "N2": [(90, "B1"), (112, "B2")],
    "N1": [(100, "B2"), (142, "C1")],
}
JLPT_CEFR_FROM = "2025-12"
BJT_LEVELS = [
    (0, "J5", 1),
    (200, "J4", 2),
    (320, "J3", 3),
    (420, "J2", 4),
    (530, "J1", 5),
    (600, "J1+", 5),
]
JFT_CEFR_BEFORE: list[tuple[int, Cefr, int]] = [(200, "A2", 2)]
# A2.1 is not A2, which N4 stands for: it ranks below N4.
JFT_CEFR_FROM_2026_08: list[tuple[int, Cefr, int]] = [
    (145, "A1", 1),
    (175, "A2.1", 1),
    (200, "A2.2", 2),
]
JFT_CHANGE = "2026-08"
SELF_LEVELS: dict[str, tuple[Cefr, int]] = {
    "A1": ("A1", 1),
    "A2": ("A2", 2),
    "B1": ("B1", 3),
    "B2": ("B2", 4),
    "C1": ("C1", 5),
}
MOST = {"JLPT": 180, "BJT": 800, "JFT-Basic": 250, "self": 0}


class JapaneseTest(BaseModel):
    """A result as the candidate gives it. `self` is the candidate's own estimate on the CEFR scale."""

    model_config = ConfigDict(extra="forbid")

    test: Literal["JLPT", "BJT", "JFT-Basic", "self"]
    level: str | None = None
    score: Annotated[int, Field(ge=0, le=800)] | None = None
    date: PartialDate | None = None

    @field_validator("date")
    @classmethod
    def _has_been(cls, taken: str | None) -> str | None:
        if taken is not None and not days.has_begun(taken, datetime.now(JAPAN).date()):
            raise wrong(N_("a day that has been: leave out what was not taken yet"))
        return taken

    @model_validator(mode="after")
    def consistent(self) -> Self:
        if self.score is not None and self.score > MOST[self.test]:
            raise wrong(N_("a score that this test can give: at most {most}"), most=str(MOST[self.test]))
        if self.test == "JLPT":
            self._check_jlpt()
        elif self.test == "self":
            if self.level not in SELF_LEVELS:
                raise wrong(N_("the candidate's own estimate as A1, A2, B1, B2 or C1"))
        elif self.score is None:
            raise wrong(N_("the score of the test"))
        elif self.test == "BJT" and self.level not in {None, _bjt(self.score)[0]}:
            raise wrong(N_("the level that belongs to the score: {level}"), level=_bjt(self.score)[0])
        return self

    def _check_jlpt(self) -> None:
        if self.level not in JLPT_RANKS:
            raise wrong(N_("a JLPT level from N5 to N1"))
        passing = JLPT_CEFR[self.level][0][0]
        if self.score is not None and self.score < passing:
            raise wrong(
                N_("a passed level: {level} is passed from {passing} points"),
                level=self.level,
                passing=str(passing),
            )

    def item(self) -> JapaneseLevel:
        """The result in the form in which it is stored and shown."""
        level, rank, cefr = self._worth()
        return {
            "test": self.test,
            "level": level,
            "score": self.score,
            "date": self.date,
            "rank": rank,
            "cefr": cefr,
        }

    def _worth(self) -> tuple[str | None, int, Cefr | None]:
        if self.test == "JLPT" and self.level is not None:
            known = self.score is not None and self.date is not None and self.date >= JLPT_CEFR_FROM
            cefr = _reached(JLPT_CEFR[self.level], self.score or 0) if known else None
            return self.level, JLPT_RANKS[self.level], cefr
        if self.test == "BJT":
            level, rank = _bjt(self.score or 0)
            return level, rank, None
        if self.test == "JFT-Basic":
            table = JFT_CEFR_FROM_2026_08 if (self.date or "") >= JFT_CHANGE else JFT_CEFR_BEFORE
            found = [(cefr, rank) for lowest, cefr, rank in table if (self.score or 0) >= lowest]
            return None, found[-1][1] if found else 0, found[-1][0] if found else None
        cefr, rank = SELF_LEVELS[self.level or "A1"]
        return None, rank, cefr


def _reached(table: list[tuple[int, Cefr]], score: int) -> Cefr | None:
    reached = [cefr for lowest, cefr in table if score >= lowest]
    return reached[-1] if reached else None


def _bjt(score: int) -> tuple[str, int]:
    return [(level, rank) for lowest, level, rank in BJT_LEVELS if score >= lowest][-1]
