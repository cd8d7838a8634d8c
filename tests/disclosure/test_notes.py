"""Notes among colleagues: read by the company's people while the selection is open, and by nobody else of anybody's."""

import json
from typing import Any

import asyncpg
import pytest

from tests.disclosure.stage import Stage
from tests.people import Person

WRITE = "select gate.write_note($1, $2, $3, $4)"
READ = (
    "select stands_on.notes from gate.disclose(array[$1::uuid], null, 'page_shown', 16383) as disclosed"
    " cross join lateral gate.basis(disclosed.introduction_id) as stands_on"
)


async def write(stage: Stage, who: Person | None, body: str, mentions: Any = (), confirmed: Any = ()) -> Any:
    """What comes of a note about Linh."""
    return await stage.value(who, WRITE, stage.people.linh.introduction.id, body, list(mentions), list(confirmed))


async def read(stage: Stage, who: Person | None) -> list[str]:
    """What this person reads on Linh's page."""
    rows = await stage.call(who, READ, stage.people.linh.introduction.id)
    return [note["body"] for row in rows for note in json.loads(row["notes"] or "[]")]


async def test_p1_the_own_people_read_it_and_nobody_else(stage: Stage) -> None:
    people = stage.people
    assert await write(stage, people.aiko, "  Strong on hydraulics.  ", [people.akira.account.id]) == "written"
    assert await write(stage, people.aiko, "Strong on hydraulics.") == "written"
    for who in (people.aiko, people.akira):
        assert await read(stage, who) == ["Strong on hydraulics."], "sent twice, it is one"
    for other in (None, people.ben, people.daichi, people.emi):
        assert await read(stage, other) == []
        assert await write(stage, other, "Hello") == "refused"
    entry = (await stage.entries(action="note_written"))[0]
    assert (json.loads(entry["facts"]), entry["subject_kind"]) == ({"mentioned": 1}, "note")
    mail = await stage.owner.fetch("select account_id from portal.mail where kind = 'note_mention'")
    assert [one["account_id"] for one in mail] == [people.akira.account.id]


async def test_p7_it_closes_with_the_selection(stage: Stage) -> None:
    people = stage.people
    await write(stage, people.aiko, "Strong on hydraulics.")
    put = "select gate.put_outcome($1, 'hired', 'offer_accepted', null, false)"
    await stage.value(people.akira, put, people.linh.introduction.id)
    assert await read(stage, people.aiko) == []
    assert await write(stage, people.aiko, "Late") == "over"
    assert (await stage.entries(action="note_written"))[-1]["codes"] == ["window_closed"]


async def test_p3_it_closes_with_the_consent(stage: Stage) -> None:
    await write(stage, stage.people.aiko, "Strong on hydraulics.")
    await stage.owner.execute("update personal.consent set withdrawn_at = now()")
    assert await read(stage, stage.people.aiko) == []
    assert await write(stage, stage.people.aiko, "Late") == "refused"


async def test_p8_a_protected_ground_is_asked_about_once_and_queued_for_compliance(stage: Stage) -> None:
    aiko = stage.people.aiko
    assert await write(stage, aiko, "Her age is a problem") == "names_ground"
    assert await read(stage, aiko) == []
    assert await write(stage, aiko, "Her age is a problem", (), ["age"]) == "written"
    named = (await stage.entries(action="protected_ground_named"))[-1]
    assert (json.loads(named["facts"]), named["introduction_id"]) == (
        {"protected_ground": "age"},
        stage.people.linh.introduction.id,
    )


async def test_a_mention_of_nobodys_colleague_is_refused_and_of_oneself_left_out(stage: Stage) -> None:
    people = stage.people
    assert await write(stage, people.aiko, "See this", [people.ben.account.id]) == "left"
    assert await write(stage, people.aiko, "See this", [people.aiko.account.id]) == "written"
    assert await stage.owner.fetchval("select count(*) from personal.note_mention") == 0


async def test_p5_it_goes_with_the_introduction_and_the_web_reads_no_table(stage: Stage) -> None:
    people = stage.people
    await write(stage, people.aiko, "Strong on hydraulics.", [people.akira.account.id])
    for table in ("note", "note_mention"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await stage.call(people.aiko, f"select * from personal.{table}")
    about = "select gate.look_at_person($1, $2)"
    person = people.linh.candidate.id
    held = json.loads(await stage.value(people.emi, about, person, "person_asked"))
    assert [note["body"] for note in held["notes"]] == ["Strong on hydraulics."]
    assert "notes" not in json.loads(await stage.value(people.emi, about, person, "complaint"))
    await stage.owner.execute("delete from personal.note")
    assert await stage.owner.fetchval("select count(*) from personal.note_mention") == 0
