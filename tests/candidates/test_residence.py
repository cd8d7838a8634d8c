"""What a status of residence permits, by status and grade, each line as its source says (issue 9; S3)."""

from datetime import date

from portal.candidates.residence import (
    PERMISSIONS,
    STATUSES,
    Grade,
    Status,
    is_there,
    residence_name,
    work_permission,
)
from portal.language.i18n import PORTAL_LANGUAGES, speaking
from portal.settings import PROJECT
from portal.web.templates import templates_in
from tests.each import for_each

BEFORE, FROM = date(2027, 3, 31), date(2027, 4, 1)


@for_each(
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


@for_each(
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


# What an employer is told of each, in Japanese and in English.
EXPLAINED = {
    "unrestricted": ("職種や企業を問わず", "any work, at any employer"),
    "within_scope": ("在留資格で認められた範囲", "work that the status covers"),
    "employer_bound": ("先に所属機関の変更の許可が必要", "first needs permission to change employer"),
    "employer_and_field_bound": ("現在の所属機関と分野に結び付いた", "tied to the present organisation and field"),
    "trainer_bound": ("貴社で働くには、先に在留資格の変更が必要", "a change of status is needed first"),
    "designated": ("本人の指定書に記載されています", "stands in the person's designation"),
    "with_permission": ("これだけを理由に不採用としないで", "this alone is no reason to reject"),
    "after_change": (
        "在留資格の変更により就労できるようになるため、これだけを理由に不採用としないで",
        "no reason to reject",
    ),
    "none": ("週28時間の資格外活動許可も与えられない", "no permission for 28 hours a week is given"),
    "not_known": ("本人に口頭で確認してください", "Ask the person"),
}


@for_each("permission", PERMISSIONS)
def test_an_employer_is_told_what_each_means_in_both_languages(permission: str) -> None:
    for language, said in zip(("ja", "en"), EXPLAINED[permission], strict=True):
        with speaking(language):
            words = templates_in(PROJECT / "templates").get_template("components/words.html").make_module({})
            assert said in words.work_explained(permission).replace("&#39;", "'")  # type: ignore[attr-defined]  # a macro of it


@for_each("language", PORTAL_LANGUAGES)
def test_the_resume_words_each_permission(language: str) -> None:
    [line] = [
        one
        for one in (PROJECT / f"templates/pdf/resume_{language}.html").read_text(encoding="utf-8").splitlines()
        if one.startswith("{%- set works = {")
    ]
    assert [one for one in PERMISSIONS if f'"{one}": "' not in line] == []


def test_each_line_names_its_source_and_what_no_source_says_is_not_guessed() -> None:
    grades = [grade for status in STATUSES.values() for grade in status.grades]
    lines: list[Status | Grade] = [*STATUSES.values(), *grades]
    assert [line.japanese for line in lines if "S3" not in line.source and "issue 9" not in line.source] == []
    silent = {(line.work, "no source says" in line.source) for line in lines}
    assert ("not_known", True) in silent
    assert all(work == "not_known" for work, said in silent if said)
