"""What compliance does with rules and alerts. One function an act; None when the viewer may not."""

from uuid import UUID

from portal.database.unit import Unit

SET = "select gate.set_alert_rule($1, $2, $3)"
TAKE = "select gate.take_alert($1)"
DECIDE = "select gate.decide_alert($1, $2, $3)"
END = "select gate.end_sign_ins_of_alert($1)"


async def set_rule(unit: Unit, rule: UUID, threshold: int, active: bool) -> bool | None:
    """Set a rule's threshold, and switch it on or off; False when there is no such rule."""
    done: bool | None = await unit.fetchval(SET, rule, threshold, active)
    return done


async def take(unit: Unit, alert: UUID) -> str | None:
    """Become an alert's owner. Returns "taken", or what keeps it from that: "decided_before", "own" or "not_there"."""
    answer: str | None = await unit.fetchval(TAKE, alert)
    return answer


async def decide(unit: Unit, alert: UUID, decision: str, note: str) -> str | None:
    """Returns "decided", or what keeps it from that: "decided_before", "own" or "not_there"."""
    answer: str | None = await unit.fetchval(DECIDE, alert, decision, note)
    return answer


async def end_sign_ins(unit: Unit, alert: UUID) -> int | None:
    """End every sign-in of the account that an alert is about; how many were live."""
    ended: int | None = await unit.fetchval(END, alert)
    return ended
