"""Each kind of rule finds what it says, at its threshold and not before it; by entries of May 2026, Japanese time."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from portal.accesslog.words import LISTS
from portal.alerts.forms import DECIDED
from portal.alerts.kinds import KINDS
from portal.language.holidays import holidays
from portal.language.zone import JAPAN
from tests.disclosure.conftest import shared_stage, stage, written_once  # noqa: F401 - the cast in a database
from tests.disclosure.stage import Stage

FOUND = "select * from gate.find_alerts($1, $2, $3, $4, $5)"
TUESDAY = datetime(2026, 5, 12, 10, tzinfo=JAPAN)
SINCE, UNTIL = datetime(2026, 5, 1, tzinfo=JAPAN), datetime(2026, 5, 31, tzinfo=JAPAN)
PUT = """
with made as (
    insert into accesslog.entry (id, recorded_at, action, decision, actor_id, company_id, session_id, introduction_id,
                                 subject_id, reasons, commitment)
    values (accesslog.entry_id($1), $1, $2, $3, $4, $5, $6, $7, $8, $9, sha256('')) returning id, recorded_at)
insert into accesslog.entry_subject (entry_id, recorded_at, salt, candidate_id, ip)
select id, recorded_at, sha256(''), $10, $11 from made
"""


@dataclass
class Log:
    """A log of somebody's looks."""

    stage: Stage
    account: UUID
    company: UUID | None
    session: UUID = field(default_factory=uuid4)

    async def put(self, action: str, at: datetime, **more: Any) -> None:
        """One entry."""
        actor = None if action == "sign_in" else self.account
        await self.stage.owner.execute(
            PUT,
            at,
            action,
            more.get("decision", "permitted"),
            actor,
            self.company,
            more.get("session", self.session),
            more.get("introduction"),
            self.account if action == "sign_in" else None,
            more.get("reasons"),
            more.get("candidate"),
            more.get("ip", "192.0.2.1"),
        )

    async def looks(self, many: int, at: datetime, action: str = "page_shown", minutes: float = 1) -> None:
        """Looks at so many introductions, so far apart."""
        for number in range(many):
            await self.put(action, at + number * timedelta(minutes=minutes), introduction=uuid4())

    async def found(self, kind: str, threshold: int, since: datetime = SINCE, until: datetime = UNTIL) -> list[Any]:
        """Day and measure of what a rule finds about the account."""
        free = holidays(date(2026, 4, 28), date(2026, 6, 1))
        rows = await self.stage.owner.fetch(FOUND, kind, threshold, since, until, free)
        assert {row["account_id"] for row in rows} <= {self.account}
        return [(row["day"], row["measured"]) for row in rows]


@pytest.fixture
async def log(shared_stage: Stage) -> AsyncIterator[Log]:  # noqa: F811
    """Of entries that are undone afterwards; the partitions stay for the next."""
    owner, people = shared_stage.owner, shared_stage.people
    await owner.execute("select accesslog.make_partitions('2026-04-01', '2026-06-30')")
    undone = owner.transaction()
    await undone.start()
    yield Log(shared_stage, people.aiko.account.id, people.acme.id)
    await undone.rollback()


async def test_many_candidates_in_an_hour(log: Log) -> None:
    await log.looks(20, TUESDAY, minutes=2)
    again = uuid4()
    for minute in range(45, 60):
        await log.put("page_shown", TUESDAY + timedelta(minutes=minute), introduction=again)
    assert await log.found("many_candidates", 22) == []
    assert await log.found("many_candidates", 21) == [(date(2026, 5, 12), 21)]
    await log.looks(20, TUESDAY + timedelta(days=1), minutes=4)
    assert await log.found("many_candidates", 21, SINCE + timedelta(days=12)) == [], "spread over more than an hour"


