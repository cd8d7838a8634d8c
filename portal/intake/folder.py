"""A folder's tables and texts, read and checked; its candidates are read one by one (`people`).

Promise: rows that hold are kept however many others do not, and no table is left unread: a file whose name the importer
does not know is reported.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from pydantic import ValidationError

from portal.intake import people
from portal.intake.explain import problems_of
from portal.intake.limits import TEXT_BYTES
from portal.intake.problems import Problem, Unreadable, named, quoted
from portal.intake.records import (
    Account,
    Agreement,
    Company,
    Consent,
    Introduction,
    Notice,
    Opening,
    Outcome,
    Record,
)
from portal.intake.tables import ENDINGS, Row, check_file, find_table, read_table
from portal.language.i18n import N_

R = TypeVar("R", bound=Record)

MODELS: dict[str, type[Record]] = {
    "companies": Company,
    "openings": Opening,
    "accounts": Account,
    "agreements": Agreement,
    "notices": Notice,
    "consents": Consent,
    "introductions": Introduction,
    "outcomes": Outcome,
}


@dataclass(frozen=True, slots=True)
class Placed(Generic[R]):
    """A record, where it stands and the row's filled cells as written, so that whatever is found later can
    name the row and quote it."""

    record: R
    file: str
    row: int
    cells: Mapping[str, str]

    def problem(self, wanted: str, field: str | None = None, **details: str) -> Problem:
        """A problem with this row; the value is what stands in the field."""
        value = self.cells.get(field) if field else None
        name = named(Path(self.file).stem, (getattr(self.record, column) for column in self.record.CALLED))
        shown = None if value is None else quoted(value)
        return Problem(self.file, wanted, self.row, field, shown, details, name)

    def lacking(self, wanted: str, field: str, table: str, *keys: object) -> Problem:
        """A problem with this row: what `field` refers to, the record of `table` with these keys, is not there."""
        return replace(self.problem(wanted, field), lacks=named(table, keys))


class Tables:
    """Every record that holds, by table; every problem found on the way; how many records of each
    table (or whole tables) were refused."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = list(strangers(folder))
        self.refused: Counter[str] = Counter()
        self.companies = self._read("companies", Company)
        self.openings = self._read("openings", Opening)
        self.accounts = self._read("accounts", Account)
        self.agreements = self._read("agreements", Agreement)
        self.notices = self._read("notices", Notice)
        self.consents = self._read("consents", Consent)
        self.introductions = self._read("introductions", Introduction)
        self.outcomes = self._read("outcomes", Outcome)

    def count(self) -> int:
        """How many records hold."""
        return sum(len(getattr(self, name)) for name in MODELS)

    def _read(self, name: str, model: type[R]) -> list[Placed[R]]:
        try:
            path = find_table(self.folder, name)
            return [] if path is None else list(self._unique(self._valid(path, model)))
        except Unreadable as refused:
            self.problems.append(replace(refused.problem, name=(name,)))
            self.refused[name] += 1
            return []

    def _valid(self, path: Path, model: type[R]) -> Iterator[Placed[R]]:
        for row in read_table(path, frozenset(model.model_fields), self.problems, model.CALLED):
            try:
                yield Placed(_record(model, row), row.file, row.number, row.cells)
            except ValidationError as refused:
                self.problems += problems_of(refused, row.file, row.number, row.name)
                self.refused[path.stem] += 1

    def _unique(self, rows: Iterator[Placed[R]]) -> Iterator[Placed[R]]:
        first: dict[str, int] = {}
        for placed in rows:
            key = placed.record.key
            if key in first:
                self.refused[Path(placed.file).stem] += 1
                wanted = N_("each record once: row {row} has the same key")
                self.problems.append(
                    Problem(
                        placed.file,
                        wanted,
                        placed.row,
                        value=quoted(key),
                        details={"row": str(first[key])},
                    )
                )
            else:
                first[key] = placed.row
                yield placed


def _record(model: type[R], row: Row) -> R:
    return model.model_validate(row.cells)


def strangers(folder: Path) -> Iterator[Problem]:
    """Tables that no one would read, and a `candidates` that is not a folder of its own."""
    for path in sorted(folder.iterdir()):
        if people.is_passed_over(path.name):
            continue
        if path.suffix.lower() in {*ENDINGS, ".xls", ".tsv", ".ods"} and (
            path.stem not in MODELS or path.suffix not in ENDINGS
        ):
            known = ", ".join(f"{name}.csv" for name in MODELS)
            yield Problem(
                path.name,
                N_("one of the tables {known}, or the same as .xlsx"),
                details={"known": known},
                name=(path.stem,),
            )
        elif path.name == people.FOLDER and (path.is_symlink() or not path.is_dir()):
            yield Problem(path.name, N_("a folder, not a link, with a folder for each candidate"), name=(path.name,))


def read_text(folder: Path, placed: Placed[Agreement] | Placed[Notice]) -> str:
    """The text that an agreement or a notice names. Raises Unreadable when it is not a text file inside the folder."""
    path = folder / placed.record.text_file
    try:
        if path.resolve().is_relative_to(folder.resolve()):
            check_file(path, placed.record.text_file, TEXT_BYTES)
            return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").strip() + "\n"
    except Unreadable as refused:
        raise Unreadable(placed.problem(refused.problem.wanted, "text_file", **refused.problem.details)) from None
    except (UnicodeDecodeError, ValueError, OSError):
        pass
    raise Unreadable(placed.problem(N_("a text file in UTF-8 inside the folder"), "text_file"))
