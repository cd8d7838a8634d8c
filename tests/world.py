"""Worlds: facts put together in Python, written to a database in one go, read by the rule and by the model alike.

    world = World(now)                            # every moment below is relative to it
    acme = world.company("acme")
    aiko = world.account("aiko", "recruiter", acme)
    world.undertaking(world.agreement(acme), aiko)
    linh = world.candidate("linh")
    world.consent(linh, acme)
    introduction = world.introduction(linh, acme)
    session = world.session(aiko)
    await world.write(owner)                      # owner: a connection as portal_owner
    async with signed_in(web, session.secret):    # web: a connection as portal_web
        await web.fetch("select * from gate.disclose($1, null, 'listed', 16383)", [introduction.id])

Everything not said is the plain case: an active company in Japan, an agreement in force and a consent
live since ten days, both covering everything, an introduction of yesterday. Any field of a fact can
be given by name. `write` may be called again: it writes what was added since.
"""

import hashlib
import json
import secrets
import uuid
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from portal.accounts import passwords
from portal.selection.codes import new_code
from tests.facts import (
    DAY,
    HOUR,
    Account,
    Agreement,
    Campaign,
    Candidate,
    Company,
    CompanyNetwork,
    Consent,
    Credential,
    Document,
    DocumentKey,
    Fact,
    Group,
    GroupList,
    GroupMember,
    Halt,
    Introduction,
    Items,
    Joined,
    Network,
    Notice,
    Opening,
    Outcome,
    Revocation,
    Session,
    Staff,
    Undertaking,
    Undone,
    Withdrawal,
)

F = TypeVar("F", bound=Fact)

# The order in which tables can be filled.
ORDER: tuple[type[Fact], ...] = (
    Network, Notice, Staff, Company, CompanyNetwork, Account, Credential, Opening, Campaign,
    Group, GroupList, GroupMember, Agreement, Joined, Undertaking,
    Session, Revocation, Halt, Candidate, Items, Document, DocumentKey, Consent, Introduction, Withdrawal, Outcome,
    Undone,
)  # fmt: skip


