"""A world in which every personal value is a string found nowhere else, so that a leak can be read off any output.

Marks look like `qz17email`: the candidate's number and the item. A date and a photo's id are marks too: each is
one person's alone. `forbidden(...)` are the marks that a viewer must never meet, in a result or in an error.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from portal.candidates.items import ALL_ITEMS, NO_ITEMS, Item
from tests.facts import DAY, HOUR, Account, Candidate, Session
from tests.model import EEA_ITEMS
from tests.world import World

# What colleagues write about each: notes, questions and scorecards. The recruiter filled in no scorecard.
WRITTEN = """
with writer as (select id, company_id, holder from portal.account where display_name = 'Colleague'),
     about as (select introduction.id, introduction.company_id, introduction.opening_id, writer.id as writer,
                      writer.holder, substr(introduction.reference, 1, 4) as mark
               from personal.introduction join writer on writer.company_id = introduction.company_id),
     noted as (insert into personal.note (introduction_id, body, written_by)
               select id, mark || 'noted', writer from about),
     asked as (insert into personal.question (company_id, introduction_id, body, asked_by, asked_holder)
               select company_id, id, mark || 'asked', writer, holder from about),
     criteria as (insert into portal.criteria (opening_id, company_id, version, codes, set_by)
                  select distinct on (opening_id) opening_id, company_id, 1, '{skills}'::text[], writer from about
                  returning id, opening_id)
insert into personal.scorecard (introduction_id, criteria_id, written_by, ratings, recommendation, note)
select about.id, criteria.id, writer, '{3}', 'strongly', mark || 'judged' from about join criteria using (opening_id)
"""
# What a candidate is to the recruiter who looks.
KINDS = ("open", "partly", "eea", "withdrawn", "restricted", "expired", "over", "uninvited", "elsewhere", "unbound")


@dataclass
class Marked:
    """The world, the recruiter whose secret is used, one of a temporary password, and the marks."""

    world: World
    recruiter: Account
    session: Session
    must_change_password: Session
    staff: dict[str, Session]
    people: dict[str, Candidate]
    marks: dict[str, dict[str, set[str]]]
    open: dict[str, Item] = field(default_factory=dict)

    def forbidden(self, with_secret: bool) -> set[str]:
        """Every mark of every item that is not open to the recruiter; without a secret, every mark."""
        found = set()
        for kind, items in self.marks.items():
            allowed = self.open.get(kind, NO_ITEMS) if with_secret else NO_ITEMS
            for code, marks in items.items():
                known = allowed if code == "own" else NO_ITEMS if code == "unseen" else allowed & Item[code.upper()]
                found |= set() if known else marks
        return found

    async def written(self, owner: Any) -> None:
        """Write the world, and what colleagues wrote about everybody in it."""
        await self.world.write(owner)
        await owner.execute(WRITTEN)

    @property
    def items_of_all(self) -> set[str]:
        """Every mark of every item of everyone: what no staff may meet, who know people by reference."""
        return {
            mark for items in self.marks.values() for code, marks in items.items() if code != "own" for mark in marks
        }


def marked_world(now: datetime | None = None) -> Marked:
    """Acme's recruiter, and a candidate for each of `KINDS`."""
    world = World(now or datetime.now(UTC))
    acme, beta, unbound = world.company("acme"), world.company("beta"), world.company("unbound")
    recruiter = world.account("aiko", "recruiter", acme)
    outsider = world.account("ben", "recruiter", beta)
    for company in (acme, beta, unbound):
        world.account("colleague", "recruiter", company)
    for company, account in ((acme, recruiter), (beta, outsider)):
        world.undertaking(world.agreement(company), account)
    people, marks = {}, {}
    for number, kind in enumerate(KINDS, 11):
        items = marked_items(number)
        facts: dict[str, Any] = {"items": items, "regime": "eea" if kind == "eea" else "general"}
        if kind == "restricted":
            facts["restricted_at"] = world.now - DAY
        people[kind] = world.candidate(f"qz{number}reference", **facts)
        marks[kind] = {code: set(_marks_in(value)) for code, value in items.items()}
        marks[kind]["own"] = {f"qz{number}{what}" for what in ("note", "reference", "introduction", "consent")}
        marks[kind]["background"] |= {f"qz{number}noted"}  # open where what serves the selection is
        marks[kind]["unseen"] = {f"qz{number}asked", f"qz{number}judged"}
        marks[kind]["resume_original"] = {f"qz{number}title", f"qz{number}object"}
    _said_and_done(world, people, acme, beta, unbound)
    staff = {
        role: world.session(world.account(role, role)) for role in ("account_manager", "compliance", "administrator")
    }
    opened = {"open": ALL_ITEMS, "partly": Item.BACKGROUND, "eea": EEA_ITEMS}
    must_change_password = world.session(recruiter, must_change_password=True)
    return Marked(world, recruiter, world.session(recruiter), must_change_password, staff, people, marks, opened)


def _said_and_done(world: World, people: dict[str, Candidate], acme: Any, beta: Any, unbound: Any) -> None:
    for number, (kind, candidate) in enumerate(people.items(), 11):
        company = {"elsewhere": beta, "unbound": unbound}.get(kind, acme)
        introduction = world.introduction(candidate, company, reference=f"qz{number}introduction")
        world.document(candidate, "resume_original", title=f"qz{number}title", object_key=f"qz{number}object")
        said: dict[str, Any] = {"reference": f"qz{number}consent"}
        said |= {"withdrawn_at": world.now - HOUR} if kind == "withdrawn" else {}
        said |= {"expires_at": world.now - HOUR} if kind == "expired" else {}
        said |= {"items": Item.BACKGROUND} if kind == "partly" else {}
        if kind != "uninvited":
            world.consent(candidate, company, **said)
        if kind in ("over", "elsewhere"):
            world.outcome(introduction, recorded_at=world.now - 60 * DAY, note=f"qz{number}note")


def marked_items(number: int) -> dict[str, Any]:
    """All items of one person, each with marks."""

    def mark(what: str) -> str:
        return f"qz{number}{what}"

    name = {part: mark(part) for part in ("family", "given", "latin", "display")}
    background = {"label": mark("label"), "summary": mark("summary"), "work": [{"company": mark("work")}]}
    return {
        "name": {**name, "family_kana": None, "given_kana": None},
        "email": mark("email"),
        "photo": UUID(f"{number:02}abcdef-aaaa-4aaa-8aaa-{number:02}abcdefabcd"),
        "nationality": mark("nationality"),
        "address": {"country": "JP", "line": mark("line")},
        "date_of_birth": date(1870 + number, 11, 13),
        "gender": mark("gender"),
        "telephone": mark("telephone"),
        "background": background,
        "qualifications": [{"name": mark("qualification")}],
        "residence_status": {"code": "student", "detail": mark("residence"), "work": "none"},
        "japanese_level": {"test": mark("test"), "rank": 3},
    }


def _marks_in(value: Any) -> list[str]:
    found = re.findall(r"qz\d\d[a-z]+", str(value))
    return found or [str(value)]


def leaks(text: str, forbidden: set[str]) -> set[str]:
    """The forbidden marks in a text, in whatever case."""
    lower = text.lower()
    return {mark for mark in forbidden if mark.lower() in lower}
