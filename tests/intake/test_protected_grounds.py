"""An outcome that is imported with a note naming a protected ground is queued for compliance, as one from a page is."""

import json
from pathlib import Path

import asyncpg

from tests.intake.conftest import Import
from tests.intake.folders import OUTCOME, write_table, write_world


async def test_p8_an_imported_note_is_queued_once(tmp_path: Path, importing: Import, owner: asyncpg.Connection) -> None:
    folder = write_world(tmp_path / "in")
    write_table(folder, "outcomes", OUTCOME | {"note": "国籍の条件が合わない"})
    for _ in range(2):
        assert (await importing(folder)).problems == []
    rows = await owner.fetch(
        "select role, facts, subject_id = (select id from personal.outcome) as bound from accesslog.entry"
        " where action = 'protected_ground_named'"
    )
    assert [(row["role"], json.loads(row["facts"]), row["bound"]) for row in rows] == [
        ("operator_program", {"protected_ground": "nationality"}, True)
    ]
