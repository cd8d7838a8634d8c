"""Reading rules and alerts. Reading is recorded too."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from portal.database.unit import Unit
from portal.language.holidays import holidays
from portal.language.i18n import written
from portal.language.zone import JAPAN

RULES = "select * from gate.alert_rules()"
TRIED = "select * from gate.try_alert_rule($1, $2, $3, $4)"
ALERTS = "select * from gate.alerts()"
ALERT = "select * from gate.alert($1)"


async def rules(unit: Unit) -> list[dict[str, Any]]:
    """The rules, with how many alerts each raised in 30 days. Only for compliance."""
    return [dict(row) for row in await unit.fetch(RULES)]


async def tried(unit: Unit, rule: UUID, threshold: int, days: int, now: datetime) -> list[dict[str, Any]]:
    """The newest hundred that a rule would have found in so many days, each with how many there are `in_all`."""
    today = now.astimezone(JAPAN).date()
    free = holidays(today - timedelta(days=days + 2), today)
    return [_named(row) for row in await unit.fetch(TRIED, rule, threshold, days, free)]


async def alerts(unit: Unit) -> list[dict[str, Any]]:
    """Up to 200 alerts, those that wait for a decision first, then the newest. Only for compliance."""
    return [_named(row) for row in await unit.fetch(ALERTS)]


async def alert(unit: Unit, asked: UUID) -> dict[str, Any] | None:
    """One alert; None when there is none."""
    row = await unit.fetchrow(ALERT, asked)
    return None if row is None else _named(row)


def _named(row: Any) -> dict[str, Any]:
    """A row with its company's name, if it has one, in the language in force."""
    name = row["company_name"]
    return {**row, "company_name": name and written(name, row["company_name_latin"])}
