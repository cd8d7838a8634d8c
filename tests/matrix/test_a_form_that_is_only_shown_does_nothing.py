"""A form that was kept, or came along with a change of language, is shown again and does nothing: on every route."""

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import asyncpg
import pytest
import pytest_asyncio
from markupsafe import escape

from portal.accounts.actions import Details
from portal.accounts.handlers.forms import as_seen
from portal.agreements.forms import PLACES
from portal.web.forms import ONLY_SHOW
from portal.web.markers import access_of
from tests.accesslog.left import past_entry
from tests.agreements.signatures import DECLARATION, link_session, sent, to_be_signed
from tests.client import PASSWORD, Browser, running
from tests.database import Database
from tests.facts import DAY, Agreement, Company
from tests.links import right_answers
from tests.matrix.filling import Filled, by_its_page
from tests.matrix.requests import UNDERTAKING, Cell, contact_of, drafted_for, group_of, question_of, template_of
from tests.matrix.stage import Stage
from tests.routes import routes

pytestmark = pytest.mark.asyncio(loop_scope="module")
# What looking at a page writes, and no more: the answer is a page.
LOOKS = {
    "searched", "listed", "page_shown", "company_log_read", "introductions_listed", "candidates_offered", "log_read",
    "deletions_listed", "own_downloads_listed", "alerts_read", "alert_rules_read", "provisions_read",
    "breach_reckoned", "questions_listed", "question_opened", "erasure_weighed",
    "scorecards_read",
}  # fmt: skip
# Sign-ins are seen to be in use, and the log holds what was looked at; both are compared apart.
APART = {"portal.session", "accesslog.entry", "accesslog.entry_subject"}


Fill: TypeAlias = Callable[[Stage], Awaitable[Filled]]


def search(role: str, path: str, **fields: str) -> Fill:
    """A search of a list."""

    async def fill(stage: Stage) -> Filled:
        return Filled(stage.browsers[role], path, fields, searches=True)

    return fill


async def outcome(stage: Stage) -> Filled:
    """A decision on somebody new."""
    target = await stage.target("own", "live")
    fields = {"result": "not_hired", "reason": "position_filled", "note": "Kind", "told": "yes"}
    return Filled(stage.browsers["recruiter"], f"/candidates/{target.introduction.id}/outcome", fields)


async def scorecard(stage: Stage) -> Filled:
    """A scorecard about somebody new."""
    target = await stage.target("own", "live")
    version = await stage.criteria(target.introduction.opening)
    fields = {"version": version, "skills": "3", "recommendation": "recommended"}
    return Filled(stage.browsers["recruiter"], f"/candidates/{target.introduction.id}/scorecards", fields)


async def criteria(stage: Stage) -> Filled:
    """Criteria for a position that has none."""
    opening = stage.portal.world.opening(stage.companies["own"])
    await stage.portal.written()
    return Filled(stage.browsers["employer_admin"], f"/team/criteria/{opening.id}", {"codes": "skills", "shown": "0"})


async def question(stage: Stage) -> Filled:
    """A question to the account manager."""
    return Filled(stage.browsers["recruiter"], "/ask", {"body": secrets.token_hex(5)})


async def question_about(stage: Stage) -> Filled:
    """A question about somebody new."""
    target = await stage.target("own", "live")
    fields = {"body": secrets.token_hex(5)}
    return Filled(stage.browsers["recruiter"], f"/candidates/{target.introduction.id}/ask", fields)


async def answer(stage: Stage) -> Filled:
    """An answer to a question."""
    cell = Cell(stage, "recruiter", "own", "live", stage.targets["own", "live"])
    return Filled(stage.browsers["account_manager"], f"/questions/{await question_of(cell)}", {"body": "Yes"})


async def kept_search(stage: Stage) -> Filled:
    """A search under a name."""
    fields = {"title": secrets.token_hex(5), "shown": "stage=active"}
    return Filled(stage.browsers["recruiter"], "/candidates/views/new", fields)


async def renamed_search(stage: Stage) -> Filled:
    """One that is kept already."""
    made = await stage.portal.owner.fetchval(
        "insert into portal.saved_view (account_id, name, filters) values ($1, $2, '{}') returning id",
        stage.viewers["recruiter"].id,
        secrets.token_hex(5),
    )
    return Filled(
        stage.browsers["recruiter"], f"/candidates/views/{made}/name", {"title": secrets.token_hex(5)}
    )  # fmt: skip


