"""Reading a table from CSV or a workbook, whichever the sender has.

Promise: every cell comes back as the text that was written, with the row as an editor shows it.
Nothing is calculated: a formula is refused, and text that looks like one stays text. A file that
is too large, damaged or not what its name says is refused whole, with the reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.intake.csv_files import csv_rows
from portal.intake.limits import TABLE_BYTES, TABLE_COLUMNS, TABLE_ROWS
from portal.intake.problems import Name, Problem, Unreadable, named, quoted
from portal.intake.workbooks import workbook_rows
from portal.language.i18n import N_

# What spreadsheets show, and save, where a formula has no value.
CELL_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"}
)
ENDINGS = {".csv": csv_rows, ".xlsx": workbook_rows}


@dataclass(frozen=True, slots=True)
class Row:
    """One record: the file's name, the row's number (the first line is 1), its filled cells, and what
    other tables call it."""

    file: str
    number: int
    cells: dict[str, str]
    name: Name = ()


def find_table(folder: Path, name: str) -> Path | None:
    """The table called `name`, as .csv or .xlsx; None when there is none. Raises Unreadable when
    there are both, or when it is not an ordinary file of permitted size."""
    found = [path for ending in ENDINGS if (path := folder / f"{name}{ending}").exists()]
    if len(found) > 1:
        raise Unreadable(
            Problem(
                found[1].name,
                N_("one file of the two: the same table as .csv and as .xlsx cannot be told apart"),
            )
        )
    for path in found:
        check_file(path, path.name, TABLE_BYTES)
        return path
    return None


def check_file(path: Path, name: str, limit: int) -> None:
    """Raises Unreadable unless `path` is an ordinary file of at most `limit` bytes."""
    if path.is_symlink() or not path.is_file():
        raise Unreadable(Problem(name, N_("an ordinary file, not a link or a folder")))
    size = path.stat().st_size
    if size > limit:
        raise Unreadable(
            Problem(
                name,
                N_("a file of at most {limit} KB; this one has {size} KB"),
                details={"limit": str(limit // 1024), "size": str(size // 1024)},
            )
        )


def read_table(
    path: Path, columns: frozenset[str], problems: list[Problem], called: tuple[str, ...] = ()
) -> Iterator[Row]:
    """The rows of one table, which others call by the columns `called`. Columns are matched by name, in any
    order and case; what no column of `columns` is called goes to `problems` once. Raises Unreadable."""
    lines = ENDINGS[path.suffix](path, problems)
    header: list[str] | None = None
    for number, (line, cells) in enumerate(lines):
        if number > TABLE_ROWS:
            raise Unreadable(Problem(path.name, N_("at most {rows} rows"), details={"rows": str(TABLE_ROWS)}))
        if header is None:
            header = _header(path.name, line, cells, columns, problems)
            continue
        filled = {name: cell.strip() for name, cell in zip(header, cells, strict=False) if name and cell.strip()}
        name = named(path.stem, (filled.get(column, "") for column in called)) if called else ()
        if broken := next((column for column, cell in filled.items() if cell.upper() in CELL_ERRORS), None):
            wanted = N_("a value: the spreadsheet could not calculate this one")
            problems.append(Problem(path.name, wanted, line, broken, quoted(filled[broken]), name=name))
            continue
        if any(cell.strip() for cell in cells[len(header) :]):
            problems.append(
                Problem(
                    path.name,
                    N_("as many cells as the header has: is a comma inside a value not in quotes?"),
                    line,
                    name=name,
                )
            )
        elif filled:
            yield Row(path.name, line, filled, name)
    if header is None:
        raise Unreadable(Problem(path.name, N_("a first line with the names of the columns")))


def _header(file: str, line: int, cells: list[str], columns: frozenset[str], problems: list[Problem]) -> list[str]:
    names = [cell.strip().lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    known = ", ".join(sorted(columns))
    if len(names) > TABLE_COLUMNS or not columns & set(names):
        raise Unreadable(
            Problem(
                file,
                N_("a first line with the names of the columns: {known}"),
                line,
                details={"known": known},
            )
        )
    for position, name in enumerate(names):
        if name in names[:position] and name:
            raise Unreadable(Problem(file, N_("each column once"), line, value=quoted(name)))
        if name and name not in columns:
            problems.append(
                Problem(
                    file,
                    N_("one of the known columns ({known}); this one is left out"),
                    line,
                    value=quoted(name),
                    details={"known": known},
                )
            )
    return [name if name in columns else "" for name in names]
