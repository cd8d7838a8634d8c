"""What `portal doctor` says of the seal: how much of the log waits for it, and since when."""

from portal.operate.checks import Check, verdict
from portal.operate.connect import connected

ASKED = "select to_regclass('accesslog.checkpoint') is not null"
# What waits was written after the last transaction that is sealed: the rest of the log need not be looked through.
WAITING = """
select count(*) as many, extract(epoch from now() - min(entry.recorded_at))::bigint as seconds
from accesslog.entry
where entry.transaction >= coalesce((select until from accesslog.checkpoint order by size desc limit 1), '0')
  and not exists (select from accesslog.leaf where leaf.entry_id = entry.id)
"""
LONGEST = 60  # seconds


async def log_check(url: str) -> Check:
    """Whether the worker keeps up with sealing the log. Reads as portal_owner."""
    name = "seal of the log"
    async with connected(url) as connection:
        if not await connection.fetchval(ASKED):
            return Check(name, "skipped", "the gate is older than this question")
        size = await connection.fetchval("select max(size) from accesslog.checkpoint")
        row = await connection.fetchrow(WAITING)
    if row["many"] and row["seconds"] > LONGEST:
        found = f"{row['many']} entries wait, the oldest for {row['seconds']} seconds"
        return Check(name, "failed", found, "See that the worker runs; its log says `not_sealed` and why.")
    return verdict(name, True, f"{size or 0} entries are sealed", "")
