"""What an import left as it stands in the portal, though a file says something else: told, and no error.

Promise: an operator reads each such difference with what stands in the portal; rows that differ in the same
way come in one line.
"""

from collections.abc import Iterable
from dataclasses import replace

from portal.intake.problems import Problem, first_of
from portal.language.i18n import N_

AHEAD = N_("The portal is already at “{stands}” and stays there: a stage only moves forward.")
ROWS_AHEAD = N_(
    "In {count} rows ({which}) the portal is already at “{stands}” and stays there: a stage only moves forward."
)

MOVED = N_("A person of the company moved it to “{stands}” in the portal, and it stays there.")
ROWS_MOVED = N_(
    "In {count} rows ({which}) a person of the company moved the introduction to “{stands}” in the portal, and it "
    "stays there."
)

MANAGED = N_("{stands} looks after this company in the portal and goes on to: companies are handed over there.")
ROWS_MANAGED = N_(
    "{stands} looks after the companies of {count} rows ({which}) in the portal and goes on to: "
    "companies are handed over there."
)
TOGETHER = {AHEAD: ROWS_AHEAD, MOVED: ROWS_MOVED, MANAGED: ROWS_MANAGED}


def alike(notices: Iterable[Problem]) -> list[Problem]:
    """The notices, in the order of the first of each kind, with those that say the same of several rows gathered."""
    groups: dict[tuple[str, str | None, str | None, str], list[Problem]] = {}
    for each in notices:
        groups.setdefault((each.file, each.field, each.value, each.details["stands"]), []).append(each)
    return [group[0] if len(group) == 1 else _as_one(group) for group in groups.values()]


def _as_one(group: list[Problem]) -> Problem:
    which = first_of(str(each.row) for each in group)
    details = {**group[0].details, "count": str(len(group)), "which": which}
    return replace(group[0], wanted=TOGETHER[group[0].wanted], row=None, details=details)
