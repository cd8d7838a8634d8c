"""What is sent about introductions before they are made, when they are taken back, and after they are over."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from portal.disclosure.preview import GROUNDS
from portal.language.i18n import N_, Said
from portal.selection.deletions import ATTESTED
from portal.selection.forward import MOST
from portal.selection.reopening import REOPENED_BECAUSE
from portal.selection.withdrawal import BECAUSE
from portal.values.wrong import Wrong
from portal.web.field import Field, Sent, made
from portal.web.fields import CHOOSE, CHOOSE_SOME, choice, hidden, text, ticked


def chosen(sent: Sent) -> tuple[UUID, ...]:
    """The records that were chosen, each once. Which of them can be is the gate's to say."""
    if not sent:
        raise Wrong(CHOOSE_SOME)
    try:
        found = tuple(dict.fromkeys(UUID(one) for one in sent))
    except ValueError:
        raise Wrong(CHOOSE) from None
    if len(found) > MOST:
        raise Wrong(N_("Please choose at most %(most)s."), most=str(MOST))
    return found


@dataclass(frozen=True)
class ForwardForm:
    """Who is to be put forward, and where the page began on which they were chosen."""

    candidates: tuple[UUID, ...] = made(
        Field(read=chosen, widget="checkboxes", label=N_("Candidates to put forward"), plain=True)
    )
    after: str = hidden(str)


@dataclass(frozen=True)
class AttestationForm:
    """Which duties are closed, and how."""

    duties: tuple[UUID, ...] = made(Field(read=chosen, widget="checkboxes", label=N_("To delete"), plain=True))
    said: str = choice(N_("What you attest"), ATTESTED, words="attested", widget="radios")
    sure: bool = ticked(
        N_("I have made sure of it for every copy: files, prints, mails and shared folders of all our people.")
    )

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Nothing is attested by the way."""
        return {} if read["sure"] else {"sure": Said(N_("Please tick this box to attest it."))}


@dataclass(frozen=True)
class OwnAttestationForm:
    """Of which own copies, and what became of them."""

    duties: tuple[UUID, ...] = made(Field(read=chosen, widget="checkboxes", label=N_("To delete"), plain=True))
    said: str = choice(N_("What you attest"), ATTESTED, words="own_attested", widget="radios")


@dataclass(frozen=True)
class MoreForm:
    """Why more files are needed today than the agreement says."""

    reason: str = text(
        N_("Why you need more today"),
        most=300,
        hint=N_("Such as that fifteen people are interviewed tomorrow. Name no candidate."),
    )


def _one(raw: str) -> UUID:
    """Which request is answered."""
    try:
        return UUID(raw)
    except ValueError:
        raise Wrong(CHOOSE) from None


@dataclass(frozen=True)
class NeedForm:
    """Which request is answered, and how."""

    asked: UUID = hidden(_one)
    answer: str = choice("", ("yes", "no"), widget="hidden")


@dataclass(frozen=True)
class ReopenForm:
    """Why a selection should be reopened."""

    reason: str = choice(N_("Why it should be reopened"), REOPENED_BECAUSE, words="reopened_because", widget="radios")


@dataclass(frozen=True)
class ForwardPage:
    """Where a page of those who can be put forward begins."""

    after: str = text(most=1000, required=False, plain=True)


@dataclass(frozen=True)
class PreviewForm:
    """Why somebody looks at what a company would see."""

    ground: str = choice(N_("Why you look"), GROUNDS, words="preview_ground", widget="radios")


@dataclass(frozen=True)
class WithdrawIntroductionForm:
    """Why an introduction is withdrawn."""

    reason: str = choice(N_("Reason"), BECAUSE, words="withdrawn_because", widget="radios")
