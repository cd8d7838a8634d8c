"""A demo's access log of about three months, so that "last month" can be asked: sign-ins, views and refusals.

Promises: the log says that it is a demo's. Its browser is "Shokai demo", its addresses belong to nobody, and an entry
of the operator's program says how many were written. Each entry is what the rule answers for that time. A log in which
anybody did anything is left alone, so no invented entry ever stands beside a true one. `gate.demo_act` writes it, for
the owner alone.
"""

import json
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from portal.accesslog.actions import Action
from portal.candidates.items import ALL_ITEMS, CONTACT_ITEMS, SELECTION_ITEMS, Item
from portal.language.zone import JAPAN

DAYS = 90
LISTED = Item.NAME | Item.JAPANESE_LEVEL | Item.RESIDENCE_STATUS
EMPLOYERS = ("recruiter", "employer_admin")
IN_USE = "select exists (select from accesslog.entry where actor_id is not null or action = $1)"
PEOPLE = "select email, role from portal.account where email = any ($1) and status = 'active' order by email"
OTHERS = "select exists (select from portal.account where email <> all ($1))"
ACT = """
select gate.demo_act(each.at, each.email, each.act, each.session, each.ip, each.wanted,
                     each.for_purpose, each.opened, each.skip)
from jsonb_to_recordset($1) as each (
    at timestamptz, email text, act text, session uuid, ip inet,
    wanted integer, for_purpose text, opened boolean, skip integer)
order by each.at
"""
NOTE = "select gate.record_import($1, null, null, null, jsonb_build_object('written', $2::integer))"


@dataclass(frozen=True, slots=True)
class Step:
    """What somebody does in a sign-in; `skip` introductions are newer than the one that is looked at."""

    act: str
    wanted: Item = Item(0)
    for_purpose: str | None = None
    opened: bool = True
    skip: int = 0


async def write_history(connection: asyncpg.Connection, emails: list[str], today: date) -> int:
    """Write the log of the `DAYS` before today, as portal_owner, and say so in it.

    Returns how many entries were written: none where the log is in use, or the portal has accounts other than these.
    """
    async with connection.transaction():
        await connection.execute("lock table accesslog.entry in share row exclusive mode")
        if await connection.fetchval(IN_USE, Action.DEMO_LOG_WRITTEN.code) or await connection.fetchval(OTHERS, emails):
            return 0
        people = [(row["email"], row["role"]) for row in await connection.fetch(PEOPLE, emails)]
        acts = list(history(people, today))
        await connection.execute("select accesslog.make_partitions($1, $2)", today - timedelta(days=DAYS + 1), today)
        before = await connection.fetchval("select count(*) from accesslog.entry")
        await connection.execute(ACT, json.dumps(acts))
        written: int = await connection.fetchval("select count(*) - $1 from accesslog.entry", before)
        await connection.execute(NOTE, Action.DEMO_LOG_WRITTEN.code, written)
    return written


def history(people: list[tuple[str, str]], today: date) -> Iterator[dict[str, Any]]:
    """What these accounts (e-mail, role) did on the working days before today: the same for the same people and day."""
    dice = random.Random(DAYS)  # noqa: S311 - nothing here is a secret
    for back in range(DAYS, 0, -1):
        day = today - timedelta(days=back)
        for place, (email, role) in enumerate(people):
            if day.weekday() < 5 and dice.random() < (0.22 if role in EMPLOYERS else 0.3):
                who = {"email": email, "ip": f"192.0.2.{10 + place}"}
                yield from ({**who, **step} for step in _visit(dice, day, role))


def _visit(dice: random.Random, day: date, role: str) -> Iterator[dict[str, Any]]:
    at = datetime.combine(day, time(9), JAPAN) + timedelta(seconds=dice.randrange(9 * 3600))
    session = str(UUID(int=dice.getrandbits(128), version=4))
    steps = [Step("sign_in"), *(_employer(dice) if role in EMPLOYERS else _staff(dice, role))]
    if dice.random() < 0.06:
        steps.insert(0, Step("sign_in_refused"))
    if dice.random() < 0.5:
        steps.append(Step("sign_out"))
    for step in steps:
        yield {**asdict(step), "at": at.isoformat(), "session": session}
        at += timedelta(seconds=dice.randrange(15, 240), milliseconds=dice.randrange(1000))


def _employer(dice: random.Random) -> Iterator[Step]:
    yield Step("searched", LISTED)
    for _look in range(dice.randrange(4)):
        skip = dice.randrange(6)
        yield Step("page_shown", ALL_ITEMS & ~Item.RESUME_ORIGINAL, skip=skip)
        if dice.random() < 0.4:
            yield Step("resume_downloaded", SELECTION_ITEMS & ~Item.RESUME_ORIGINAL, "selection", skip=skip)
        if dice.random() < 0.1:
            yield Step("contact_revealed", CONTACT_ITEMS, "contact", skip=skip)
    if dice.random() < 0.12:  # an address kept from before: what closed since is refused
        yield Step("page_shown", ALL_ITEMS, opened=False, skip=dice.randrange(3))


def _staff(dice: random.Random, role: str) -> Iterator[Step]:
    if role == "compliance":
        yield from [Step("log_read")] * dice.randrange(1, 4)
    elif role == "account_manager":
        yield Step("introductions_listed")
        yield from (Step("explained", skip=dice.randrange(8)) for _asked in range(dice.randrange(3)))
