"""What an import left behind, and what it said, in forms that a test can compare."""

import asyncpg

from portal.intake.writing.run import Report

KEPT = (
    "portal.company", "portal.opening", "portal.account", "portal.agreement", "portal.undertaking", "portal.notice",
    "personal.candidate", "personal.candidate_items", "personal.document", "personal.document_key", "personal.consent",
    "personal.introduction", "personal.outcome", "personal.name_token", "personal.candidate_words", "accesslog.entry",
)  # fmt: skip


async def everything(owner: asyncpg.Connection) -> dict[str, list[str]]:
    """Every row of every table an import writes, as text."""
    return {table: sorted(row[0] for row in await owner.fetch(f"select t::text from {table} as t")) for table in KEPT}


def states(report: Report) -> dict[str, dict[str, int]]:
    return {kind: {state.value: n for state, n in counts.items()} for kind, counts in report.tally.items()}


def explained(report: Report) -> list[str]:
    return [problem.place() for problem in report.problems]
