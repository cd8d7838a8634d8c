"""The world that the browser tests look at, and the addresses of its pages."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl
from uuid import UUID

import asyncpg
from playwright.sync_api import Page

from portal.accesslog.seal.sealer import seal
from portal.app import create_app
from portal.database.viewer import new_secret
from tests.accesslog.left import left
from tests.agreements.signatures import link_session, sent, signed_by_company, to_be_signed
from tests.client import PASSWORD, Portal, settings_for
from tests.database import Database
from tests.facts import Account, Agreement, Company, Group
from tests.journeys.cast import AUNG, HAO, LINH, Cast, Person, cast
from tests.links import make_link

UMI = {"corporate_number": "8999901000033", "address": "Tokyo", "representative": "Umi Jiro"}
DRAFT = {"corporate_number": "5999901000077"}
MAI = {**LINH, "family": "Lê", "given": "Mai", "display": "Lê Mai", "latin": "Mai Le"}


# Who opens which page: every kind of page there is. A name in braces stands for the id of what `Site.address_of` says.
# "A > B?field=value" is what comes when a form with these fields is sent to B from page A.
PAGES = [
    ("nobody", "/"),
    ("nobody", "/sign-in"),
    ("nobody", "/nothing-here"),
    ("nobody", "/sign-in/lost-password"),
    ("nobody", "/link"),
    ("recruiter", "/home"),
    ("recruiter", "/board"),
    ("recruiter", "/candidates"),
    ("recruiter", "/candidates?language=en&sort=stage"),
    ("recruiter", "/candidates/views"),
    ("recruiter", "/candidates/views/new?stage=active"),
    ("recruiter", "/candidates/compare?chosen={linh}&chosen={mai}"),
    ("recruiter", "/candidates/print?chosen={linh}&chosen={mai}"),
    ("recruiter", "/candidates/{linh}"),
    ("recruiter", "/candidates/{linh}/resume?show=ja-era&beside=yes"),
    ("recruiter", "/candidates/{linh}/scorecards"),
    ("employer_admin", "/candidates/{linh}/scorecards"),
    ("employer_admin", "/team/criteria"),
    ("employer_admin", "/team/limits"),
    ("employer_admin", "/team/criteria/{opening}"),
    ("recruiter", "/candidates/{aung}"),
    ("recruiter", "/agreement"),
    ("recruiter", "/account"),
    ("recruiter", "/candidates/nobody"),
    ("recruiter", "/candidates > /candidates/decide?chosen={linh}&chosen={mai}"),
    ("recruiter", "/candidates > /candidates/decisions?chosen={linh}&every="),
    ("new recruiter", "/candidates"),
    ("new recruiter", "/agreement"),
    ("account_manager", "/companies"),
    ("account_manager", "/companies/{aoba}"),
    ("account_manager", "/companies/{stopped}/activate"),
    ("account_manager", "/companies/{draft}"),
    ("account_manager", "/companies/{draft}/send-to-screening"),
    ("account_manager", "/companies/{aoba}/suspend"),
    ("account_manager", "/companies/{aoba}/terminate"),
    ("account_manager", "/companies/{aoba}/record"),
    ("account_manager", "/companies/{aoba}/record > /companies/{aoba}/record?name=Other&country=JP"),
    ("account_manager", "/companies/{aoba}/stand-ins"),
    ("account_manager", "/companies/{aoba}/hand-over"),
    ("account_manager", "/companies/{aoba}/networks"),
    ("account_manager", "/companies/{aoba}/networks > /companies/{aoba}/networks?networks=203.0.113.0/24&seen="),
    ("account_manager", "/companies/{aoba}/people/new"),
    ("account_manager", "/companies/{aoba}/openings/{opening}/candidates"),
    ("account_manager", "/companies/{aoba}/openings/{opening}/candidates/{person_linh}/preview"),
    ("account_manager", "{preview} > {preview}?ground=person_asked_what_is_shown"),
    ("account_manager", "/introductions/{linh}/withdraw"),
    ("account_manager", "/introductions > /introductions?company=no+such"),
    ("account_manager", "/companies/{aoba}/group"),
    ("account_manager", "/companies/{aoba}/group/new"),
    ("account_manager", "/companies/{aoba}/group/leave"),
    ("account_manager", "/groups"),
    ("account_manager", "/groups/{group}"),
    ("account_manager", "/campaigns"),
    ("account_manager", "/introductions"),
    ("account_manager", "/introductions/{hao}"),
    ("account_manager", "/deletions"),
    ("employer_admin", "/downloads"),
    ("account_manager", "/reopenings"),
    ("account_manager", "/home"),
    ("compliance", "/home"),
    ("recruiter", "/ask"),
    ("recruiter", "/candidates/{linh}/ask"),
    ("account_manager", "/questions"),
    ("account_manager", "/questions/{question}"),
    ("recruiter", "/questions/{question}"),
    ("recruiter", "/downloads"),
    ("recruiter", "/candidates/{linh}/history"),
    ("account_manager", "/people"),
    ("account_manager", "/people/{person_hao}"),
    ("account_manager", "/people/{person_linh}/consents/{aoba}/withdraw"),
    ("compliance", "/log"),
    ("compliance", "/log/{entry}"),
    ("compliance", "/log/seal"),
    ("compliance", "/log/summary"),
    ("compliance", "/alerts"),
    ("compliance", "/alerts/rules"),
    ("compliance", "/provision-records"),
    ("compliance", "/breaches?company={aoba}"),
    ("compliance", "/reviews"),
    ("compliance", "/reviews/new"),
    ("employer_admin", "/team/certification"),
    ("employer_admin", "/received-records"),
    ("recruiter", "/receipts/{receipt}"),
    ("compliance", "/people/{person_linh}/law"),
    ("compliance", "/people/{person_linh}/erasure"),
    ("compliance", "/erasures"),
    ("compliance", "/people/{person_linh}/restriction/lift"),
    ("compliance", "/people/{person_linh}/objection/lift"),
    ("compliance", "/people/{person_linh}/consents/new"),
    ("compliance", "/people/{person_linh}/items"),
    ("compliance", "/people/{person_linh}/correction"),
    ("compliance", "/campaigns"),
    ("compliance", "/groups/{group}"),
    ("compliance", "/screenings"),
    ("compliance", "/countersign"),
    ("compliance", "/deletions"),
    ("compliance", "/countersign/{signed}"),
    ("compliance", "/groups/{nami}/join/{umi}"),
    ("compliance", "/groups/{nami}/join/{umi} > /groups/{nami}/join/{umi}?begins="),
    ("signatory", "/sign"),
    ("signatory", "/sign/decline"),
    ("nobody", "/sign/done"),
    ("administrator", "/accounts"),
    ("administrator", "/accounts/new"),
    ("administrator", "/accounts/{mori}"),
    ("administrator", "/accounts/{mori}/suspend"),
    ("administrator", "/accounts/{mori}/companies"),
    ("administrator", "/accounts/{mori}/companies > /accounts/{mori}/companies?company=aoba"),
]


PREVIEW = "/companies/{aoba}/openings/{opening}/candidates/{person_linh}/preview"
ASKED = """
insert into personal.question (company_id, introduction_id, body, asked_by, asked_holder)
select company_id, $1, 'May the interview be on Saturday?', id, holder from portal.account where id = $2 returning id
"""
# A form with the token of the page, filled in with these fields over those that the page's own form holds.
SEND = """([action, fields]) => {
    const form = document.createElement('form'), own = new URL(action).pathname;
    form.method = 'post';
    form.action = action;
    const put = (name, value) => form.append(Object.assign(document.createElement('input'), {name, value}));
    const there = [...document.forms].find(one => new URL(one.action).pathname === own);
    const shown = there ?? document.createElement("form");
    const given = [...new FormData(shown)].filter(([name]) => !fields.some(([one]) => one === name));
    for (const [name, value] of [...given, ...fields]) if (typeof value === 'string') put(name, value);
    if (!given.some(([name]) => name === 'csrf_token'))
        put('csrf_token', document.querySelector('input[name=csrf_token]').value);
    document.body.append(form);
    form.submit();
}"""


@dataclass
class Site:
    """Where the portal is, who can sign in, and whom they can see."""

    database: Database
    address: str
    portal: Portal
    cast: Cast
    yui: Account
    admin: Account
    people: dict[str, Person]
    entry: UUID
    receipt: UUID
    unsigned: Agreement
    signed: Agreement
    question: UUID

    async def new_session(self, role: str) -> str:
        """The secret of one more sign-in of the account that stands for a role."""
        owner = await _owner(self.database)
        try:
            if role == "signatory":
                return await link_session(owner, self.unsigned)
            account, secret = self.account(role), new_secret()
            await owner.execute(
                "insert into portal.session (account_id, secret_hash, expires_at, ip)"
                " values ($1, sha256($2), now() + interval '1 hour', '127.0.0.1')",
                account.id, secret.encode(),
            )  # fmt: skip
        finally:
            await owner.close()
        return secret

    async def new_link(self, account: Account) -> str:
        """The secret of a personal link to an account, as a mail to it would hold it."""
        owner = await _owner(self.database)
        try:
            return await make_link(owner, account.id)
        finally:
            await owner.close()

    def account(self, role: str) -> Account:
        """The account that stands for a role."""
        return {
            "recruiter": self.cast.hana, "new recruiter": self.yui, "account_manager": self.cast.mori,
            "compliance": self.cast.sato, "administrator": self.cast.abe, "employer_admin": self.admin,
        }[role]  # fmt: skip

    def address_of(self, path: str) -> str:
        """The address of a page of PAGES: an introduction by the person's name, a person by `person_` and the name."""
        ids = {name: one.introduction.id for name, one in self.people.items()}
        ids |= {f"person_{name}": one.candidate.id for name, one in self.people.items()}
        ids |= {
            "receipt": self.receipt,
            "aoba": self.cast.aoba.id,
            "mori": self.cast.mori.id,
            "entry": self.entry,
            "signed": self.signed.id,
            "question": self.question,
        }
        ids["group"], ids["nami"] = (one.id for one in self.portal.world.every(Group))
        ids |= {
            one.reference: one.id
            for one in self.portal.world.every(Company)
            if one.reference in ("umi", "stopped", "draft")
        }
        ids |= {"kita": self.cast.kita.id, "opening": self.people["linh"].introduction.opening.id}
        path = path.replace("{preview}", PREVIEW)
        return " > ".join(self.address + one.format_map(ids) for one in path.split(" > "))

    def open(self, page: Page, path: str) -> None:
        """Open a page of PAGES, also one that is the answer to a form."""
        first, _arrow, sent = self.address_of(path).partition(" > ")
        page.goto(first)
        if sent:
            address, _mark, query = sent.partition("?")
            with page.expect_navigation():
                page.evaluate(SEND, [address, parse_qsl(query, keep_blank_values=True)])


