"""Those who look after others, with what each of them can leave open: every act of theirs that locks something."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from tests.agreements.signatures import signed_by_company
from tests.agreements.templates import from_template, write_template
from tests.disclosure.stage import Stage
from tests.facts import DAY
from tests.people import Person

RECORD = """
select gate.change_company(id, changed_at, %s, name, name_latin, '東京都', '阿久女', country, 'manufacturing')
from portal.company where id = %s
"""
CHANGE = """
select gate.change_account(id, row(display_name, email, role, company_id)::gate.account_details,
                           row('Other', email, role, company_id)::gate.account_details)
from portal.account where id = {%s}
"""
CONSENT = """
select result from gate.record_consent({tariq}, {acme}, {notice}, 16383, 3, now() - interval '1 day', null,
                                       'paper', 'E-1')
"""
PERSONS = {
    "a consent recorded": (CONSENT, "recorded"),
    "a consent withdrawn": ("select gate.withdraw_consent({linh}, {acme}, 'telephone', 'x')", "withdrawn"),
    "the use of somebody's data restricted": ("select gate.hold_person({vera}, 'restriction', 'paper', 'x')", "done"),
    "an objection": ("select gate.hold_person({paz}, 'objection', 'paper', 'x')", "done"),
    "a person looked at": ("select gate.look_at_person({linh}, 'complaint') is not null", True),
    "a person opened": ("select gate.person({linh}) is not null", True),
    "a person looked for": ("select count(*) from gate.find_people('linh', null, null)", 1),
    "a key for scanned papers": ("select count(*) from gate.document_key_of_person({linh}, 'k', '\\x01')", 1),
}
SAVE = """
select result from gate.save_agreement({acme}, {draft}, '{{"contact_days": 90, "grace_days": 20}}', true, null)
"""
TEXT = "select text_digest from portal.agreement where id = {waiting}"
TEMPLATE = "select digest from gate.agreement_templates() where version = 2"
# Whose act, what it is, its statement, and what it answers. What ends something for those after it comes last.
ACTS: dict[str, dict[str, tuple[str, Any]]] = {
    "daichi": PERSONS
    | {
        "the record of a company": (RECORD % ("corporate_number", "{acme}"), "changed"),
        "the number of a company": (RECORD % ("'1234567890128'", "{delta}"), "changed"),
        "a position": ("select result from gate.save_opening({acme}, null, null, 'X', null, null, false)", "made"),
        "a position changed": (
            "select result from gate.save_opening({acme}, {position}, (select changed_at from portal.opening"
            " where id = {position}), 'Y', null, null, false)",
            "changed",
        ),
        "who can be put forward": (
            "select count(*) >= 0 from gate.candidates_to_put_forward({acme}, {position}, null, null, 50)",
            True,
        ),
        "somebody put forward": (
            "select result from gate.put_forward({acme}, {other}, array[{tariq}], '{{SK-AB2CD3EF}}')",
            "made",
        ),
        "an agreement drafted": (SAVE, "changed"),
        "a list of a group": ("select gate.publish_list({group}, 'https://g.example', current_date, 'Acme Sub')", True),
        "a company in a group": ("select gate.add_group_member({group}, {delta})", "added"),
        "a group left": ("select gate.leave_group({delta})", "left"),
        "a group made": (
            "select result from gate.make_group({delta}, 'G', null, 'https://g.example', current_date, 'Delta')",
            "made",
        ),
        "an agreement sent": ("select gate.send_agreement({waiting})", "sent"),
        "an agreement withdrawn": ("select gate.withdraw_agreement({waiting})", True),
        "what a termination would close": ("select count(*) >= 0 from gate.what_if({acme}, 'terminated')", True),
        "somebody invited": ("select gate.invite('New', 'new@acme.example', 'recruiter', {acme}) is not null", True),
        "the suspension of a recruiter": ("select gate.suspend_account({akira}, 'x')", "suspended"),
        "their reactivation": ("select gate.reactivate_account({akira})", True),
        "the suspension of another": ("select gate.suspend_account({aiko}, 'x')", "suspended"),
        "a question answered": ("select gate.answer_question({question}, 'Yes')", "answered"),
        "a position closed": ("select gate.set_opening_status({acme}, {position}, 'closed')", True),
        "the suspension of a company": ("select gate.set_company_status({acme}, 'suspended', 'x')", True),
        "the termination of a company": ("select gate.set_company_status({acme}, 'terminated', 'x')", True),
        "the company handed over": ("select gate.hand_company_over({acme}, {ichiro})", "handed_over"),
    },
    "emi": PERSONS
    | {
        "a restriction lifted": ("select gate.loosen_law({oren}, 'restriction', null, 'x', 'E-2') is null", True),
        "a template approved": (
            "select gate.approve_template(id, digest) from gate.agreement_templates() where version = 2",
            "approved",
        ),
        "a template drafted": (
            'select gate.draft_template(title_ja, title_en, clauses, \'{{"ja": {{}}, "en": {{}}}}\', 1, 1, 1, 1,'
            " array['JP'])"
            " is not null"
            " from gate.agreement_templates() where version = 1",
            True,
        ),
        "a campaign begun": (
            "select gate.start_campaign(id, now() + interval '90 days', 'x') from gate.agreement_templates()"
            " where version = 2",
            "started",
        ),
        "what a campaign would close": (
            "select (gate.what_if_campaign(id)).companies >= 0 from gate.agreement_templates() where version = 2",
            True,
        ),
        "a campaign called off": ("select gate.call_off_campaign(id) from gate.campaigns()", True),
        "a group agreement joined": (
            "select gate.join_group_agreement({member}, {shared}, now(), now(), 'Ada', 'President', 'register', 'x')",
            "joined",
        ),
        "choices approved": (
            "select gate.approve_choices({draft}, (select terms_digest from portal.agreement where id = {draft}))",
            "approved",
        ),
        "an agreement countersigned": (
            "select gate.countersign({signed}, (select terms_digest from portal.agreement where id = {signed}), now(),"
            " '%PDF', sha256('c'), true, 'B-B')",
            "countersigned",
        ),
        "a company screened": ("select gate.screen_company({delta}, 'approved', 'x')", "screened"),
    },
    "chie": {
        "somebody invited": ("select gate.invite('New', 'new@acme.example', 'recruiter', {acme}) is not null", True),
        "the sign-ins of a recruiter": ("select gate.end_sign_ins({aiko})", 1),
        "a link to a recruiter": ("select count(*) from gate.send_account_link({aiko})", 1),
        "the suspension of a recruiter": ("select gate.suspend_account({aiko}, 'x')", "suspended"),
        "their reactivation": ("select gate.reactivate_account({aiko})", True),
    },
    "goro": {
        "a recruiter changed": (CHANGE % "aiko", "changed"),
        "another administrator changed": (CHANGE % "hana", "changed"),
        "another administrator suspended": ("select gate.suspend_account({hana}, 'x')", "suspended"),
        "a company given away": ("select gate.hand_company_over({acme}, {ichiro})", "handed_over"),
        "an account manager suspended": (
            "select gate.suspend_account({daichi}, 'x', array[{delta}::uuid], {ichiro})",
            "suspended",
        ),
    },
}


@dataclass
class Cast:
    """The stage's people with further staff, and the ids of what their acts are about."""

    people: dict[str, Person]
    ids: dict[str, Any]


