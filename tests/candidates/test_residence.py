"""What a status of residence permits, by status and grade, each line as its source says (issue 9; S3)."""

from datetime import date

import pytest

from portal.candidates.residence import PERMISSIONS, STATUSES, is_there, residence_name, work_permission
from portal.language.i18n import PORTAL_LANGUAGES

BEFORE, FROM = date(2027, 3, 31), date(2027, 4, 1)


@pytest.mark.parametrize(
    ("status", "grade", "permission"),
    [
        ("technical_intern_training", "1", "trainer_bound"),
        ("technical_intern_training", "2", "trainer_bound"),
        ("technical_intern_training", "3", "trainer_bound"),
        ("technical_intern_training", None, "trainer_bound"),
        ("specified_skilled_worker", "1", "employer_and_field_bound"),
        ("specified_skilled_worker", "2", "employer_and_field_bound"),
        ("specified_skilled_worker", None, "employer_and_field_bound"),
        ("highly_skilled_professional", "1a", "employer_bound"),
        ("highly_skilled_professional", "1b", "employer_bound"),
        ("highly_skilled_professional", "1c", "employer_bound"),
        ("highly_skilled_professional", "2", "within_scope"),
        ("highly_skilled_professional", None, "not_known"),
        ("student", None, "after_change"),
        ("dependent", None, "after_change"),
        ("cultural_activities", None, "after_change"),
        ("temporary_visitor", None, "none"),
        ("trainee", None, "none"),
        ("designated_activities", None, "designated"),
        ("intra_company_transferee", None, "within_scope"),
        ("intra_company_transferee", "2", "not_known"),
        ("employment_for_skill_development", None, "not_known"),
        ("engineer_specialist_humanities_international", None, "within_scope"),
        ("special_permanent_resident", None, "unrestricted"),
    ],
)
def test_each_status_and_grade_permits_what_its_source_says(status: str, grade: str | None, permission: str) -> None:
    assert work_permission(status, grade) == permission


def test_a_permission_for_other_activity_adds_only_to_those_that_take_one() -> None:
    taking = {code for code in STATUSES if work_permission(code, extra_permission=True) == "with_permission"}
    assert taking == {"student", "dependent", "cultural_activities"}


def test_the_statuses_are_29_special_permanent_residence_and_the_one_of_2027() -> None:
    assert len([one for one in STATUSES.values() if is_there(one, BEFORE)]) == 30
    assert [one.japanese for one in STATUSES.values() if not is_there(one, BEFORE)] == ["育成就労"]
    assert all(is_there(one, FROM) for one in STATUSES.values())


def test_a_grade_begins_on_its_day() -> None:
    grade = STATUSES["intra_company_transferee"].grade("2")
    assert grade is not None
    assert not is_there(grade, BEFORE)
    assert is_there(grade, FROM)


@pytest.mark.parametrize(
    ("status", "grade", "japanese", "english"),
    [
        ("specified_skilled_worker", "1", "特定技能1号", "Specified Skilled Worker (i)"),
        ("highly_skilled_professional", "1b", "高度専門職1号ロ", "Highly Skilled Professional (i)(b)"),
        ("technical_intern_training", "3", "技能実習3号", "Technical Intern Training (iii)"),
        ("student", None, "留学", "Student"),
        ("student", "9", "留学", "Student"),
        ("no such status", "1", "no such status", "no such status"),
    ],
)
def test_a_status_is_called_with_its_grade(status: str, grade: str | None, japanese: str, english: str) -> None:
    assert [residence_name(status, language, grade) for language in ("ja", "en")] == [japanese, english]


def test_no_two_grades_of_a_status_share_a_code_or_a_name() -> None:
    assert sorted(PORTAL_LANGUAGES) == ["en", "ja"]
    for status in STATUSES.values():
        parts = [(one.code, one.japanese, one.english) for one in status.grades]
        assert all(len(set(column)) == len(parts) for column in zip(*parts, strict=True))
        assert {one.work for one in status.grades} | {status.work} <= set(PERMISSIONS)
