"""Links of a signatory, the declaration they give, what they did, and the signed paper."""

from functools import partial
from pathlib import Path

from piccolo.apps.migrations.auto.migration_manager import MigrationManager

from portal.agreements.declarations import ORIGINAL, TEXTS
from portal.migrations.run_sql import connection, run_folder

ID = "2026-11-29T22:21:43:000000"
VERSION = "1.38.0"
DESCRIPTION = "signing"

FIRST = 1  # a later version comes with a migration of its own
PUT = """
insert into portal.declaration_text (version, language, text, original_digest, published_at)
values ($1, $2, $3, portal.text_digest($4), '2026-11-29T00:00:00+09:00')
"""


async def _put_texts() -> None:
    texts = TEXTS[FIRST]
    for language, text in texts.items():
        await connection().execute(PUT, FIRST, language, text, texts[ORIGINAL])


async def forwards() -> MigrationManager:
    """The tables, and the first version of the declaration in them."""
    folder = Path(__file__).parent / DESCRIPTION
    manager = MigrationManager(migration_id=ID, app_name="portal", description=DESCRIPTION)
    manager.add_raw(partial(run_folder, folder))
    manager.add_raw(_put_texts)
    manager.add_raw_backwards(partial(run_folder, folder / "back"))
    return manager
