"""Excel workbooks: the first sheet, read row by row, as text.

Promise: a workbook is looked at before it is opened, so that one that unpacks to more than the
limit, hides another kind of archive or carries a document type is refused unread.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from portal.intake.limits import (
    TABLE_COLUMNS,
    TABLE_ROWS,
    WORKBOOK_PARTS,
    WORKBOOK_UNPACKED_BYTES,
)
from portal.intake.problems import Problem, Unreadable
from portal.web.i18n import N_

CHUNK = 1024 * 1024
LARGE_PARTS = re.compile(r"xl/(worksheets/[^/]+|sharedStrings\.xml|media/[^/]+)")
NOT_A_WORKBOOK = N_("a workbook that Excel or LibreOffice saved as .xlsx")


def workbook_rows(path: Path, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Each row of the first sheet with its number; one with a formula goes to `problems` instead,
    for its value is not in the sender's hands. Raises Unreadable."""
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
            if any(cell.data_type == "f" for cell in cells if cell.value is not None):
                problems.append(Problem(path.name, N_("values instead of formulas"), number))
            else:
                yield number, [as_text(cell.value) for cell in cells]
    except (IndexError, KeyError, ValueError, ParseError, SyntaxError):
        raise Unreadable(Problem(path.name, NOT_A_WORKBOOK)) from None
    finally:
        book.close()


def inspect(path: Path) -> None:
    """Raises Unreadable when the archive holds too much, or XML that defines entities. The sizes
    are counted while unpacking: what the archive says of itself is not believed."""
    unpacked = 0
    with ZipFile(path) as archive:
        if len(archive.infolist()) > WORKBOOK_PARTS:
            raise Unreadable(Problem(path.name, NOT_A_WORKBOOK))
        for part in archive.infolist():
            with archive.open(part) as content:
                beginning = content.read(CHUNK)
                if b"<!DOCTYPE" in beginning or (part.filename.endswith((".xml", ".rels")) and b"\0" in beginning[:4]):
                    raise Unreadable(Problem(path.name, NOT_A_WORKBOOK))
                if len(beginning) == CHUNK and not LARGE_PARTS.fullmatch(part.filename):
                    raise Unreadable(
                        Problem(path.name, NOT_A_WORKBOOK)
                    )  # styles and the like, read whole, take minutes
                unpacked += len(beginning)
                while unpacked <= WORKBOOK_UNPACKED_BYTES and (more := content.read(CHUNK)):
                    unpacked += len(more)
            if unpacked > WORKBOOK_UNPACKED_BYTES:
                raise Unreadable(
                    Problem(
                        path.name,
                        N_("a workbook of at most {limit} MB when unpacked"),
                        details={"limit": str(WORKBOOK_UNPACKED_BYTES // CHUNK)},
                    )
                )


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
        case _:
            return str(value)
