"""The facts a world is made of: one class per table, one field per column that matters to the rule.

Moments are absolute and carry a time zone; `None` is a fact that is not there. Each class says how
it is stored: its `table`, and `row`, the columns and their values.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from ipaddress import ip_network
from typing import Any, ClassVar
from uuid import UUID

from portal.candidates.items import ALL_ITEMS, NO_ITEMS, Item
from portal.selection.reasons import REASONS

BOTH_PURPOSES = 3
# How the tests' agreements call the items.
WORDS = {
    Item.NAME: "name", Item.EMAIL: "e-mail", Item.PHOTO: "photo", Item.NATIONALITY: "nationality",
    Item.ADDRESS: "address", Item.DATE_OF_BIRTH: "date of birth", Item.AGE: "age", Item.GENDER: "gender",
    Item.TELEPHONE: "telephone", Item.BACKGROUND: "background", Item.QUALIFICATIONS: "qualifications",
    Item.RESIDENCE_STATUS: "status of residence", Item.JAPANESE_LEVEL: "Japanese", Item.RESUME_ORIGINAL: "resume",
}  # fmt: skip
# What a notice's text needs to cover everything.
EVERY_ITEM = (
    "提供する情報：氏名、メールアドレス、写真、国籍、住所、生年月日、年齢、性別、電話番号、経歴、資格、在留資格、"
    "日本語能力、履歴書の写し。"
)
LAWS_AND_ABROAD = "EEAの方へ。カリフォルニア州の方へ。外国の制度。日本との違い。会社の措置。"
BOTH_USES = "使う目的：採用選考と連絡。"


@dataclass(eq=False, kw_only=True, repr=False)
class Fact:
    """One row. Facts are the same only when they are the same object."""

    table: ClassVar[str]
    id: UUID

    def __repr__(self) -> str:
        """Kind, short id, and what is not plain; other facts by their short ids."""
        told = [f"{type(self).__name__} {self.id.hex[:4]}"]
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name not in ("id", "text") and value != one.default:
                short = value.id.hex[:4] if isinstance(value, Fact) else value
                told.append(f"{one.name}={'...' if isinstance(short, dict) else short}")
        return " ".join(told)

    def row(self) -> dict[str, Any]:
        """The columns and values it is stored as: its fields, and of other facts their ids."""
        return {
            f"{name}_id" if isinstance(value, Fact) else name: (value.id if isinstance(value, Fact) else value)
            for name, value in vars(self).items()
            if value is not None
        }


@dataclass(eq=False, kw_only=True, repr=False)
class Account(Fact):
    """Someone who signs in. Use `World.session` for a live sign-in. `capacity` counts what the account has been."""

    table = "portal.account"
    email: str
    display_name: str
    role: str
    company: "Company | None" = None
    status: str = "active"
    locale: str = "en"
    capacity: int = 1
    suspended_by_company: bool = False


class Staff(Account):
    """The operator's own people: an account of no company, written before the companies it looks after."""


@dataclass(eq=False, kw_only=True, repr=False)
class Company(Fact):
    """An employer. `country` is ISO 3166-1 alpha-2, or None when nobody has said."""

    table = "portal.company"
    reference: str
    name: str
    country: str | None = "JP"
    status: str = "active"
    account_manager: Account | None = None
    corporate_number: str | None = None
    address: str | None = None
    representative: str | None = None
    screening_asked_at: datetime | None = None
    identity_changed_at: datetime | None = None
    succeeded_at: datetime | None = None

    def row(self) -> dict[str, Any]:
        """As stored: what was another has been something."""
        changed = self.identity_changed_at is not None
        return super().row() | ({"stood_as": '{"name": "Former"}'} if changed else {})


@dataclass(eq=False, kw_only=True, repr=False)
class CompanyNetwork(Fact):
    """A range that a company's people may come from; without any they may come from anywhere."""

    table = "portal.company_network"
    company: Company
    range: str

    def row(self) -> dict[str, Any]:
        """As stored; the range is part of the key."""
        return {"company_id": self.company.id, "range": ip_network(self.range)}