class World:
    """All the facts about some companies and people at one `now`."""

    def __init__(self, now: datetime, new_id: Callable[[], UUID] = uuid.uuid4) -> None:
        """An empty world. `new_id` makes the ids of its facts."""
        self.now = now
        self.facts: list[Fact] = []
        self._kinds: dict[type[Fact], list[Any]] = {}
        self._new_id = new_id
        self._written = 0
        self._notice: Notice | None = None

    def every(self, kind: type[F]) -> list[F]:
        """All facts of one kind."""
        return self._kinds.get(kind, [])

    def add(self, kind: type[F], /, **values: Any) -> F:
        """A new fact of that kind."""
        made = kind(id=self._new_id(), **values)
        self.facts.append(made)
        self._kinds.setdefault(kind, []).append(made)
        return made

    def new_mark(self) -> str:
        """A short text that no other fact has."""
        return self._new_id().hex[:12]

    def company(self, reference: str | None = None, **values: Any) -> Company:
        """A company with one opening, `"<reference>-1"`."""
        reference = reference or self.new_mark()
        company = self.add(Company, reference=reference, **{"name": reference.title(), **values})
        self.opening(company, f"{reference}-1")
        return company

    def opening(self, company: Company, reference: str | None = None, **values: Any) -> Opening:
        """A further opening."""
        reference = reference or self.new_mark()
        return self.add(Opening, reference=reference, company=company, **{"title": f"Opening {reference}", **values})

    def first_opening(self, company: Company) -> Opening:
        """The opening that the company was made with."""
        return next(opening for opening in self.every(Opening) if opening.company is company)

    def agreement(self, company: Company, **values: Any) -> Agreement:
        """An agreement signed by both and in force since ten days."""
        since = self.now - 10 * DAY
        mark = self.new_mark()
        usual = {"company_signed_at": since, "operator_signed_at": since, "effective_at": since}
        return self.add(
            Agreement,
            reference=mark,
            company=company,
            number=f"A-{mark}",
            **{**usual, **values},
        )

    def group(self, *companies: Company, **values: Any) -> Group:
        """A group of these companies since a hundred days: the first answers for it, and its list names all."""
        mark = self.new_mark()
        usual = {"reference": mark, "name": f"Group {mark}", "responsible_company": companies[0]}
        group = self.add(Group, **{**usual, **values})
        names = "\n".join(company.name for company in companies)
        self.add(GroupList, group=group, published_on=(self.now - 90 * DAY).date(), text=f"Jointly used by:\n{names}")
        for company in companies:
            self.add(GroupMember, group=group, company=company, since=self.now - 100 * DAY)
        return group

    def group_agreement(self, group: Group, *companies: Company, **values: Any) -> Agreement:
        """The agreement of a group, whose text names it and these companies."""
        said = f"For {group.name}: " + " ".join(company.name for company in companies)
        usual = {"group": group, "said_group": said}
        return self.agreement(group.responsible_company, **{**usual, **values})

    def joined(self, agreement: Agreement, company: Company, **values: Any) -> Agreement:
        """That a member has joined the agreement of its group, as it stands."""
        mark = self.new_mark()
        same = (
            "items", "purposes", "contact_days", "grace_days", "inactive_days", "daily_downloads", "fair_screening",
            "territory", "company_signed_at", "operator_signed_at", "effective_at",
        )  # fmt: skip
        usual = {name: getattr(agreement, name) for name in same}
        usual |= {"reference": mark, "number": f"A-{mark}", "company": company, "joined_agreement": agreement}
        return self.add(Joined, **{**usual, **values})

    def account(self, name: str, role: str, company: Company | None = None, **values: Any) -> Account:
        """Someone who may sign in: `name@<company>.example`, or `@operator.example` for staff."""
        place = company.reference if company else "operator"
        usual = {"email": f"{name}@{place}.example", "display_name": name.title()}
        kind = Account if company else Staff
        return self.add(kind, role=role, company=company, **{**usual, **values})

    def undertaking(self, agreement: Agreement, account: Account, **values: Any) -> Undertaking:
        """The account accepted the agreement's undertaking nine days ago."""
        usual = {"accepted_at": self.now - 9 * DAY}
        return self.add(Undertaking, agreement=agreement, account=account, **{**usual, **values})

    def session(self, account: Account, **values: Any) -> Session:
        """A live sign-in, from a network in Japan."""
        usual = {
            "secret": secrets.token_hex(32),
            "started_at": self.now - HOUR,
            "last_seen_at": self.now,
            "expires_at": self.now + 11 * HOUR,
        }
        return self.add(Session, account=account, **{**usual, **values})

    def candidate(self, reference: str | None = None, **values: Any) -> Candidate:
        """A person under the general regime with every item filled; give `items` to say otherwise."""
        reference = reference or self.new_mark()
        usual = {"items": items_of(reference)}
        candidate = self.add(Candidate, reference=reference, **{**usual, **values})
        self.add(Items, candidate=candidate)
        return candidate

    def consent(self, candidate: Candidate, company: Company, **values: Any) -> Consent:
        """A consent given ten days ago, to everything."""
        if self._notice is None:
            mark, since = self.new_mark(), self.now - 400 * DAY
            self._notice = self.add(Notice, reference=mark, published_at=since)
        usual = {"given_at": self.now - 10 * DAY, "notice": self._notice, "reference": self.new_mark()}
        return self.add(Consent, candidate=candidate, company=company, **{**usual, **values})

    def introduction(self, candidate: Candidate, place: Company | Opening, **values: Any) -> Introduction:
        """The candidate was put forward yesterday, for the opening or the company's first one."""
        opening = self.first_opening(place) if isinstance(place, Company) else place
        usual = {"reference": self.new_mark(), "introduced_at": self.now - DAY, "last_activity_at": self.now - DAY}
        return self.add(
            Introduction,
            code=new_code(),
            candidate=candidate,
            opening=opening,
            company=opening.company,
            **{**usual, **values},
        )

    def outcome(self, introduction: Introduction, **values: Any) -> Outcome:
        """A result recorded an hour ago."""
        usual = {"recorded_at": self.now - HOUR}
        return self.add(Outcome, introduction=introduction, **{**usual, **values})

    def password(self, account: Account, password: str) -> Credential:
        """What lets the account sign in with this password."""
        made = passwords.new_credentials(password)
        costs = asdict(made.parameters)
        return self.add(Credential, account=account, salt=made.salt, proof_hash=made.proof_hash, **costs)

    def document(self, candidate: Candidate, kind: str, **values: Any) -> Document:
        """A stored file with a key. A photo should also be the candidate's `photo` item."""
        digest = hashlib.sha256(self._new_id().bytes).digest()
        if not any(key.candidate is candidate for key in self.every(DocumentKey)):
            self.add(DocumentKey, candidate=candidate)
        usual = {"title": f"{kind}.pdf", "object_key": self.new_mark()}
        return self.add(
            Document,
            candidate=candidate,
            kind=kind,
            content_digest=digest,
            received_digest=digest,
            **{**usual, **values},
        )

    def network(self, range: str, country: str) -> Network:
        """A range of addresses outside (or inside) Japan."""
        return self.add(Network, range=range, country=country)

    async def write(self, owner: Any) -> None:
        """Writes what was added since the last time, as portal_owner."""
        new, self._written = self.facts[self._written :], len(self.facts)
        await write(owner, new)


