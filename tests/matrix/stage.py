"""The world of the matrix: two companies, a viewer of each role, and candidates in each state of consent."""

import secrets
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from portal.database.viewer import new_secret
from tests.client import Browser, Portal
from tests.facts import DAY, HOUR, Account, Agreement, Company, Credential, Document, Introduction, Opening
from tests.links import open_link
from tests.matrix.expected import ROLES, SIDES, STATES
from tests.papers import store_document, store_evidence
from tests.world import items_of

CRITERIA = """
insert into portal.criteria (opening_id, company_id, version, codes, set_by)
select opening.id, opening.company_id, 1, '{skills}', $2 from portal.opening where opening.id = $1
on conflict do nothing
"""
DECIDED = """
select one::text || (select count(*) from personal.outcome where introduction_id = one.id)
from personal.introduction one where one.id = $1
"""
VERSION = "select max(version) from portal.criteria where opening_id = $1"


@dataclass
class Target:
    """One candidate, introduced to one company."""

    introduction: Introduction
    mark: str
    document: Document | None = None
    statement: UUID | None = None

    def is_named_in(self, text: str) -> bool:
        """Whether the person's name is in a page."""
        name: str = self.introduction.candidate.items["name"]["display"]
        return name in text

    def leaks_into(self, text: str) -> bool:
        """Whether anything personal is: every value of an item holds the mark, or is the telephone number."""
        telephone: str = self.introduction.candidate.items["telephone"]
        return self.mark in text.lower() or telephone in text


