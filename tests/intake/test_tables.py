"""Tables as they really arrive: spreadsheets' encodings, damaged files, and files made to do harm."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from portal.intake import limits, workbooks
from portal.intake.problems import Problem, Unreadable
from portal.intake.tables import Row, find_table, read_table

COLUMNS = frozenset({"reference", "name", "country"})


def rows_of(path: Path, problems: list[Problem] | None = None) -> list[Row]:
    return list(read_table(path, COLUMNS, [] if problems is None else problems))


def written(tmp_path: Path, content: bytes, name: str = "companies.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def workbook(tmp_path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    path = tmp_path / "companies.xlsx"
    book.save(path)
    return path


TEXT = "reference,name,country\nA,株式会社高橋「﨑」,JP\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_csv_file_is_read_in_utf8_and_in_shift_jis(tmp_path: Path, encoding: str) -> None:
    [row] = rows_of(written(tmp_path, TEXT.encode(encoding)))
    assert row.cells == {"reference": "A", "name": "株式会社高橋「﨑」", "country": "JP"}
    assert row.number == 2


def test_a_damaged_utf8_file_is_refused_with_its_line_and_not_read_as_shift_jis(tmp_path: Path) -> None:
    content = ("reference,name\n" + "A,東京特許許可局の隣の客\n" * 5).encode()
    damaged = content.replace("客".encode(), b"\xe5\xae", 1)
    with pytest.raises(Unreadable) as refused:
        rows_of(written(tmp_path, damaged))
    assert refused.value.problem.row == 2


@pytest.mark.parametrize("content", [TEXT.encode("utf-16"), b"PK\x03\x04\0\0", b"", b"\n"])
def test_what_is_not_a_text_table_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable):
        rows_of(written(tmp_path, content))


def test_an_open_quotation_mark_is_named_by_the_line_where_the_record_begins(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        rows_of(written(tmp_path, b'reference,name\nA,one\nB,"two\nC,three\n'))
    assert refused.value.problem.row == 3


def test_a_record_over_several_lines_keeps_the_count(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path, b'reference,name\r\nA,"one\r\ntwo"\r\nB,three\r\n'))
    assert [(row.number, row.cells["name"]) for row in rows] == [(2, "one\r\ntwo"), (4, "three")]


def test_unknown_columns_and_surplus_cells_are_reported_and_good_rows_kept(tmp_path: Path) -> None:
    problems: list[Problem] = []
    rows = rows_of(written(tmp_path, b"Reference,nmae,name\nA,x,one\nB,y,two,extra\n\n,,\n"), problems)
    assert [row.cells for row in rows] == [{"reference": "A", "name": "one"}]
    assert [(problem.row, problem.value) for problem in problems] == [(1, "nmae"), (3, None)]


@pytest.mark.parametrize("header", ["reference,reference", "name_of_company,land", "1,2,3"])
def test_a_header_that_cannot_be_trusted_refuses_the_file(tmp_path: Path, header: str) -> None:
    with pytest.raises(Unreadable):
        rows_of(written(tmp_path, f"{header}\nA,B,C\n".encode()))


def test_an_overlong_cell_costs_its_row_alone(tmp_path: Path) -> None:
    problems: list[Problem] = []
    long = "x" * (limits.CELL_CHARACTERS + 1)
    rows = rows_of(written(tmp_path, f"reference,name\nA,{long}\nB,two\n".encode()), problems)
    assert [row.cells["reference"] for row in rows] == ["B"]
    assert [problem.row for problem in problems] == [2]


def test_a_workbook_says_the_same_as_a_csv_file(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["Reference", "Name"], [7123456789012, True], [1.0, "株式会社"], [None, None])
    assert [row.cells for row in rows_of(path)] == [
        {"reference": "7123456789012", "name": "yes"},
        {"reference": "1", "name": "株式会社"},
    ]


def test_a_formula_is_refused_and_text_that_looks_like_one_stays_text(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["reference", "name"], ["A", "=1+1"], ["B", "kept"])
    problems: list[Problem] = []
    assert [row.cells["reference"] for row in rows_of(path, problems)] == ["B"]
    assert [problem.row for problem in problems] == [2]
    [row] = rows_of(written(tmp_path, b"reference,name\nA,=cmd|' /C calc'!A0\n"))
    assert row.cells["name"] == "=cmd|' /C calc'!A0"


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["reference"], ["A"])
    with (
        ZipFile(path, "a", ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/b.xml", "w", force_zip64=True) as part,
    ):
        for _megabyte in range(limits.WORKBOOK_UNPACKED_BYTES // limits.MIB + 1):
            part.write(b" " * limits.MIB)
    assert path.stat().st_size < limits.MIB
    with pytest.raises(Unreadable, match="unpacked"):
        rows_of(path)


def test_a_workbook_with_more_styles_than_a_person_makes_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, ["reference"], ["A"])
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/more-styles.xml", b"<xf/>" * limits.MIB)
    with pytest.raises(Unreadable):
        rows_of(path)


DOCUMENT_TYPE = '<?xml version="1.0"?>{before}<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
COMMENT = f"<!--{'x' * limits.MIB}-->"


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("xl/entities.xml", DOCUMENT_TYPE.format(before="").encode()),
        ("xl/worksheets/late.xml", DOCUMENT_TYPE.format(before=COMMENT).encode()),
        ("xl/worksheets/across.xml", DOCUMENT_TYPE.format(before=COMMENT[:-34] + "-->").encode()),
        ("xl/media/late.png", DOCUMENT_TYPE.format(before=COMMENT).encode()),
        ("xl/wide.bin", DOCUMENT_TYPE.format(before="").encode("utf-16")),
        ("xl/wide.bin", DOCUMENT_TYPE.format(before="").encode("utf-16-be")),
        ("xl/wide.bin", DOCUMENT_TYPE.format(before="").encode("utf-16-le")),
        ("xl/blank.bin", ("\ufeff" + " " * 4096 + DOCUMENT_TYPE.format(before="")[21:]).encode("utf-16-le")),
        ("xl/wider.bin", DOCUMENT_TYPE.format(before="").encode("utf-32-be")),
        ("xl/mainframe.bin", DOCUMENT_TYPE.format(before="").encode("cp037")),
        ("xl/seven.bin", b'<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE x+AD4-<x/>'),
        ("xl/far.bin", b"<?xml version='1.0'" + b" " * 5000 + b"encoding='UTF-7'?><x/>"),
    ],
)
def test_a_workbook_with_a_document_type_is_refused(tmp_path: Path, part: str, content: bytes) -> None:
    path = workbook(tmp_path, ["reference"], ["A"])
    with ZipFile(path, "a", ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    with pytest.raises(Unreadable, match="saved as"):
        rows_of(path)


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n", b"\x01\0\0\0\xb4", "Printer 1".encode("utf-16-le"), b"\xef\xbb\xbf<x/>", b""]
)
def test_pictures_and_a_printers_settings_do_not_spoil_a_workbook(tmp_path: Path, content: bytes) -> None:
    path = workbook(tmp_path, ["reference"], ["A"])
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/printerSettings/printerSettings1.bin", content)
    assert [row.cells for row in rows_of(path)] == [{"reference": "A"}]


@pytest.mark.parametrize("content", [b"not a zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_not_a_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable):
        rows_of(written(tmp_path, content, "companies.xlsx"))


def test_a_workbook_with_far_away_cells_is_read_within_bounds(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["A2"] = "reference", "A"
    sheet.cell(1_000_000, 1, "far")
    book.save(tmp_path / "companies.xlsx")
    with pytest.raises(Unreadable, match="rows"):
        rows_of(tmp_path / "companies.xlsx")


def edited(path: Path, rows: str) -> Path:
    """The workbook with these rows after its own, as text of XML that a library would not write."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_an_overlong_cell_of_a_workbook_costs_its_row_alone(tmp_path: Path) -> None:
    long = "x" * 5 * limits.MIB
    path = workbook(tmp_path, ["reference", "name"], ["A", "one"])
    edited(
        path, f'<row r="3"><c t="inlineStr"><is><t>B{long}</t></is></c></row><row r="4"><c t="str"><v>C</v></c></row>'
    )
    assert path.stat().st_size < limits.MIB // 10
    problems: list[Problem] = []
    assert [row.cells["reference"] for row in rows_of(path, problems)] == ["A", "C"]
    assert [(problem.row, problem.wanted) for problem in problems] == [(3, "cells of at most {limit} characters")]


