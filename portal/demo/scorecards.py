"""Criteria of one position of the demo, and scorecards about two of its candidates, by colleagues who do not agree.

Promise: done once, for the folder's own companies and accounts. Each is an entry of the operator's program.
"""

import json
from dataclasses import asdict, dataclass

import asyncpg

COMPANY, OPENING, SET_BY = "AOBA", "OP-101", "misaki.tachibana@aobanomori.example.jp"
CODES = ("skills", "experience", "japanese", "communication", "teamwork", "learning")
RYOTA, HARUKA = "ryota.minase@aobanomori.example.jp", "haruka.tsukishiro@aobanomori.example.jp"
CRITERIA = """
with made as (
    insert into portal.criteria (opening_id, company_id, version, codes, set_by)
    select opening.id, company.id, 1, $3, account.id
    from portal.company
    join portal.opening on opening.company_id = company.id and opening.reference = $2
    join portal.account on lower(account.email) = $4 and account.company_id = company.id
    where company.reference = $1 and company.reference = any ($5) and lower(account.email) = any ($6)
    on conflict do nothing returning id, opening_id, company_id
)
select made.id, gate.record_import('criteria_set', null, company_id, opening_id,
                                   jsonb_build_object('criteria', cardinality($3::text[]), 'criteria_version', 1))
from made
"""
CARDS = """
with made as (
    insert into personal.scorecard (introduction_id, criteria_id, written_by, ratings, recommendation, note)
    select introduction.id, $1, account.id, card.ratings, card.recommendation, card.note
    from jsonb_to_recordset($2) as card (introduction text, by text, ratings smallint[], recommendation text, note text)
    join personal.introduction on introduction.reference = card.introduction
    join portal.account on lower(account.email) = card.by and account.company_id = introduction.company_id
    returning id, introduction_id
)
select gate.record_import('scorecard_filled_in', introduction.candidate_id, introduction.company_id, made.id,
                          '{"criteria_version": 1}')
from made join personal.introduction on introduction.id = made.introduction_id
"""


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
    async with connection.transaction():
        criteria = await connection.fetchval(CRITERIA, COMPANY, OPENING, list(CODES), SET_BY, companies, emails)
        if criteria is not None:
            await connection.execute(CARDS, criteria, json.dumps([asdict(card) for card in FILLED_IN]))
