"""Whoever has a sign-in, or the web's or the worker's own connection, makes no fact up.

What the rule stands on is written by acts that say what they lack. What files try is in tests/intake/test_tricks.py.
"""

import json
from collections.abc import Mapping
from typing import Any

import asyncpg
import pytest

from portal.web import csrf
from tests.client import Browser, Portal
from tests.facts import DAY, Document
from tests.journeys.cast import HAO, LINH, Cast, Person, cast
from tests.papers import blank_pdf, store_evidence
from tests.world import signed_in

FACTS = """
select (select jsonb_agg(to_jsonb(one) order by one.id) from personal.consent as one),
       (select jsonb_agg(to_jsonb(one) - '{updated_at}'::text[] order by one.id) from personal.candidate as one),
       (select jsonb_agg(to_jsonb(one) order by one.candidate_id) from personal.candidate_items as one),
       (select jsonb_agg(to_jsonb(one) order by one.id) from portal.notice as one),
       (select jsonb_agg(to_jsonb(one) order by one.id) from portal.agreement as one),
       (select jsonb_agg(to_jsonb(one) order by one.id) from portal.company as one),
       (select jsonb_agg(to_jsonb(one) order by one.id) from personal.document as one),
       (select count(*) from portal.succession), (select count(*) from personal.law_change)
"""
# No connection writes these, whoever is signed in on it.
WRITES = {
    "a consent opens more": "update personal.consent set open_items = 16383, items = 16383, lacks = null",
    "a consent out of nothing": """
        insert into personal.consent (reference, candidate_id, company_id, notice_id, items, purposes, given_at)
        values ('X', $1, $2, gen_random_uuid(), 16383, 3, now())""",
    "a withdrawal is undone": "update personal.consent set withdrawn_at = null",
    "a law is another": "update personal.candidate set regime = 'general', restricted_at = null",
    "a loosening that nobody decided": """
        insert into personal.law_change (candidate_id, what, reason, evidence, changed_by)
        values ($1, 'regime', 'x', 'x', gen_random_uuid())""",
    "a notice says more": "update portal.notice set items = 16383, regimes = 7",
    "365 days": "update portal.agreement set contact_days = 365, lacks = null",
    "fair screening is off": "update portal.agreement set fair_screening = false",
    "a recipient goes on": "update portal.company set identity_changed_at = null, country = 'JP'",
    "a succession is made up": """
        insert into portal.succession (company_id, kind, former, later, changed_at, evidence, recorded_by)
        values ($2, 'moved', '{}', '{}', now(), 'x', gen_random_uuid())""",
    "a file holds nothing": "update personal.document set holds = 0, replaced_at = null",
    "an item is said to be certified": "update personal.candidate_items set sources = '{}', japanese_certified = true",
    "an evidence of nothing": "insert into personal.evidence (candidate_id) values ($1)",
    "a promise of somebody else's": "insert into portal.undertaking (account_id) values (gen_random_uuid())",
}
RECORD = "select result, lacks from gate.record_consent($1, $2, (select id from portal.notice limit 1), {})"
PAST, YEARS = "now() - interval '1 day'", "now() - interval '9 years'"
CORRECT = "select gate.correct_items($1, {}, {}, {}, {}) as result"
# What Mori, who looks after the company, and Sato of compliance ask of the functions that their pages call: what each
# answers.
ACTS: dict[str, tuple[str, object]] = {
    "the manager records the succession": (
        "select gate.record_succession($2, now(), 'moved', 'a letter') as result", None,
    ),
    "the manager loosens a law": (
        "select gate.loosen_law($1, 'regime', 'general', 'a wish', 'a call') as result", "not_for_this_role",
    ),
    "compliance loosens a law on a proof of blanks": (
        "select gate.loosen_law($1, 'regime', 'general', 'a wish', E' \\u3000') as result", "unproved",
    ),
    "compliance lifts a restriction for a dash": (
        "select gate.loosen_law($1, 'restriction', null, '-', 'scan 7') as result", "unproved",
    ),
    "a consent from the platform, by hand": (RECORD.format(f"1, 1, {PAST}, null, 'platform', 'a record'"), ()),
    "a consent of tomorrow": (
        RECORD.format("1, 1, now() + interval '1 day', null, 'paper', 'a file'"), ("lacking", "given_in_future"),
    ),
    "a consent of before its notice": (
        RECORD.format(f"1, 1, {YEARS}, null, 'paper', 'a file'"), ("lacking", "given_outside_notice"),
    ),
    "evidence of blanks": (
        RECORD.format(f"1, 1, {PAST}, null, 'paper', E' \\t\\u3000'"), ("lacking", "evidence_missing"),
    ),
    "a consent to more than the notice names": (
        RECORD.format(f"32767, 1, {PAST}, null, 'paper', 'a file'"), ("beyond", None),
    ),
    "an end before the beginning": (RECORD.format(f"1, 1, {PAST}, {YEARS}, 'paper', 'a file'"), ("ended", None)),
    "a status of residence on a call": (
        CORRECT.format("""'{"residence_status": {"code": "student"}}'""", "'person'", "'telephone'", "'a call'"),
        "paper_of_item",
    ),
    "a birth on a call, to be of an age": (
        CORRECT.format("""'{"date_of_birth": "2001-01-01"}'""", "'person'", "'telephone'", "'a call'"), "paper_of_item",
    ),
    "an employer's certificate on a call": (
        CORRECT.format("""'{"gender": "male"}'""", "'employer'", "'telephone'", "'a call'"), "paper_of_source",
    ),
    "a correction of blanks": (
        CORRECT.format("""'{"gender": "male"}'""", "'person'", "'paper'", "E' \\u3000'"), "evidence_missing",
    ),
    "a correction of what has changed since": (
        CORRECT.format("""'{"gender": "male"}'""", "'person'", "'paper'", "'a file', null, 'another'"),
        "moved",
    ),
}  # fmt: skip


