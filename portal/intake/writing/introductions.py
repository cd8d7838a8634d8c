"""Introductions and their outcomes.

An introduction moves forward only, and not once a person of the company moved it: what recruiters did in the portal is
never taken back by a file, and a file that says otherwise is told so.
An outcome is one person's decision and is never edited; corrections are made in the portal.
"""

from dataclasses import replace
from uuid import UUID

import asyncpg

from portal.accesslog.actions import Action
from portal.intake.folder import Placed
from portal.intake.notices import AHEAD, MOVED
from portal.intake.problems import Unreadable
from portal.intake.records import EMPLOYER_ROLES, Introduction, Outcome
from portal.intake.writing.work import UNKNOWN, State, Work, conflict
from portal.language.i18n import N_
from portal.selection.codes import new_code
from portal.selection.reasons import REASONS

INTRODUCE = "select gate.import_introduction($1, $2, $3, $4, $5, $6)"
STAGES = ("introduced", "screening", "interview", "offer", "decided")
DECIDER = N_("the account of a person of the company: people decide")


async def write_introduction(work: Work, placed: Placed[Introduction], decided: frozenset[str]) -> State:
    """The folder itself has the outcome of those in `decided`: the portal is not ahead of it there. Raises
    Unreadable when candidate or opening are unknown, or the introduction is another one's."""
    introduction = placed.record
    candidate = await work.required("candidates", placed, "candidate")
    opening = await work.required("openings", placed, "opening")
    query = "select * from personal.introduction where reference = $1 for update"
    row = await work.connection.fetchrow(query, introduction.reference)
    if row is None:
        return await _introduce(work, placed, candidate, opening)
    for column, found in (("candidate", candidate), ("opening", opening)):
        if row[f"{column}_id"] != found:
            raise Unreadable(placed.problem(N_("what the introduction was first imported with"), column))
    if work.differences(row, {"introduced_at": introduction.introduced_at}):
        raise conflict(
            placed, N_("the time of the introduction as it stands: {stands}"), "introduced_at", row["introduced_at"]
        )
    moved = row["moved_by"] is not None and row["stage"] != "decided"
    if moved or STAGES.index(introduction.stage) <= STAGES.index(row["stage"]):
        if introduction.stage != row["stage"] and introduction.reference not in decided:
            notice = placed.problem(MOVED if moved else AHEAD, "stage", stands=row["stage"])
            work.notices.append(replace(notice, sentence=True))
        return State.UNCHANGED
    await work.update("personal.introduction", row["id"], {"stage": introduction.stage, "moved_at": work.now})
    company, stage = row["company_id"], introduction.stage
    await work.record(
        Action.INTRODUCTION_IMPORTED, candidate=candidate, company=company, subject=row["id"], stage=stage, new=False
    )
    return State.UPDATED


async def _introduce(work: Work, placed: Placed[Introduction], candidate: UUID, opening: UUID) -> State:
    introduction = placed.record
    if introduction.introduced_at.at(work.now) > work.now:
        raise Unreadable(placed.problem(N_("a time that has been"), "introduced_at"))
    await work.connection.execute(
        INTRODUCE,
        introduction.reference,
        new_code(),
        candidate,
        opening,
        introduction.stage,
        introduction.introduced_at.at(work.now),
    )
    return State.ADDED


async def _decided(work: Work, placed: Placed[Outcome]) -> tuple[asyncpg.Record, asyncpg.Record]:
    """The introduction, locked, and who decided on it. Raises Unreadable when they or the reason do not fit."""
    outcome = placed.record
    query = "select * from personal.introduction where reference = $1 for update"
    introduction = await work.connection.fetchrow(query, outcome.introduction)
    if introduction is None:
        raise Unreadable(placed.lacking(UNKNOWN, "introduction", "introductions", outcome.introduction))
    if outcome.reason not in REASONS[outcome.result]:
        reasons = ", ".join(REASONS[outcome.result])
        raise Unreadable(placed.problem(N_("a reason for this result: {reasons}"), "reason", reasons=reasons))
    person = await work.account(outcome.recorded_by)
    if person is None:
        raise Unreadable(placed.lacking(DECIDER, "recorded_by", "accounts", outcome.recorded_by))
    if person["role"] not in EMPLOYER_ROLES or person["company_id"] != introduction["company_id"]:
        raise Unreadable(placed.problem(DECIDER, "recorded_by"))
    return introduction, person


async def write_outcome(work: Work, placed: Placed[Outcome]) -> State:
    """Raises Unreadable for an unknown introduction, a reason or a person that does not fit, or another
    outcome than the one that stands."""
    outcome = placed.record
    introduction, person = await _decided(work, placed)
    values: dict[str, object] = {
        "result": outcome.result,
        "reason": outcome.reason,
        "note": outcome.note,
        "recorded_at": outcome.recorded_at,
        "recorded_by": person["id"],
    }
    first = "select * from personal.outcome where introduction_id = $1 and corrects is null order by turn desc"
    row = await work.connection.fetchrow(first, introduction["id"])
    if row is not None:
        for column in work.differences(row, values):
            raise conflict(
                placed, N_("the outcome as it was recorded; a correction is made in the portal"), column, row[column]
            )
        return State.UNCHANGED
    if not introduction["introduced_at"] <= outcome.recorded_at.at(work.now) <= work.now:
        raise Unreadable(placed.problem(N_("a time between the introduction and now"), "recorded_at"))
    made = await work.insert("personal.outcome", {"introduction_id": introduction["id"], **values})
    moved = {"stage": "decided", "moved_at": outcome.recorded_at.at(work.now), "moved_by": person["id"]}
    await work.update("personal.introduction", introduction["id"], moved)
    candidate, company = introduction["candidate_id"], introduction["company_id"]
    said: dict[str, object] = {"result": outcome.result, "reason": outcome.reason, "note": bool(outcome.note) or None}
    await work.record(Action.OUTCOME_IMPORTED, candidate=candidate, company=company, subject=made, **said)
    await work.connection.execute("select gate.queue_imported_grounds($1)", made)
    return State.ADDED
