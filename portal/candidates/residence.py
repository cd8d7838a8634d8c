"""The statuses of residence: the 29 of the Immigration Act and special permanent residence.

Promise: one code per status, with its official Japanese name, an English name, and whether its
holder may work (source: S-facts section 3, "Status of residence").
"""

from dataclasses import dataclass
from typing import Literal

from portal.candidates.items import WorkPermission

Category = Literal["within_scope", "needs_permission", "designated", "unrestricted"]


@dataclass(frozen=True, slots=True)
class Status:
    """`category` is what the status alone allows; a separate permission can add to it."""

    code: str
    japanese: str
    english: str
    category: Category


_WITHIN_SCOPE = (
    ("diplomat", "外交", "Diplomat"),
    ("official", "公用", "Official"),
    ("professor", "教授", "Professor"),
    ("artist", "芸術", "Artist"),
    ("religious_activities", "宗教", "Religious Activities"),
    ("journalist", "報道", "Journalist"),
    ("highly_skilled_professional", "高度専門職", "Highly Skilled Professional"),
    ("business_manager", "経営・管理", "Business Manager"),
    ("legal_accounting_services", "法律・会計業務", "Legal/Accounting Services"),
    ("medical_services", "医療", "Medical Services"),
    ("researcher", "研究", "Researcher"),
    ("instructor", "教育", "Instructor"),
    (
        "engineer_specialist_humanities_international",
        "技術・人文知識・国際業務",
        "Engineer/Specialist in Humanities/International Services",
    ),
    ("intra_company_transferee", "企業内転勤", "Intra-company Transferee"),
    ("nursing_care", "介護", "Nursing Care"),
    ("entertainer", "興行", "Entertainer"),
    ("skilled_labor", "技能", "Skilled Labor"),
    ("specified_skilled_worker", "特定技能", "Specified Skilled Worker"),
    ("technical_intern_training", "技能実習", "Technical Intern Training"),
)
_NEEDS_PERMISSION = (
    ("cultural_activities", "文化活動", "Cultural Activities"),
    ("temporary_visitor", "短期滞在", "Temporary Visitor"),
    ("student", "留学", "Student"),
    ("trainee", "研修", "Trainee"),
    ("dependent", "家族滞在", "Dependent"),
)
_DESIGNATED = (("designated_activities", "特定活動", "Designated Activities"),)
_UNRESTRICTED = (
    ("permanent_resident", "永住者", "Permanent Resident"),
    ("spouse_or_child_of_japanese", "日本人の配偶者等", "Spouse or Child of Japanese National"),
    (
        "spouse_or_child_of_permanent_resident",
        "永住者の配偶者等",
        "Spouse or Child of Permanent Resident",
    ),
    ("long_term_resident", "定住者", "Long-Term Resident"),
    # Not one of the 29: it stands on its own law, and has no expiry.
    ("special_permanent_resident", "特別永住者", "Special Permanent Resident"),
)


def _listed(category: Category, rows: tuple[tuple[str, str, str], ...]) -> list[Status]:
    return [Status(code, japanese, english, category) for code, japanese, english in rows]


STATUSES: dict[str, Status] = {
    status.code: status
    for status in (
        *_listed("within_scope", _WITHIN_SCOPE),
        *_listed("needs_permission", _NEEDS_PERMISSION),
        *_listed("designated", _DESIGNATED),
        *_listed("unrestricted", _UNRESTRICTED),
    )
}


def work_permission(code: str, *, extra_permission: bool = False) -> WorkPermission:
    """May a holder of this status work? `extra_permission` is the permission to engage in
    activity other than that of the status (資格外活動許可). KeyError for an unknown code."""
    match STATUSES[code].category:
        case "needs_permission":
            return "with_permission" if extra_permission else "none"
        case "within_scope":
            return "within_scope"
        case "designated":
            return "designated"
        case "unrestricted":
            return "unrestricted"


def residence_name(code: str, locale: str) -> str:
    """The status's name in Japanese for locale "ja", in English for any other; an unknown code as it is."""
    status = STATUSES.get(code)
    if status is None:
        return code
    return status.japanese if locale == "ja" else status.english
