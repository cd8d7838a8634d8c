"""A candidate's folder: what is read from it, and everything that can be wrong with it."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.intake import limits
from portal.intake.folder import strangers
from portal.intake.people import Person, person_folders, read_person
from portal.intake.problems import Problem
from portal.language.i18n import speaking
from portal.settings import PROJECT
from tests.intake.folders import resume, write_person


def refused(folder: Path) -> list[Problem]:
    found = read_person(folder)
    assert isinstance(found, list)
    return found


def changed(**basics: Any) -> dict[str, Any]:
    made = resume()
    made["basics"] |= basics
    return made


def test_every_candidate_of_the_sample_can_be_read() -> None:
    people = [read_person(folder) for folder in person_folders(PROJECT / "sample")]
    assert len(people) == 60
    assert all(isinstance(person, Person) for person in people)


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (resume(nationality="Vietnam"), "basics.x-shokai.nationality"),
        (resume(date_of_birth="1997"), "basics.x-shokai.date_of_birth"),
        (resume(date_of_birth="2997-01-01"), "basics.x-shokai.date_of_birth"),
        (resume(date_of_birth="1997-02-30"), "basics.x-shokai.date_of_birth"),
        (resume(regime="mars"), "basics.x-shokai.regime"),
        (resume(residence_status={"code": "tourist"}), "basics.x-shokai.residence_status.code"),
        (resume(japanese_level={"test": "JLPT", "level": "N2", "score": 5}), "basics.x-shokai.japanese_level"),
        (
            resume(japanese_level={"test": "JLPT", "level": "N2", "score": "many"}),
            "basics.x-shokai.japanese_level.score",
        ),
        (resume(name={"family": "Aung", "latin": "AUNG"}), "basics.x-shokai.name.given"),
        (resume(natinality="VN"), "basics.x-shokai.natinality"),
        (changed(name="A\u202eB"), "basics.name"),
        (changed(email="thiri"), "basics.email"),
        (changed(phone="12"), "basics.phone"),
        (changed(location={"countryCode": "Japan"}), "basics.location.countryCode"),
        (changed(location={"countryCode": "JP", "postalCode": "12"}), "basics.location.postalCode"),
        (resume() | {"work": [{"name": ["A"]}]}, "work.0.name"),
        (resume() | {"work": [{"name": "A", "position": "B", "startDate": "April"}]}, "work.0.startDate"),
        (resume() | {"education": {"institution": "A"}}, "education"),
        (resume() | {"skills": [{"name": "A"}] * 61}, "skills"),
        ({"basics": {"name": "A"}}, "basics.x-shokai"),
        ({}, "basics"),
        ([], None),
    ],
)
def test_a_wrong_field_is_named_by_its_path(tmp_path: Path, data: Any, field: str | None) -> None:
    [problem] = refused(write_person(tmp_path, "P1", data))
    assert (problem.file, problem.field) == ("candidates/P1/resume.json", field)


STATUS = "basics.x-shokai.residence_status"
SKILLED = {"code": "specified_skilled_worker", "expires": "2028-03-31"}


@pytest.mark.parametrize(
    ("status", "field", "said"),
    [
        (SKILLED | {"grade": "1号"}, "grade", "the code of a grade of this status: 1, 2"),
        (SKILLED | {"grade": "3"}, "grade", "the code of a grade of this status: 1, 2"),
        ({"code": "student", "grade": "1"}, "grade", "no grade: this status has none"),
        (SKILLED | {"detail": "特定技能1号（介護）"}, "detail", "the grade is a code, in “grade”: 1, 2"),
        (SKILLED | {"detail": "特定技能２号"}, "detail", "the grade is a code, in “grade”: 1, 2"),
        (SKILLED | {"detail": "Specified Skilled Worker (ii)"}, "detail", "the grade is a code, in “grade”: 1, 2"),
        ({"code": "highly_skilled_professional", "detail": "1号ロ"}, "detail", "1a, 1b, 1c, 2"),
        ({"code": "temporary_visitor", "extra_permission": "yes"}, "extra_permission", "no permission for 28 hours"),
        ({"code": "trainee", "extra_permission": "yes"}, "extra_permission", "no permission for 28 hours"),
        ({"code": "employment_for_skill_development"}, "code", "this one begins on 2027-04-01"),
        ({"code": "intra_company_transferee", "grade": "2"}, "grade", "this one begins on 2027-04-01"),
    ],
)
def test_a_grade_is_a_code_and_exists(tmp_path: Path, status: dict[str, str], field: str, said: str) -> None:
    folder = write_person(tmp_path, "P1", resume(residence_status=status))
    found = read_person(folder, today=date(2027, 3, 31))
    assert isinstance(found, list)
    [problem] = found
    assert problem.field == f"{STATUS}.{field}"
    with speaking("en"):
        assert said in problem.explained()


@pytest.mark.parametrize(
    "status",
    [
        SKILLED | {"grade": "1", "detail": "介護"},
        SKILLED,
        {"code": "designated_activities", "detail": "EPA介護福祉士候補者"},
        {"code": "skilled_labor", "detail": "調理師"},
        {"code": "student", "extra_permission": "yes"},
        {"code": "employment_for_skill_development"},
        {"code": "intra_company_transferee", "grade": "2"},
    ],
)
def test_what_exists_on_the_day_is_taken_in(tmp_path: Path, status: dict[str, str]) -> None:
    folder = write_person(tmp_path, "P1", resume(residence_status=status))
    assert isinstance(read_person(folder, today=date(2027, 4, 1)), Person)


def test_all_wrong_fields_are_named_at_once(tmp_path: Path) -> None:
    data = resume(nationality="Vietnam", natinality="VN") | {"work": [{"name": ["A"]}]}
    assert len(refused(write_person(tmp_path, "P1", data))) == 3


def test_what_the_schema_has_and_the_portal_may_not_keep_is_not_read(tmp_path: Path) -> None:
    data = resume() | {"references": [{"name": "B", "reference": "C"}], "interests": [{"name": "D"}]}
    person = read_person(write_person(tmp_path, "P1", data))
    assert isinstance(person, Person)
    assert not {"references", "interests"} & set(person.resume.model_dump())


def broken_json(folder: Path) -> None:
    (folder / "resume.json").write_text('{\n "basics": {,}\n}')


def not_utf8(folder: Path) -> None:
    (folder / "resume.json").write_bytes('{"basics": "高橋"}'.encode("cp932"))


def too_deep(folder: Path) -> None:
    (folder / "resume.json").write_text("[" * 200_000)


def too_large(folder: Path) -> None:
    (folder / "resume.json").write_text(" " * (limits.RESUME_BYTES + 1))


def a_stranger(folder: Path) -> None:
    (folder / "diary.docx").write_bytes(b"PK")


def two_resumes(folder: Path) -> None:
    (folder / "resume.pdf").write_bytes(b"%PDF-1.7")
    (folder / "resume.png").write_bytes(b"\x89PNG")


def a_link(folder: Path) -> None:
    elsewhere = folder.parents[1] / "elsewhere.pdf"
    elsewhere.write_bytes(b"%PDF-1")
    (folder / "resume.pdf").symlink_to(elsewhere)


def no_data(folder: Path) -> None:
    (folder / "resume.json").unlink()


SPOILT = [broken_json, not_utf8, too_deep, too_large, a_stranger, two_resumes, a_link, no_data]


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_spoilt_folder_is_refused_with_one_reason(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    folder = write_person(tmp_path, "P1", resume())
    spoil(folder)
    [problem] = refused(folder)
    assert problem.file.startswith("candidates/P1")
    assert "{" not in problem.explained()


def test_broken_json_is_named_by_its_line(tmp_path: Path) -> None:
    folder = write_person(tmp_path, "P1", resume())
    broken_json(folder)
    assert [problem.row for problem in refused(folder)] == [2]


def test_a_folder_whose_name_is_no_reference_or_that_is_a_link_is_refused(tmp_path: Path) -> None:
    write_person(tmp_path, "P 1", resume())
    (tmp_path / "candidates" / "P2").symlink_to(write_person(tmp_path, "P3", resume()))
    (tmp_path / "candidates" / "notes.txt").write_text("x")
    found = [read_person(folder) for folder in person_folders(tmp_path)]
    assert [isinstance(each, Person) for each in found] == [False, False, True, False]


def test_candidates_that_are_a_link_are_refused_and_nobody_behind_it_is_read(tmp_path: Path) -> None:
    write_person(tmp_path / "elsewhere", "P1", resume())
    folder = tmp_path / "handed-in"
    folder.mkdir()
    (folder / "candidates").symlink_to(tmp_path / "elsewhere" / "candidates")
    assert person_folders(folder) == []
    assert [problem.file for problem in strangers(folder)] == ["candidates"]


def test_the_digest_says_whether_anything_in_the_folder_changed(tmp_path: Path) -> None:
    folder = write_person(tmp_path, "P1", resume(), resume__pdf=b"%PDF-1")
    first = read_person(folder)
    again = read_person(folder)
    (folder / "resume.pdf").write_bytes(b"%PDF-2")
    changed_file = read_person(folder)
    (folder / "resume.json").write_text(json.dumps(resume(gender="other")))
    changed_data = read_person(folder)
    digests = [each.source_digest for each in (first, again, changed_file, changed_data) if isinstance(each, Person)]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3
