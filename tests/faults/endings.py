"""What fifty readers learn while it ends: `python -m tests.faults.endings [ROUNDS [ENDING...]]`.

In each round fifty sign-ins open a candidate again and again, each on a connection of
its own as portal_web. One act ends what opens it. A disclosure counts as late when its transaction began after
the act had committed. For an end with a moment of its own it began at that moment or later.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import click

from tests.agreements.templates import write_template
from tests.database import Database, copy_of, make_template, throwaway_cluster
from tests.facts import DAY, Account, Agreement, Company, Group, Introduction, Session
from tests.signed import as_if_signed
from tests.world import World, arrive

READERS = 50
INACTIVE_DAYS = 45
CAMPAIGN = """
insert into portal.campaign (template_version, reason, started_at, ends_at)
values (1, 'tests', now() - interval '1 day', $1)
"""
AHEAD = timedelta(seconds=0.2)
LONGEST = 10.0  # seconds for which as many reads as there are readers are waited for, before the end and after it
SHOWN = "select now() as at, (select count(*) from gate.disclose($1, $2, $3, 16383)) as shown"
UNDO = """
update portal.company set status = 'active', suspended_at = null, suspension_reason = null,
                          terminated_at = null, termination_reason = null;
update portal.account set status = 'active', suspension_reason = null, suspended_by_company = false;
update portal.opening set status = 'open';
update personal.introduction set last_activity_at = now();
delete from portal.revocation;
delete from portal.campaign;
update portal.agreement set superseded_at = superseded_at where joined_agreement_id is null;
update portal.agreement set superseded_at = superseded_at where joined_agreement_id is not null;
"""


@dataclass
class Stage:
    """A company with one candidate open, its readers, and whoever can end it."""

    owner: asyncpg.Connection
    web: asyncpg.Connection
    readers: list[tuple[asyncpg.Connection, Session]]
    company: Company
    reader: Account
    agreement: Agreement
    introduction: Introduction
    manager: Session
    administrator: Session
    group: Group | None = None


@dataclass
class Counted:
    """How many began before the end and were shown, or were refused, and how many after it: refused, or late."""

    before: int = 0
    meanwhile: int = 0
    refused: int = 0
    late: int = 0
    rounds: int = field(default=0)


Ending = Callable[[Stage], Awaitable[datetime | None]]


async def _call(stage: Stage, session: Session, sql: str, *values: Any) -> None:
    async with stage.web.transaction():
        await arrive(stage.web, session.secret, stage.introduction.id)
        assert await stage.web.fetchval(sql, *values), "the act was refused"


async def suspension(stage: Stage) -> None:
    """By whoever looks after the company."""
    await _call(stage, stage.manager, "select gate.set_company_status($1, 'suspended', 'tests')", stage.company.id)


async def termination(stage: Stage) -> None:
    """Likewise."""
    await _call(stage, stage.manager, "select gate.set_company_status($1, 'terminated', 'tests')", stage.company.id)


async def dismissal(stage: Stage) -> None:
    """Of the person whose sign-ins all of them are, by an administrator."""
    await _call(stage, stage.administrator, "select gate.suspend_account($1, 'tests')", stage.reader.id)


async def _moment(stage: Stage, column: str, back: timedelta) -> datetime:
    at: datetime = await stage.owner.fetchval("select clock_timestamp() + $1::interval", AHEAD)
    sql = f"update portal.agreement set {column} = $2 where id = $1"
    await as_if_signed(stage.owner, sql, stage.agreement.id, at - back)
    return at


async def expiry(stage: Stage) -> datetime:
    """Of the agreement, a moment ahead."""
    return await _moment(stage, "expires_at", timedelta(0))


async def supersession(stage: Stage) -> datetime:
    """The end of the grace of an agreement that was replaced, a moment ahead."""
    return await _moment(stage, "superseded_at", stage.agreement.grace_days * DAY)


async def campaign(stage: Stage) -> datetime:
    """The last day of a newer version that was not signed, a moment ahead."""
    at: datetime = await stage.owner.fetchval("select clock_timestamp() + $1::interval", AHEAD)
    await stage.owner.execute(CAMPAIGN, at)
    await stage.owner.execute("select gate.spread_campaigns()")
    return at


async def inactivity(stage: Stage) -> datetime:
    """Nothing was done in the selection for as long as the agreement allows, a moment ahead."""
    at: datetime = await stage.owner.fetchval("select clock_timestamp() + $1::interval", AHEAD)
    sql = "update personal.introduction set last_activity_at = $2 where id = $1"
    await stage.owner.execute(sql, stage.introduction.id, at - INACTIVE_DAYS * DAY)
    return at


async def closing(stage: Stage) -> None:
    """Of the position, by whoever looks after the company."""
    act = "select gate.set_opening_status($1, $2, 'closed')"
    await _call(stage, stage.manager, act, stage.company.id, stage.introduction.opening.id)


async def leaving(stage: Stage) -> None:
    """Of the group whose agreement the company had joined."""
    await _call(stage, stage.manager, "select gate.leave_group($1) = 'left'", stage.company.id)


async def end_of_the_groups(stage: Stage) -> None:
    """Of the agreement that the company had joined: terminated at the company that answers for the group."""
    assert stage.group is not None
    sql = "update portal.agreement set terminated_at = now() where group_id = $1 and joined_agreement_id is null"
    await stage.owner.execute(sql, stage.group.id)


ENDINGS: dict[str, Ending] = {
    "expiry": expiry, "supersession": supersession, "suspension": suspension, "termination": termination,
    "dismissal": dismissal, "campaign": campaign, "inactivity": inactivity, "closing": closing,
}  # fmt: skip
OF_A_MEMBER: dict[str, Ending] = {"leaving": leaving, "end_of_the_groups": end_of_the_groups}
# What ends the selection alone is asked for the selection. A look at a page is something done in it; a list is not.
ASKED: dict[Ending, tuple[str | None, str]] = {
    inactivity: ("selection", "listed"),
    closing: ("selection", "page_shown"),
}
EVERYTHING = (None, "page_shown")


async def undo(stage: Stage) -> None:
    """As if nothing had ended."""
    sql = "update portal.agreement set expires_at = null, superseded_at = null, terminated_at = null"
    await as_if_signed(stage.owner, sql)
    await stage.owner.execute("update portal.group_member set until = null, ended_by = null")
    await stage.owner.execute(UNDO)


async def one_round(stage: Stage, end: Ending) -> Counted:
    """Everybody reads, it ends, and everybody tries on until as many reads as there are readers began after it."""
    answers: list[tuple[float, datetime, int]] = []
    over = asyncio.Event()

    async def read(connection: asyncpg.Connection, session: Session) -> None:
        while not over.is_set():
            began = time.perf_counter()
            async with connection.transaction():
                await arrive(connection, session.secret, stage.introduction.id)
                answer = await connection.fetchrow(
                    SHOWN, [stage.introduction.id], *ASKED.get(end, (None, "page_shown"))
                )
            answers.append((began, answer["at"], answer["shown"]))

    tasks = [asyncio.create_task(read(*reader)) for reader in stage.readers]
    began_at = time.perf_counter()
    while len(answers) < len(stage.readers) and time.perf_counter() < began_at + LONGEST:  # noqa: ASYNC110 - the answers are a plain list
        await asyncio.sleep(0.02)
    moment = await end(stage)
    committed = time.perf_counter()

    def is_after(began: float, at: datetime) -> bool:
        return began > committed and (moment is None or at >= moment)

    while time.perf_counter() < committed + LONGEST:
        await asyncio.sleep(0.02)
        if sum(is_after(began, at) for began, at, _shown in answers) >= len(stage.readers):
            break
    over.set()
    await asyncio.gather(*tasks)
    await undo(stage)
    counted = Counted(rounds=1)
    for began, at, shown in answers:
        after = is_after(began, at)
        counted.late += bool(shown and after)
        counted.before += bool(shown and not after)
        counted.refused += bool(not shown and after)
        counted.meanwhile += bool(not shown and not after)
    return counted


async def set_stage(database: Database, readers: int, *, member: bool = False) -> Stage:
    """Write it; the company is a `member` of a group, under whose agreement it stands."""
    owner = await database.connect("portal_owner")
    world = World(await owner.fetchval("select now()"))
    manager, administrator = world.account("daichi", "account_manager"), world.account("fumi", "administrator")
    company = world.company("acme", account_manager=manager)
    reader = world.account("aiko", "recruiter", company)
    drafter, approver = (world.account(f"officer{mark}", "compliance") for mark in ("1", "2"))
    await world.write(owner)
    await write_template(owner, drafter, approver)
    group, agreement = await _agreement(owner, world, company, member)
    world.undertaking(agreement, reader)
    linh = world.candidate("linh")
    world.consent(linh, company)
    introduction = world.introduction(linh, company)
    sessions = [world.session(reader) for _ in range(readers)]
    acting = world.session(manager), world.session(administrator)
    await world.write(owner)
    open_ = [await database.connect("portal_web") for _ in range(readers + 1)]
    pairs = list(zip(open_, sessions, strict=False))
    return Stage(owner, open_[-1], pairs, company, reader, agreement, introduction, *acting, group)


async def _agreement(owner: Any, world: World, company: Company, member: bool) -> tuple[Group | None, Agreement]:
    if not member:
        return None, world.agreement(company, inactive_days=INACTIVE_DAYS)
    answers = world.company("answers")
    group = world.group(answers, company)
    await world.write(owner)
    shared = world.group_agreement(group, answers, company)
    await world.write(owner)
    return group, world.joined(shared, company)


async def measured(database: Database, rounds: int, chosen: Collection[str], *, member: bool) -> int:
    """Each ending so many times, or the chosen ones; how many disclosures were late."""
    stage = await set_stage(database, READERS, member=member)
    endings = OF_A_MEMBER if member else ENDINGS
    return sum([await _told(stage, name, end, rounds) for name, end in endings.items() if name in chosen])


async def _told(stage: Stage, name: str, end: Ending, rounds: int) -> int:
    told = Counted()
    for _ in range(rounds):
        one = await one_round(stage, end)
        for each in ("before", "meanwhile", "refused", "late", "rounds"):
            setattr(told, each, getattr(told, each) + getattr(one, each))
    click.echo(
        f"{name}: {told.rounds} rounds of {READERS} readers: {told.before} disclosed before, "
        f"{told.refused} refused after, {told.meanwhile} refused that began before, "
        f"{told.late} late (load {os.getloadavg()[0]:.1f})"
    )
    return told.late


def main(rounds: int, *chosen: str) -> bool:
    """Whether no disclosure was late, to a company with an agreement of its own and to a member of a group."""
    if unknown := set(chosen) - {*ENDINGS, *OF_A_MEMBER}:
        raise SystemExit(f"no such ending: {', '.join(sorted(unknown))}")
    late = 0
    with throwaway_cluster() as cluster:
        template = make_template(cluster)
        for member in (False, True):
            with copy_of(template, cluster) as database:
                late += asyncio.run(measured(database, rounds, chosen or {*ENDINGS, *OF_A_MEMBER}, member=member))
    return late == 0


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        sys.exit(0 if main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, *sys.argv[2:]) else 1)