async def undertaking(stage: Stage) -> Filled:
    """The undertaking of somebody new, whose questions are answered rightly."""
    browser = await stage.portal.signed_in(await stage.account_of("own"))
    answers = await right_answers(stage.portal.owner, browser.secret, stage.agreements["own"].id)
    answered = dict(zip(PLACES, map(str, answers), strict=False))
    fields = {"agreement": str(stage.agreements["own"].id), "shown": UNDERTAKING, "promise": "yes", **answered}
    return Filled(browser, "/agreement/undertaking", fields)


def called(company: Company) -> str:
    """A company as a page calls it in the field in which it is looked for, and as whoever types it may."""
    return f"{company.name} ({company.corporate_number or str(company.id)[-8:].upper()})"


async def account(stage: Stage) -> Filled:
    """Somebody new at the company."""
    fields = {"display_name": "Made", "email": f"{secrets.token_hex(5)}@made.example", "role": "recruiter"}
    own = {"company": called(stage.companies["own"])}
    return Filled(stage.browsers["administrator"], "/accounts/new", fields | own)


async def change(stage: Stage) -> Filled:
    """Another name for somebody at the company."""
    somebody = await stage.account_of("own")
    company = called(stage.companies["own"])
    fields = {"display_name": "Somebody Else", "email": somebody.email, "role": somebody.role, "company": company}
    seen = as_seen(Details(somebody.display_name, somebody.email, somebody.role, stage.companies["own"].id))
    return Filled(stage.browsers["administrator"], f"/accounts/{somebody.id}", {**fields, "seen": seen})


async def sign_in(stage: Stage) -> Filled:
    """The right password."""
    somebody = await stage.account_of("own")
    stage.portal.world.password(somebody, PASSWORD)
    await stage.portal.written()
    return Filled(stage.portal.browser(), "/sign-in", {"email": somebody.email, "password": PASSWORD})


async def lost_password(stage: Stage) -> Filled:
    """The address of somebody who has an account."""
    somebody = await stage.account_of("own")
    await stage.portal.owner.execute("delete from portal.link_request")
    return Filled(stage.portal.browser(), "/sign-in/lost-password", {"email": somebody.email})


def of_company(path: str, **fields: str) -> Fill:
    """A form about a company that was just made, on which nothing stands."""

    async def fill(stage: Stage) -> Filled:
        manager = stage.viewers["account_manager"]
        made = stage.portal.world.company(account_manager=manager)
        await stage.portal.written()
        opening = stage.portal.world.first_opening(made)
        seen = await stage.portal.owner.fetchval("select changed_at from portal.company where id = $1", made.id)
        if "{opening}" in path:
            seen = await stage.portal.owner.fetchval("select changed_at from portal.opening where id = $1", opening.id)
        given = {**fields, "seen": seen.isoformat()} if "seen" in fields else fields
        return Filled(
            stage.browsers["account_manager"], f"/companies/{made.id}/{path.format(opening=opening.id)}", given
        )

    return fill


async def screening(stage: Stage) -> Filled:
    """A company that is being set up."""
    made = stage.portal.world.company(status="pending", screening_asked_at=stage.portal.world.now)
    await stage.portal.written()
    fields = {"outcome": "approved", "note": "Known in the register"}
    return Filled(stage.browsers["compliance"], f"/screenings/{made.id}", fields)


async def sending(stage: Stage) -> Filled:
    """A company that is being set up, with a whole record."""
    whole = {"country": "VN", "address": "Hanoi", "representative": "Lan"}
    made = stage.portal.world.company(account_manager=stage.viewers["account_manager"], status="pending", **whole)
    await stage.portal.written()
    path = f"/companies/{made.id}/send-to-screening"
    return Filled(stage.browsers["account_manager"], path, {"reason": "It asked for people"})


async def succession(stage: Stage) -> Filled:
    """A company that a consent stands on, and that became another."""
    world = stage.portal.world
    made = world.company()
    world.consent(world.candidate(), made)
    await stage.portal.written()
    await stage.portal.owner.execute("update portal.company set name = 'Another' where id = $1", made.id)
    seen = await stage.portal.owner.fetchval("select changed_at from portal.company where id = $1", made.id)
    fields = {"kind": "renamed", "evidence": "Register", "seen": seen.isoformat()}
    return Filled(stage.browsers["compliance"], f"/successions/{made.id}", fields)


async def heir(stage: Stage) -> Filled:
    """A company for another account manager."""
    filled = await of_company("hand-over")(stage)
    other = stage.companies["other"].account_manager
    assert other is not None, "the stage gives it one"
    return Filled(filled.browser, filled.path, {"heir": str(other.id)})