@dataclass
class Stage:
    """Who and what the matrix needs."""

    portal: Portal
    companies: dict[str, Company] = field(default_factory=dict)
    agreements: dict[str, Agreement] = field(default_factory=dict)
    viewers: dict[str, Account] = field(default_factory=dict)
    targets: dict[tuple[str, str], Target] = field(default_factory=dict)
    browsers: dict[str, Browser] = field(default_factory=dict)
    missing: dict[str, bytes] = field(default_factory=dict)
    entries: dict[UUID, str] = field(default_factory=dict)
    receipts: dict[UUID, str] = field(default_factory=dict)
    drafts: dict[tuple[str, str], tuple[Agreement, str]] = field(default_factory=dict)
    spare: dict[tuple[str, str], tuple[Target, str]] = field(default_factory=dict)
    other: UUID | None = None

    async def set(self) -> None:
        """Write the world, and have each viewer sign in and look at a page that does not exist."""
        world = self.portal.world
        for role in ("account_manager", "compliance", "administrator"):
            self.viewers[role] = world.account(role, role)
        managers = {"own": self.viewers["account_manager"], "other": world.account("second", "account_manager")}
        world.facts.append(cheap_password(managers["other"]))
        await self.portal.written()
        for side in SIDES:
            self.companies[side] = world.company(f"{side}-company", account_manager=managers[side])
            self.agreements[side] = world.agreement(self.companies[side], daily_downloads=1000)
        for role, code in (
            ("recruiter", "recruiter"),
            ("employer_admin", "employer_admin"),
            ("temporary", "recruiter"),
        ):
            self.viewers[role] = world.account(role, code, self.companies["own"])
            world.undertaking(self.agreements["own"], self.viewers[role])
        for side in SIDES:
            for state in STATES:
                self.targets[side, state] = await self.target(side, state)
        await self.portal.written()
        for role in ROLES:
            self.browsers[role] = await self.browser(role)
            self.missing[role] = (await self.browsers[role].raw("GET", "/companies/nothing-of-that-name")).content

    async def browser(self, role: str) -> Browser:
        """A browser of this role, signed in anew."""
        if role == "nobody":
            return self.portal.browser()
        if role in ("link", "awaits"):
            account = await self.account_of("own")
            secret = await open_link(self.portal.owner, account.id, awaits_code=role == "awaits")
            browser = self.portal.browser()
            browser.http.cookies.set("portal", secret, domain="localhost.local")
            return browser
        return await self.portal.signed_in(self.viewers[role], must_change_password=role == "temporary")

    async def target(self, side: str, state: str) -> Target:
        """One more candidate of a company, in a state."""
        world, company, mark = self.portal.world, self.companies[side], secrets.token_hex(5)
        candidate = world.candidate(secrets.token_hex(5), items=items_of_a_person(mark))
        consent = _consent(state, world.now)
        if consent is not None:
            world.consent(candidate, company, **consent)
        ago = 2 * DAY if (side, state) in self.targets else HOUR  # the matrix's own stand first in each list
        introduction = world.introduction(candidate, company, introduced_at=world.now - ago)
        if state == "closed":
            world.outcome(introduction)
            introduction.stage = "decided"
        document = await store_document(self.portal, candidate, "resume_original")
        await self.portal.written()
        return Target(introduction, mark, document)

    async def unchanged(self, side: str, state: str) -> Target:
        """Likewise, or the one that was given before, when nobody has changed or decided it since."""
        target, was = self.spare.get((side, state), (None, None))
        if target is None or await self.portal.owner.fetchval(DECIDED, target.introduction.id) != was:
            target = await self.target(side, state)
            self.spare[side, state] = target, await self.portal.owner.fetchval(DECIDED, target.introduction.id)
        return target

    async def beside(self) -> UUID:
        """An introduction of the own company that is open, and is none of the matrix's own."""
        if self.other is None:
            self.other = (await self.target("own", "live")).introduction.id
        return self.other

    async def assignee(self, target: Target) -> UUID | str:
        """Whose a candidate is; empty for nobody's."""
        found = "select assigned_to from personal.introduction where id = $1"
        return await self.portal.owner.fetchval(found, target.introduction.id) or ""

    async def criteria(self, opening: Opening) -> str:
        """The version of the criteria that stand for a position; its first ones are set when there are none."""
        await self.portal.owner.execute(CRITERIA, opening.id, self.viewers["employer_admin"].id)
        return str(await self.portal.owner.fetchval(VERSION, opening.id))

    async def statement_of(self, target: Target) -> UUID:
        """What a candidate said on paper, with its scan."""
        if target.statement is None:
            assert target.document is not None, "each target has a stored file"
            target.statement = await store_evidence(self.portal, target.document, self.viewers["compliance"])
        return target.statement

    async def account_of(self, side: str, **values: Any) -> Account:
        """One more account of a company."""
        made = self.portal.world.account(secrets.token_hex(5), "recruiter", self.companies[side], **values)
        await self.portal.written()
        return made

    async def twin(self, role: str) -> Account | None:
        """One more account like the viewer of this role; None for nobody."""
        if role not in self.viewers or role == "temporary":
            return None
        company = self.viewers[role].company
        made = self.portal.world.account(secrets.token_hex(5), role, company)
        await self.portal.written()
        return made

    async def session_of(self, account: Account) -> str:
        """The id of one more sign-in of an account."""
        session = self.portal.world.session(account, secret=new_secret())
        await self.portal.written()
        return str(session.id)


def cheap_password(account: Account) -> Credential:
    """A password nobody knows, of the lowest costs, which the answers for unknown accounts then have as well."""
    cheap = {"time_cost": 1, "memory_kib": 8, "parallelism": 1}
    return Credential(id=uuid4(), account=account, salt=bytes(16), proof_hash=bytes(32), **cheap)


def items_of_a_person(mark: str) -> dict[str, Any]:
    """Every item but a photo, as an import would have made them; whatever could name the person holds the mark."""
    items = items_of(mark)
    del items["photo"]
    return items | {
        "gender": "female",
        "residence_status": {"code": "student", "detail": None, "expires": "2027-03-31", "work": "with_permission"},
        "japanese_level": {**items["japanese_level"], "date": "2025-12-07"},
    }


def _consent(state: str, now: Any) -> dict[str, Any] | None:
    ended = now - HOUR
    kinds: dict[str, dict[str, Any] | None] = {
        "live": {},
        "closed": {},
        "withdrawn": {"withdrawn_at": ended},
        "expired": {"given_at": now - 20 * DAY, "expires_at": ended},
        "none": None,
    }
    return kinds[state]
