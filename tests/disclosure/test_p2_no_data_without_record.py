"""P2: what is shown, and what is refused, is in the log in the same transaction, or it is not shown."""

import json
from uuid import uuid4

import asyncpg
import pytest

from portal.candidates.items import ALL_ITEMS, NO_ITEMS, SELECTION_ITEMS, Item
from tests.disclosure.stage import Stage
from tests.people import Introduced
from tests.world import signed_in


async def test_p2_a_disclosure_is_one_entry_that_says_who_what_why_and_on_which_basis(stage: Stage) -> None:
    people = stage.people
    async with signed_in(stage.web, people.aiko.session.secret, "10.1.2.3") as request:
        rows = await stage.web.fetch(
            "select * from gate.disclose($1, 'selection', 'page_shown', $2)",
            [people.linh.introduction.id],
            Item.NAME | Item.EMAIL | Item.GENDER,
        )
    (entry,) = await stage.entries(action="page_shown")
    assert entry["id"] == rows[0]["entry_id"]
    assert entry["recorded_at"] == rows[0]["recorded_at"]
    expected = {
        "actor_id": people.aiko.account.id,
        "role": "recruiter",
        "company_id": people.acme.id,
        "session_id": people.aiko.session.id,
        "request_id": request,
        "introduction_id": people.linh.introduction.id,
        "purpose": 1,
        "items": Item.NAME | Item.GENDER,
        "decision": "permitted",
        "codes": [],
        "agreement_id": people.acme_agreement.id,
    }
    assert {name: entry[name] for name in expected} == expected
    assert entry["consent_id"] == await stage.owner.fetchval(
        "select id from personal.consent where candidate_id = $1", people.linh.candidate.id
    )


@pytest.mark.parametrize(
    ("name", "decision", "reasons"),
    [
        ("linh", "permitted", []),
        ("noor", "refused", ["consent_withdrawn"]),
        ("oren", "refused", ["candidate_restricted"]),
        ("quy", "refused", ["consent_expired"]),
        ("uma", "refused", ["consent_not_given"]),
        ("rosa", "refused", ["window_closed"]),
        ("sora", "refused", ["no_such_record"]),
    ],
)
async def test_p2_a_refusal_is_an_entry_with_its_reasons(
    stage: Stage, name: str, decision: str, reasons: list[str]
) -> None:
    people = stage.people
    await stage.shown(people.aiko, getattr(people, name))
    (entry,) = await stage.entries(action="listed")
    assert (entry["decision"], entry["introduction_id"]) == (decision, getattr(people, name).introduction.id)
    assert set(reasons) <= set(entry["codes"])
    assert entry["codes"] == reasons
    assert entry["items"] == (SELECTION_ITEMS if decision == "permitted" else NO_ITEMS)


async def test_p2_a_missing_fact_is_recorded_as_undetermined_and_shows_nothing(stage: Stage) -> None:
    people = stage.people
    nobody_said = people.world.candidate("xu", regime=None)
    people.world.consent(nobody_said, people.acme)
    introduced = Introduced(nobody_said, people.world.introduction(nobody_said, people.acme))
    await people.world.write(stage.owner)
    assert await stage.shown(people.aiko, introduced) == {}
    (entry,) = await stage.entries(action="listed")
    assert (entry["decision"], entry["codes"]) == ("undetermined", ["regime_unknown"])


async def test_p2_what_does_not_exist_is_refused_on_the_record(stage: Stage) -> None:
    unknown = uuid4()
    assert await stage.shown(stage.people.aiko, unknown) == {}
    assert await stage.shown(None, unknown) == {}
    entries = await stage.entries(introduction_id=unknown)
    assert [entry["codes"] for entry in entries] == [["no_such_record"]]


async def test_p2_an_entry_that_cannot_be_written_shows_nothing(stage: Stage) -> None:
    """Without a partition for this month every door that shows anything fails."""
    people = stage.people
    document = people.world.document(people.linh.candidate, "resume_original")
    await people.world.write(stage.owner)
    for partition in await stage.owner.fetch(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'accesslog.entry'::regclass"
    ):
        await stage.owner.execute(f"drop table {partition['name']}")
    introduction = people.linh.introduction.id
    everything = "null::gate.search_filter"
    for sql, values in (
        ("select * from gate.disclose(array[$1::uuid], null, 'listed', 16383)", (introduction,)),
        (f"select * from gate.search({everything}, null, null, false, 25)", ()),
        ("select * from gate.open_document($1, $2)", (introduction, document.id)),
        ("select gate.put_outcome($1, 'hired', 'offer_accepted', null, false)", (introduction,)),
    ):
        with pytest.raises(asyncpg.CheckViolationError, match="no partition of relation"):
            await stage.call(people.aiko, sql, *values)
    explain = "select * from gate.explain($1)"
    with pytest.raises(asyncpg.CheckViolationError):
        await stage.call(people.emi, explain, introduction)


async def test_p2_the_basis_answers_only_beside_a_recorded_disclosure(stage: Stage) -> None:
    people = stage.people
    basis = "select * from gate.basis($1)"
    introduction = people.linh.introduction.id
    assert await stage.call(people.aiko, basis, introduction) == []
    await stage.shown(people.aiko, people.linh)
    assert await stage.call(people.aiko, basis, introduction) == [], "that was another transaction"
    async with signed_in(stage.web, people.aiko.session.secret):
        await stage.web.fetch("select * from gate.disclose($1, null, 'listed', 1)", [introduction])
        assert await stage.web.fetch(basis, introduction) == [], "a line of a list does not show it"
        await stage.web.fetch("select * from gate.disclose($1, null, 'page_shown', 1)", [introduction])
        assert len(await stage.web.fetch(basis, introduction)) == 1
        assert await stage.web.fetch(basis, people.tariq.introduction.id) == []


