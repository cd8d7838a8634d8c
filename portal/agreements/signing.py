"""The acts of signing: an agreement is sent, signed or declined, countersigned, and its paper opened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from portal.agreements.paper.content import Countersignature, Level, Paper, Party, Signature, Text
from portal.agreements.queries import as_shown
from portal.database.unit import Unit
from portal.language.i18n import written

Answer = Literal["signed", "other_text", "other_name", "over"]
Sending = Literal["sent", "lacking", "signed", "over"]


@dataclass(frozen=True, slots=True)
class ToSign:
    """The agreement of a signatory's link, its texts with the Japanese first, and the one before it, if any."""

    agreement: dict[str, Any]
    texts: tuple[Text, ...]
    former: dict[str, Any] | None

    def shown(self, language: str) -> Text:
        """The text in this language, or the original where there is none."""
        return next((one for one in self.texts if one.language == language), self.texts[0])


async def send_agreement(unit: Unit, agreement: UUID) -> Sending | None:
    """Send the signatory a link; None when the agreement is none of the viewer's."""
    sent: Sending | None = await unit.fetchval("select gate.send_agreement($1)", agreement)
    return sent


async def withdraw_agreement(unit: Unit, agreement: UUID) -> bool | None:
    """Take the link back; false when nobody was to sign, None when the agreement is none of the viewer's."""
    done: bool | None = await unit.fetchval("select gate.withdraw_agreement($1)", agreement)
    return done


async def links_of(unit: Unit, agreements: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """How the newest link of each agreement fares: its mail's state and failure, and until when it is good."""
    rows = await unit.fetch("select * from gate.signing_links($1)", list(agreements))
    return {row["agreement_id"]: dict(row) for row in rows}


async def agreement_by_link(unit: Unit) -> ToSign | None:
    """What whoever came by a signatory's link is to sign, or has got the copy of."""
    row = await unit.fetchrow("select * from gate.agreement_by_link()")
    if row is None:
        return None
    former = {"text": row["former_text"], "number": row["former_number"], "version": row["former_version"]}
    agreement = as_shown(dict(row["agreement"]))
    return ToSign(agreement, texts_of(agreement, row["english"]), former if former["text"] else None)


def texts_of(agreement: dict[str, Any], english: str | None) -> tuple[Text, ...]:
    """The agreement's text in each language that it has, the Japanese original first."""
    original = Text("ja", agreement["text"])
    return (original,) if english is None else (original, Text("en", english))


async def declaration_texts(unit: Unit) -> dict[str, dict[str, Any]]:
    """The declaration of today by language, each with its digest in hex."""
    rows = await unit.fetch("select * from gate.declaration_texts()")
    return {row["language"]: {**row, "digest": row["text_digest"].hex()} for row in rows}


async def sign(
    unit: Unit, *, terms: bytes, shown: bytes, language: str, declaration: bytes, name: str, title: str
) -> Answer:
    """Sign for the company."""
    answer: Answer = await unit.fetchval(
        "select gate.sign_agreement($1, $2, $3, $4, $5, $6)", terms, shown, language, declaration, name, title
    )
    return answer


async def decline(unit: Unit, reason: str) -> bool:
    """Decline to sign; false when the link is over."""
    done: bool = await unit.fetchval("select gate.decline_agreement($1)", reason)
    return done


async def papers_to_sign(unit: Unit) -> list[dict[str, Any]]:
    """The agreements that wait for the operator's signature."""
    rows = await unit.fetch("select * from gate.papers_to_sign()")
    return [{**row, "company": written(row["company_name"], row["company_name_latin"])} for row in rows]


@dataclass(frozen=True, slots=True)
class ToCountersign:
    """An agreement that its company has signed: what the signatory did, and when the operator signs."""

    agreement: dict[str, Any]
    texts: tuple[Text, ...]
    signature: dict[str, Any]
    declaration: tuple[Text, ...]
    declaration_version: int
    countersigner: str
    at: datetime

    def paper(self, certificate: str, *, self_made: bool, level: Level) -> Paper:
        """What its paper is made of."""
        one, signed = self.agreement, self.signature
        return Paper(
            agreement=one["id"],
            number=one["number"],
            version=one["version"],
            terms_digest=one["terms_digest"].hex(),
            texts=self.texts,
            declaration=self.declaration,
            company=Party(
                one["company_name"],
                one["company_address"],
                one["company_representative"],
                one["company_corporate_number"],
            ),
            operator=Party(one["operator_name"], one["operator_address"], one["operator_representative"]),
            signature=Signature(
                name=signed["stated_name"],
                title=signed["stated_title"],
                authority=signed["authority"],
                email=signed["email"],
                language=signed["language"],
                declaration_version=self.declaration_version,
                declaration_digest=signed["declaration_digest"].hex(),
                signed_at=signed["signed_at"],
                code_entered_at=signed["code_entered_at"],
                ip=None if signed["ip"] is None else str(signed["ip"]),
                agent=signed["agent"],
                entry=signed["entry_id"],
            ),
            countersignature=Countersignature(self.countersigner, self.at, certificate, self_made, level),
        )


async def paper_to_sign(unit: Unit, agreement: UUID) -> ToCountersign | None:
    """What compliance countersigns; None when there is nothing for this viewer."""
    row = await unit.fetchrow("select * from gate.paper_to_sign($1)", agreement)
    if row is None:
        return None
    texts = await unit.fetch("select language, text from gate.declaration_texts_of($1)", row["declaration_version"])
    declaration = tuple(Text(one["language"], one["text"]) for one in texts)
    agreed, signed = as_shown(dict(row["agreement"])), dict(row["signature"])
    both = texts_of(agreed, row["english"])
    return ToCountersign(agreed, both, signed, declaration, row["declaration_version"], row["countersigner"], row["at"])


async def countersign(
    unit: Unit, to_sign: ToCountersign, pdf: bytes, certificate: bytes, *, self_made: bool, level: Level
) -> Literal["countersigned", "overtaken", "own_act", "joined_overlaps"] | None:
    """Sign for the operator, with the paper; None when it is not for this viewer."""
    answer: Literal["countersigned", "overtaken", "own_act", "joined_overlaps"] | None = await unit.fetchval(
        "select gate.countersign($1, $2, $3, $4, $5, $6, $7)",
        to_sign.agreement["id"], to_sign.agreement["terms_digest"], to_sign.at, pdf, certificate, self_made,
        level,
    )  # fmt: skip
    return answer


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A signed agreement as a file."""

    number: str
    version: int
    pdf: bytes

    @property
    def name(self) -> str:
        """A name for the file: a code, never a person's or a company's."""
        plain = "".join(sign for sign in self.number if sign.isascii() and (sign.isalnum() or sign in "-_"))
        return f"{plain or 'agreement'}-{self.version}.pdf"


async def open_paper(unit: Unit, agreement: UUID) -> SignedPaper | None:
    """The signed paper; None when there is none, or it is not for whoever asks. That it was opened is recorded."""
    row = await unit.fetchrow("select * from gate.open_paper($1)", agreement)
    return None if row is None else SignedPaper(row["number"], row["version"], row["pdf"])


async def papers_of(unit: Unit, agreements: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """Of these agreements those that have a paper which this viewer may open, and what signed it."""
    rows = await unit.fetch("select * from gate.papers($1)", list(agreements))
    return {row["agreement_id"]: {**row, "digest": row["digest"].hex()} for row in rows}
