"""CSV as it really arrives: UTF-8 with or without a byte order mark, or Shift_JIS from a spreadsheet.

Promise: a file is decoded by one encoding as a whole or refused with the line that cannot be read;
no character is guessed or dropped.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from portal.intake.limits import CELL_CHARACTERS
from portal.intake.problems import Problem, Unreadable
from portal.language.i18n import N_

# A UTF-8 file with a few damaged bytes would also decode as Shift_JIS, as nonsense.
DAMAGED_SHARE = 0.2


def csv_rows(path: Path, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of the line on which it begins; an overlong one goes to
    `problems` instead. Raises Unreadable."""
    text = decoded(path.name, path.read_bytes())
    lines = csv.reader(StringIO(text, newline=""), strict=True)
    begins = 1
    try:
        for cells in lines:
            if any(len(cell) > CELL_CHARACTERS for cell in cells):
                problems.append(
                    Problem(
                        path.name,
                        N_("cells of at most {limit} characters: is a quotation mark left open?"),
                        begins,
                        details={"limit": str(CELL_CHARACTERS)},
                    )
                )
            else:
                yield begins, cells
            begins = lines.line_num + 1
    except csv.Error:
        wanted = N_("values with a comma, line break or quotation mark inside quotation marks, closed again")
        raise Unreadable(Problem(path.name, wanted, begins)) from None


def decoded(name: str, content: bytes) -> str:
    """The text of a UTF-8 or Shift_JIS (cp932) file. Raises Unreadable for any other."""
    if b"\0" in content:
        raise Unreadable(Problem(name, N_("a text file in UTF-8 or Shift_JIS")))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as damage:
        line = content.count(b"\n", 0, damage.start) + 1
    marred = content.decode("utf-8", errors="replace")
    replaced = marred.count("\N{REPLACEMENT CHARACTER}")
    beyond_ascii = sum(not c.isascii() for c in marred)
    if replaced > DAMAGED_SHARE * beyond_ascii:
        try:
            return content.decode("cp932")
        except UnicodeDecodeError as second:
            line = content.count(b"\n", 0, second.start) + 1
    raise Unreadable(Problem(name, N_("a text file in UTF-8 or Shift_JIS; this line is neither"), line))
