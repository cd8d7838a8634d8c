"""The consents, introductions and outcomes of the demo world, as rows of its tables.

Every kind of consent that can be met in practice is here by name. Days count from the import, so
that what is about to end is about to end on whatever day the demo is loaded.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.demo.cast import Person, Sent

COMPANY_OF = {
    "1": "AOBA",
    "2": "HOKUTO",
    "3": "CAMPANELLA",
    "4": "SHIROTSUME",
    "5": "KESTREL",
    "6": "SEIRAN",
    "7": "HINATA",
    "8": "SAZANAMI",
    "9": "SEIRANFOODS",
}
EEA = "nationality;address;date_of_birth;telephone;background;qualifications;japanese_level"
NARROWED = "name;email;background;qualifications;japanese_level"
CALIFORNIA = f"name;email;photo;{EEA};resume_original"
BOTH = "selection;contact"
NOT_HIRED = ("skills_not_matching", "japanese_level_for_work", "position_filled", "conditions_not_agreed")
WITHDRAWN = ("candidate_declined", "accepted_elsewhere")
DECIDERS = {
    "AOBA": ("misaki.tachibana@aobanomori.example.jp", "ryota.minase@aobanomori.example.jp"),
    "HOKUTO": ("kenji.shirakaba@hokuto-mio.example.jp",),
    "CAMPANELLA": ("daigo.tsukumo@campanella-butsuryu.example.jp",),
    "SEIRAN": ("honoka.asagiri@seiran-hotels.example.jp",),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of consent differs from the ordinary one, given two days before the introduction."""

    items: str = "default"
    purposes: str = BOTH
    expires: str = "today+300d"
    withdrawn: str = ""
    notice: tuple[str, str] = ("sharing", "3")
    channel: str = "platform"


KINDS = {
    "live": Kind(),
    "all": Kind(items="all"),
    "expiring": Kind(items="all", expires="today+5d"),
    "expired": Kind(expires="today-1d"),
    "withdrawn": Kind(withdrawn="today-1d"),
    "narrowed": Kind(items=NARROWED, channel="telephone"),
    "contact": Kind(items="name;email;telephone", purposes="contact"),
    "selection": Kind(purposes="selection"),
    "abroad": Kind(items="all", notice=("sharing-abroad", "3")),
    "abroad-without": Kind(items="all"),
    "eea": Kind(items=EEA, notice=("sharing-eea", "2")),
    "eea-explicit": Kind(items=f"name;email;{EEA}", notice=("sharing-eea", "2")),
    "california": Kind(items=CALIFORNIA, notice=("sharing-california", "1")),
}
# What was first said under a notice that does not speak to the person's law, and said anew under one that does.
SAID_FIRST = {"eea": EEA, "eea-explicit": f"name;email;{EEA}", "california": "all"}
# A home of before has another statement under the first number: what it says, a later one does not alter.
NUMBERS = {"abroad": 2}
EVIDENCE = {"platform": "record", "telephone": "call note", "paper": "scan"}


def company_of(opening: str) -> str:
    """The company an opening belongs to, by the first digit of its number."""
    return COMPANY_OF[opening.removeprefix("OP-")[0]]


def introductions(people: list[Person]) -> Iterator[list[str]]:
    """Rows of introductions.csv. What is decided is at "offer" until its outcome is read."""
    yield ["reference", "candidate", "opening", "stage", "introduced_at"]
    for person in people:
        for sent in person.sent:
            stage = "offer" if sent.result == "hired" else "interview" if sent.result else sent.stage
            yield [_introduction(person, sent), person.ref, sent.opening, stage, f"today-{sent.days}d 10:30"]


def outcomes(people: list[Person]) -> Iterator[list[str]]:
    """Rows of outcomes.csv."""
    yield ["introduction", "result", "reason", "note", "recorded_at", "recorded_by"]
    decided = [(person, sent) for person in people for sent in person.sent if sent.result]
    for number, (person, sent) in enumerate(decided):
        reason, note = _why(sent.result or "", number)
        deciders = DECIDERS[company_of(sent.opening)]
        yield [
            _introduction(person, sent),
            sent.result or "",
            reason,
            note,
            f"today-{sent.decided_days}d 16:00" if sent.decided_days else "now-5h",
            deciders[number % len(deciders)],
        ]


def consents(people: list[Person]) -> Iterator[list[str]]:
    """Rows of consents.csv: one per person and company, two where the first was replaced."""
    yield [
        "reference", "candidate", "company", "notice", "notice_version", "language", "items", "purposes",
        "given_at", "expires_at", "withdrawn_at", "channel", "evidence",
    ]  # fmt: skip
    for person in people:
        asked: dict[str, tuple[str, int]] = {}
        for sent in person.sent:
            asked.setdefault(company_of(sent.opening), (sent.consent, sent.days + 2))
        for company, kind in person.also:
            asked.setdefault(company, (kind, 4))
        for company, (kind, days) in asked.items():
            yield from _statements(person, company, kind, days)


def _statements(person: Person, company: str, kind: str, days: int) -> Iterator[list[str]]:
    if kind == "none":
        return
    if kind == "anew":
        yield _row(person, company, 1, Kind(items="all", withdrawn=f"today-{days - 1}d"), days + 10)
        yield _row(person, company, 2, Kind(items="all", channel="paper"), 3)
    elif kind == "narrowed":
        yield _row(person, company, 1, KINDS["all"], days)
        yield _row(person, company, 2, KINDS["narrowed"], 1)
    elif kind in SAID_FIRST:
        yield _row(person, company, 1, Kind(items=SAID_FIRST[kind]), days)
        yield _row(person, company, 2, KINDS[kind], days - 1)
    else:
        yield _row(person, company, NUMBERS.get(kind, 1), KINDS[kind], days)


def _row(person: Person, company: str, number: int, kind: Kind, days: int) -> list[str]:
    reference = f"CS-{person.ref}-{company}-{number}"
    notice, version = kind.notice
    return [
        reference,
        person.ref,
        company,
        notice,
        version,
        _language(person),
        kind.items,
        kind.purposes,
        f"today-{days}d 09:15",
        kind.expires,
        kind.withdrawn,
        kind.channel,
        f"{EVIDENCE[kind.channel]} {reference.removeprefix('CS-')}",
    ]


def _language(person: Person) -> str:
    """The language in which the person was asked; notices exist in these four."""
    if person.lang == "en":
        return "en"
    return {"VN": "vi", "MM": "my"}.get(person.facts[0], "ja")


def _introduction(person: Person, sent: Sent) -> str:
    return f"IN-{person.ref}-{sent.opening.removeprefix('OP-')}"


def _why(result: str, number: int) -> tuple[str, str]:
    if result == "hired":
        return "offer_accepted", "条件面談を終え、入社日を調整中です。"
    if result == "withdrawn":
        return WITHDRAWN[number % len(WITHDRAWN)], ""
    reason = NOT_HIRED[number % len(NOT_HIRED)]
    return reason, "別の職種での再応募を歓迎します。" if reason == "position_filled" else ""
