"""Scorecards: by which criteria a position's candidates are judged, and what each of a company's people makes of one.

Criteria are a closed list of what the work asks for (公正な採用選考: aptitude and ability for the work, and nothing
else; domain facts, section 3 [39]). Nothing is reckoned from ratings: there is no total, and nobody is ranked.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from portal.database.unit import Unit
from portal.language.i18n import written

CRITERIA = (
    "skills", "experience", "qualifications", "japanese", "communication", "teamwork", "motivation", "learning",
    "problems", "accuracy", "safety", "customers",
)  # fmt: skip
"""As `gate.criteria_codes` has them; their words are in `components/words.html`."""
NOT_JUDGED = 0
RATINGS = (4, 3, 2, 1, NOT_JUDGED)
RECOMMENDATIONS = ("strongly", "recommended", "rather_not", "not_recommended")
CORRECTABLE = timedelta(hours=24)
Setting = Literal["set", "unchanged", "meanwhile"]
Filling = Literal["filled", "corrected", "unchanged", "already", "meanwhile", "too_late", "names_ground", "over"]

POSITIONS = """
select opening.id, opening.title, opening.title_latin, opening.status,
       coalesce(stands.version, 0) as version, coalesce(stands.codes, '{}') as codes, stands.set_at
from portal.opening
left join lateral (select * from portal.criteria where criteria.opening_id = opening.id
                   order by criteria.version desc limit 1) as stands on true
where opening.company_id = $1
"""
FILL = "select gate.fill_in_scorecard($1, $2, $3, $4, $5, $6, $7)"


@dataclass(frozen=True, slots=True)
class Position:
    """A position and the criteria that stand for it. Version 0: none were set yet."""

    id: UUID
    title: str
    is_open: bool
    version: int
    codes: Sequence[str]
    set_at: datetime | None


async def positions(unit: Unit, company: UUID | None) -> list[Position]:
    """The positions of a company that the viewer may read of, the open ones first, by title."""
    found = [_position(row) for row in await unit.fetch(POSITIONS, company)]
    return sorted(found, key=lambda one: (not one.is_open, one.title))


async def position(unit: Unit, asked: UUID) -> Position | None:
    """One of the viewer's own company."""
    rows = await unit.fetch(f"{POSITIONS} and opening.id = $2", unit.who.company_id, asked)
    return _position(rows[0]) if rows else None


def _position(row: Any) -> Position:
    title = written(row["title"], row["title_latin"]) or row["title"]
    return Position(row["id"], title, row["status"] == "open", row["version"], row["codes"], row["set_at"])


async def set_criteria(unit: Unit, opening: UUID, shown: int, codes: Sequence[str]) -> Setting | None:
    """Set a position's criteria; "meanwhile" when others stand than the version shown. None for whoever may not."""
    said: Setting | Literal["refused"] = await unit.fetchval(
        "select gate.set_criteria($1, $2, $3)", opening, shown, list(codes)
    )
    return None if said == "refused" else said


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One that is filled in: a rating for each of its criteria, and what its writer recommends now and did first."""

    by: str
    at: datetime
    version: int
    ratings: Mapping[str, int]
    recommendation: str
    recommended_first: str
    note: str | None
    corrected_at: datetime | None

    @property
    def correctable_until(self) -> datetime:
        """Until when its writer can correct it."""
        return self.at + CORRECTABLE


@dataclass(frozen=True, slots=True)
class Scorecards:
    """About one introduction: the criteria that stand for its position, one's own scorecard, how many colleagues filled
    one in, and theirs, which are there when one's own is."""

    opening: UUID
    version: int
    codes: Sequence[str]
    own: Scorecard | None
    others: int
    colleagues: Sequence[Scorecard]

    @property
    def shown(self) -> list[Scorecard]:
        """Those to show beside each other: one's own, then the colleagues', as they were filled in."""
        return [self.own, *self.colleagues] if self.own else []

    @property
    def criteria(self) -> list[str]:
        """Every criterion of those that are shown, in the order of the list."""
        return [code for code in CRITERIA if any(code in one.ratings for one in self.shown)]


async def scorecards(unit: Unit, introduction: UUID) -> Scorecards | None:
    """Those about an introduction, recorded; None when its selection is not open to this viewer."""
    found = await unit.fetchval("select gate.scorecards($1)", introduction)
    if found is None:
        return None
    said = json.loads(found)
    own = _scorecard(said["own"]) if said["own"] else None
    colleagues = [_scorecard(one) for one in said["colleagues"]]
    return Scorecards(UUID(said["opening"]), said["version"] or 0, said["codes"] or (), own, said["others"], colleagues)


def _scorecard(said: Mapping[str, Any]) -> Scorecard:
    return Scorecard(
        said["by"],
        datetime.fromisoformat(said["at"]),
        said["version"],
        dict(zip(said["codes"], said["ratings"], strict=True)),
        said["recommendation"],
        said["recommended_first"],
        said["note"],
        datetime.fromisoformat(said["corrected_at"]) if said["corrected_at"] else None,
    )


@dataclass(frozen=True, slots=True)
class FilledIn:
    """What somebody sends: the version of the criteria that the page showed, and whether it corrects what stands.

    `confirmed` are the grounds that the note names and its writer was asked about.
    """

    version: int
    ratings: Mapping[str, int]
    recommendation: str
    note: str
    correcting: bool = False
    confirmed: tuple[str, ...] = ()


async def fill_in(unit: Unit, introduction: UUID, card: FilledIn) -> Filling | None:
    """Fill in one's own scorecard, or correct it; what came of it. None when nothing is open to this viewer."""
    answer: Filling | Literal["refused"] = await unit.fetchval(
        FILL,
        introduction,
        card.version,
        json.dumps(card.ratings),
        card.recommendation,
        card.note,
        card.correcting,
        list(card.confirmed),
    )
    return None if answer == "refused" else answer
