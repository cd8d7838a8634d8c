"""The cast that every test uses, and the world they live in.

    people = cast(now)                       # facts in memory; nothing is in a database yet
    await people.world.write(owner)          # owner: a connection as portal_owner
    people.aiko.session.secret               # each account is signed in; give it to `signed_in`
    people.linh.introduction.id              # each candidate's introduction to Acme

Employers' people:  Aiko and Akira recruit at Acme, Chie is Acme's employer admin; Ben recruits at Beta
and is the outsider: nothing at Acme is any business of his. Gita is at Gamma abroad (Singapore).
Staff:  Daichi looks after Acme (not Beta), Emi is compliance, Fumi administrates accounts.
Candidates, all introduced to Acme but Sora:
    linh   everything open                      marta  EEA: the seven items, so no name
    noor   consent withdrawn an hour ago        oren   processing restricted
    paz    not hired an hour ago: contact only  quy    consent expired yesterday
    rosa   decided 40 days ago: all is over     sora   introduced to Beta alone
    tariq  introduced to Acme and to Beta       uma    never consented
    vera   consented to selection only, without name and photo
Every account has the password `PASSWORD` when the cast is made with `passwords=True` (slow).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.candidates.items import ALL_ITEMS, Item
from tests.facts import DAY, HOUR, Account, Agreement, Candidate, Company, Introduction, Session
from tests.world import World, items_of

PASSWORD = "correct-horse-battery-staple-42"


@dataclass(frozen=True, eq=False)
class Person:
    """An account that is signed in."""

    account: Account
    session: Session


@dataclass(frozen=True, eq=False)
class Introduced:
    """A candidate and their introduction: to Acme, but for Sora's, which is to Beta."""

    candidate: Candidate
    introduction: Introduction


@dataclass(frozen=True)
class Cast:
    """Everyone by name."""

    world: World
    acme: Company
    beta: Company
    gamma: Company
    acme_agreement: Agreement
    beta_agreement: Agreement
    aiko: Person
    akira: Person
    ben: Person
    chie: Person
    gita: Person
    daichi: Person
    emi: Person
    fumi: Person
    linh: Introduced
    marta: Introduced
    noor: Introduced
    oren: Introduced
    paz: Introduced
    quy: Introduced
    rosa: Introduced
    sora: Introduced
    tariq: Introduced
    tariq_at_beta: Introduced
    uma: Introduced
    vera: Introduced

    @property
    def open_at_acme(self) -> set[str]:
        """The candidates of whom Aiko may see anything."""
        return {"linh", "marta", "paz", "tariq", "vera"}


def cast(now: datetime, *, passwords: bool = False) -> Cast:
    """The whole cast at `now`; see the module's own words."""
    world = World(now)
    daichi = world.account("daichi", "account_manager")
    acme = world.company("acme", name="株式会社アクメ", account_manager=daichi)
    beta = world.company("beta", name="ベータ株式会社")
    gamma = world.company("gamma", name="Gamma Pte. Ltd.", country="SG")
    agreements = {company: world.agreement(company) for company in (acme, beta, gamma)}
    staff = {"emi": world.account("emi", "compliance"), "fumi": world.account("fumi", "administrator")}
    employed = {
        "aiko": world.account("aiko", "recruiter", acme),
        "akira": world.account("akira", "recruiter", acme),
        "ben": world.account("ben", "recruiter", beta),
        "chie": world.account("chie", "employer_admin", acme),
        "gita": world.account("gita", "recruiter", gamma),
    }
    for account in employed.values():
        assert account.company
        world.undertaking(agreements[account.company], account)
    accounts = {"daichi": daichi, **staff, **employed}
    if passwords:
        for account in accounts.values():
            world.password(account, PASSWORD)
    people: dict[str, Any] = {name: Person(account, world.session(account)) for name, account in accounts.items()}
    people |= _candidates(world, acme, beta)
    return Cast(
        world=world,
        acme=acme,
        beta=beta,
        gamma=gamma,
        acme_agreement=agreements[acme],
        beta_agreement=agreements[beta],
        **people,
    )


def _candidates(world: World, acme: Company, beta: Company) -> dict[str, Introduced]:
    now = world.now

    def introduced(name: str, **facts: Any) -> Introduced:
        candidate = world.candidate(name, **facts)
        return Introduced(candidate, world.introduction(candidate, acme))

    people = {
        "linh": introduced("linh", items=items_of("linh") | {"name": LINH}),
        "marta": introduced("marta", regime="eea"),
        "noor": introduced("noor"),
        "oren": introduced("oren", restricted_at=now - HOUR),
        "paz": introduced("paz"),
        "quy": introduced("quy"),
        "rosa": introduced("rosa"),
        "tariq": introduced("tariq"),
        "uma": introduced("uma"),
        "vera": introduced("vera"),
    }
    said: dict[str, dict[str, Any]] = {
        "noor": {"withdrawn_at": now - HOUR},
        "quy": {"expires_at": now - DAY},
        "vera": {"purposes": 1, "items": ALL_ITEMS & ~(Item.NAME | Item.PHOTO)},
    }
    for name, person in people.items():
        if name != "uma":
            world.consent(person.candidate, acme, **said.get(name, {}))
    world.outcome(people["paz"].introduction, recorded_at=now - HOUR)
    world.outcome(people["rosa"].introduction, recorded_at=now - 40 * DAY, result="hired")
    sora = world.candidate("sora")
    for name, candidate in (("sora", sora), ("tariq_at_beta", people["tariq"].candidate)):
        world.consent(candidate, beta)
        people[name] = Introduced(candidate, world.introduction(candidate, beta))
    return people


# A name in its own script, with the accents a search must not need.
LINH = {
    "family": "Nguyễn",
    "given": "Đức Linh",
    "family_kana": "グエン",
    "given_kana": "ドゥックリン",
    "latin": "NGUYEN DUC LINH",
    "display": "Nguyễn Đức Linh",
}
