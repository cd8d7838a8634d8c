"""The words of facts: each that the program can write is in its closed list, and no other gets into an entry."""

import contextlib
import json
import re

import asyncpg
import pytest

from portal.accesslog.actions import Action
from portal.accesslog.facts import FACTS
from portal.accesslog.words import LISTS
from portal.agreements.grounds import GROUNDS as PROTECTED
from portal.agreements.handlers.drafts import DOUBTS
from portal.candidates.residence import PERMISSIONS
from portal.database.viewer import Role
from portal.disclosure.preview import GROUNDS as PREVIEWED
from portal.people.grounds import CHANNELS, GROUNDS
from portal.rights.erasure import GROUNDS as ERASED
from portal.selection.handlers.search_forms import ASSIGNED
from portal.selection.reasons import REASONS
from portal.selection.withdrawal import BECAUSE
from tests.disclosure.stage import Stage

DECLARED = {
    "action": [action.code for action in Action],
    "assigned": ASSIGNED,
    "erasure_ground": ERASED,
    "ground": GROUNDS,
    "mail_doubt": DOUBTS,
    "outcome": REASONS,
    "preview_ground": PREVIEWED,
    "protected_ground": PROTECTED,
    "role": list(Role),
    "withdrawn_because": BECAUSE,
    "work": PERMISSIONS,
}
# A column whose check, or a table whose rows, say what a fact can be that is written from it.
CHECKED = {
    "channel": ("personal.consent", "channel"),
    "attested": ("personal.deletion_duty", "attested_as"),
    "decision": ("accesslog.entry", "decision"),
    "erasure_ground": ("personal.erasure", "ground"),
    "loosened": ("personal.law_change", "what"),
    "role": ("portal.account", "role"),
    "screening": ("portal.company_screening", "outcome"),
    "stage": ("personal.introduction", "stage"),
    "withdrawn_because": ("personal.introduction_withdrawal", "reason"),
}
LOG = "select * from gate.log_entries($1::gate.log_filter, null, null, null, false, 10)"
ROWS = {
    "regime": "select code from portal.regime",
    "link_kind": "select code from portal.link_kind",
    "outcome": "select distinct result from portal.outcome_reason",
    "outcome_reason": "select distinct code from portal.outcome_reason",
}
CHECK = """
select string_agg(pg_get_constraintdef(oid), ' ') from pg_constraint where conrelid = $1::regclass and contype = 'c'
"""
SEARCH = """
select * from gate.search(
    row(null, null, $1, null, $2, null, null, null, null, null, null, null, null, null, null)::gate.search_filter,
    null, null, false, 25)
"""
INSERT = """
insert into accesslog.entry (action, decision, facts, commitment) values ($1, 'permitted', $2, sha256(''))
"""


def test_each_word_that_the_program_declares_is_in_its_list() -> None:
    for name, words in DECLARED.items():
        assert set(LISTS[name]) == set(words), name
    assert set(LISTS["channel"]) >= set(CHANNELS)
    assert {fact.words for fact in FACTS.values() if fact.words} == set(LISTS), "no list without a fact"


async def test_each_word_that_the_database_keeps_is_in_its_list(stage: Stage) -> None:
    for name, (table, column) in CHECKED.items():
        checks = await stage.owner.fetchval(CHECK, table)
        found = re.findall(rf"\({column} = ANY \(\(?ARRAY\[([^]]+)\]", checks)
        assert set(re.findall(r"'(\w+)'", max(found, key=len))) == set(LISTS[name]), name
    for name, sql in ROWS.items():
        assert {row[0] for row in await stage.owner.fetch(sql)} == set(LISTS[name]), name
    assert await stage.owner.fetchval("select gate.grounds()") == list(LISTS["ground"])
    assert await stage.owner.fetchval("select gate.preview_grounds()") == list(LISTS["preview_ground"])


async def test_p4_what_somebody_types_is_no_word_of_an_entry(stage: Stage) -> None:
    """Whoever calls the functions of the gate with the web role's password writes no text into the log, either."""
    people = stage.people
    linh, acme = people.linh.candidate.id, people.acme.id
    for who, sql, values in (
        (people.aiko, SEARCH, ("someone", None)),
        (people.aiko, SEARCH, (None, "someone")),
        (people.aiko, "select gate.put_outcome($1, 'someone', null, null, false)", (people.linh.introduction.id,)),
        (people.aiko, "select gate.put_outcome($1, 'hired', 'someone', null, false)", (people.linh.introduction.id,)),
        (people.emi, "select gate.hold_person($1, 'restriction', 'someone', 'x')", (linh,)),
        (people.emi, "select gate.withdraw_consent($1, $2, 'someone', 'x')", (linh, acme)),
        (people.emi, "select * from gate.find_people('x', null, 'someone')", ()),
        (people.emi, LOG, ((*[None] * 4, "someone", *[None] * 14),)),
        (people.emi, LOG, ((*[None] * 5, "someone", *[None] * 13),)),
        (people.daichi, "select gate.invite('X', 'x@acme.example', 'someone', $1)", (acme,)),
    ):
        with contextlib.suppress(asyncpg.PostgresError):  # or refused, with an entry that says nothing of it
            await stage.call(who, sql, *values)
    kept = await stage.owner.fetch("select facts::text from accesslog.entry where facts is not null")
    assert not [row["facts"] for row in kept if "someone" in row["facts"]]


async def test_a_word_of_another_list_is_refused(stage: Stage) -> None:
    for key, fact in FACTS.items():
        action = next(one for one in Action if key in one.facts)
        for value in ("someone", "Linh Nguyen", ["hired"], None) if fact.words else ():
            with pytest.raises(asyncpg.CheckViolationError, match=key):
                await stage.owner.execute(INSERT, action.code, json.dumps({key: value}))
