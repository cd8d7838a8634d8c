"""An entry says what was done, in declared facts, and nothing that a person is or typed."""

import json
from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest
from click.testing import CliRunner

from portal.accesslog.actions import Action
from portal.accesslog.facts import FACTS
from portal.accesslog.reasons import BITS, CODES
from portal.cli import main
from tests.database import Database
from tests.disclosure.stage import Stage
from tests.people import cast

COMMITMENT = bytes(32)
INSERT = """
insert into accesslog.entry (action, decision, reasons, facts, commitment)
values ($1, case when $2::text[] is null then 'permitted' else 'refused' end, $2, $3, $4)
"""
# The pairs of an action and a fact that a check refuses by the fact's name. They are thousands: the server tries them.
REFUSED = """
create function pg_temp.refused(pairs jsonb) returns text[] language plpgsql as $$
declare
    pair jsonb;
    found text[] := '{}';
    said text;
    more text;
begin
    for pair in select * from jsonb_array_elements(pairs) loop
        begin
            insert into accesslog.entry (action, decision, facts, commitment)
            values (pair ->> 0, 'permitted', jsonb_build_object(pair ->> 1, true), decode(repeat('00', 32), 'hex'));
        exception when check_violation then
            get stacked diagnostics said = message_text, more = pg_exception_detail;
            if strpos(said || more, pair ->> 1) > 0 then found := array_append(found, pair #>> '{}'); end if;
        end;
    end loop;
    return found;
end $$
"""
LOG = "select * from gate.log_entries($1::gate.log_filter, null, null, null, false, 10)"


@pytest.fixture
async def stage(database: Database) -> Stage:
    """The cast in a database."""
    owner, web = await database.connect("portal_owner"), await database.connect("portal_web")
    people = cast(datetime.now(UTC))
    await people.world.write(owner)
    return Stage(database, owner, web, people)


async def last(stage: Stage, action: str) -> tuple[dict[str, Any], Any]:
    """The facts of the newest entry of this action, and the entry with whom it is about."""
    row = await stage.owner.fetchrow(
        "select entry.*, side.candidate_id from accesslog.entry join accesslog.entry_subject as side"
        " on (side.recorded_at, side.entry_id) = (entry.recorded_at, entry.id)"
        " where action = $1 order by entry.recorded_at desc limit 1",
        action,
    )
    assert row, action
    return json.loads(row["facts"] or "{}"), row


async def test_an_outcome_says_its_result_and_a_correction_what_it_was_before(stage: Stage) -> None:
    aiko, linh = stage.people.aiko, stage.people.linh.introduction.id
    put = "select gate.put_outcome($1, $2, $3, $4, $5)"
    await stage.value(aiko, put, linh, "not_hired", "position_filled", "Minh was better", False)
    facts, entry = await last(stage, "outcome_recorded")
    assert facts == {"result": "not_hired", "reason": "position_filled", "note": True}
    assert (entry["subject_id"], entry["subject_kind"]) == (None, None)
    await stage.value(aiko, put, linh, "hired", "offer_accepted", None, True)
    facts, entry = await last(stage, "outcome_corrected")
    assert facts == {
        "result": "hired", "reason": "offer_accepted",
        "former_result": "not_hired", "former_reason": "position_filled",
    }  # fmt: skip
    assert entry["subject_kind"] == "outcome"


async def test_a_search_says_its_purposes_and_filters_and_not_whom_it_looked_for(stage: Stage) -> None:
    linh = stage.people.linh.introduction
    await stage.search(
        stage.people.aiko, name="Linh", stage="interview", japanese_rank=3, decided=False, code=linh.code
    )
    facts, entry = await last(stage, "searched")
    assert facts == {"name": True, "stage": "interview", "japanese_rank": 3, "decided": False, "code": True}
    assert entry["purpose"] == 3
    await stage.search(stage.people.aiko, decided=True, opening_id=linh.opening.id)
    facts, entry = await last(stage, "searched")
    assert facts == {"decided": True, "opening": str(linh.opening.id)}
    assert entry["purpose"] == 2
    await stage.search(stage.people.aiko)
    assert (await last(stage, "searched"))[1]["facts"] is None


