"""Assigning to a colleague: by the own people, on the record, and over at once with what the colleague was."""

import json
from typing import Any
from uuid import UUID, uuid4

from tests.disclosure.stage import Stage
from tests.people import Person

ASSIGN = "select result from gate.assign(array[$1::uuid], $2, $3, $4)"
WHOSE = "select gate.assignee($1)"
MINE = (
    "select count(*) from gate.search(row(null,null,null,null,null,null,null,null,null,null,$1,null,null,null,null)"
    "::gate.search_filter, null, null, false, 25)"
)


async def assign(stage: Stage, who: Person | None, to: UUID | None, shown: Any = False, whom: Any = None) -> Any:
    """What becomes of Linh for this person; `shown` is whose the page said."""
    introduction = whom or stage.people.linh.introduction.id
    checked, seen = shown is not False, shown or None
    return (await stage.call(who, ASSIGN, introduction, checked, seen, to))[0]["result"]


async def whose(stage: Stage) -> UUID | None:
    found: UUID | None = await stage.owner.fetchval(WHOSE, stage.people.linh.introduction.id)
    return found


async def test_p2_each_assignment_is_an_entry_with_before_and_after_and_can_be_filtered_for(stage: Stage) -> None:
    aiko, akira = stage.people.aiko, stage.people.akira
    mine = await stage.value(akira, MINE, "me")
    nobodys = await stage.value(akira, MINE, "nobody")
    assert await assign(stage, aiko, akira.account.id) == "assigned"
    assert await whose(stage) == akira.account.id
    entry = (await stage.entries(action="assigned"))[-1]
    assert (json.loads(entry["facts"]), entry["actor_id"]) == ({"assignee": str(akira.account.id)}, aiko.account.id)
    assert await stage.value(akira, MINE, "me") == mine + 1
    assert await stage.value(akira, MINE, "nobody") == nobodys - 1
    assert await assign(stage, akira, None) == "assigned"
    facts = json.loads((await stage.entries(action="assigned"))[-1]["facts"])
    assert (facts, await whose(stage)) == ({"former_assignee": str(akira.account.id)}, None)
    assert await assign(stage, akira, None) == "already"


async def test_p1_nobody_else_assigns_and_to_nobody_else(stage: Stage) -> None:
    people = stage.people
    for who in (None, people.ben, people.daichi, people.emi):
        assert await assign(stage, who, people.aiko.account.id) == "refused"
    assert await assign(stage, people.aiko, people.aiko.account.id, whom=uuid4()) == "refused"
    assert await assign(stage, people.aiko, people.ben.account.id) == "left"
    assert await assign(stage, people.aiko, people.daichi.account.id) == "left"
    await stage.owner.execute("update personal.consent set withdrawn_at = now()")
    assert await assign(stage, people.aiko, people.aiko.account.id) == "refused"
    assert await whose(stage) is None


async def test_of_a_stale_page_nothing_comes(stage: Stage) -> None:
    aiko, akira = stage.people.aiko, stage.people.akira
    assert await assign(stage, aiko, akira.account.id, shown=None) == "assigned"
    assert await assign(stage, aiko, aiko.account.id, shown=None) == "meanwhile"
    assert await whose(stage) == akira.account.id
    assert await assign(stage, aiko, aiko.account.id, shown=akira.account.id) == "assigned"


async def test_p3_what_is_assigned_ends_with_a_suspension_for_good_and_while_somebody_holds_it(stage: Stage) -> None:
    aiko, akira = stage.people.aiko, stage.people.akira
    await assign(stage, aiko, akira.account.id)
    other = await stage.database.connect("portal_owner")
    async with other.transaction():
        await other.execute("select from personal.introduction for update")
        assert await stage.owner.fetchval("select gate.suspend_account($1, 'left')", akira.account.id) == "suspended"
    assert await whose(stage) is None
    ended = (await stage.entries(action="assignment_ended"))[-1]
    assert (ended["subject_id"], ended["introduction_id"]) == (akira.account.id, stage.people.linh.introduction.id)
    assert await stage.owner.fetchval("select gate.reactivate_account($1)", akira.account.id)
    assert await whose(stage) is None
