"""The model against the SQL: random worlds, every introduction, every session, every item and every reason.

1,000 worlds by default; SHOKAI_WORLDS=100000 for the long run. Each batch of worlds is written in one
transaction and undone after it. So the moments in it lie on the boundaries of that transaction's `now()` to the
microsecond. The gate is called as portal_web, by session secret.
"""

import asyncio
import os
from collections import Counter, defaultdict
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.candidates.items import Item, Purpose, code_of
from tests import model
from tests.database import Database
from tests.disclosure.random_worlds import BYTES_PER_WORLD, random_world
from tests.disclosure.visits import BASIS, DISCLOSE, ENTRIES, SEARCH, STANDING, Visit, visits_in
from tests.facts import DAY, Introduction, Session
from tests.model import Verdict
from tests.world import World, write

WORLDS = int(os.environ.get("SHOKAI_WORLDS", "1000"))
BATCH = 17
# Many visits share a transaction here: what one looked at must not go on for the next. It ends with the connection.
UNNOTED = """
create function pg_temp.unnoted() returns trigger language plpgsql as 'begin return null; end';
create trigger unnoted before update of last_activity_at on personal.introduction
    for each row execute function pg_temp.unnoted();
"""
# What the campaigns of the random worlds ask for.
VERSIONS = """
with drafter as (
    insert into portal.account (email, display_name, role)
    values ('drafter@operator.example', 'Drafter', 'compliance') returning id
)
insert into portal.agreement_template (version, title_ja, title_en, clauses, words, most_items, most_contact_days,
                                       most_grace_days, most_term_days, within, drafted_by)
select version, 'T', 'T', '[{}]', '{"ja": {}, "en": {}}', 1, 1, 1, 1, '{JP}', drafter.id
from drafter, generate_series(1, 3) as version
"""


