"""Several files as one ZIP that leaves while it is made, and the sheet that says what is in it.

Promise: nothing but the newest file is held in memory, and what somebody typed is never a formula in the sheet.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

WIDE = 24


class _Leaving:
    """Where the ZIP is written to: what is there is taken away, and never gone back to."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: bytes, /) -> int:
        """Keep it until it is taken."""
        self._parts.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        """There is nothing behind it."""

    def close(self) -> None:
        """What is there stays until it is taken."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


class Packing:
    """A ZIP, file by file. PDFs are stored as they are: they are compressed already."""

    def __init__(self) -> None:
        """An empty one."""
        self._leaving = _Leaving()
        self._zip = ZipFile(self._leaving, "w", ZIP_STORED)

    def add(self, name: str, content: bytes, at: datetime) -> bytes:
        """The bytes of one more file, whole. Nothing of it is kept but its name and size."""
        self._zip.writestr(ZipInfo(name, at.timetuple()[:6]), content)
        return self._leaving.taken()

    def end(self) -> bytes:
        """The last bytes, without which no program reads a ZIP as whole."""
        self._zip.close()
        return self._leaving.taken()


def sheet(said: Iterable[str], columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet: what is said about it, then a table. Every cell is text."""
    book = Workbook(write_only=True)
    page = book.create_sheet()
    for number in range(len(columns)):
        page.column_dimensions[chr(ord("A") + number)].width = WIDE
    for line in said:
        page.append([_text(page, line)])
    page.append([_text(page, column, bold=True) for column in columns])
    for row in rows:
        page.append([_text(page, value) for value in row])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _text(page: Any, value: str, *, bold: bool = False) -> Any:
    """A cell that stays text, whatever it begins with."""
    cell = WriteOnlyCell(page, value="".join(one for one in value if one.isprintable()))
    cell.data_type = "s"
    cell.quotePrefix = True  # it stays so when somebody edits it
    if bold:
        cell.font = Font(bold=True)
    return cell