async def test_p2_a_search_is_recorded_with_the_items_it_asked_by(stage: Stage) -> None:
    people = stage.people
    await stage.search(people.aiko, name="Linh", japanese_rank=3)
    await stage.search(people.aiko)
    entries = await stage.entries(action="searched")
    assert [entry["items"] for entry in entries] == [Item.NAME | Item.JAPANESE_LEVEL, NO_ITEMS]


async def test_p2_a_search_by_someone_who_has_no_candidates_is_a_refusal_on_the_record(stage: Stage) -> None:
    await stage.search(stage.people.emi)
    await stage.search(None)
    entries = await stage.entries(action="searched")
    assert [entry["codes"] for entry in entries] == [["not_for_this_role"]]


async def test_p2_what_is_refused_without_a_sign_in_is_one_entry_with_a_number(stage: Stage) -> None:
    people = stage.people
    introduction = people.linh.introduction.id
    for _ in range(3):
        await stage.shown(None, people.linh, people.noor, uuid4())
    await stage.search(None)
    await stage.call(None, "select * from gate.explain($1)", introduction)
    await stage.value(None, "select gate.put_outcome($1, 'hired', 'offer_accepted', null, false)", introduction)
    await stage.call(None, "select * from gate.open_document($1, $1)", introduction)
    assert await stage.entries() == []
    worker = await stage.database.connect("portal_worker")
    assert await worker.fetchval("select gate.enter_unsigned()") == 5
    entries = await stage.entries(action="refused_without_sign_in")
    assert {entry["decision"] for entry in entries} == {"refused"}
    facts = [json.loads(entry["facts"]) for entry in entries]
    assert {fact["act"]: fact["refused"] for fact in facts} == {
        "listed": 9, "searched": 1, "explained": 1, "outcome_recorded": 1, "document_opened": 1,
    }  # fmt: skip
    assert await worker.fetchval("select gate.enter_unsigned()") == 0


async def test_p2_that_a_file_did_not_leave_after_its_sign_in_is_an_entry_once(stage: Stage) -> None:
    aiko, linh = stage.people.aiko, stage.people.linh.introduction.id
    (row,) = await stage.call(aiko, "select * from gate.disclose(array[$1::uuid], null, 'resume_downloaded', 1)", linh)
    await stage.call(aiko, "select gate.sign_out(false)")
    asked = [(aiko, row["entry_id"])] * 3 + [(aiko, uuid4()), (None, row["entry_id"])]
    for who, entry in asked:
        assert await stage.call(who, "select * from gate.hand_over($1, $2)", entry, bytes(32)) == []
    (refused,) = await stage.entries(action="handed_over")
    assert (refused["subject_id"], refused["session_id"]) == (row["entry_id"], aiko.session.id)
    assert (refused["codes"], refused["items"]) == (["no_live_session"], NO_ITEMS)
    counted = "select sum(number) from accesslog.unsigned_act where action = 'handed_over'"
    assert await stage.owner.fetchval(counted) == len(asked) - 1


async def test_p1_another_companys_introduction_and_none_at_all_are_the_same_entry(stage: Stage) -> None:
    people = stage.people
    await stage.shown(people.aiko, people.sora, uuid4())
    foreign, never = await stage.entries(action="listed")
    beside = {"id", "introduction_id", "commitment"}
    assert {k: v for k, v in foreign.items() if k not in beside} == {k: v for k, v in never.items() if k not in beside}


async def test_p2_documents_are_recorded_with_their_digest_and_refusals_without(stage: Stage) -> None:
    people = stage.people
    document = people.world.document(people.linh.candidate, "resume_original")
    await people.world.write(stage.owner)
    sql = "select * from gate.open_document($1, $2)"
    rows = await stage.call(people.aiko, sql, people.linh.introduction.id, document.id)
    await stage.call(people.ben, sql, people.linh.introduction.id, document.id)
    opened, refused = await stage.entries(subject_id=document.id)
    assert (opened["document_digest"], opened["items"]) == (document.content_digest, ALL_ITEMS)
    assert opened["id"] == rows[0]["entry_id"]
    assert (refused["document_digest"], refused["items"], refused["decision"]) == (None, NO_ITEMS, "refused")


async def test_p2_the_operators_own_people_are_recorded_too(stage: Stage) -> None:
    people = stage.people
    introduction = people.linh.introduction.id
    entries_filter = f"row({', '.join(['null'] * 19)})::gate.log_filter"
    await stage.call(people.emi, "select * from gate.explain($1)", introduction)
    await stage.call(people.daichi, "select * from gate.explain($1)", people.sora.introduction.id)
    await stage.call(people.fumi, "select * from gate.explain($1)", introduction)
    await stage.call(people.emi, f"select * from gate.log_entries({entries_filter}, null, null, null, false, 50)")
    await stage.call(people.aiko, f"select * from gate.log_entries({entries_filter}, null, null, null, false, 50)")
    told = [(entry["actor_id"], entry["action"], entry["codes"]) for entry in await stage.entries()]
    assert told == [
        (people.emi.account.id, "explained", []),
        (people.daichi.account.id, "explained", ["other_company"]),
        (people.fumi.account.id, "explained", ["not_for_this_role"]),
        (people.emi.account.id, "log_read", []),
        (people.aiko.account.id, "log_read", ["not_for_this_role"]),
    ]