async def orphan(stage: Stage) -> Filled:
    """A company that nobody looks after."""
    made = stage.portal.world.company(account_manager=None)
    await stage.portal.written()
    path = f"/accounts/{stage.viewers['account_manager'].id}/companies"
    return Filled(stage.browsers["administrator"], path, {"company": called(made)})


def of_person(path: str, role: str = "compliance", **fields: str) -> Fill:
    """A form about somebody who consented to the company."""

    async def fill(stage: Stage) -> Filled:
        target = await stage.target("own", "live")
        address = path.format(company=stage.companies["own"].id)
        return Filled(stage.browsers[role], f"/people/{target.introduction.candidate.id}/{address}", fields)

    return fill


async def person(stage: Stage) -> Filled:
    """Somebody who is looked for by number."""
    target = await stage.target("own", "live")
    fields = {"number": target.introduction.candidate.reference, "name": "", "ground": ""}
    return Filled(stage.browsers["account_manager"], "/people", fields)


async def consent(stage: Stage) -> Filled:
    """What somebody agreed to by telephone, under the notice of before."""
    filled = await of_person("consents/new")(stage)
    notice = await stage.portal.owner.fetchval("select id from portal.notice where items is not null limit 1")
    given = stage.portal.world.now - DAY
    moment = given.strftime("%Y-%m-%dT%H:%M")
    fields: dict[str, str | list[str]] = {
        "company": called(stage.companies["own"]), "notice": str(notice), "items": "name", "purposes": "selection",
        "given_at": [moment, "UTC"], "until_day": "", "channel": "telephone", "note": "a call",
    }  # fmt: skip
    return Filled(filled.browser, filled.path, fields)


def held(words: str, change: str, **fields: str) -> Fill:
    """What compliance lifts or loosens of a person after `change`."""

    async def fill(stage: Stage) -> Filled:
        filled = await of_person(words, reason="asked for", evidence="a file", **fields)(stage)
        person = filled.path.split("/")[2]
        await stage.portal.owner.execute(f"update personal.candidate set {change} where id = $1::uuid", person)
        return filled

    return fill


async def signatory(stage: Stage) -> tuple[Browser, Agreement]:
    """Whoever is to sign an agreement, with its link open and the code entered."""
    agreement = await to_be_signed(stage.portal, stage.companies["own"])
    await sent(stage.portal.owner, agreement)
    browser = stage.portal.browser()
    secret = await link_session(stage.portal.owner, agreement)
    browser.http.cookies.set("portal", secret, domain="localhost.local")
    return browser, agreement


async def signature(stage: Stage) -> Filled:
    """An agreement that is signed for the company."""
    browser, agreement = await signatory(stage)
    digests = "select terms_digest, text_digest from portal.agreement where id = $1"
    terms, text = await stage.portal.owner.fetchrow(digests, agreement.id)
    fields = {
        "terms": terms.hex(), "shown": text.hex(), "language": "ja", "declaration": DECLARATION.hex(),
        "name": "Ada Acme", "title": "President", "authorised": "yes", "declared": "yes",
    }  # fmt: skip
    return Filled(browser, "/sign", fields)


async def no_signature(stage: Stage) -> Filled:
    """An agreement that its signatory declines."""
    return Filled((await signatory(stage))[0], "/sign/decline", {"reason": "Article 5"})


PUBLISHED = {"address": "https://group.example/", "published_on": "2026-01-05", "list_text": "Jointly used by Made"}


async def another_list(stage: Stage) -> Filled:
    """Another list of the group that the company answers for."""
    made = await group_of(stage, "own")
    return Filled(stage.browsers["account_manager"], f"/groups/{made.id}/list", PUBLISHED)


async def lone(stage: Stage, path: str, **fields: str) -> Filled:
    """Of a company of the same account manager that is in no group."""
    company = stage.portal.world.company(account_manager=stage.viewers["account_manager"])
    await stage.portal.written()
    return Filled(stage.browsers["account_manager"], f"/companies/{company.id}/{path}", fields)


async def entering(stage: Stage) -> Filled:
    """A company enters the group of the own one."""
    group = await group_of(stage, "own")
    return await lone(stage, "group", group=f"{group.name} ({group.responsible_company.name})")


async def new_group(stage: Stage) -> Filled:
    """A company answers for a new group."""
    return await lone(stage, "group/new", name="Made", name_latin="", **PUBLISHED)


