"""Campaigns: companies are asked to sign a newer version of the agreement by a day. One function an act."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from portal.database.unit import Unit
from portal.language.i18n import written

CAMPAIGNS = "select * from gate.campaigns($1)"
COMPANIES = "select * from gate.campaign_companies($1, $2, $3, $4)"
START = "select gate.start_campaign($1, $2, $3)"
CALL_OFF = "select gate.call_off_campaign($1)"
WHAT_IF = "select companies, introductions from gate.what_if_campaign($1)"
ASKED = "select * from gate.campaign_of($1)"
STATES = ("none", "drafted", "signatory", "declined", "countersignature", "signed", "closed")


@dataclass(frozen=True, slots=True)
class Effect:
    """What would close were the day now: for how many companies, and introductions counted to 1,001."""

    companies: int
    introductions: int


async def campaigns(unit: Unit | asyncpg.Connection, only: UUID | None = None) -> list[dict[str, Any]]:
    """Every campaign or one, the newest first, with how many of this viewer's companies it asks and how many have
    signed."""
    return [dict(row) for row in await unit.fetch(CAMPAIGNS, only)]


async def companies_asked(
    unit: Unit | asyncpg.Connection,
    campaign: UUID,
    place: UUID | None = None,
    backwards: bool = False,
    most: int | None = None,
) -> list[dict[str, Any]]:
    """The companies of a campaign that this viewer may read, those that have not signed first: up to `most` after the
    company at `place`, or before it."""
    rows = await unit.fetch(COMPANIES, campaign, place, backwards, most)
    return [{**row, "name": written(row["name"], row["name_latin"])} for row in rows]


async def start_campaign(unit: Unit, template: UUID, ends_at: datetime, reason: str) -> str | None:
    """Returns "started", or what keeps it from that: "not_newest", "running" or "too_soon". None when the viewer may
    not."""
    answer: str | None = await unit.fetchval(START, template, ends_at, reason)
    return answer


async def call_off_campaign(unit: Unit, campaign: UUID) -> bool | None:
    """False when its day has come, or it was called off before; None when the viewer may not."""
    done: bool | None = await unit.fetchval(CALL_OFF, campaign)
    return done


async def what_would_close(unit: Unit, template: UUID) -> Effect | None:
    """What a campaign for this template would close; None when the viewer may not ask."""
    row: Any = await unit.fetchrow(WHAT_IF, template)
    return None if row is None else Effect(*row)


async def asked_of(unit: Unit, agreement: UUID) -> dict[str, Any] | None:
    """The campaign that ends this agreement of the viewer's company; None when there is none."""
    row = await unit.fetchrow(ASKED, agreement)
    return None if row is None else dict(row)
