"""What `portal doctor` says of endings that bind and could not be written to their record yet (decision 43)."""

import asyncpg

from portal.operate.checks import Check, verdict
from portal.operate.connect import connected

ASKED = "select to_regclass('portal.halt') is not null"
WAITING = """
select coalesce('account ' || account.email, 'company ' || company.reference) as whose, halt.wanted,
       extract(epoch from now() - halt.made_at)::bigint as seconds
from portal.halt
left join portal.account on account.id = halt.account_id
left join portal.company on company.id = halt.company_id
where halt.made_at < now() - make_interval(secs => $1)
order by halt.made_at, halt.id
"""
HOLDING = """
select distinct pid from pg_locks
where relation in ('portal.account'::regclass, 'portal.company'::regclass) and pid <> pg_backend_pid()
  and mode in ('RowShareLock', 'RowExclusiveLock')
order by pid
"""
LONGEST = 60  # seconds: the worker tries every five
SHOWN = 5


async def halts_check(url: str) -> Check:
    """Which endings wait for an open transaction to let their record go. Reads as portal_owner."""
    name = "endings"
    async with connected(url) as connection:
        if not await connection.fetchval(ASKED):
            return Check(name, "skipped", "the database is older than this question")
        rows: list[asyncpg.Record] = await connection.fetch(WAITING, LONGEST)
        holding = [str(row["pid"]) for row in await connection.fetch(HOLDING)] if rows else []
    found = [f"{row['whose']} is {row['wanted']}, for {row['seconds']} seconds" for row in rows[:SHOWN]]
    more = [f"and {len(rows) - SHOWN} more"] if len(rows) > SHOWN else []
    waits = f"bind, and are not written to their records: {'; '.join([*found, *more])}"
    return verdict(name, not rows, waits if rows else "all are written to their records", _remedy(holding))


def _remedy(holding: list[str]) -> str:
    if not holding:
        return "Nobody holds the records: see that the worker runs; it writes them down every five seconds."
    return (
        "They bind all the same. An open transaction holds the records, and somebody has to end it. Its process is one"
        f" of {', '.join(holding)}. As the server's superuser, `table pg_stat_activity` says whose each of them is, and"
        f" `select pg_terminate_backend({holding[0]})` ends it. The worker then writes the records."
    )
