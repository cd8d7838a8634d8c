"""A company enters and leaves a group by a file as it does on its page: by the same acts, with the same conditions."""

from pathlib import Path

import asyncpg

from tests.intake.conftest import Import
from tests.intake.folders import TABLES, write_table, write_world

RESPONSIBLE = """
update portal.company_group set responsible_company_id = (select id from portal.company where reference = $1)
"""
ACTS = "select action from accesslog.entry where action like 'group_member_%' order by recorded_at, id"


async def test_a_company_leaves_its_group_by_a_file_unless_it_answers_for_others(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    acme = TABLES["companies"] | {"group": "GR-1", "group_name": "試験グループ"}
    other = acme | {
        "reference": "BETA",
        "name": "株式会社別所",
        "corporate_number": "6123456789013",
        "status": "",
        "status_reason": "",
        "screening": "",
    }
    write_table(folder, "companies", acme, other)
    assert (await importing(folder)).problems == []
    answers = (
        "update portal.company_group set responsible_company_id = (select id from portal.company where reference = $1)"
    )
    await owner.execute(answers, "ACME")
    moved = {"group": "GR-2", "group_name": "別グループ"}
    write_table(folder, "companies", acme | moved, other)
    (problem,) = (await importing(folder)).problems
    assert "it answers for that group" in str(problem)
    write_table(folder, "companies", acme, other | moved)
    assert (await importing(folder)).problems == []
    acts = [row["action"] for row in await owner.fetch(ACTS)]
    assert acts == ["group_member_added"] * 2 + ["group_member_left", "group_member_added"]
