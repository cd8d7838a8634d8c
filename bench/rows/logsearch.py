"""The log's page by every filter it has, alone and together, and the questions asked of it, over all entries."""

import random
import time
from dataclasses import astuple
from datetime import datetime, timedelta
from uuid import UUID

from bench.run import Run, secret
from bench.table import Row, ms
from bench.times import Sample, p95
from bench.turns import NOTE
from portal.accesslog.queries import REQUESTS, SUMMARY, LogFilter
from portal.operate.roles import WEB

MOST_SECONDS = 0.1
AT_MOST = 60
PAGE = 50


async def measure(run: Run) -> list[Row]:
    """Each filter with ever new values, by a compliance officer."""
    await run.world.refresh()
    entries = await run.one("select count(*) from accesslog.entry")
    rows, floor = [], 0.0
    connection = await run.world.connect(WEB)
    try:
        for kind, filters in (await _kinds(run)).items():
            times: list[float] = []
            began = time.perf_counter()
            while not times or (len(times) < AT_MOST and time.perf_counter() - began < run.seconds * 2):
                wanted, after = random.choice(filters)
                async with connection.transaction():
                    await connection.fetch("select * from gate.arrive($1, $2)", secret("compliance", 1), NOTE)
                    since = time.perf_counter()
                    if kind.startswith("question"):
                        await connection.fetch(SUMMARY, *astuple(wanted), None, [])
                    else:
                        await connection.fetch(REQUESTS, *_arguments(wanted, after))
                    times.append(time.perf_counter() - since)
            slowest = p95(Sample(tuple(times[1:] or times), 1.0))
            floor = floor or slowest
            what = f"log search over {entries:,} entries: {kind}, p95"
            rows.append(
                Row(what, ms(slowest), ms(floor), f"{slowest / floor:.1f} ×", "≤ 100 ms", slowest <= MOST_SECONDS)
            )
    finally:
        await connection.close()
    return rows


def _arguments(wanted: LogFilter, after: datetime | None) -> tuple[object, ...]:
    last = UUID(int=2**128 - 1) if after else None
    return *astuple(wanted), None, after, last, False, PAGE


async def _kinds(run: Run) -> dict[str, list[tuple[LogFilter, datetime | None]]]:
    """Filters of each kind; with some, a page from deep inside the year."""
    now = await run.one("select now()")
    assert isinstance(now, datetime)
    days = [now - timedelta(days=n) for n in range(5, 380, 15)]
    companies = range(1, run.world.sizes.companies, max(1, run.world.sizes.companies // 25))
    ids = [UUID(str(await run.one("select bench.id('company', $1)", n))) for n in companies]
    people = [UUID(str(await run.one("select bench.id('recruiter', $1)", n * 100 + 1))) for n in companies]
    codes = [str(await run.one("select bench.code($1)", n)) for n in range(1, 900, 90)]
    person = "select reference from personal.candidate offset $1 limit 1"
    references = [str(await run.one(person, n)) for n in range(20)]
    session = "select id from portal.session order by id offset $1 % (select count(*) from portal.session) limit 1"
    sessions = [str(await run.one(session, n)) for n in range(20)]
    actions = (
        "listed",
        "page_shown",
        "searched",
        "sign_in",
        "resume_downloaded",
        "contact_revealed",
        "explained",
        "password_changed",
    )
    return {
        "none": [(LogFilter(), None)],
        "older pages": [(LogFilter(), day) for day in days],
        "days": [(LogFilter(day, day + timedelta(days=1)), None) for day in days],
        "company": [(LogFilter(company_id=one), None) for one in ids],
        "actor": [(LogFilter(actor_id=one), None) for one in people],
        "action": [(LogFilter(action=one), None) for one in actions],
        "decision": [(LogFilter(decision=one), None) for one in ("permitted", "refused", "undetermined")],
        "introduction": [(LogFilter(introduction_code=one), None) for one in codes],
        "person": [(LogFilter(introduction_code=one, candidate_reference=one), None) for one in references],
        "company and action": [(LogFilter(company_id=one, action="contact_revealed"), None) for one in ids],
        "action and decision": [(LogFilter(action=one, decision="undetermined"), None) for one in actions],
        "role": [(LogFilter(role=one), None) for one in ("recruiter", "employer_admin", "compliance", "administrator")],
        "purpose": [(LogFilter(purpose=one), None) for one in ("selection", "contact")],
        "reason": [(LogFilter(reason=one), None) for one in ("consent_withdrawn", "regime_unknown", "window_closed")],
        "item": [(LogFilter(item=one), None) for one in ("name", "photo", "telephone", "resume_original")],
        "hour": [(LogFilter(hour=one), None) for one in range(0, 24, 3)],
        "address": [(LogFilter(address=one), None) for one in ("10.0.1.1", "10.0.2.3", "10.255.0.1", "203.0.113.9")],
        "company and item": [(LogFilter(company_id=one, item="telephone"), None) for one in ids],
        "company and hour": [(LogFilter(company_id=one, hour=3), None) for one in ids],
        "address and action": [(LogFilter(address="10.0.1.1", action=one), None) for one in actions],
        "sign-in": [(LogFilter(session_id=UUID(str(one))), None) for one in sessions],
        "hash of a file": [(LogFilter(document=bytes([n]) * 32), None) for n in range(9)],
        "question: who saw this person": [
            (LogFilter(introduction_code=one, candidate_reference=one), None) for one in references
        ],
        "question: what an account touched": [(LogFilter(actor_id=one), None) for one in people],
        "question: a company's quarter": [
            (LogFilter(now - timedelta(days=90), None, company_id=one), None) for one in ids
        ],
        "question: what happened in a sign-in": [(LogFilter(session_id=UUID(str(one))), None) for one in sessions],
        "question: a whole month": [(LogFilter(day, day + timedelta(days=30)), None) for day in days],
        "company, decision, until a day": [
            (LogFilter(None, days[n % len(days)], company_id=one, decision="refused"), None)
            for n, one in enumerate(ids)
        ],
    }
