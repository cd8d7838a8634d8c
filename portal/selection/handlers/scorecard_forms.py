"""What is sent to set criteria and to fill in a scorecard."""

from collections.abc import Mapping
from dataclasses import dataclass, make_dataclass
from typing import Any

from portal.language.i18n import N_, Said
from portal.selection.forms import codes
from portal.selection.scorecards import CRITERIA, NOT_JUDGED, RATINGS, RECOMMENDATIONS, FilledIn
from portal.values.wrong import Wrong
from portal.web.field import Field, first, made
from portal.web.fields import CHOOSE, choice, choices, hidden, lines, ticked


def version(raw: str) -> int:
    """Of the criteria that the page showed; 0 for none."""
    return int(raw) if raw.isdecimal() and len(raw) < 9 else 0


@dataclass(frozen=True)
class CriteriaForm:
    """Which of the list, and which version of a position's criteria the page showed."""

    codes: tuple[str, ...] = choices(N_("Criteria"), CRITERIA, words="criterion_said")
    shown: int = hidden(version)


@dataclass(frozen=True)
class CardFields:
    """What a scorecard has besides its ratings, each of which is a field named by its criterion."""

    recommendation: str = choice(N_("Recommendation"), RECOMMENDATIONS, words="recommendation", widget="radios")
    note: str = lines(
        N_("Note"),
        most=1000,
        required=False,
        hint=N_(
            "Write only what concerns the work. Never note origin, nationality, family, creed, union membership, "
            "health, sex or age: they may not bear on a decision."
        ),
    )
    version: int = hidden(version)
    correcting: bool = ticked(widget="hidden")
    confirmed: tuple[str, ...] = hidden(codes)

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Somebody who judges nothing has no scorecard, and would read those of colleagues for it."""
        judged = any(read.get(code) != NOT_JUDGED for code in CRITERIA)
        return {} if judged else {"version": Said(N_("Judge at least one criterion."))}

    @property
    def filled_in(self) -> FilledIn:
        """The same as the act takes it."""
        ratings = {code: getattr(self, code) for code in CRITERIA}
        judged = {code: rating for code, rating in ratings.items() if rating != NOT_JUDGED}
        return FilledIn(self.version, judged, self.recommendation, self.note, self.correcting, self.confirmed)


def _rating(raw: str) -> int:
    rating = int(raw) if raw.isdecimal() and len(raw) == 1 else NOT_JUDGED if not raw else -1
    if rating not in RATINGS:
        raise Wrong(CHOOSE)
    return rating


def _rated() -> Any:
    """The ratings of one criterion. The template says which it is."""
    offered = {str(rating): "" for rating in RATINGS}
    return made(
        Field(
            read=first(_rating),
            widget="radios",
            options=offered,
            words="rating",
            required=False,
            initial=str(NOT_JUDGED),
        )
    )


CardForm: type[CardFields] = make_dataclass(
    "CardForm", [(code, int, _rated()) for code in CRITERIA], bases=(CardFields,), frozen=True
)