async def test_a_whole_list_opened(log: Log) -> None:
    many = await log.stage.owner.fetchval(
        "select count(*) from personal.introduction where company_id = $1", log.company
    )
    await log.looks(9, TUESDAY)
    assert await log.found("whole_list", 50) == [], "ten at least"
    await log.looks(max(10, many) - 9, TUESDAY + timedelta(hours=1))
    ((day, percent),) = await log.found("whole_list", 100)
    assert day == date(2026, 5, 12)
    assert percent >= 100


async def test_downloads_above_the_own_habit(log: Log) -> None:
    for day in (1, 3, 5):
        await log.looks(2, TUESDAY - timedelta(days=day), "resume_downloaded")
    await log.looks(10, TUESDAY, "resume_downloaded")
    assert await log.found("downloads_above_habit", 5) == [], "five times two is no more than that"
    assert await log.found("downloads_above_habit", 4) == [(date(2026, 5, 12), 10)]
    assert await log.found("downloads_above_habit", 4, TUESDAY + timedelta(days=1)) == []


@pytest.mark.parametrize("act", ["resume_read", "resume_downloaded", "document_opened", "document_downloaded"])
async def test_a_file_read_or_saved_counts_as_a_look_and_as_a_download(log: Log, act: str) -> None:
    """A reader's own program can keep what it shows."""
    await log.looks(10, TUESDAY, act)
    assert await log.found("downloads_above_habit", 4) == [(date(2026, 5, 12), 10)]
    assert await log.found("many_candidates", 10) == [(date(2026, 5, 12), 10)]


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 5, 12, 22, 30, tzinfo=JAPAN), date(2026, 5, 12)),
        (datetime(2026, 5, 13, 5, 30, tzinfo=JAPAN), date(2026, 5, 12)),
        (datetime(2026, 5, 16, 12, tzinfo=JAPAN), date(2026, 5, 16)),
        (datetime(2026, 5, 4, 12, tzinfo=JAPAN), date(2026, 5, 4)),
        (datetime(2026, 5, 7, 12, tzinfo=JAPAN), None),
    ],
)
async def test_nights_and_holidays(log: Log, at: datetime, day: date | None) -> None:
    """A night belongs to the day it began on; 4 May is a holiday, and 7 May an ordinary Thursday."""
    await log.looks(3, at)
    assert await log.found("off_hours", 4) == []
    assert await log.found("off_hours", 3) == ([(day, 3)] if day else [])


async def test_a_new_network(log: Log) -> None:
    await log.put("sign_in", TUESDAY - timedelta(days=8), ip="198.51.100.7")
    assert await log.found("new_network", 5) == [], "the first one is not new"
    await log.put("sign_in", TUESDAY - timedelta(days=3), ip="192.0.2.1")
    await log.put("sign_in", TUESDAY, ip="198.51.100.9")
    assert await log.found("new_network", 30, TUESDAY - timedelta(days=1)) == [], "the same network"
    assert await log.found("new_network", 5, TUESDAY - timedelta(days=1)) == [(date(2026, 5, 12), 1)], "forgotten"
    await log.put("sign_in", TUESDAY + timedelta(days=1), ip="2001:db8:1::1")
    await log.put("sign_in", TUESDAY + timedelta(days=2), ip="2001:db8:1::2")
    assert await log.found("new_network", 30, TUESDAY + timedelta(hours=1)) == [(date(2026, 5, 13), 1)]


async def test_one_account_in_two_places(log: Log) -> None:
    await log.put("listed", TUESDAY)
    await log.put("listed", TUESDAY + timedelta(minutes=10), ip="198.51.100.1")
    assert await log.found("two_places", 30) == [], "one sign-in that moved"
    await log.put("listed", TUESDAY + timedelta(minutes=20), ip="203.0.113.1", session=uuid4())
    assert await log.found("two_places", 9) == []
    assert await log.found("two_places", 10) == [(date(2026, 5, 12), 1)]