@dataclass(eq=False, kw_only=True, repr=False)
class Halt(Fact):
    """An ending of an account or a company that is not written to its record yet."""

    table = "portal.halt"
    account: Account | None = None
    company: Company | None = None
    wanted: str = "suspended"


@dataclass(eq=False, kw_only=True, repr=False)
class Opening(Fact):
    """A position."""

    table = "portal.opening"
    reference: str
    company: Company
    title: str
    status: str = "open"
    closed_at: datetime | None = None
    fair_screening: bool = False


@dataclass(eq=False, kw_only=True, repr=False)
class Group(Fact):
    """Companies that belong together, and the one that answers for them."""

    table = "portal.company_group"
    reference: str
    name: str
    responsible_company: Company


@dataclass(eq=False, kw_only=True, repr=False)
class GroupList(Fact):
    """What a group publishes of its companies."""

    table = "portal.group_list"
    group: Group
    published_on: date
    text: str
    version: int = 1
    address: str = "https://group.example/list"

    def row(self) -> dict[str, Any]:
        """As stored; group and version are the key."""
        return {name: value for name, value in super().row().items() if name != "id"}


@dataclass(eq=False, kw_only=True, repr=False)
class GroupMember(Fact):
    """That a company is in a group, from when until when."""

    table = "portal.group_member"
    group: Group
    company: Company
    since: datetime
    until: datetime | None = None


@dataclass(eq=False, kw_only=True, repr=False)
class Agreement(Fact):
    """What a company promised; items and purposes it covers."""

    table = "portal.agreement"
    reference: str
    company: Company
    number: str
    effective_at: datetime
    company_signed_at: datetime | None
    operator_signed_at: datetime | None
    expires_at: datetime | None = None
    terminated_at: datetime | None = None
    superseded_at: datetime | None = None
    grace_days: int = 14
    contact_days: int = 30
    inactive_days: int | None = None
    daily_downloads: int | None = None
    items: Item = ALL_ITEMS
    purposes: int = BOTH_PURPOSES
    fair_screening: bool = False
    text: str = ""
    company_name: str | None = "Acme"
    company_address: str | None = "1 Acme Street"
    company_representative: str | None = "Ada Acme"
    company_country: str | None = "JP"
    company_corporate_number: str | None = "0000000000000"
    operator_name: str | None = "Shokai"
    operator_address: str | None = "1 Shokai Street"
    operator_representative: str | None = "Olga Operator"
    signatory_name: str | None = "Ada Acme"
    signatory_title: str | None = "President"
    signatory_email: str | None = None
    signatory_authority: str | None = "Representative in the company register"
    evidence: str | None = "tests"
    territory: list[str] | None = None
    template_version: int | None = None
    said_days: int | None = None
    said_grace: int | None = None
    said_inactive: int | None = None
    said_downloads: int | None = None
    said_items: Item | None = None
    group: Group | None = None
    joined_agreement: "Agreement | None" = None
    said_group: str | None = None

    def __post_init__(self) -> None:
        """The text says the numbers and items above, or those that are `said_` to stand in it."""
        said = (
            (self.said_days, self.contact_days),
            (self.said_grace, self.grace_days),
            (self.said_inactive, self.inactive_days),
            (self.said_downloads, self.daily_downloads),
        )
        days, grace, quiet, files = (number if written is None else written for written, number in said)
        items = Item(self.items if self.said_items is None else self.said_items)
        self.passages = {
            "contact_days": f"Contact for {days} days after the result.",
            "grace_days": f"Grace of {grace} days after a newer version.",
            "inactive_days": f"A selection ends after {quiet} days without activity.",
            "daily_downloads": f"Up to {files} files a day.",
            "items": f"Items: {', '.join(WORDS[item] for item in items)}.",
        }
        if self.said_group is not None:
            self.passages["group"] = self.said_group
        self.text = self.text or " ".join(self.passages.values())

    def row(self) -> dict[str, Any]:
        """As stored: what is said to stand in the text is in its text and its quotations."""
        row = {name: value for name, value in super().row().items() if not name.startswith("said_")}
        return row | {"passages": json.dumps(self.passages)}