async def member(stage: Stage) -> Company:
    """A company of the same account manager in a group that another answers for, whose agreement lists both."""
    world, manager = stage.portal.world, stage.viewers["account_manager"]
    first = world.company(account_manager=manager)
    number = str(10**12 + secrets.randbelow(9 * 10**12))
    second = world.company(account_manager=manager, corporate_number=number, address="Tokyo", representative="Ada")
    await stage.portal.written()
    world.group_agreement(world.group(first, second), first, second)
    await stage.portal.written()
    return second


async def leaving_a_group(stage: Stage) -> Filled:
    """A member leaves."""
    made = await member(stage)
    return Filled(stage.browsers["account_manager"], f"/companies/{made.id}/group/leave", {"sure": "yes"})


async def joining(stage: Stage) -> Filled:
    """A member joins."""
    made = await member(stage)
    group = await stage.portal.owner.fetchval("select group_id from portal.group_member where company_id = $1", made.id)
    fields = {
        "begins": "2026-01-01", "signed_on": "2026-01-01", "signatory_name": "Ada", "signatory_title": "President",
        "signatory_authority": "register", "evidence": "a file",
    }  # fmt: skip
    return Filled(stage.browsers["compliance"], f"/groups/{group}/join/{made.id}", fields)


async def new_campaign(stage: Stage) -> Filled:
    """The newest version is asked for, a hundred days from now."""
    version = await template_of(stage)
    found = "select id from portal.agreement_template where version = $1"
    path = f"/agreement-templates/{await stage.portal.owner.fetchval(found, version)}/campaign"
    day = (stage.portal.world.now + 100 * DAY).date().isoformat()
    return Filled(stage.browsers["compliance"], path, {"last_day": day, "reason": "a clause", "weighed": day})


async def new_draft(stage: Stage) -> Filled:
    """An agreement for a company that was just made."""
    await template_of(stage)
    return await of_company("agreements/new", **CHOSEN)(stage)


async def other_choices(stage: Stage) -> Filled:
    """Other choices for the draft of a company that has no other."""
    company = stage.portal.world.company(account_manager=stage.viewers["account_manager"])
    await stage.portal.written()
    path = f"/companies/{company.id}/agreements/{(await drafted_for(stage, company)).id}/change"
    return Filled(stage.browsers["account_manager"], path, CHOSEN | {"replaces": "yes"})


CHOSEN = {
    "items": "name", "purposes": "contact", "contact_days": "9", "grace_days": "8", "territory": "japan",
    "begins": "2026-01-01", "ends": "2027-12-31", "signatory_name": "Ada", "signatory_title": "President",
    "signatory_email": "ada@made.example", "signatory_authority": "register",
    "mail_checked": "yes",
}  # fmt: skip


async def forward(stage: Stage) -> Filled:
    """Somebody who consented to the company, for another position of it."""
    target = await stage.target("own", "live")
    opening = stage.portal.world.opening(stage.companies["own"])
    await stage.portal.written()
    path = f"/companies/{stage.companies['own'].id}/openings/{opening.id}/candidates"
    fields = {"candidates": str(target.introduction.candidate.id), "after": ""}
    return Filled(stage.browsers["account_manager"], path, fields)


async def look(stage: Stage) -> Filled:
    """At what the company would see of somebody."""
    asked = await forward(stage)
    return Filled(asked.browser, f"{asked.path}/{asked.fields['candidates']}/preview", {"ground": "before_introducing"})


async def duty(stage: Stage) -> Filled:
    """Something that the company has to delete."""
    target = await stage.target("own", "live")
    made = await stage.portal.owner.fetchval(
        "insert into personal.deletion_duty (introduction_id, company_id, cause, ended_at, due_at, files)"
        " values ($1, $2, 'decided', now(), now(), 1) returning id",
        target.introduction.id,
        stage.companies["own"].id,
    )
    return Filled(
        stage.browsers["employer_admin"], "/deletions", {"duties": str(made), "said": "deleted", "sure": "yes"}
    )


async def own_copies(stage: Stage) -> Filled:
    """Something that the recruiter has to delete."""
    target = await stage.target("own", "live")
    made = await stage.portal.owner.fetchval(
        "with duty as (insert into personal.deletion_duty (introduction_id, company_id, cause, ended_at, due_at, files)"
        " values ($1, $2, 'decided', now(), now(), 1) returning id)"
        " insert into personal.download (entry_id, introduction_id, company_id, account_id, duty_id)"
        " select gen_random_uuid(), $1, $2, $3, duty.id from duty returning duty_id",
        target.introduction.id,
        stage.companies["own"].id,
        stage.viewers["recruiter"].id,
    )
    return Filled(stage.browsers["recruiter"], "/downloads", {"duties": str(made), "said": "deleted"})


