"""What `portal doctor` says of facts that lack their evidence: how many, which, and how each is put right."""

import asyncpg

from portal.operate.checks import Check, verdict
from portal.operate.connect import connected

LACKING = "select * from gate.unproved_consents()"
ASKED = "select to_regproc('gate.unproved_consents') is not null"
REMEDIES = {
    "notice_not_described": "import notices with policy_version, purposes, items and regimes of the notice shown",
    "policy_before_sharing": "ask the person anew: the policy of that time did not allow sharing",
    "given_outside_notice": "ask the person anew: the notice shown was not in force",
    "given_in_future": "ask the person anew: the consent was recorded before it was given",
    "expiry_missing": "ask the person anew: the notice shown promises an end",
    "evidence_missing": "import consents with channel and evidence of the same references",
}


async def consents_check(url: str) -> Check:
    """Which consents open nothing because what they rest on is not proved. Reads as portal_owner."""
    name = "evidence of the consents"
    async with connected(url) as connection:
        if not await connection.fetchval(ASKED):
            return Check(name, "skipped", "the gate is older than this question")
        rows: list[asyncpg.Record] = await connection.fetch(LACKING)
    found = [f"{row['many']} {row['lack']} ({_first(row)})" for row in rows]
    remedy = "; ".join(f"{row['lack']}: {REMEDIES[row['lack']]}" for row in rows)
    return verdict(name, not rows, "; ".join(found) or "nothing is lacking", f"These open nothing. {remedy}.")


def _first(row: asyncpg.Record) -> str:
    return ", ".join(row["first"]) + (" …" if row["many"] > len(row["first"]) else "")
