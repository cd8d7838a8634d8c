"""An agreement made from a template, clause by clause: its words, its choices, and what lies outside the bounds."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.agreements.templates import Piece, pieces
from portal.database.unit import Unit

CLAUSES = "select * from gate.clauses_of_agreement($1)"


@dataclass(frozen=True, slots=True)
class Worded:
    """A clause in one language."""

    heading: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class MadeClause:
    """A clause with its choices filled in, by language."""

    place: int
    key: str
    worded: dict[str, Worded]

    @property
    def choices(self) -> list[str]:
        """The choices that stand in it, each once."""
        return list(dict.fromkeys(piece.choice for piece in self.worded["ja"].pieces if piece.choice))


async def clauses_of_agreement(unit: Unit, agreement: UUID) -> tuple[list[MadeClause], list[str]]:
    """The clauses, and the choices outside the template's bounds; none for a text that was brought from outside."""
    rows = await unit.fetch(CLAUSES, agreement)
    return [made_clause(row) for row in rows], list(rows[0]["beyond"]) if rows else []


def made_clause(row: Any) -> MadeClause:
    """A row of `gate.clauses_of_agreement`."""
    worded = {of: Worded(row[f"heading_{of}"], pieces(row[f"body_{of}"])) for of in ("ja", "en")}
    return MadeClause(row["place"], row["key"], worded)


def in_english(clauses: list[MadeClause]) -> str:
    """The clauses as one English text."""
    worded = ((clause.place, clause.worded["en"]) for clause in clauses)
    return "".join(
        f"Article {place} ({one.heading}) {''.join(piece.words for piece in one.pieces)}\n" for place, one in worded
    )
