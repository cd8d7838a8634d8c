"""A ZIP that leaves while it is made, and its sheet, in which nothing that somebody typed is a formula."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from portal.resume.packing import Packing, sheet

NOW = datetime(2026, 11, 30, tzinfo=UTC)


def test_each_file_leaves_whole_and_at_once() -> None:
    packing, sent = Packing(), b""
    for number in range(3):
        content = bytes([number]) * 70_000
        part = packing.add(f"file-{number}.pdf", content, NOW)
        assert len(content) < len(part) < len(content) + 200
        sent += part
    with ZipFile(BytesIO(sent + packing.end())) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == ["file-0.pdf", "file-1.pdf", "file-2.pdf"]
        assert packed.read("file-2.pdf") == b"\x02" * 70_000


@pytest.mark.parametrize("typed", ["=1+1", "+81-3", "-2", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1", "a\x00\x0bb", "名"])
def test_what_somebody_typed_is_text(typed: str) -> None:
    page = load_workbook(BytesIO(sheet(["said"], ["Name"], [[typed]]))).worksheets[0]
    cell = page["A3"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert cell.value == "".join(one for one in typed if one.isprintable())