@pytest.mark.parametrize(("last", "refused"), [(limits.TABLE_ROWS, False), (1_048_576, True)])
def test_the_cells_before_a_row_far_down_are_not_walked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, last: int, refused: bool
) -> None:
    path = edited(workbook(tmp_path, ["reference"], ["A"]), f'<row r="{last}"><c t="str"><v>B</v></c></row>')
    walked: list[object] = []

    def counting(value: object) -> str:
        walked.append(value)
        return str(value or "")

    monkeypatch.setattr(workbooks, "as_text", counting)
    if refused:
        with pytest.raises(Unreadable, match="rows"):
            rows_of(path)
    else:
        assert [(row.number, row.cells["reference"]) for row in rows_of(path)] == [(2, "A"), (last, "B")]
    assert len(walked) <= 3 * (limits.TABLE_COLUMNS + 1)


def test_the_same_table_twice_a_link_or_too_large_is_refused(tmp_path: Path) -> None:
    workbook(tmp_path, ["reference"], ["A"])
    written(tmp_path, TEXT.encode())
    with pytest.raises(Unreadable):
        find_table(tmp_path, "companies")
    (tmp_path / "openings.csv").symlink_to(tmp_path / "companies.csv")
    with pytest.raises(Unreadable):
        find_table(tmp_path, "openings")
    with (tmp_path / "consents.csv").open("wb") as file:
        file.truncate(limits.TABLE_BYTES + 1)
    with pytest.raises(Unreadable):
        find_table(tmp_path, "consents")
    assert find_table(tmp_path, "outcomes") is None
