"""The statuses of residence and their grades: what each is called, and what an employer may offer its holder.

Promise: one code per status and per grade, and each line names its source. What no source says is `not_known`, which
tells the reader to ask, and is never guessed.

Sources: "S3" is domain facts, section 3, "Status of residence" [29], and [30] of the same; "issue 9" is the list of
what lawyers read there, under "Permission to work". English names are from knowledge ([K] in S3).
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import get_args

from portal.candidates.items import WorkPermission
from portal.values.text import symbols

# S3: 育成就労 starts 2027-04-01. Issue 9 names 企業内転勤2号 beside it.
REFORM = date(2027, 4, 1)
_GRADE_IN_WORDS = re.compile(r"[1-3] ?号|\((?:i{1,3})\)|\b(?:grade|class) ?[1-3]\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Grade:
    """A part (号) of a status that has its own conditions. `since` is its first day; None: it is there already."""

    code: str
    japanese: str
    english: str
    work: WorkPermission
    source: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """`work` is what the status alone allows where no grade is known; with `takes_permission` a permission for other
    activity (資格外活動許可) adds to it."""

    code: str
    japanese: str
    english: str
    work: WorkPermission
    source: str
    grades: tuple[Grade, ...] = ()
    takes_permission: bool = False
    since: date | None = None

    def grade(self, code: str | None) -> Grade | None:
        """The grade of this code; None for none, and for one that this status does not have."""
        return next((one for one in self.grades if one.code == code), None)


_SCOPE = "S3 [29], works within its scope"
_NONE = "S3 [29], none without permission; issue 9, a change of status makes work possible"
_NO_HOURS = "S3 [29], none; issue 9, takes no permission for 28 hours"
_FREE = "S3 [29], unrestricted"
_SILENT = "issue 9 names it, S3 [30] its beginning; no source says what work it permits"
_BOUND = "issue 9, tied to the organisation, and changing employer needs permission"
_FIELD_BOUND = "issue 9, tied to organisation and field, and changing employer needs permission"
_PLAN = "issue 9, only at the trainer named in the plan; another employer needs a change of status"

# Issue 9: 高度専門職1号 is tied to the organisation, and changing employer needs permission. S3 has 1号イロハ and 2号
# among what works within its scope. No source ties 2号 to an employer. Without its grade the status is not known.
_HIGHLY_SKILLED = (
    Grade("1a", "1号イ", "(i)(a)", "employer_bound", _BOUND),
    Grade("1b", "1号ロ", "(i)(b)", "employer_bound", _BOUND),
    Grade("1c", "1号ハ", "(i)(c)", "employer_bound", _BOUND),
    Grade("2", "2号", "(ii)", "within_scope", _SCOPE),
)
# Issue 9: 企業内転勤2号. What work it permits, and where, is in no source: not known.
_INTRA_COMPANY = (Grade("2", "2号", "(ii)", "not_known", _SILENT, since=REFORM),)
# Issue 9: 特定技能1・2号 are tied to organisation and field, and changing employer needs permission.
_SPECIFIED_SKILLED = (
    Grade("1", "1号", "(i)", "employer_and_field_bound", _FIELD_BOUND),
    Grade("2", "2号", "(ii)", "employer_and_field_bound", _FIELD_BOUND),
)
# Issue 9: 技能実習 only at the trainer named in the plan, in each grade; another employer needs a change of status.
_TRAINING = (
    Grade("1", "1号", "(i)", "trainer_bound", _PLAN),
    Grade("2", "2号", "(ii)", "trainer_bound", _PLAN),
    Grade("3", "3号", "(iii)", "trainer_bound", _PLAN),
)

_ALL = (
    # S3, "Work within scope".
    Status("diplomat", "外交", "Diplomat", "within_scope", _SCOPE),
    Status("official", "公用", "Official", "within_scope", _SCOPE),
    Status("professor", "教授", "Professor", "within_scope", _SCOPE),
    Status("artist", "芸術", "Artist", "within_scope", _SCOPE),
    Status("religious_activities", "宗教", "Religious Activities", "within_scope", _SCOPE),
    Status("journalist", "報道", "Journalist", "within_scope", _SCOPE),
    Status(
        "highly_skilled_professional",
        "高度専門職",
        "Highly Skilled Professional",
        "not_known",
        "issue 9 and S3 [29], the grades differ, so without one it is not known",
        grades=_HIGHLY_SKILLED,
    ),
    Status("business_manager", "経営・管理", "Business Manager", "within_scope", _SCOPE),
    Status("legal_accounting_services", "法律・会計業務", "Legal/Accounting Services", "within_scope", _SCOPE),
    Status("medical_services", "医療", "Medical Services", "within_scope", _SCOPE),
    Status("researcher", "研究", "Researcher", "within_scope", _SCOPE),
    Status("instructor", "教育", "Instructor", "within_scope", _SCOPE),
    Status(
        "engineer_specialist_humanities_international",
        "技術・人文知識・国際業務",
        "Engineer/Specialist in Humanities/International Services",
        "within_scope",
        _SCOPE,
    ),
    Status(
        "intra_company_transferee",
        "企業内転勤",
        "Intra-company Transferee",
        "within_scope",
        _SCOPE,
        grades=_INTRA_COMPANY,
    ),
    Status("nursing_care", "介護", "Nursing Care", "within_scope", _SCOPE),
    Status("entertainer", "興行", "Entertainer", "within_scope", _SCOPE),
    Status("skilled_labor", "技能", "Skilled Labor", "within_scope", _SCOPE),
    Status(
        "specified_skilled_worker",
        "特定技能",
        "Specified Skilled Worker",
        "employer_and_field_bound",
        _FIELD_BOUND,
        grades=_SPECIFIED_SKILLED,
    ),
    Status(
        "technical_intern_training", "技能実習", "Technical Intern Training", "trainer_bound", _PLAN, grades=_TRAINING
    ),
    # S3: 育成就労 starts 2027-04-01. Whether its holder may change employer is in no source: not known.
    Status(
        "employment_for_skill_development",
        "育成就労",
        "Employment for Skill Development",
        "not_known",
        _SILENT,
        since=REFORM,
    ),
    # S3, "None without permission" (usually 28 hours a week). Issue 9: a change of status makes work possible.
    Status("cultural_activities", "文化活動", "Cultural Activities", "after_change", _NONE, takes_permission=True),
    Status("student", "留学", "Student", "after_change", _NONE, takes_permission=True),
    Status("dependent", "家族滞在", "Dependent", "after_change", _NONE, takes_permission=True),
    # S3 as above; issue 9: these two take no permission for 28 hours.
    Status("temporary_visitor", "短期滞在", "Temporary Visitor", "none", _NO_HOURS),
    Status("trainee", "研修", "Trainee", "none", _NO_HOURS),
    # S3, "As designated".
    Status("designated_activities", "特定活動", "Designated Activities", "designated", "S3 [29], as designated"),
    # S3, "Unrestricted".
    Status("permanent_resident", "永住者", "Permanent Resident", "unrestricted", _FREE),
    Status(
        "spouse_or_child_of_japanese", "日本人の配偶者等", "Spouse or Child of Japanese National", "unrestricted", _FREE
    ),
    Status(
        "spouse_or_child_of_permanent_resident",
        "永住者の配偶者等",
        "Spouse or Child of Permanent Resident",
        "unrestricted",
        _FREE,
    ),
    Status("long_term_resident", "定住者", "Long-Term Resident", "unrestricted", _FREE),
    # S3: not one of the 29, on a law of its own. It has no expiry.
    Status(
        "special_permanent_resident",
        "特別永住者",
        "Special Permanent Resident",
        "unrestricted",
        "S3, unrestricted, by a law of its own",
    ),
)
STATUSES: dict[str, Status] = {status.code: status for status in _ALL}
PERMISSIONS: tuple[WorkPermission, ...] = get_args(WorkPermission)


def is_there(what: Status | Grade, day: date) -> bool:
    """Whether a status or grade exists on this day."""
    return what.since is None or what.since <= day


def says_grade(status: Status, detail: str) -> bool:
    """Whether a detail has the grade in words: a grade is a code, and stands beside it."""
    return bool(status.grades and _GRADE_IN_WORDS.search(symbols(detail)))


def takes_hours(status: Status) -> bool:
    """Whether a permission of hours (資格外活動許可) can be held beside it at all."""
    return status.work != "none"


def work_permission(code: str, grade: str | None = None, *, extra_permission: bool = False) -> WorkPermission:
    """What an employer may offer a holder of this status and grade. KeyError for an unknown status.

    `extra_permission` is the permission to engage in activity other than that of the status (資格外活動許可)."""
    status = STATUSES[code]
    if extra_permission and status.takes_permission:
        return "with_permission"
    part = status.grade(grade)
    return part.work if part else status.work


def residence_name(code: str, locale: str, grade: str | None = None) -> str:
    """The status's name with its grade, in Japanese for locale "ja" and in English for any other; an unknown code as
    it is."""
    status = STATUSES.get(code)
    if status is None:
        return code
    part = status.grade(grade)
    if locale == "ja":
        return status.japanese + (part.japanese if part else "")
    return status.english + (f" {part.english}" if part else "")