async def test_refusals_in_a_row(log: Log) -> None:
    for number in range(6):
        decision = "permitted" if number == 2 else "refused"
        await log.put("page_shown", TUESDAY + timedelta(minutes=number), decision=decision, introduction=uuid4())
    assert await log.found("refusals_in_row", 4) == []
    assert await log.found("refusals_in_row", 3) == [(date(2026, 5, 12), 3)]


async def test_looks_after_the_end(log: Log) -> None:
    for reasons in (["window_closed"], ["opening_closed"], ["consent_withdrawn"]):
        await log.put("page_shown", TUESDAY, decision="refused", introduction=uuid4(), reasons=reasons)
    assert await log.found("after_closing", 3) == []
    assert await log.found("after_closing", 2) == [(date(2026, 5, 12), 2)]


async def test_staff_looking_without_a_case(log: Log) -> None:
    """A case is something done for the person; whether there is one is known when its hours are over."""
    staff = Log(log.stage, log.stage.people.daichi.account.id, None)
    with_case, without = uuid4(), uuid4()
    await staff.put("person_looked_at", TUESDAY, candidate=with_case)
    await staff.put("item_corrected", TUESDAY + timedelta(hours=3), candidate=with_case)
    assert await staff.found("staff_without_case", 4) == []
    assert await staff.found("staff_without_case", 2) == [(date(2026, 5, 12), 1)], "three hours are too long"
    await staff.put("evidence_opened", TUESDAY, candidate=without)
    assert await staff.found("staff_without_case", 4, until=TUESDAY + timedelta(hours=4)) == [], "not known yet"
    assert await staff.found("staff_without_case", 4) == [(date(2026, 5, 12), 1)]


def test_the_turn_of_the_year_is_free() -> None:
    free = holidays(date(2026, 12, 25), date(2027, 1, 5))
    assert [f"{day:%m%d}" for day in free] == ["1229", "1230", "1231", "0101", "0102", "0103"]
    assert date(2026, 5, 4) in holidays(date(2026, 5, 1), date(2026, 5, 31))


async def test_the_kinds_are_those_of_the_database_and_of_the_log(stage: Stage) -> None:  # noqa: F811
    kinds = [row["kind"] for row in await stage.owner.fetch("select kind from portal.alert_rule order by place")]
    assert kinds == list(KINDS) == list(LISTS["alert_kind"])
    assert list(DECIDED) == list(LISTS["alert_decision"])
    now = datetime.now(UTC)
    for kind in kinds:
        await stage.owner.fetch(FOUND, kind, 10, now - timedelta(days=30), now, [])


async def test_an_entry_says_a_decision_only_of_one_that_counts(stage: Stage) -> None:  # noqa: F811
    alert = await stage.owner.fetchval(
        "insert into portal.alert (kind, threshold, account_id, day, noticed_at, measured)"
        " values ('off_hours', 1, $1, current_date, now(), 1) returning id",
        stage.people.aiko.account.id,
    )
    emi, decide, take = stage.people.emi, "select gate.decide_alert($1, $2, 'Asked')", "select gate.take_alert($1)"
    assert await stage.value(stage.people.aiko, decide, alert, "harmless") is None
    assert await stage.value(emi, decide, uuid4(), "harmless") == "not_there"
    assert await stage.value(emi, take, uuid4()) == "not_there"
    assert await stage.value(emi, take, alert) == "taken"
    assert await stage.value(emi, decide, alert, "explained") == "decided"
    assert await stage.value(emi, decide, alert, "harmless") == "decided_before"
    assert await stage.value(emi, take, alert) == "decided_before"
    said = [(row["decision"], row["facts"]) for row in await stage.entries(action="alert_decided")]
    assert [decision for decision, _ in said] == ["refused", "refused", "permitted", "refused"]
    assert [facts for _, facts in said if facts] == ['{"alert_decision": "explained"}']
    taken = [row["decision"] for row in await stage.entries(action="alert_taken")]
    assert taken == ["refused", "permitted", "refused"]
