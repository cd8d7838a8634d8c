"""A database from before JFT-Basic was scored as in August 2026, and before own estimates stood apart."""

import json

from portal.intake.japanese import JapaneseTest
from portal.operate import migrate
from portal.operate.roles import OWNER
from tests.database import Database

LEVELS = "2026-11-29T19:22:00:000000"
# test, level, score and date as stored, with the rank and level of before; whether that is a certified one
STORED: list[tuple[dict[str, object], int, str, bool]] = [
    ({"test": "JFT-Basic", "level": None, "score": 181, "date": "2026-09"}, 2, "A2", True),
    ({"test": "JFT-Basic", "level": None, "score": 228, "date": "2026-08-01"}, 2, "A2", True),
    ({"test": "JFT-Basic", "level": None, "score": 150, "date": "2026-08"}, 1, "A1", True),
    ({"test": "JFT-Basic", "level": None, "score": 212, "date": "2026-03"}, 2, "A2", True),
    ({"test": "JFT-Basic", "level": None, "score": 212, "date": None}, 2, "A2", True),
    ({"test": "JLPT", "level": "N2", "score": 120, "date": "2026-07"}, 4, "B2", True),
    ({"test": "self", "level": "B2", "score": None, "date": None}, 4, "B2", False),
]


async def test_a_stored_level_is_worth_what_it_is_worth_today(database: Database) -> None:
    await migrate.migrate_back(database.url(OWNER), LEVELS)
    owner = await database.connect(OWNER)
    for number, (given, rank, cefr, _certified) in enumerate(STORED):
        person = await owner.fetchval(
            "insert into personal.candidate (reference) values ($1) returning id", f"P{number}"
        )
        held = json.dumps({**given, "rank": rank, "cefr": cefr})
        await owner.execute(
            "insert into personal.candidate_items (candidate_id, japanese_level) values ($1, $2)", person, held
        )
    await migrate.migrate(database.url(OWNER))
    rows = await owner.fetch(
        "select japanese_level, japanese_rank, japanese_certified from personal.candidate_items"
        " join personal.candidate on candidate.id = candidate_id order by reference"
    )
    for (given, _rank, _cefr, certified), row in zip(STORED, rows, strict=True):
        today = JapaneseTest.model_validate(given).item()
        held = json.loads(row["japanese_level"])
        assert (held["rank"], held["cefr"]) == (today["rank"], today["cefr"]), given
        assert (row["japanese_rank"], row["japanese_certified"]) == (today["rank"], certified)
