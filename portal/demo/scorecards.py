"""Criteria of one position of the demo, and scorecards about two of its candidates, by colleagues who do not agree.

Promise: done once, for the folder's own companies and accounts. Each is an entry of the operator's program.
`gate.demo_scorecards` writes them, for the owner alone.
"""

import json
from dataclasses import asdict, dataclass

import asyncpg

OPENING, SET_BY = "OP-101", "misaki.tachibana@aobanomori.example.jp"
CODES = ("skills", "experience", "japanese", "communication", "teamwork", "learning")
RYOTA, HARUKA = "ryota.minase@aobanomori.example.jp", "haruka.tsukishiro@aobanomori.example.jp"
PUT = "select gate.demo_scorecards($1, $2, $3, $4, $5, $6)"


@dataclass(frozen=True, slots=True)
class Card:
    """One scorecard; a rating for each of the criteria, 0 for not judged."""

    introduction: str
    by: str
    ratings: tuple[int, ...]
    recommendation: str
    note: str | None = None


FILLED_IN = (
    Card("IN-P001-101", HARUKA, (3, 3, 2, 3, 0, 4), "recommended", "課題の説明が具体的。敬語の文書は要確認。"),
    Card("IN-P001-101", RYOTA, (4, 3, 2, 3, 3, 3), "strongly", "設計の質問に自分の言葉で答えていた。"),
    Card("IN-P046-101", HARUKA, (2, 3, 3, 3, 3, 0), "rather_not", "TypeScript の実務は短い。"),
)


async def set_up_scorecards(connection: asyncpg.Connection, companies: list[str], emails: list[str]) -> None:
    """Write them where the position has no criteria yet. As portal_owner."""
    cards = json.dumps([asdict(card) for card in FILLED_IN])
    await connection.execute(PUT, companies, emails, OPENING, list(CODES), SET_BY, cards)
