"""What is wrong with something that was handed in, said so that its sender can put it right.

Promise: every problem names the file, the row, the field, the value as it was written and what would be right.
It is written in the language in force when it is shown. A value is quoted short and cannot steer a terminal.
"""

import dataclasses
from collections.abc import Iterable, Mapping

from portal.language.i18n import Said
from portal.language.i18n import gettext as _

VALUE_LENGTH = 60
SHOWN = 3

Name = tuple[str, ...]
"""What others call a record: its table and its key, as in ("openings", "OP-1"). The table alone: all of it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was refused. `wanted` is an English message id with `{details}`: what goes on from
    “expected”, or a whole `sentence`; `said`, where there is one, is that with its values. `row`
    counts from 1 as an editor or a spreadsheet shows it, None where a file has no rows. `name` is that of the
    record which is refused, `lacks` that of one it refers to and which is not there."""

    file: str
    wanted: str
    row: int | None = None
    field: str | None = None
    value: str | None = None
    details: Mapping[str, str] = dataclasses.field(default_factory=dict)
    name: Name = ()
    lacks: Name = ()
    sentence: bool = False
    said: Said | None = None

    def explained(self) -> str:
        """What would be right, in the language in force."""
        return str(self.said) if self.said else _(self.wanted).format(**self.details)

    def told(self) -> str:
        """All that is said after the place: the value and what would be right, in the language in force."""
        said = self.explained()
        if not self.sentence and self.said is None:
            said = _("expected {wanted}").format(wanted=said)
        if self.value is None or not self.value.strip():
            return f": {said}"
        has = _(" has “{value}”: {said}") if self.field else _(" contains “{value}”: {said}")
        return has.format(value=self.value, said=said)

    def place(self) -> str:
        """File, row and field, as in "consents.csv:12 items"."""
        file = shown(self.file)
        at = file if self.row is None else f"{file}:{self.row}"
        return at if self.field is None else f"{at} {self.field}"


def shown(value: object) -> str:
    """The value without control characters or line ends: a name of a file can hold any."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in str(value))


def quoted(value: object) -> str:
    """The value as it can be shown: one line, no control characters, at most 60 characters."""
    text = shown(value)
    return text if len(text) <= VALUE_LENGTH else text[: VALUE_LENGTH - 1] + "\N{HORIZONTAL ELLIPSIS}"


def first_of(marks: Iterable[str]) -> str:
    """The first few rows or references of many, as in "2, 3, 4 …"."""
    ordered = sorted(marks, key=lambda mark: (len(mark), mark))
    return shown(", ".join(ordered[:SHOWN])) + (" \N{HORIZONTAL ELLIPSIS}" if len(ordered) > SHOWN else "")


def named(table: str, keys: Iterable[object]) -> Name:
    """The name of a record with these keys; () where one of them is empty. E-mails are the same in any case."""
    name = (table, *(str(key).lower() if table == "accounts" else str(key) for key in keys))
    return name if all(name) else ()


class Unreadable(Exception):
    """A whole file or record is refused; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.wanted)
        self.problem = problem