async def enlarged(stage: Stage) -> Cast:
    """Two administrators, an account manager and one of compliance more; agreements and a company on their way."""
    people, world = stage.people, stage.people.world
    found = {name: getattr(people, name) for name in ("aiko", "akira", "chie", "daichi", "emi", "fumi", "ben")}
    roles = {"goro": "administrator", "hana": "administrator", "ichiro": "account_manager", "juri": "compliance"}
    for name, role in roles.items():
        account = world.account(name, role)
        found[name] = Person(account, world.session(account))
    delta = world.company(
        "delta", status="pending", account_manager=found["daichi"].account, screening_asked_at=world.now
    )
    other = world.opening(people.acme)
    member = world.company(
        "member",
        corporate_number="8999901000033",
        address="Tokyo",
        representative="Ada",
        account_manager=found["ichiro"].account,
    )
    group = world.group(people.acme, member)
    await world.write(stage.owner)
    shared = world.group_agreement(group, people.acme, member)
    await world.write(stage.owner)
    version = await write_template(stage.owner, found["juri"].account, found["emi"].account)
    await write_template(stage.owner, found["juri"].account, None, 2)
    unsigned: dict[str, Any] = {"company_signed_at": None, "operator_signed_at": None, "effective_at": world.now - DAY}
    unsigned |= {"evidence": None, "signatory_email": "ada@acme.example"}
    draft, waiting, signed = (world.agreement(people.acme, **unsigned, contact_days=days) for days in (90, 14, 14))
    from_template(draft, version)
    await world.write(stage.owner)
    await signed_by_company(stage.owner, signed)
    ids = {name: person.account.id for name, person in found.items()}
    ids |= {name: getattr(people, name).candidate.id for name in ("linh", "tariq", "vera", "paz", "oren")}
    ids |= {
        "acme": people.acme.id,
        "delta": delta.id,
        "position": people.linh.introduction.opening.id,
        "other": other.id,
    }
    ids |= {"group": group.id, "member": member.id, "shared": shared.id}
    ids |= {"draft": draft.id, "waiting": waiting.id, "signed": signed.id}
    ids["question"] = await stage.owner.fetchval(
        "insert into personal.question (company_id, body, asked_by, asked_holder)"
        " select company_id, 'May I?', id, holder from portal.account where id = $1 returning id",
        people.aiko.account.id,
    )
    ids["notice"] = await stage.owner.fetchval("select notice_id from personal.consent limit 1")
    return Cast(found, ids)


@asynccontextmanager
async def left_open(stage: Stage, who: Person) -> AsyncIterator[Any]:
    """A connection of portal_web in somebody's sign-in, whose transaction ends with the block."""
    held = await stage.database.connect("portal_web")
    await held.execute("set idle_in_transaction_session_timeout = 0")
    async with held.transaction():
        note = json.dumps({"id": str(uuid4()), "ip": "10.1.2.3", "agent": "psql"})
        await held.fetch("select * from gate.arrive($1, $2)", who.session.secret, note)
        async with asyncio.timeout(60):  # against hanging: what waits here is cut off after five seconds with an error
            yield held


async def acts(held: Any, cast: Cast, holder: str) -> None:
    """Everything that the holder can do, one after the other in the transaction that is left open."""
    quoted = {name: f"'{value}'::uuid" for name, value in cast.ids.items()}
    for what, (sql, answer) in ACTS[holder].items():
        assert await held.fetchval(sql.format(**quoted)) == answer, what
