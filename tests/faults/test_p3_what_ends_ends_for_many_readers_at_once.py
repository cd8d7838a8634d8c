"""P3: no disclosure begins after an end; `python -m tests.faults.endings` has fifty readers and a hundred rounds."""

from tests.database import Database
from tests.faults import endings


async def test_p3_no_disclosure_begins_after_an_end(database: Database) -> None:
    stage = await endings.set_stage(database, 6)
    for name, end in endings.ENDINGS.items():
        counted = await endings.one_round(stage, end)
        assert counted.late == 0, name
        assert counted.before > 0, f"{name}: the round shows nothing"
        assert counted.refused > 0, f"{name}: the round shows nothing"
