"""Who looks after a company is settled in the portal once somebody does: no file takes a company back."""

from pathlib import Path

import asyncpg

from tests.intake.conftest import Import
from tests.intake.folders import ACCOUNT, TABLES, write_table, write_world
from tests.intake.states import states
from tests.intake.test_never_undone import notes


async def test_a_company_that_was_handed_over_goes_back_to_nobody_who_was_suspended(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    manager = {"email": "mori@operator.example.jp", "display_name": "Mori", "role": "account_manager"}
    write_table(folder, "accounts", ACCOUNT, manager)
    write_table(folder, "companies", TABLES["companies"] | {"account_manager": manager["email"]})
    await importing(folder)
    found = await owner.fetchval("select array_agg(id) from portal.company where account_manager_id is not null")
    suspended = "select gate.suspend_account(id, 'left', $2) from portal.account where email = $1"
    assert await owner.fetchval(suspended, manager["email"], found) == "suspended"
    write_table(folder, "companies", TABLES["companies"] | {"account_manager": manager["email"], "name": "新しい名前"})
    report = await importing(folder)
    assert any("this account manager is suspended" in str(one) for one in report.problems)
    assert await owner.fetchval("select count(account_manager_id) from portal.company") == 0


async def test_a_hand_over_is_undone_by_no_file_and_a_note_says_so(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection
) -> None:
    folder = write_world(tmp_path / "in")
    former = {"email": "mori@operator.example.jp", "display_name": "Mori", "role": "account_manager"}
    write_table(folder, "accounts", ACCOUNT, former, former | {"email": "abe@operator.example.jp"})
    company = TABLES["companies"] | {"account_manager": former["email"]}
    write_table(folder, "companies", company)
    assert notes(await importing(folder)) == []
    handed_over = "update portal.company set account_manager_id = (select id from portal.account where email = $1)"
    await owner.execute(handed_over, "abe@operator.example.jp")
    write_table(folder, "companies", company | {"name_latin": "Shikenjo"})
    report = await importing(folder)
    assert states(report)["companies"] == {"updated": 1}
    assert notes(report) == [
        "companies.csv:2 account_manager has “mori@operator.example.jp”: abe@operator.example.jp looks after "
        "this company in the portal and goes on to: companies are handed over there."
    ]
    write_table(folder, "companies", company | {"name_latin": "Shikenjo", "account_manager": ""})
    assert states(await importing(folder))["companies"] == {"unchanged": 1}
    looks_after = "select email from portal.account join portal.company on account_manager_id = account.id"
    assert await owner.fetchval(looks_after) == "abe@operator.example.jp"