def items_of(reference: str) -> dict[str, Any]:
    """A value for each stored item, recognisable as this person's."""
    digits = f"{int(hashlib.sha256(reference.encode()).hexdigest(), 16) % 10**8:08}"
    title = reference.title()
    return {
        "name": {
            "family": f"Family{title}", "given": title, "family_kana": None, "given_kana": None,
            "latin": f"{title} Family{title}", "display": f"{title} Family{title}",
        },
        "email": f"{reference}@person.example",
        "photo": uuid.uuid5(uuid.NAMESPACE_DNS, reference),
        "nationality": "VN",
        "address": {"country": "JP", "postal_code": "100-0001", "region": "東京都", "city": "千代田区",
                    "line": f"{reference} 1-2-3"},
        "date_of_birth": datetime(1996, 4, 1).date(),
        "age": 30,
        "gender": f"gender of {reference}",
        "telephone": f"+8190{digits}",
        "background": {"label": f"background of {reference}", "summary": None, "work": [], "education": [],
                       "skills": [], "languages": [], "motivation": None, "wishes": None, "available_from": None},
        "qualifications": [{"name": f"qualification of {reference}", "issuer": None, "date": None}],
        "residence_status": {"code": "student", "detail": f"residence of {reference}", "expires": None,
                             "work": "with_permission"},
        "japanese_level": {"test": "JLPT", "level": "N2", "score": 120, "date": f"level of {reference}",
                           "rank": 4, "cefr": "B2"},
    }  # fmt: skip


async def write(owner: Any, facts: Iterable[Fact]) -> None:
    """Inserts facts, of one world or many, table by table. `owner` is a connection as portal_owner."""
    facts = list(facts)
    for kind in ORDER:
        rows = [fact.row() for fact in facts if type(fact) is kind]
        for columns, alike in groupby(sorted(rows, key=len), key=lambda row: tuple(sorted(row))):
            places = ", ".join(f"${place}" for place, _ in enumerate(columns, 1))
            await owner.executemany(
                f"insert into {kind.table} ({', '.join(columns)}) values ({places})"
                + (" on conflict do nothing" if kind in (Network, Campaign) else ""),
                [[row[column] for column in columns] for row in alike],
            )


@asynccontextmanager
async def signed_in(
    web: Any, secret: str | None, ip: str | None = None, agent: str | None = "Tests/1.0"
) -> AsyncIterator[UUID]:
    """A transaction of `web` (portal_web) in the session of this secret; gives the request's id."""
    request = uuid.uuid4()
    async with web.transaction():
        await arrive(web, secret, request, ip, agent)
        yield request


async def arrive(web: Any, secret: str | None, request: UUID, ip: str | None = None, agent: str | None = None) -> Any:
    """The first statement of a transaction, as the portal's own unit of work runs it; who it is, or None."""
    note = {"id": str(request), "agent": agent} | ({} if ip is None else {"ip": ip})
    return await web.fetchrow("select * from gate.arrive($1, $2)", secret or "", json.dumps(note))
