"""P3: what staff record of a consent is no withdrawal beside it, and takes no number that a file may bring."""

from tests.disclosure.stage import Stage

RECORD = """
select result from gate.record_consent($1, $2, $3, 16383, 3,
    now() - interval '1 day', null, 'paper', 'E-1', 'linh-2', now())
"""
NEWEST = "select reference, withdrawn_at from personal.consent where candidate_id = $1 order by given_at desc limit 1"


async def test_p3_a_consent_that_staff_record_is_not_withdrawn_and_named_by_nobody(stage: Stage) -> None:
    people, linh = stage.people, stage.people.linh
    notice = await stage.owner.fetchval(
        "select notice_id from personal.consent where candidate_id = $1", linh.candidate.id
    )
    assert await stage.value(people.emi, RECORD, linh.candidate.id, people.acme.id, notice) == "recorded"
    row = await stage.owner.fetchrow(NEWEST, linh.candidate.id)
    assert (row["reference"] != "linh-2", row["withdrawn_at"]) == (True, None)
    assert await stage.shown(people.akira, linh) != {}
