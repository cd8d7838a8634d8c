"""Problems that follow from another one: a row refused because a row it refers to was refused before.

Promise: whatever a sender has to put right is told by itself; what will be right of its own accord
afterwards is told in one line for each file and the file it depends on.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from portal.intake.problems import Name, Problem, first_of, shown
from portal.language.i18n import N_

PEOPLE = "candidates"

Place = tuple[str, str]
"""Where a problem is: a table and its row, or `candidates` and the reference of one; "" for the whole."""


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, in their order, with those that follow from others gathered. They come in the order in
    which they were met: nothing follows from what was met later."""
    began: dict[Name, Place] = {}
    groups: dict[tuple[str, str], _Group] = {}
    told: list[Problem | _Group] = []
    for problem in problems:
        place = _place(problem)
        cause = began.get(problem.lacks) or began.get(problem.lacks[:1])
        if problem.name:
            began.setdefault(problem.name, cause or place)
        if cause is None:
            told.append(problem)
        elif cause != place:  # the row's own problem has been told
            key = (place[0], cause[0])
            if key not in groups:
                told.append(groups.setdefault(key, _Group(problem)))
            groups[key].add(place, cause)
    return [each.as_one() if isinstance(each, _Group) else each for each in told]


@dataclass(slots=True)
class _Group:
    """What follows in one file from problems of another; `first` is the first of it."""

    first: Problem
    places: dict[Place, None] = field(default_factory=dict)
    causes: dict[Place, None] = field(default_factory=dict)

    def add(self, place: Place, cause: Place) -> None:
        self.places[place] = None
        self.causes[cause] = None

    def as_one(self) -> Problem:
        """One row is shown as it stands; of more, the file, how many, and the first of them."""
        cause = _listed(self.causes)
        if len(self.places) == 1:
            wanted = N_("{cause} has to be right first: this depends on it.")
            return replace(self.first, wanted=wanted, details={"cause": cause}, sentence=True)
        file = next(iter(self.places))[0]
        if file == PEOPLE:
            wanted = N_("{cause} has to be right first: {count} candidates depend on it ({which}).")
        else:
            wanted = N_("{cause} has to be right first: {count} rows depend on it ({which}).")
        details = {"cause": cause, "count": str(len(self.places)), "which": _marks(self.places)}
        return Problem(file, wanted, details=details, sentence=True)


def _place(problem: Problem) -> Place:
    folder, _, rest = problem.file.partition("/")
    if folder == PEOPLE:
        return folder, rest.partition("/")[0]
    return problem.file, "" if problem.row is None else str(problem.row)


def _listed(places: dict[Place, None]) -> str:
    """As in "openings.csv:3, 7" or "candidates/P1, P7"; all are of one file."""
    file, _mark = next(iter(places))
    if (file, "") in places:
        return shown(file)
    return f"{shown(file)}{'/' if file == PEOPLE else ':'}{_marks(places)}"


def _marks(places: dict[Place, None]) -> str:
    return first_of(mark for _file, mark in places)