async def contact(stage: Stage) -> Filled:
    """Somebody at the company is called otherwise."""
    path = f"/companies/{stage.companies['own'].id}/contacts/{await contact_of(stage, 'own')}"
    seen = await stage.portal.owner.fetchval("select max(changed_at) from portal.company_contact")
    fields = {"name": "Sato", "position": "", "email": "sato@made.example", "telephone": "", "seen": seen.isoformat()}
    return Filled(stage.browsers["account_manager"], path, fields)


async def activation(stage: Stage) -> Filled:
    """A company that is suspended."""
    made = stage.portal.world.company(account_manager=stage.viewers["account_manager"], status="suspended")
    await stage.portal.written()
    return Filled(stage.browsers["account_manager"], f"/companies/{made.id}/activate", {"reason": "asked for"})


async def review(stage: Stage) -> Filled:
    """A month in which somebody of the company did something."""
    company = stage.companies["own"]
    month = await past_entry(stage.portal.owner, company.id, stage.viewers["recruiter"].id)
    reviewer = str(stage.viewers["compliance"].id)
    fields = {"company": called(company), "month": f"{month:%Y-%m}", "kind": "sampled", "reviewer": reviewer}
    return Filled(stage.browsers["compliance"], "/reviews/new", fields)


async def erasure(stage: Stage) -> Filled:
    """Somebody whose erasure was looked at a first time."""
    fields = {"ground": "person_asked", "reason": "a letter", "channel": "paper", "note": "a file"}
    filled = await of_person("erasure", **fields)(stage)
    page = await filled.browser.see(await filled.browser.post(filled.path, **fields))
    return Filled(filled.browser, filled.path, {**fields, "weighed": page.form(filled.path).values["weighed"]})


RECORD = {
    "country": "VN", "corporate_number": "", "name": "Another name", "name_latin": "", "address": "Hanoi",
    "representative": "Lan",
}  # fmt: skip
# The forms that want more than their page shows: somebody or something made before, or what a kind does not tell.
FORMS: dict[str, Fill] = {
    "/agreement-templates/{template:uuid}/campaign": new_campaign,
    "/groups/{group:uuid}/list": another_list,
    "/groups/{group:uuid}/join/{asked:uuid}": joining,
    "/companies/{asked:uuid}/group": entering,
    "/companies/{asked:uuid}/group/new": new_group,
    "/companies/{asked:uuid}/group/leave": leaving_a_group,
    "/companies/{asked:uuid}/agreements/new": new_draft,
    "/companies/{asked:uuid}/agreements/{agreement:uuid}/change": other_choices,
    "/companies/{asked:uuid}/networks": of_company("networks", networks="127.0.0.0/8", weighed="=127.0.0.0/8"),
    "/companies/{asked:uuid}/contacts/{contact:uuid}": contact,
    "/companies/{asked:uuid}/activate": activation,
    "/companies/{asked:uuid}/send-to-screening": sending,
    "/companies/{asked:uuid}/openings/{opening:uuid}/candidates": forward,
    "/companies/{asked:uuid}/openings/{opening:uuid}/candidates/{person:uuid}/preview": look,
    "/screenings/{asked:uuid}": screening,
    "/successions/{asked:uuid}": succession,
    "/accounts/{account:uuid}/companies": orphan,
    "/deletions": duty,
    "/downloads": own_copies,
    "/people": person,
    "/people/{person:uuid}/consents/{asked:uuid}/withdraw": of_person("consents/{company}/withdraw", note="a call"),
    "/people/{person:uuid}/consents/new": consent,
    "/people/{person:uuid}/correction/item": of_person(
        "correction/item",
        topic="nationality",
        nationality="FR",
        source="person",
        channel="paper",
        note="a file",
        seen="",
    ),
    "/people/{person:uuid}/law": held("law", "regime = 'eea'", law="general"),
    "/people/{person:uuid}/erasure": erasure,
    "/people/{person:uuid}/restriction/lift": held("restriction/lift", "restricted_at = now()"),
    "/people/{person:uuid}/objection/lift": held("objection/lift", "objected_at = now()"),
    "/candidates/{introduction:uuid}/outcome": outcome,
    "/candidates/{introduction:uuid}/scorecards": scorecard,
    "/team/criteria/{opening:uuid}": criteria,
    "/ask": question,
    "/candidates/{introduction:uuid}/ask": question_about,
    "/questions/{question:uuid}": answer,
    "/candidates/views/new": kept_search,
    "/candidates/views/{view:uuid}/name": renamed_search,
    "/agreement/undertaking": undertaking,
    "/introductions": search("account_manager", "/introductions", standing="open"),
    "/log": search("compliance", "/log", decision="refused"),
    "/breaches": search("compliance", "/breaches", cause="defect"),
    "/reviews/new": review,
    "/provision-records": search("compliance", "/provision-records", since="2026-01-05"),
    "/accounts/new": account,
    "/accounts/{account:uuid}": change,
    "/sign": signature,
    "/sign/decline": no_signature,
    "/sign-in": sign_in,
    "/sign-in/lost-password": lost_password,
}