class Joined(Agreement):
    """What a member of a group is under once it has joined the group's agreement, which is written before it."""


@dataclass(eq=False, kw_only=True, repr=False)
class Campaign(Fact):
    """That companies are asked to sign a version of the template; all worlds of a database have the same."""

    table = "portal.campaign"
    template_version: int
    started_at: datetime
    ends_at: datetime
    called_off_at: datetime | None = None
    reason: str = "tests"


@dataclass(eq=False, kw_only=True, repr=False)
class Undertaking(Fact):
    """One account's own promise under one agreement."""

    table = "portal.undertaking"
    agreement: Agreement
    account: Account
    accepted_at: datetime
    capacity: int = 1


@dataclass(eq=False, kw_only=True, repr=False)
class Session(Fact):
    """A sign-in. `secret` is what the browser holds; only its digest is stored."""

    table = "portal.session"
    account: Account
    secret: str
    started_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    ip: str | None = "192.168.7.7"
    must_change_password: bool = False
    capacity: int = 1

    def row(self) -> dict[str, Any]:
        """As stored: the secret as its digest."""
        row = super().row()
        row["secret_hash"] = hashlib.sha256(row.pop("secret").encode()).digest()
        return row


@dataclass(eq=False, kw_only=True, repr=False)
class Revocation(Fact):
    """The end of one sign-in, or without a session of all that began until then."""

    table = "portal.revocation"
    account: Account
    session: Session | None = None
    revoked_at: datetime


@dataclass(eq=False, kw_only=True, repr=False)
class Notice(Fact):
    """The text shown when a person was asked, and what it says. `items` None: nobody recorded what it says."""

    table = "portal.notice"
    reference: str
    published_at: datetime
    valid_until: datetime | None = None
    version: int = 1
    language: str = "ja"
    text: str = f"{EVERY_ITEM}{BOTH_USES}{LAWS_AND_ABROAD}同意は30日で終わります。"
    policy_version: date | None = date(2024, 2, 13)
    purposes: int | None = BOTH_PURPOSES
    items: Item | None = ALL_ITEMS
    regimes: int | None = 7
    explicit_items: Item | None = NO_ITEMS
    promises_expiry: bool | None = False
    most_days: int | None = None
    country: str | None = None

    def row(self) -> dict[str, Any]:
        """As stored: with words of its text for whatever needs them; without any fact when it says nothing."""
        row = super().row()
        if self.items is None:
            return row
        words = {"eea": "EEAの方へ", "california": "カリフォルニア州の方へ", "explicit": EVERY_ITEM}
        abroad = {
            "country": "外国の制度",
            "system": "外国の制度",
            "measures": "会社の措置",
            "differences": "日本との違い",
        }
        ends = {"expiry": "同意は30日で終わります"} if self.most_days else {}
        return row | {"passages": json.dumps(words | ends | (abroad if self.country else {}))}


@dataclass(eq=False, kw_only=True, repr=False)
class Candidate(Fact):
    """A data subject with the values of their items, keyed by item code (see `portal.candidates.items`)."""

    table = "personal.candidate"
    reference: str
    regime: str | None = "general"
    former_regime: str | None = None
    loosened_at: datetime | None = None
    lifted_at: datetime | None = None
    restricted_at: datetime | None = None
    objected_at: datetime | None = None
    erased_at: datetime | None = None
    items: Mapping[str, Any] = field(default_factory=dict)

    def row(self) -> dict[str, Any]:
        """As stored, but for the items, which are a row of their own."""
        return {name: value for name, value in super().row().items() if name != "items"}


@dataclass(eq=False, kw_only=True, repr=False)
class Items(Fact):
    """The stored items of one candidate; made by `World.candidate`."""

    table = "personal.candidate_items"
    candidate: Candidate

    def row(self) -> dict[str, Any]:
        """One column per item; what has a structure goes in as JSON."""
        values = {
            code: json.dumps(value) if isinstance(value, dict | list) else value
            for code, value in self.candidate.items.items()
        }
        return {"candidate_id": self.candidate.id, **values}


