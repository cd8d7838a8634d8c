"""What compliance writes about rules and alerts."""

from dataclasses import dataclass

from portal.language.i18n import N_
from portal.web.fields import choice, hidden, lines, number

DECIDED = {
    "harmless": N_("Harmless"),
    "explained": N_("Explained by whoever it was"),
    "warned": N_("Warned"),
    "suspended": N_("Account suspended"),
    "breach": N_("A breach: to be dealt with as such"),
}
SWITCHED = {"on": N_("On"), "off": N_("Off")}


@dataclass(frozen=True)
class RuleForm:
    """A rule's threshold, whether it is on, and over how many days it is tried before. `tried` is what was tried."""

    threshold: int = number(N_("Threshold"), least=1, most=1440)
    active: str = choice(N_("The rule is"), SWITCHED, widget="radios")
    days: int = number(
        N_("Try it on the last days"),
        least=1,
        most=92,
        hint=N_("From 1 to 92. What it would have found is shown first."),
    )
    tried: str = hidden(str)

    @property
    def trial(self) -> str:
        """What is tried: changed, it is tried anew."""
        return f"{self.threshold}-{self.active}-{self.days}"


@dataclass(frozen=True)
class DecisionForm:
    """What compliance decides about an alert, and why."""

    decision: str = choice(N_("Decision"), DECIDED, widget="radios")
    note: str = lines(N_("Note"), most=2000, hint=N_("What you looked at, and why you decide so. No candidate's name."))