def test_the_sql_and_the_model_agree(database: Database) -> None:
    counted: Counter[str] = Counter()
    with asyncio.Runner() as runner:
        connection = runner.run(database.connect("postgres"))
        runner.run(connection.execute(UNNOTED))
        runner.run(connection.execute(VERSIONS))

        @settings(
            max_examples=max(1, -(-WORLDS // BATCH)),
            database=None,
            phases=(Phase.generate,),  # a failure tells its facts; shrinking 6,000 bytes would take minutes
            suppress_health_check=list(HealthCheck),
        )
        @given(batches())
        def agree(drawn: Drawn) -> None:
            runner.run(_undone(connection, drawn.worlds, counted))

        agree()
        runner.run(connection.close())
    print(dict(counted))  # noqa: T201 - shown by pytest -s, and when the test fails
    assert counted["worlds"] >= WORLDS
    for word in ("permitted", "refused", "undetermined", "found"):
        assert counted[word] > counted["worlds"] / 200, f"hardly a case of {word}: {counted}"


class Drawn:
    """The bytes of a batch; told apart in a failure's report by a digest, for the message has the facts."""

    def __init__(self, data: bytes) -> None:
        self.worlds = [data[at : at + BYTES_PER_WORLD] for at in range(0, len(data), BYTES_PER_WORLD)]

    def __repr__(self) -> str:
        return f"<worlds {sha256(b''.join(self.worlds)).hexdigest()[:12]}>"


@st.composite
def batches(draw: st.DrawFn) -> Drawn:
    """The bytes of one batch of worlds."""
    size = BATCH * BYTES_PER_WORLD
    return Drawn(draw(st.binary(min_size=size, max_size=size)))


async def _undone(connection: Any, drawn: list[bytes], counted: Counter[str]) -> None:
    transaction = connection.transaction()
    await transaction.start()
    try:
        await _compare(connection, drawn, counted)
    finally:
        await transaction.rollback()


async def _compare(connection: Any, drawn: list[bytes], counted: Counter[str]) -> None:
    now = await connection.fetchval("select now()")
    worlds = [random_world(data, now, place) for place, data in enumerate(drawn)]
    await write(connection, [fact for world in worlds for fact in world.facts])
    visits = [visit for world, data in zip(worlds, drawn, strict=True) for visit in visits_in(world, data)]
    for moment in (now, now - DAY, now + 20 * DAY):
        rows = {row["introduction_id"]: row for row in await connection.fetch(STANDING, moment)}
        for world in worlds:
            _compare_standing(world, moment, rows)
    # A session's setting changes within one statement here, as it never does in a request: nothing may be remembered.
    await connection.execute(
        "set local role portal_web; set local enable_memoize = off; set local plan_cache_mode = force_generic_plan"
    )
    secrets, requests = [visit.secret for visit in visits], [visit.request for visit in visits]
    asked = [",".join(map(str, visit.asked)) for visit in visits]
    purposes = [visit.purpose and visit.purpose.name.lower() for visit in visits]
    wanted = [int(visit.items) for visit in visits]
    shown = await connection.fetch(DISCLOSE, secrets, requests, asked, purposes, wanted)
    filters = zip(*(vars(visit.filter).values() for visit in visits), strict=True)
    found = await connection.fetch(SEARCH, secrets, requests, *map(list, filters), wanted)
    based = await connection.fetch(BASIS, secrets, requests, asked)
    await connection.execute("reset role")
    entries, listed = [_by(await connection.fetch(ENTRIES, act), "request_id") for act in ("page_shown", "listed")]
    shown, found, based = (_by(rows, "request") for rows in (shown, found, based))
    for visit in visits:
        _compare_disclosed(visit, shown[visit.request], entries[visit.request], counted)
        _compare_found(visit, found[visit.request], based[visit.request], counted)
        _compare_listed(visit, found[visit.request], listed[visit.request])
    counted["worlds"] += len(worlds)


def _by(rows: list[Any], column: str) -> defaultdict[UUID, list[Any]]:
    """Rows by the visit they belong to."""
    grouped: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return grouped


def _compare_standing(world: World, t: Any, rows: dict[UUID, Any]) -> None:
    for introduction in world.every(Introduction):
        row = rows.get(introduction.id)
        assert (row is None) == (introduction.introduced_at > t)
        if row is None:
            continue
        for purpose, code in ((Purpose.SELECTION, "selection"), (Purpose.CONTACT, "contact")):
            expected = model.standing(world, introduction, purpose, t)
            got = Verdict(Item(row[f"{code}_items"]), frozenset(row[f"{code}_reasons"]))
            assert got == expected, f"standing for {code} at {t}: {_told(world, introduction)}"


def _compare_disclosed(visit: Visit, rows: list[Any], entries: list[Any], counted: Counter[str]) -> None:
    world, viewer = visit.world, visit.viewer
    shown = {row["introduction_id"]: row for row in rows}
    recorded = {entry["introduction_id"]: entry for entry in entries}
    assert len(shown) == len(rows)
    if viewer is None:
        assert (shown, recorded) == ({}, {}), "what nobody asks is counted, and shown to nobody"
        counted["refused"] += len(world.every(Introduction))
        return
    assert len(recorded) == len(entries) == len(visit.asked), "one entry for each introduction asked for"
    bogus = recorded[visit.request]
    assert Verdict(Item(bogus["items"]), frozenset(bogus["codes"])) == model.nothing(viewer)
    for introduction in world.every(Introduction):
        purpose, expected = _expected(visit, introduction, visit.purpose)
        _compare_entry(visit, introduction, purpose, expected, recorded[introduction.id])
        _compare_row(visit, introduction, expected, shown.get(introduction.id))
        counted[expected.decision] += 1


def _expected(visit: Visit, introduction: Introduction, asked: Purpose | None) -> tuple[Purpose, Verdict]:
    """The purpose meant and the model's verdict."""
    purpose = asked or model.purpose_meant(visit.world, introduction, visit.viewer, visit.world.now)
    return purpose, model.verdict(visit.world, introduction, purpose, visit.viewer, visit.world.now)


def _compare_entry(visit: Visit, introduction: Introduction, purpose: Purpose, expected: Verdict, entry: Any) -> None:
    tell = partial(_told, visit.world, introduction, visit.session)
    assert set(entry["codes"]) == expected.reasons, f"{entry['codes']} {sorted(expected.reasons)}\n{tell()}"
    assert entry["decision"] == expected.decision, tell()
    assert entry["items"] == expected.items & visit.items, tell()
    assert entry["purpose"] == purpose, tell()
    assert entry["committed"], tell()
    viewer = visit.viewer
    assert entry["actor_id"] == (viewer.account.id if viewer else None), tell()
    basis = entry["consent_id"], entry["agreement_id"], entry["candidate_id"]
    if introduction.introduced_at > visit.world.now or not model.concerns(introduction, viewer):
        assert basis == (None, None, None), tell()
    else:
        consent = model.consent_for(visit.world, introduction, visit.world.now)
        agreement = model.agreement_for(visit.world, introduction.company, viewer, visit.world.now)
        expected_basis = consent and consent.id, agreement and agreement.id, introduction.candidate.id
        assert basis == expected_basis, tell()


def _compare_row(visit: Visit, introduction: Introduction, expected: Verdict, row: Any) -> None:
    tell = partial(_told, visit.world, introduction, visit.session)
    assert (row is not None) == (expected.decision == "permitted"), tell()
    if row is None:
        return
    visible = expected.items & visit.items
    assert (row["items"], row["open_items"]) == (visible, expected.items), tell()
    there = [item for item in Item if item is not Item.RESUME_ORIGINAL and row[code_of(item)] is not None]
    assert there == [item for item in visible if item is not Item.RESUME_ORIGINAL], tell()


def _compare_found(visit: Visit, found: list[Any], based: list[Any], counted: Counter[str]) -> None:
    expected = model.found(visit.world, visit.viewer, visit.filter)
    order = sorted(expected, key=lambda one: (one.introduced_at, one.id), reverse=True)

    def tell() -> str:
        return f"search of {visit.session} with {visit.filter}"

    assert [row["introduction_id"] for row in found] == [one.id for one in order], tell()
    assert {row["matches"] for row in found} <= {len(order)}, tell()
    disclosed = {
        one.id for one in visit.world.every(Introduction) if not _expected(visit, one, visit.purpose)[1].reasons
    }
    assert {row["introduction_id"] for row in based} == disclosed, tell()
    counted["found"] += len(found)


def _told(world: World, introduction: Introduction, session: Session | None = None) -> str:
    """What a person needs to decide which of the two is wrong."""
    about = (introduction, introduction.candidate, introduction.company, session and session.account)
    facts = [fact for fact in world.facts if fact in about or any(value in about for value in vars(fact).values())]
    return "\n".join(map(str, (f"now={world.now}", f"asked by {session}", *facts)))


def _compare_listed(visit: Visit, found: list[Any], entries: list[Any]) -> None:
    """A search discloses what it found as gate.disclose would have, and nothing when nothing is wanted."""
    recorded = {entry["introduction_id"]: entry for entry in entries}
    disclosed = {row["introduction_id"]: row for row in found if row["disclosed"] is not None}
    assert set(disclosed) == ({row["introduction_id"] for row in found} if visit.items else set())
    assert set(recorded) == set(disclosed)
    assert len(entries) == len(recorded)
    for introduction in visit.world.every(Introduction):
        if introduction.id in disclosed:
            purpose, expected = _expected(visit, introduction, None)
            _compare_entry(visit, introduction, purpose, expected, recorded[introduction.id])
            _compare_row(visit, introduction, expected, disclosed[introduction.id])
