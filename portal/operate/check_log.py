"""What `portal doctor` says of the seal: how much of the log waits for it, and since when."""

from portal.operate.checks import Check, verdict
from portal.operate.connect import connected

ASKED = "select to_regproc('gate.waiting_for_the_seal') is not null"
WAITING = "select many, extract(epoch from now() - since)::bigint as seconds from gate.waiting_for_the_seal()"
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
