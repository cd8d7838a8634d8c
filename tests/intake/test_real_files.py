"""What real files hold: older schemas, what editors leave empty, dates and numbers as offices write them."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from portal.intake.folder import Tables
from portal.intake.items_of_resume import item_values
from portal.intake.json_resume import Resume
from portal.intake.people import Person, person_folders, read_person
from portal.intake.problems import Problem
from portal.language.i18n import speaking
from portal.values import days
from tests.documents.hostile import picture, plain_pdf
from tests.intake.folders import AGREEMENT, COMPANY, resume, write_person, write_table
from tests.intake.test_values import NOW


def read(folder: Path, data: dict[str, Any]) -> Resume:
    person = read_person(write_person(folder, "P1", data))
    assert isinstance(person, Person), person
    return person.resume


def refused(folder: Path, data: dict[str, Any]) -> list[Problem]:
    found = read_person(write_person(folder, "P1", data))
    assert isinstance(found, list)
    return found


def with_basics(**basics: Any) -> dict[str, Any]:
    made = resume()
    return made | {"basics": made["basics"] | basics}


# -- dates -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("section", ["work", "education", "certificates"])
@pytest.mark.parametrize("written", ["2016-04-31", "2023-02-29"])
def test_a_day_that_does_not_exist_is_refused(tmp_path: Path, section: str, written: str) -> None:
    field = "date" if section == "certificates" else "startDate"
    [problem] = refused(tmp_path, resume() | {section: [{"name": "みどりの風", field: written}]})
    assert (problem.field, problem.value) == (f"{section}.0.{field}", written)
    assert problem.said is not None
    assert problem.said.message == days.NO_SUCH_DAY


@pytest.mark.parametrize(
    "written", ["1997年10月4日", "H9.10.4", "平成9年10月4日（土）", "1997-10-4", "1997/10/04 0:00"]
)
def test_a_birth_is_read_by_the_reader_of_every_date(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, resume(date_of_birth=written)).basics.shokai.date_of_birth == date(1997, 10, 4)


def test_a_week_is_no_birth(tmp_path: Path) -> None:
    [problem] = refused(tmp_path, resume(date_of_birth="1996-W20-6"))
    assert problem.field == "basics.x-shokai.date_of_birth"


def test_the_dates_of_a_table_are_read_as_offices_write_them(tmp_path: Path) -> None:
    days_of_it = {"effective_at": "2026年2月1日", "expires_at": "R9/3/31(水)", "company_signed_at": "2026-1-5"}
    write_table(tmp_path, "agreements", AGREEMENT | days_of_it | {"operator_signed_at": "令和8年1月6日 14時30分"})
    tables = Tables(tmp_path)
    assert tables.problems == []
    [agreement] = [placed.record for placed in tables.agreements]
    assert agreement.effective_at.on(NOW) == date(2026, 2, 1)
    assert agreement.expires_at is not None
    assert agreement.expires_at.on(NOW) == date(2027, 4, 1)
    assert agreement.operator_signed_at is not None
    assert agreement.operator_signed_at.at(NOW).hour == 14


@pytest.mark.parametrize("section", ["work", "education"])
@pytest.mark.parametrize(
    ("start", "end", "field"),
    [("2999-04", None, "startDate"), ("2020-05", "2020-04", "endDate"), ("2020-05", "2019", "endDate")],
)
def test_a_start_that_cannot_be_is_told(tmp_path: Path, section: str, start: str, end: str | None, field: str) -> None:
    [problem] = refused(tmp_path, resume() | {section: [{"startDate": start, "endDate": end, "area": "x"}]})
    assert problem.field == f"{section}.0.{field}"


def test_an_end_as_exact_as_it_is_known_may_lie_in_the_year_of_the_start(tmp_path: Path) -> None:
    [work] = read(tmp_path, resume() | {"work": [{"name": "A", "startDate": "2020-05", "endDate": "2020"}]}).work
    assert (work.start, work.end) == ("2020-05", "2020")


# -- JSON Resume -------------------------------------------------------------------------------------------------------


def test_schema_0_0_16_is_read(tmp_path: Path) -> None:
    work = {
        "company": "みどりの風",
        "position": "介護福祉士",
        "website": "https://midori.example",
        "startDate": "2020-04-01",
    }
    found = read(tmp_path, resume() | {"work": [work], "education": [{"institution": "A", "gpa": "3.4"}]})
    assert (found.work[0].name, found.education[0].institution) == ("みどりの風", "A")


def test_what_the_schema_leaves_optional_is_optional(tmp_path: Path) -> None:
    data = with_basics(name=None) | {
        "work": [{"name": "Self-employed", "startDate": "2020"}, {"position": "Cook"}],
        "education": [{"area": "Nursing"}],
        "skills": [{"keywords": ["Excel", "Word"]}],
        "certificates": [{"issuer": "ILO"}],
        "languages": [{"fluency": "native"}],
    }
    items = item_values(read(tmp_path, data), NOW)
    assert items.name["display"] == "သီရိအောင်"
    assert [(work["company"], work["position"]) for work in items.background["work"]] == [
        ("Self-employed", None), (None, "Cook"),
    ]  # fmt: skip
    assert items.background["skills"] == [{"name": None, "level": None, "keywords": ["Excel", "Word"]}]


def test_a_full_name_is_put_together_where_the_schema_has_none(tmp_path: Path) -> None:
    name = {"family": "山田", "given": "花子", "latin": "YAMADA HANAKO"}
    made = resume(name=name)
    del made["basics"]["name"]
    assert item_values(read(tmp_path, made), NOW).name["display"] == "山田 花子"


def test_what_editors_leave_empty_is_nothing(tmp_path: Path) -> None:
    blank: dict[str, Any] = {"name": "", "position": " ", "startDate": None, "highlights": [""], "location": {}}
    work = {"name": "みどりの風", "position": "介護福祉士", "highlights": ["", None, "夜勤"]}
    found = read(tmp_path, resume() | {"work": [blank, work, {}, None], "skills": [{}], "education": None})
    assert [one.name for one in found.work] == ["みどりの風"]
    assert found.work[0].highlights == ["夜勤"]
    assert (found.skills, found.education) == ([], [])


def test_a_number_stands_for_its_digits(tmp_path: Path) -> None:
    data = with_basics(location={"countryCode": "JP", "postalCode": 1690000}) | {
        "work": [{"name": "みどりの風", "startDate": 2016}], "certificates": [{"name": 3.5}],
    }  # fmt: skip
    found = read(tmp_path, data)
    assert found.basics.location is not None
    assert found.basics.location.postal_code == "169-0000"
    assert (found.work[0].start, found.certificates[0].name) == ("2016", "3.5")


def test_anything_else_where_text_is_meant_says_how_to_write_it(tmp_path: Path) -> None:
    [problem] = refused(tmp_path, resume() | {"work": [{"name": True}]})
    with speaking("en"):
        assert problem.explained() == "text in quotation marks"


def test_windows_line_ends_are_line_ends(tmp_path: Path) -> None:
    found = read(tmp_path, with_basics(summary="one\r\ntwo\rthree"))
    assert found.basics.summary == "one\ntwo\nthree"


def test_blanks_around_an_address_are_trimmed(tmp_path: Path) -> None:
    assert read(tmp_path, with_basics(email=" thiri@example.jp\u3000")).basics.email == "thiri@example.jp"


@pytest.mark.parametrize(
    ("phone", "country", "read_as"),
    [
        ("0084 912 345 678", "JP", "+84912345678"),
        ("0912 345 678", "VN", "+84912345678"),
        ("03-1234-5678 内線12", "JP", "+81312345678;ext=12"),
        ("+84 912 345 678", "JP", "+84912345678"),
    ],
)
def test_a_telephone_keeps_its_country_and_extension(tmp_path: Path, phone: str, country: str, read_as: str) -> None:
    found = read(tmp_path, with_basics(phone=phone, location={"countryCode": country}))
    assert found.basics.phone == read_as


@pytest.mark.parametrize(("phone", "country"), [("0912 345 678", "JP"), ("84 912 345 678", "JP"), ("0312345678", "KR")])
def test_a_telephone_that_could_be_several_is_asked_about(tmp_path: Path, phone: str, country: str) -> None:
    [problem] = refused(tmp_path, with_basics(phone=phone, location={"countryCode": country}))
    assert problem.field == "basics.phone"


# -- folders and tables ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("left", ["Thumbs.db", "thumbs.db", "desktop.ini", ".DS_Store", "~$resume.docx"])
def test_what_systems_leave_in_folders_is_passed_over(tmp_path: Path, left: str) -> None:
    folder = write_person(tmp_path, "P1", resume())
    (folder / left).write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "candidates" / left).write_bytes(b"")
    assert isinstance(read_person(folder), Person)
    assert person_folders(tmp_path) == [folder]


def test_the_lock_of_an_open_workbook_is_passed_over(tmp_path: Path) -> None:
    write_table(tmp_path, "companies", COMPANY)
    (tmp_path / "~$companies.xlsx").write_bytes(b"")
    assert Tables(tmp_path).problems == []


def test_the_case_of_a_files_name_does_not_matter(tmp_path: Path) -> None:
    folder = write_person(tmp_path, "P1", resume(), resume__PDF=plain_pdf(), Photo__JPG=picture())
    (folder / "resume.json").rename(folder / "Resume.JSON")
    person = read_person(folder)
    assert isinstance(person, Person)
    assert {kind: name for kind, (name, _content) in person.files.items()} == {
        "resume_original": "resume.pdf", "photo": "photo.jpg",
    }  # fmt: skip


def test_a_line_end_in_a_cell_is_a_blank_of_a_line(tmp_path: Path) -> None:
    with (tmp_path / "companies.csv").open("w", encoding="cp932", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["reference", "name", "address"])
        writer.writerow(["ACME", "株式会社試験所", "東京都新宿区\r\n西新宿1-1"])
    tables = Tables(tmp_path)
    assert tables.problems == []
    assert tables.companies[0].record.address == "東京都新宿区 西新宿1-1"


def workbook(folder: Path, *rows: list[Any]) -> Path:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / "companies.xlsx")
    return folder


def test_the_carriage_return_of_a_workbook_is_one(tmp_path: Path) -> None:
    rows = [["reference", "name", "address"], ["ACME", "株式会社試験所", "東京都新宿区_x000D_\n西新宿1-1"]]
    tables = Tables(workbook(tmp_path, *rows))
    assert tables.problems == []
    assert tables.companies[0].record.address == "東京都新宿区 西新宿1-1"


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!"])
def test_a_cell_that_could_not_be_calculated_is_told(tmp_path: Path, error: str) -> None:
    [problem] = Tables(workbook(tmp_path, ["reference", "name"], ["ACME", error])).problems
    assert (problem.file, problem.row, problem.field, problem.value) == ("companies.xlsx", 2, "name", error)
    assert "calculate" in problem.wanted


def test_lists_take_a_last_separator_everywhere(tmp_path: Path) -> None:
    write_table(tmp_path, "agreements", AGREEMENT | {"items": "name; email；", "purposes": "selection；contact;"})
    tables = Tables(tmp_path)
    assert tables.problems == []
    assert (int(tables.agreements[0].record.items), tables.agreements[0].record.purposes) == (3, 3)
