"""P3: no disclosure begins after an end; `python -m tests.faults.endings` has fifty readers and a hundred rounds."""

import pytest

from tests.database import Database
from tests.faults import endings


@pytest.mark.parametrize("member", [False, True], ids=["of its own", "as a member of a group"])
async def test_p3_no_disclosure_begins_after_an_end(database: Database, member: bool) -> None:
    stage = await endings.set_stage(database, 6, member=member)
    for name, end in (endings.OF_A_MEMBER if member else endings.ENDINGS).items():
        counted = await endings.one_round(stage, end)
        assert counted.late == 0, name
        assert counted.before > 0, f"{name}: the round shows nothing"
        assert counted.refused > 0, f"{name}: the round shows nothing"
