"""What people send about agreements, and what makes it acceptable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from portal.language.i18n import N_, Said
from portal.values.wrong import Wrong
from portal.web.field import single
from portal.web.fields import choice, day, hidden, identifier, lines, text, ticked

OTHER_TEXT = N_("The text of the undertaking has changed in the meantime. Please read it as it is now.")
MOST_NAME = 200
SIGNED_IN = ("ja", "en")
ANSWERED = {str(number): number for number in range(1, 10)}
ANSWERS = tuple(ANSWERED)
PLACES = ("first", "second", "third")


def _digest(raw: str) -> bytes:
    """The digest of a text, as the page that showed it sends it."""
    try:
        return bytes.fromhex(raw)
    except ValueError:
        raise Wrong(OTHER_TEXT) from None


def digest() -> Any:
    """The digest of a text that the page shows, in hex."""
    return single(_digest, widget="hidden")


def answer(label: str) -> Any:
    """One question about the undertaking: the number of the choice, or None for a question that is not asked any more.
    The page says what is asked, and the gate whether it is right."""
    return choice(label, ANSWERS, read=ANSWERED, required=False, widget="radios")


@dataclass(frozen=True)
class UndertakingForm:
    """Which agreement was read, which text was shown, the three answers, and the box that says "I undertake this"."""

    agreement: UUID = identifier(widget="hidden")
    shown: bytes = digest()
    first: int | None = answer(N_("Question 1"))
    second: int | None = answer(N_("Question 2"))
    third: int | None = answer(N_("Question 3"))
    promise: bool = ticked(N_("I have read the undertaking and the agreement below, and undertake this."))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Nobody undertakes anything by leaving the box empty."""
        return {} if read["promise"] else {"promise": Said(N_("Tick the box if you accept the undertaking."))}


@dataclass(frozen=True)
class SignForm:
    """What was shown, who says that they sign, and with what authority."""

    terms: bytes = digest()
    shown: bytes = digest()
    language: str = choice("", SIGNED_IN, widget="hidden")
    declaration: bytes = digest()
    name: str = text(N_("Your name, as the agreement names you"), most=MOST_NAME, autocomplete="name")
    title: str = text(N_("Your title"), most=MOST_NAME, autocomplete="organization-title")
    authorised: bool = ticked(N_("I have the authority to sign this agreement for the company, as it is stated above."))
    declared: bool = ticked(N_("I give the declaration against antisocial forces above for the company."))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Nobody states anything by leaving a box empty."""
        wrong = {}
        if not read["authorised"]:
            wrong["authorised"] = Said(
                N_("Tick the box if you have the authority. If you have not, decline and say so.")
            )
        if not read["declared"]:
            wrong["declared"] = Said(N_("Tick the box if the company gives the declaration."))
        return wrong


@dataclass(frozen=True)
class DeclineForm:
    """Why somebody does not sign."""

    reason: str = lines(
        N_("Why you do not sign"), most=1000, hint=N_("Whoever looks after your company at the operator reads it.")
    )


@dataclass(frozen=True)
class CampaignForm:
    """Until when companies are asked to sign a new version, why, and the day of which it was said what it closes."""

    last_day: date = day(N_("Last day for signing"))
    reason: str = lines(
        N_("Why a new version is needed"), most=1000, hint=N_("The companies and whoever looks after them read it.")
    )
    weighed: str = hidden(str)


@dataclass(frozen=True)
class JoinForm:
    """A member's statement that it joins the agreement of its group."""

    begins: date = day(N_("First day"))
    signed_on: date = day(N_("Signed on"))
    signatory_name: str = text(N_("Who signs for the company"), most=MOST_NAME)
    signatory_title: str = text(N_("Title of the signatory"), most=MOST_NAME)
    signatory_authority: str = text(N_("What gives the authority to sign"), most=300)
    evidence: str = text(N_("Where the signed paper is kept"), most=300)


@dataclass(frozen=True)
class DoneAddress:
    """What the address of the page after an answer may hold: which answer it was."""

    declined: bool = ticked()
