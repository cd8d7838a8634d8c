"""The pages of staff about ten thousand companies, in the database: each beside one page of the board of companies."""

from collections.abc import Mapping
from pathlib import Path

from bench.run import Run, secret
from bench.table import Row, ms
from bench.times import p50
from bench.turns import Statements, taking_turns
from portal.accounts.queries import CALLED as ACCOUNTS_CALLED
from portal.agreements.campaigns import CAMPAIGNS, COMPANIES
from portal.companies.queries import CALLED, PAGE, STAGE_COUNTS
from portal.operate.roles import WEB

ASKED = "select id from portal.campaign where reason = 'bench' order by ends_at desc limit 1"
SHOWN = 51
MOST = 5


async def measure(run: Run) -> list[Row]:
    """One account manager who looks after nearly all of them, and one of compliance, who reads all."""
    rows = []
    campaign = await _companies(run)
    for who in ("manager", "compliance"):
        connection = await run.many.connect(WEB)
        try:
            taken = await taking_turns(connection, secret(who, 1), run.seconds, _pages(campaign))
        finally:
            await connection.close()
        page, *others = ((name, p50(sample)) for name, sample in taken.items())
        for name, took in others:
            what = f"{run.many.sizes.companies:,} companies, {who}: {name}"
            ratio = took / page[1]
            rows.append(Row(what, ms(took), f"{page[0]} {ms(page[1])}", f"{ratio:.1f} ×", f"≤ {MOST} ×", ratio <= MOST))
    return rows


async def _companies(run: Run) -> object:
    """Write them; one of their campaigns."""
    await run.many.refresh()
    connection = await run.many.connect()
    try:
        await connection.execute("set session_replication_role = replica")
        await connection.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
        return await connection.fetchval(ASKED)
    finally:
        await connection.close()


def _pages(campaign: object) -> Mapping[str, Statements]:
    def ask(sql: str, *values: object) -> Statements:
        return lambda connection: connection.fetch(sql, *values)

    def board(asked: str | None, stage: str | None) -> Statements:
        return ask(PAGE, asked, stage, True, None, None, False, SHOWN)

    return {
        "a page of the board": board(None, None),
        "of those that are active": board(None, "active"),
        "of those that end soon": board(None, "ending"),
        "of those with a part of a name": board("company 7", None),
        "the board's counts": ask(STAGE_COUNTS),
        "campaigns": ask(CAMPAIGNS, None),
        "companies of a campaign": ask(COMPANIES, campaign, None, False, 101),
        "a company by part of its name": ask(CALLED, "company 7", True),
        "an account by part of its name": ask(ACCOUNTS_CALLED, "recruiter 2 of 7"),
    }