async def test_reading_the_log_says_what_was_asked_and_of_a_person_only_beside_it(stage: Stage) -> None:
    linh, aiko, compliance = stage.people.linh, stage.people.aiko.account, stage.people.emi
    asked: tuple[Any, ...]
    await stage.web.execute("set timezone = 'Asia/Kathmandu'")
    since = datetime(2026, 3, 1, tzinfo=UTC)
    asked = (since, None, aiko.company.id if aiko.company else None, aiko.id, "listed", "refused", *(None,) * 13)
    await stage.call(compliance, LOG, asked)
    facts, _entry = await last(stage, "log_read")
    assert facts == {
        "since": "2026-03-01T00:00:00.000000Z", "company": str(asked[2]), "account": str(aiko.id),
        "action": "listed", "decision": "refused",
    }  # fmt: skip
    reference = linh.candidate.reference
    await stage.call(compliance, LOG, (*(None,) * 6, reference, reference, *(None,) * 11))
    facts, entry = await last(stage, "log_read")
    assert facts == {"number": "candidate"}
    assert entry["candidate_id"] == linh.candidate.id
    assert not {str(linh.candidate.id), reference} & {
        str(value) for name, value in entry.items() if name != "candidate_id"
    }
    await stage.call(compliance, LOG, (*(None,) * 6, linh.introduction.code, None, *(None,) * 11))
    facts, entry = await last(stage, "log_read")
    assert (facts, entry["introduction_id"]) == ({"number": "introduction"}, linh.introduction.id)
    await stage.call(compliance, LOG, (*(None,) * 6, "Somebody", "Somebody", *(None,) * 11))
    facts, entry = await last(stage, "log_read")
    assert (facts, entry["introduction_id"], entry["candidate_id"]) == ({"number": "nobody"}, None, None)


async def test_an_entry_with_a_fact_that_its_action_does_not_have_is_refused(stage: Stage) -> None:
    pairs = [[action.code, key] for action in Action for key in {*FACTS, "remark"} - set(action.facts)]
    assert len(pairs) > 1000
    await stage.owner.execute(REFUSED)
    refused = await stage.owner.fetchval("select pg_temp.refused($1)", json.dumps(pairs))
    assert sorted(json.loads(pair) for pair in refused) == sorted(pairs)


async def test_a_fact_is_of_its_declared_kind(stage: Stage) -> None:
    wrong: list[tuple[str, dict[str, Any]]] = [
        ("outcome_recorded", {"result": "Linh Nguyen"}),
        ("outcome_recorded", {"result": "x" * 41}),
        ("outcome_recorded", {"result": ["hired"]}),
        ("outcome_recorded", {"note": "She was late."}),
        ("searched", {"name": "Linh"}),
        ("searched", {"japanese_rank": "3"}),
        ("searched", {"opening": "Cook"}),
        ("log_read", {"since": "yesterday"}),
        ("log_read", {"since": "2026-03-01"}),
        ("log_read", {"company": None}),
    ]
    for action, facts in wrong:
        with pytest.raises(asyncpg.CheckViolationError):
            await stage.owner.execute(INSERT, action, None, json.dumps(facts), COMMITMENT)


async def test_actions_and_reasons_are_closed_lists_to_whoever_writes(stage: Stage) -> None:
    for action in Action:
        await stage.owner.execute(INSERT, action.code, None, None, COMMITMENT)
    await stage.owner.execute(INSERT, "sign_in", list(CODES), None, COMMITMENT)
    for action_code, reasons in (("something_done", None), ("sign_in", ["password_wrong", "other"])):
        with pytest.raises(asyncpg.CheckViolationError, match="listed"):
            await stage.owner.execute(INSERT, action_code, reasons, None, COMMITMENT)


async def test_the_lists_in_the_database_are_those_of_the_program(stage: Stage) -> None:
    rows = await stage.owner.fetch("select * from accesslog.action")
    assert {row["code"]: (row["subject"], tuple(row["facts"])) for row in rows} == {
        action.code: (action.subject, action.facts) for action in Action
    }
    rows = await stage.owner.fetch("select * from accesslog.fact")
    assert {row["key"]: row["kind"] for row in rows} == {key: fact.kind for key, fact in FACTS.items()}
    rows = await stage.owner.fetch("select code, mask from accesslog.reason")
    assert {row["code"]: row["mask"] for row in rows} == {code: BITS.get(code) for code in CODES}


def test_every_fact_is_some_actions_and_every_actions_fact_is_declared() -> None:
    assert {key for action in Action for key in action.facts} == set(FACTS)


def test_auditors_can_read_what_every_action_fact_and_reason_is() -> None:
    shown = {language: CliRunner().invoke(main, ["log", "codes", "--language", language]) for language in ("en", "ja")}
    rows = {
        language: [[cell.strip() for cell in line.strip("|").split("|")] for line in printed.output.splitlines()]
        for language, printed in shown.items()
    }
    assert ["`company_created`", "Created a company", "company", "–"] in rows["en"]
    assert ["`assigned`", "word: me, nobody", "Only assigned to"] in rows["en"]
    assert ["`consent_withdrawn`", "rule", "The person withdrew the consent"] in rows["en"]
    for language, lines in rows.items():
        codes = [cells[0].strip("`") for cells in lines if cells[0].startswith("`")]
        assert codes == [*(action.code for action in Action), *FACTS, *CODES], language
        assert all(all(cells) for cells in lines if len(cells) > 1), language