@dataclass
class Compared(Stage):
    """The world of the matrix, with the statement that tells whether anything in it has changed."""

    digests: Any = None


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(module_database: Database) -> AsyncIterator[Compared]:
    """The world of the matrix, with everybody signed in."""
    async with running(module_database) as portal:
        made = Compared(portal)
        await made.set()
        yield made


POSTS = [(path, access_of(one)) for path, one in routes() if "POST" in getattr(one, "http_methods", ())]
SHOWN = sorted({path for path, access in POSTS if access and (access.keeps or access.reshown)})


async def fill(stage: Stage, route: str) -> Filled:
    """The form of a route as somebody would send it."""
    return await FORMS[route](stage) if route in FORMS else await by_its_page(stage, route)


async def test_each_form_that_is_filled_in_by_hand_is_shown_again() -> None:
    assert set(FORMS) <= set(SHOWN)


@pytest.mark.parametrize("route", SHOWN)
async def test_it_does_nothing_and_the_same_form_does_something_when_it_is_sent(stage: Compared, route: str) -> None:
    form = await fill(stage, route)
    await form.browser.raw("GET", "/sign-in")
    before, entries = await stored(stage), await written(stage)
    answer = await form.browser.post(form.path, **form.fields, **{ONLY_SHOW: "yes"})
    assert (answer.status_code in (200, 422), answer.headers["content-type"]) == (True, "text/html; charset=utf-8")
    assert await stored(stage) == before
    assert {act for act, _decision in more(await written(stage), entries)} <= LOOKS
    typed = [value for name, value in form.fields.items() if name != "password"]
    shown = [str(escape(one)) for value in typed for one in ([value] if isinstance(value, str) else value)]
    assert all(f'"{value}"' in answer.text or f">{value}<" in answer.text for value in shown)

    entries = await written(stage)
    answer = await form.browser.post(form.path, **form.fields)
    if form.searches:
        assert answer.headers["location"].startswith(f"{form.path}?")
    else:
        done = {act for act, decision in more(await written(stage), entries) if decision == "permitted"}
        assert done - LOOKS or await stored(stage) != before


async def digests(owner: asyncpg.Connection) -> str:
    """A statement that gives a digest of each table but those that are compared apart."""
    tables = await owner.fetch(
        "select format('%I.%I', schemaname, tablename) as name from pg_tables"
        " where schemaname not in ('pg_catalog', 'information_schema') order by 1"
    )
    row = "(to_jsonb(one) - 'last_activity_at')::text"  # a look is noted there, and is an entry
    return " union all ".join(
        f"select '{name}' as name, md5(coalesce(string_agg({row}, ',' order by {row}), '')) as digest from {name} one"
        for (name,) in tables
        if name not in APART and not name.startswith("accesslog.entry")
    )


async def stored(stage: Compared) -> dict[str, str]:
    """A digest of each table, and how many sign-ins there are."""
    owner = stage.portal.owner
    if stage.digests is None:
        stage.digests = await owner.prepare(await digests(owner))
    found = {row["name"]: row["digest"] for row in await stage.digests.fetch()}
    return {**found, "sign-ins": str(await owner.fetchval("select count(*) from portal.session"))}


async def written(stage: Stage) -> dict[tuple[str, str], int]:
    """How many entries of each act and decision the log holds."""
    counted = "select action, decision, count(*) as times from accesslog.entry group by action, decision"
    return {(row["action"], row["decision"]): row["times"] for row in await stage.portal.owner.fetch(counted)}


def more(now: dict[tuple[str, str], int], before: dict[tuple[str, str], int]) -> set[tuple[str, str]]:
    """Of which there are more."""
    return {one for one, times in now.items() if times > before.get(one, 0)}