async def _world(portal: Portal) -> tuple[Cast, Person]:
    people = await cast(portal)
    return people, await people.introduce(LINH, people.aoba)


async def test_p1_no_connection_writes_what_the_rule_stands_on(portal: Portal) -> None:
    people, linh = await _world(portal)
    stood = await portal.owner.fetchrow(FACTS)
    for account in (people.hana, people.mori, people.sato, people.abe):
        browser = await portal.signed_in(account)
        for role in ("portal_web", "portal_worker"):
            connection = await portal.database.connect(role)
            for sql in WRITES.values():
                tried = sql.replace("$1", f"'{linh.candidate.id}'").replace("$2", f"'{people.aoba.id}'")
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    async with signed_in(connection, browser.secret):
                        await connection.execute(tried)
            await connection.close()
    assert await portal.owner.fetchrow(FACTS) == stood


@pytest.mark.parametrize("name", list(ACTS))
async def test_an_act_says_what_it_lacks_changes_nothing_and_is_recorded(portal: Portal, name: str) -> None:
    people, linh = await _world(portal)
    who = people.sato if name.startswith("compliance") else people.mori
    browser = await portal.signed_in(who)
    web = await portal.database.connect("portal_web")
    stood = await portal.owner.fetchrow(FACTS)
    sql, answer = ACTS[name]
    async with signed_in(web, browser.secret):
        rows = await web.fetch(f"with asked as (select $1::uuid, $2::uuid) {sql}", linh.candidate.id, people.aoba.id)
    found = [(row["result"], (row["lacks"] or [None])[0]) if "lacks" in dict(row) else row["result"] for row in rows]
    assert found == ([] if answer == () else [answer])
    assert await portal.owner.fetchrow(FACTS) == stood
    [entry] = await portal.log("actor_id = $1 and action <> 'sign_in'", who.id)
    assert entry["decision"] == "refused"


async def _send(mori: Browser, address: str, fields: Mapping[str, Any], scan: bytes) -> Any:
    files = {"scan": ("paper.pdf", scan, "application/pdf")}
    sent = {csrf.FIELD: csrf.token(mori.secret), **fields}
    return await mori.see(await mori.raw("POST", address, data=sent, files=files))


async def test_an_empty_scan_is_no_evidence_and_a_whole_one_is(portal: Portal) -> None:
    people, linh = await _world(portal)
    mori = await portal.signed_in(people.mori)
    notice = await portal.owner.fetchval("select id from portal.notice where items is not null order by id limit 1")
    given = (portal.world.now - DAY).strftime("%Y-%m-%dT%H:%M")
    consent = {
        "company": str(people.aoba.id), "notice": str(notice), "items": ["name"], "purposes": ["selection"],
        "given_at": [given, "UTC"], "until_day": "", "channel": "paper", "note": "",
    }  # fmt: skip
    correction = {"topic": "gender", "gender": "other", "source": "staff", "channel": "paper", "note": "", "seen": ""}
    for address, fields, done in (
        (f"/people/{linh.candidate.id}/consents/new", consent, "The consent is recorded."),
        (f"/people/{linh.candidate.id}/correction/item", correction, "The correction is recorded"),
    ):
        for scan in (b"", b"%PDF-1.7\n"):
            page = await _send(mori, address, fields, scan)
            assert (page.status, done in page.text) == (422, False)
        assert done in (await _send(mori, address, fields, blank_pdf())).text


async def test_a_paper_is_nobody_elses_evidence(portal: Portal) -> None:
    people, linh = await _world(portal)
    hao = await people.introduce(HAO, people.aoba)
    stored = [one for one in portal.world.facts if isinstance(one, Document)]
    document = next(one for one in stored if one.candidate is hao.candidate)
    statement = await store_evidence(portal, document, people.mori)
    mori = await portal.signed_in(people.mori)
    other = f"/people/{linh.candidate.id}/statements/{statement}"
    await mori.get(other)
    assert (await mori.post(other, ground="complaint")).status_code == 404
    own = await mori.post(f"/people/{hao.candidate.id}/statements/{statement}", ground="complaint")
    assert own.content[:5] == b"%PDF-"
    web = await portal.database.connect("portal_web")
    taken = await portal.owner.fetchval("select object_key from personal.evidence")
    digests = dict.fromkeys(("content_digest", "received_digest"), "00" * 32)
    file = json.dumps({"object_key": taken, "pages": 1, "bytes": 1, **digests})
    with pytest.raises(asyncpg.UniqueViolationError):
        async with signed_in(web, mori.secret):
            await web.fetchval(
                "select gate.correct_items($1, '{\"gender\": \"other\"}', 'staff', 'paper', '', null, null, $2)",
                linh.candidate.id, file,
            )  # fmt: skip
