"""A text made from a template says what the rule enforces: choices read back from the page are what opens.

100 agreements by default; SHOKAI_AGREEMENTS=5000 for the long run.
"""

import asyncio
import os
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.agreements.clauses import made_clause
from portal.candidates.items import ALL_ITEMS, NO_ITEMS, Item, Purpose, item_of
from portal.language.i18n import speaking
from portal.settings import Settings
from portal.web.kit import make_kit
from tests import model
from tests.agreements.templates import from_template, write_template
from tests.database import Database
from tests.disclosure.visits import STANDING
from tests.facts import DAY, Agreement, Introduction
from tests.page import Page, words
from tests.world import World

AGREEMENTS = int(os.environ.get("SHOKAI_AGREEMENTS", "100"))
BATCH = 20
BITS = {"selection": 1, "contact": 2}
CLAUSES = """
select made.* from portal.agreement
cross join lateral (
    select ja.place, ja.key, ja.heading as heading_ja, ja.body as body_ja, en.heading as heading_en, en.body as body_en
    from gate.marked_clauses(agreement, 'ja') as ja
    join gate.marked_clauses(agreement, 'en') as en on en.place = ja.place
) as made
where agreement.id = $1 order by made.place
"""
CHOSEN = (
    "items",
    "purposes",
    "contact_days",
    "grace_days",
    "inactive_days",
    "daily_downloads",
    "fair_screening",
    "territory",
)
INSTANT = timedelta(microseconds=1)
names = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=12
).filter(lambda name: any(one.isalnum() for one in name))  # marks alone name nobody, and open nothing
# What is beyond the template's bounds opens nothing, so each choice is mostly within them.
choices = st.fixed_dictionaries(
    {
        "items": st.integers(0, int(ALL_ITEMS)).map(Item),
        "purposes": st.integers(0, 3),
        "contact_days": st.one_of(st.integers(1, 60), st.integers(1, 70)),
        "grace_days": st.one_of(st.integers(0, 30), st.integers(0, 40)),
        "inactive_days": st.one_of(st.none(), st.integers(1, 365)),
        "daily_downloads": st.one_of(st.none(), st.integers(1, 1000)),
        "fair_screening": st.booleans(),
        "stage": st.sampled_from(["interview", "offer"]),
        "territory": st.sampled_from([*[["JP"]] * 6, ["JP", "SG"], ["US"], None]),
        "begins": st.integers(-400, 5),
        "lasts": st.one_of(st.integers(1, 1100), st.integers(1, 1200), st.none()),
        "replaced": st.one_of(st.none(), st.integers(0, 45)),
        "decided": st.one_of(st.none(), st.integers(0, 75)),
        "company_name": names,
        "signatory_authority": names,
    }
)