async def _owner(database: Database) -> asyncpg.Connection:
    return await asyncpg.connect(database.url("portal_owner"))


async def judged(owner: asyncpg.Connection, person: Person, admin: Account) -> None:
    """Two criteria of a person's position, and the administrator's scorecard about them, which was corrected."""
    opening = person.introduction.opening
    criteria = await owner.fetchval(
        "insert into portal.criteria (opening_id, company_id, version, codes, set_by)"
        " values ($1, $2, 1, '{skills,japanese}', $3) returning id",
        opening.id, opening.company.id, admin.id,
    )  # fmt: skip
    card = (
        "insert into personal.scorecard"
        " (introduction_id, criteria_id, written_by, ratings, recommendation, note, corrects)"
        " values ($1, $2, $3, $4, $5, 'Explains it well', $6) returning id"
    )
    first = await owner.fetchval(card, person.introduction.id, criteria, admin.id, [3, 0], "strongly", None)
    await owner.execute(card, person.introduction.id, criteria, admin.id, [3, 2], "recommended", first)


async def build(database: Database, home: Path, address: str) -> Site:
    """Write the world: Linh in selection, Aung decided, Hao withdrawn, and one to decide on."""
    settings = settings_for(database, home)
    portal = Portal(create_app(settings), database, settings, await database.connect("portal_owner"))
    made = await cast(portal)
    yui = portal.world.account("yui", "recruiter", made.aoba, display_name="Yui")
    admin = portal.world.account("rika", "employer_admin", made.aoba, display_name="Rika")
    portal.world.undertaking(made.agreement, admin)
    portal.world.password(yui, PASSWORD)
    portal.world.password(made.hana, PASSWORD)
    people = {
        "linh": await made.introduce(LINH, made.aoba),
        "aung": await made.introduce(AUNG, made.aoba),
        "hao": await made.introduce(HAO, made.aoba, withdrawn_at=portal.world.now),
        "mai": await made.introduce(MAI, made.aoba),
    }
    portal.world.outcome(people["aung"].introduction, reason="position_filled")
    portal.world.group(made.aoba, made.kita, name="Nami Group")
    portal.world.company("stopped", name="Stopped Foods", status="suspended", account_manager=made.mori)
    portal.world.company("draft", name="Draft Foods", status="pending", account_manager=made.mori, **UMI | DRAFT)
    sora, umi = portal.world.company("sora", name="Sora Foods"), portal.world.company("umi", name="Umi Foods", **UMI)
    await portal.written()
    portal.world.group_agreement(portal.world.group(sora, umi, name="Umi Group"), sora, umi)
    await portal.written()
    status = '{"code": "engineer_specialist_humanities_international", "work": "within_scope"}'  # the longest name
    of_mai = "update personal.candidate_items set residence_status = residence_status || $2 where candidate_id = $1"
    await portal.owner.execute(of_mai, people["mai"].candidate.id, status)
    decided = "update personal.introduction set stage = 'decided' where id = $1"
    await portal.owner.execute(decided, people["aung"].introduction.id)
    imported = "select gate.record_import('candidate_imported', $1, $2, null)"
    entry = await portal.owner.fetchval(imported, people["linh"].candidate.id, made.aoba.id)
    await judged(portal.owner, people["linh"], admin)
    question = await portal.owner.fetchval(ASKED, people["linh"].introduction.id, made.hana.id)
    receipt = await left(portal.owner, made.hana.id, made.aoba.id, people["linh"].introduction.id)
    unsigned, signed = await to_be_signed(portal, made.aoba), await to_be_signed(portal, made.kita)
    await sent(portal.owner, unsigned)
    await signed_by_company(portal.owner, signed)
    await seal(await database.connect("portal_worker"), home / "log-key", "test/log")
    await portal.owner.close()
    return Site(database, address, portal, made, yui, admin, people, entry, receipt, unsigned, signed, question)
