"""What the law asks for when data leaked: whether the authority is told, until when, and what the report says.

Sources: APPI 26 with Rules 7 and 8 and the Commission's guidelines (domain facts, section 2); GDPR 33. The day on which
the operator came to know counts as the first. A last day of the final report on which offices are closed is the next
open one.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from portal.language.zone import JAPAN

CAUSES = ("stolen_account", "wrong_recipient", "lost_device", "wrongful_purpose", "defect", "not_known")
TRIGGERS = ("special_care", "financial", "wrongful_purpose")
# Causes that are the case "wrongful_purpose", ticked or not.
WRONGFUL = frozenset({"stolen_account", "wrongful_purpose"})
MANY = 1001  # persons: more than a thousand


@dataclass(frozen=True, slots=True)
class Clocks:
    """Until when: `preliminary` is first and last day of "promptly", `gdpr` is None where nobody is of the EEA."""

    preliminary: tuple[date, date]
    final: date
    gdpr: datetime | None


def triggers(said: Collection[str], persons: int, cause: str | None = None) -> tuple[str, ...]:
    """Which of the four cases are there in which the authority and the persons are to be told."""
    there = {*said, "wrongful_purpose"} if cause in WRONGFUL else said
    found = tuple(one for one in TRIGGERS if one in there)
    return (*found, "many") if persons >= MANY else found


def clocks(known: datetime, found: Collection[str], eea: int, closed: Collection[date]) -> Clocks:
    """The clocks from the moment on which the operator came to know."""
    first = known.astimezone(JAPAN).date()
    days = 60 if "wrongful_purpose" in found else 30
    final = first + timedelta(days=days - 1)
    while final.isoweekday() > 5 or final in closed:
        final += timedelta(days=1)
    return Clocks(
        (first + timedelta(days=2), first + timedelta(days=4)), final, known + timedelta(hours=72) if eea else None
    )
