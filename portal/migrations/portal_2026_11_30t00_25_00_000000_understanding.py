"""The questions that somebody answers before they accept the undertaking, and what they answered."""

from functools import partial
from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.agreements.understanding import PUBLISHED_AT, QUESTIONS
from portal.migrations.run_sql import connection, run_folder

ID = "2026-11-30T00:25:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "understanding"

FIRST = 1  # a later version comes with a migration of its own
PUT = """
insert into portal.understanding_question
    (version, number, language, question, choices, right_choice, explanation, published_at)
values ($1, $2, $3, $4, $5, $6, $7, $8::text::timestamptz)
"""


async def _put_questions() -> None:
    for number, asked in enumerate(QUESTIONS[FIRST], start=1):
        for language, said in asked.wordings.items():
            values = (said.question, list(said.choices), asked.right, said.explanation, PUBLISHED_AT)
            await connection().execute(PUT, FIRST, number, language, *values)


async def forwards() -> MigrationManager:
    """The tables, and the first version's questions in them."""
    folder = Path(__file__).parent / DESCRIPTION
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)
    manager.add_raw(partial(run_folder, folder))
    manager.add_raw(_put_questions)
    manager.add_raw_backwards(partial(run_folder, folder / "back"))
    return manager