@dataclass(eq=False, kw_only=True, repr=False)
class Consent(Fact):
    """One statement of one person about one company. What it opens is reckoned from its notice."""

    table = "personal.consent"
    reference: str
    candidate: Candidate
    company: Company
    notice: Notice
    given_at: datetime
    expires_at: datetime | None = None
    withdrawn_at: datetime | None = None
    items: Item = ALL_ITEMS
    purposes: int = BOTH_PURPOSES
    channel: str | None = "platform"
    evidence: str | None = "tests"


@dataclass(eq=False, kw_only=True, repr=False)
class Introduction(Fact):
    """A candidate put forward for an opening."""

    table = "personal.introduction"
    reference: str
    code: str
    candidate: Candidate
    opening: Opening
    company: Company
    introduced_at: datetime
    stage: str = "introduced"
    last_activity_at: datetime


@dataclass(eq=False, kw_only=True, repr=False)
class Withdrawal(Fact):
    """An introduction was taken back."""

    table = "personal.introduction_withdrawal"
    introduction: Introduction
    withdrawn_at: datetime
    reason: str = "by_mistake"

    def row(self) -> dict[str, Any]:
        """As stored: the introduction is the key."""
        return {name: value for name, value in super().row().items() if name != "id"}


@dataclass(eq=False, kw_only=True, repr=False)
class Outcome(Fact):
    """A result. The first of its `turn` closes the selection window; one that `corrects` another does not."""

    table = "personal.outcome"
    introduction: Introduction
    turn: int = 1
    recorded_at: datetime
    result: str = "not_hired"
    reason: str | None = None  # a reason that belongs to the result, when none is said
    note: str | None = None
    corrects: "Outcome | None" = None

    def row(self) -> dict[str, Any]:
        """As stored; the column is called `corrects`, without `_id`."""
        row = super().row()
        row["reason"] = self.reason or REASONS[self.result][0]
        if "corrects_id" in row:
            row["corrects"] = row.pop("corrects_id")
        return row


@dataclass(eq=False, kw_only=True, repr=False)
class Undone(Fact):
    """A decision, which is the outcomes of one turn, stands no more."""

    table = "personal.outcome_undone"
    introduction: Introduction
    turn: int = 1
    undone_at: datetime
    how: str = "taken_back"

    def row(self) -> dict[str, Any]:
        """As stored: introduction and turn are the key."""
        return {name: value for name, value in super().row().items() if name != "id"}


@dataclass(eq=False, kw_only=True, repr=False)
class Credential(Fact):
    """What a password is checked against."""

    table = "portal.credential"
    account: Account
    salt: bytes
    proof_hash: bytes
    time_cost: int
    memory_kib: int
    parallelism: int

    def row(self) -> dict[str, Any]:
        """As stored: the account is the key."""
        return {name: value for name, value in super().row().items() if name != "id"}


@dataclass(eq=False, kw_only=True, repr=False)
class DocumentKey(Fact):
    """The wrapped data key of one candidate."""

    table = "personal.document_key"
    candidate: Candidate
    master_key_id: str = "tests"
    wrapped_key: bytes = b"wrapped"

    def row(self) -> dict[str, Any]:
        """As stored: the candidate is the key."""
        return {name: value for name, value in super().row().items() if name != "id"}


@dataclass(eq=False, kw_only=True, repr=False)
class Document(Fact):
    """A stored file of one candidate; `kind` is resume_original or photo."""

    table = "personal.document"
    candidate: Candidate
    kind: str
    title: str
    object_key: str
    content_digest: bytes
    received_digest: bytes
    bytes: int = 1000
    media_type: str = "application/pdf"
    holds: Item = ALL_ITEMS & ~Item.RESUME_ORIGINAL

    def row(self) -> dict[str, Any]:
        """As stored: a photo holds itself."""
        return super().row() | ({"holds": Item.PHOTO} if self.kind == "photo" else {})


@dataclass(eq=False, kw_only=True, repr=False)
class Network(Fact):
    """Where a range of addresses is."""

    table = "portal.network"
    range: str
    country: str

    def row(self) -> dict[str, Any]:
        """As stored; the range is its own key."""
        return {"range": self.range, "country": self.country}


MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