def test_what_the_text_says_is_what_opens(database: Database) -> None:
    kit = make_kit(Settings(), "")
    seen = {"open": 0, "closed": 0}
    with asyncio.Runner() as runner:
        owner = runner.run(database.connect("portal_owner"))

        @settings(
            max_examples=-(-AGREEMENTS // BATCH),
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
            deadline=None,
        )
        @given(st.lists(choices, min_size=BATCH, max_size=BATCH))
        def agree(drawn: list[dict[str, Any]]) -> None:
            runner.run(_undone(owner, kit, drawn, seen))

        agree()
    assert min(seen.values()) > AGREEMENTS / 50, seen


async def _undone(owner: Any, kit: Any, drawn: list[dict[str, Any]], seen: dict[str, int]) -> None:
    transaction = owner.transaction()
    await transaction.start()
    try:
        world = World(await owner.fetchval("select now()"))
        drafter, approver = world.account("emi", "compliance"), world.account("eva", "compliance")
        await world.write(owner)
        version = await write_template(owner, drafter, approver)
        made = [(one, *_introduced(world, one, version)) for one in drawn]
        await world.write(owner)
        for one, agreement, introduction in made:
            await _compare(owner, kit, world, one, agreement, introduction, seen)
    finally:
        await transaction.rollback()


def _introduced(world: World, drawn: dict[str, Any], version: int) -> tuple[Agreement, Introduction]:
    """A company whose only agreement has these choices, and a person who consented to everything."""
    company = world.company()
    since = world.now + drawn["begins"] * DAY
    agreement = world.agreement(
        company,
        **{name: drawn[name] for name in CHOSEN},
        company_name=drawn["company_name"],
        signatory_authority=drawn["signatory_authority"],
        company_signed_at=world.now - 401 * DAY,
        operator_signed_at=world.now - 401 * DAY,
        effective_at=since,
        expires_at=None if drawn["lasts"] is None else since + drawn["lasts"] * DAY,
        superseded_at=None if drawn["replaced"] is None else world.now - drawn["replaced"] * DAY,
    )
    from_template(agreement, version)
    person = world.candidate()
    world.consent(person, company, given_at=world.now - 300 * DAY)
    introduction = world.introduction(person, company, introduced_at=world.now - 300 * DAY, stage=drawn["stage"])
    if drawn["decided"] is not None:
        world.outcome(introduction, recorded_at=world.now - drawn["decided"] * DAY)
    return agreement, introduction


async def _compare(
    owner: Any,
    kit: Any,
    world: World,
    drawn: dict[str, Any],
    agreement: Agreement,
    introduction: Introduction,
    seen: Any,
) -> None:
    page = await _rendered(owner, kit, agreement)
    said = _read_back(page)
    text = await owner.fetchval("select text from portal.agreement where id = $1", agreement.id)
    for paragraph in page.all('p[lang="ja"]'):
        assert _unspaced(words(paragraph)) in _unspaced(text), "the page says what the stored text says"
    told = replace(agreement, **said)
    beyond = (
        bool(drawn["contact_days"] > 60 or drawn["grace_days"] > 30 or drawn["territory"] != ["JP"])
        or drawn["lasts"] is None
        or drawn["lasts"] > 1100
    )
    decided = world.now - (drawn["decided"] or 0) * DAY
    quiet = model.inactive_at(introduction, told)
    ends = (decided + said["contact_days"] * DAY, quiet, told.expires_at, told.effective_at)
    moments = [world.now, *(moment + step for moment in ends if moment for step in (-INSTANT, timedelta(0)))]
    world.facts[world.facts.index(agreement)] = told
    world.every(Agreement)[world.every(Agreement).index(agreement)] = told
    for moment in moments:
        await _compare_at(owner, world, introduction, moment, beyond, seen)


async def _compare_at(
    owner: Any, world: World, introduction: Introduction, t: datetime, beyond: bool, seen: dict[str, int]
) -> None:
    query = f"select * from ({STANDING}) as standing where introduction_id = $2"
    row = await owner.fetchrow(query, t, introduction.id)
    if row is None:
        return
    for purpose, code in ((Purpose.SELECTION, "selection"), (Purpose.CONTACT, "contact")):
        expected = model.standing(world, introduction, purpose, t)
        opened = Item(row[f"{code}_items"])
        assert opened == (NO_ITEMS if beyond else expected.items), (code, t)
        seen["open" if opened else "closed"] += 1


async def _rendered(owner: Any, kit: Any, agreement: Agreement) -> Page:
    """The clauses as the page shows them, in Japanese."""
    rows = await owner.fetch(CLAUSES, agreement.id)
    with speaking("ja"):
        macros = kit.templates.get_template("agreements/_clauses.html").make_module({})
        shown = macros.side_by_side([made_clause(row) for row in rows], "ja")
    request = httpx.Request("GET", "http://portal.example/")
    return Page(httpx.Response(200, text=f"<!doctype html><title>x</title>{shown}", request=request))


def _unspaced(text: str) -> str:
    return "".join(text.split())


def _read_back(page: Page) -> dict[str, Any]:
    """The choices, from the attributes of the page alone."""
    found: dict[str, str] = {}
    for mark in page.all('p[lang="ja"] mark'):
        name, value = mark.attrib["data-choice"], mark.attrib["data-value"]
        assert found.setdefault(name, value) == value, f"{name} has two values"
    return {
        "items": sum((item_of(code) for code in found["items"].split()), NO_ITEMS),
        "purposes": sum(BITS[code] for code in found["purposes"].split()),
        "contact_days": int(found["contact_days"]),
        "grace_days": int(found["grace_days"]),
        "inactive_days": int(found["inactive_days"]) if found["inactive_days"] else None,
        "daily_downloads": int(found["daily_downloads"]) if found["daily_downloads"] else None,
        "fair_screening": found["fair_screening"] == "true",
        "territory": found["territory"].split() or None,
        "effective_at": datetime.fromisoformat(found["effective_at"]),
        "expires_at": datetime.fromisoformat(found["expires_at"]) if found["expires_at"] else None,
    }
