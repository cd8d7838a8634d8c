"""What staff send about people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from portal.candidates.items import ALL_ITEMS, Item, Purpose, codes_of, item_of
from portal.language.i18n import N_, Said
from portal.language.zone import JAPAN
from portal.people.actions import How
from portal.people.consents import Given
from portal.people.grounds import CHANNELS, GROUNDS
from portal.web.fields import choice, choices, day, file, identifier, moment, sought, text
from portal.web.uploads import Upload

LARGEST_SCAN = 20 * 1024 * 1024
PURPOSES = ("selection", "contact")
LAWS = ("general", "california")
NOTE = N_("Note of the call, or where the paper is kept")
NOTE_HINT = N_("Who said it and when, or the file's number. No more about the person than that.")


@dataclass(frozen=True)
class FindForm:
    """Whom somebody looks for: by number, or by name on a ground."""

    number: str = text(
        N_("Reference number"), most=100, required=False, hint=N_("The platform's number of the person, whole.")
    )
    name: str = text(
        N_("Name"), most=100, required=False, hint=N_("Only without the number. Each name that is shown is recorded.")
    )
    ground: str | None = choice(
        N_("Why you look for a name"), GROUNDS, words="ground", required=False, blank=N_("Choose a reason")
    )

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """A number, or a name with its ground."""
        number, name = read.get("number"), read.get("name")
        if not number and not name:
            return {"number": Said(N_("Please enter a reference number, or a name and why you look for it."))}
        if number and name:
            return {"name": Said(N_("Please leave this empty: the number names one person."))}
        if name and "ground" in read and read["ground"] is None:
            return {"ground": Said(N_("Please say why: a look at a name is recorded with its reason."))}
        return {}


@dataclass(frozen=True)
class WithdrawForm:
    """One field and a button: withdrawing is as easy as it can be."""

    note: str = text(NOTE, most=500, hint=NOTE_HINT)

    @property
    def how(self) -> How:
        """The same as the act takes it."""
        return How(None, self.note)


@dataclass(frozen=True)
class SaidForm:
    """How something was said, and where its proof is."""

    channel: str = choice(N_("How it was said"), CHANNELS, words="channel", widget="radios", initial="telephone")
    note: str = text(NOTE, most=500, hint=NOTE_HINT)

    @property
    def how(self) -> How:
        """The same as the act takes it."""
        return How(self.channel, self.note)


@dataclass(frozen=True)
class LoosenForm:
    """The looser law of a person, why, and where the proof is."""

    law: str = choice(N_("The law from now on"), LAWS, words="regime", blank=N_("Choose one"))
    reason: str = text(N_("Reason"), most=500)
    evidence: str = text(N_("Where the proof is kept"), most=500, hint=N_("A number, or a file's name."))


@dataclass(frozen=True)
class LiftForm:
    """Why a restriction or an objection is lifted, and where the proof is."""

    reason: str = text(N_("Reason"), most=500)
    evidence: str = text(N_("Where the proof is kept"), most=500, hint=N_("A number, or a file's name."))

    @property
    def law(self) -> None:
        """The law stays."""


@dataclass(frozen=True)
class GroundForm:
    """Why somebody looks at what is personal."""

    ground: str = choice(N_("Why you look"), GROUNDS, words="ground", widget="radios")


@dataclass(frozen=True)
class ConsentForm:
    """What a person agreed to, and its evidence: a scan, a note of the call, or both."""

    company: UUID = sought(N_("Company"), at="called")
    notice: UUID = identifier(
        N_("Notice that was shown"),
        blank=N_("Choose a notice"),
        hint=N_("Its version, and the language in which it was shown or read to the person."),
    )
    items: tuple[str, ...] = choices(N_("What may be shown"), codes_of(ALL_ITEMS), words="item")
    purposes: tuple[str, ...] = choices(N_("What for"), PURPOSES, words="purpose")
    given_at: datetime = moment(N_("When it was given"))
    until_day: date | None = day(N_("Last day"), required=False, hint=N_("Needed where the notice promises an end."))
    channel: str = choice(N_("How it was said"), CHANNELS, words="channel", widget="radios", initial="paper")
    note: str = text(NOTE, most=500, required=False, hint=NOTE_HINT)
    scan: Upload | None = file(
        N_("Scan of the paper"), most=LARGEST_SCAN, required=False, hint=N_("A PDF, JPEG or PNG. It is kept sealed.")
    )

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """A note of a call, and of a paper where it is or its scan."""
        if "note" not in read or "scan" not in read or read["note"] or read["scan"]:
            return {}
        return {"note": Said(N_("Please say where the evidence is, or add the scan."))}

    @property
    def given(self) -> Given:
        """The same as the act takes it. It ends with the last day, as clocks show it in Japan."""
        items = Item(sum(item_of(code) for code in self.items))
        purposes = sum(Purpose[code.upper()] for code in self.purposes)
        ends = datetime.combine(self.until_day + timedelta(days=1), time(), JAPAN) if self.until_day else None
        given = self.given_at
        return Given(self.company, self.notice, items, purposes, given, ends, self.channel, self.note or None)
