"""What stands on an agreement's paper: its text, and on a last page how it was signed.

Promise: the paper is a pure function of this. It says of a signature which text was shown, who signed, and how that was
made sure of. It says what they did, and where it is recorded.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

Level = Literal["B-B", "B-T", "B-LTA"]
"""Of the electronic signature (PAdES): alone, with a time-stamp, or with what judges it when certificates ended."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in one language. The Japanese one is the original (S46)."""

    language: str
    text: str

    @property
    def digest(self) -> str:
        """SHA-256 over the text as UTF-8, in hex."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the agreement, as it was when it was drafted."""

    name: str
    address: str
    representative: str
    corporate_number: str | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """What the signatory did. `entry` is its number in the access log."""

    name: str
    title: str
    authority: str
    email: str
    language: str
    declaration_version: int
    declaration_digest: str
    signed_at: datetime
    code_entered_at: datetime
    ip: str | None
    agent: str | None
    entry: UUID


@dataclass(frozen=True, slots=True)
class Countersignature:
    """Who signed for the operator. `self_made` is a certificate that the portal made for itself."""

    name: str
    signed_at: datetime
    certificate: str
    self_made: bool
    level: Level


@dataclass(frozen=True, slots=True)
class Paper:
    """An agreement with both signatures. `texts` are what was shown, the Japanese first."""

    agreement: UUID
    number: str
    version: int
    terms_digest: str
    texts: tuple[Text, ...]
    declaration: tuple[Text, ...]
    company: Party
    operator: Party
    signature: Signature
    countersignature: Countersignature
