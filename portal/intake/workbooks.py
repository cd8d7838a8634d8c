"""Excel workbooks: the first sheet, read row by row, as text.

Promise: a workbook is looked at before it is opened (`workbook_parts`). No cell comes out longer than one of
a CSV file may be. A row that stands far down costs no more than its number.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import repeat
from operator import is_
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.cell.read_only import EMPTY_CELL
from openpyxl.utils.escape import unescape
from openpyxl.utils.exceptions import InvalidFileException

from portal.intake.limits import CELL_CHARACTERS, TABLE_COLUMNS, TABLE_ROWS
from portal.intake.problems import Problem, Unreadable
from portal.intake.workbook_parts import NOT_A_WORKBOOK, inspect
from portal.language.i18n import N_


def workbook_rows(path: Path, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Each row of the first sheet with its number; one with a formula, whose value is not in
    the sender's hands, or with an overlong cell goes to `problems` instead. Raises Unreadable."""
    try:
        inspect(path)
        book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    except (
        BadZipFile,
        InvalidFileException,
        KeyError,
        ValueError,
        OSError,
        ParseError,
        SyntaxError,
    ):
        raise Unreadable(Problem(path.name, NOT_A_WORKBOOK)) from None
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(max_row=TABLE_ROWS + 2, max_col=TABLE_COLUMNS + 1), start=1):
            if all(map(is_, cells, repeat(EMPTY_CELL))):  # a far row has 200,000 of these before it
                yield number, []
                continue
            match _cells(path, number, cells):
                case Problem() as problem:
                    problems.append(problem)
                case texts:
                    yield number, texts
    except (IndexError, KeyError, ValueError, ParseError, SyntaxError):
        raise Unreadable(Problem(path.name, NOT_A_WORKBOOK)) from None
    finally:
        book.close()


def _cells(path: Path, number: int, cells: Sequence[Cell | MergedCell]) -> list[str] | Problem:
    """The row's texts, or what is wrong with it."""
    filled = [cell.value is not None for cell in cells]
    if any(cell.data_type == "f" for cell, full in zip(cells, filled, strict=True) if full):
        return Problem(path.name, N_("values instead of formulas"), number)
    texts = [as_text(cell.value) for cell in cells]
    if any(len(text) > CELL_CHARACTERS for text in texts):
        limit = {"limit": str(CELL_CHARACTERS)}
        return Problem(path.name, N_("cells of at most {limit} characters"), number, details=limit)
    return texts


def as_text(value: object) -> str:
    """What a cell's value looks like written into a CSV file."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime() if value.time() == time(0, 0):
            return value.date().isoformat()
        case datetime() | date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case str():
            return unescape(value)  # a carriage return is written as _x000D_
        case _:
            return str(value)
