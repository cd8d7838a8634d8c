"""What may not be asked of candidates, and what may not decide: one list, which undertaking and agreements share.

Sources: issue 9 ("one list of what may not be used or asked"); the guideline to article 5-5 of the Employment Security
Act; the 14 items of fair hiring. Domain facts tell the last two in sections 2 and 3 (S3 [17], [39]).
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground, as the texts name it."""

    code: str
    japanese: str
    english: str


# Neither asked nor looked into nor written down, and of no weight: the portal has no item for any of them.
NOT_ASKED = (
    Ground("race", "人種", "race"),
    Ground("ethnicity", "民族", "ethnicity"),
    Ground("social_status", "社会的身分", "social status"),
    Ground("family_origin", "門地", "family origin"),
    Ground("domicile", "本籍・出生地", "registered domicile or birthplace"),
    Ground("family", "家族", "family"),
    Ground("religion", "宗教", "religion"),
    Ground("beliefs", "思想・信条", "thought or beliefs"),
    Ground("party", "支持政党", "political party"),
    Ground("union", "労働組合への加入・社会運動", "union membership or social movements"),
    Ground("disability", "障害", "disability"),
    Ground("health", "職務に必要のない健康状態", "health that has no bearing on the work"),
    Ground("marriage", "婚姻", "marriage"),
    Ground("pregnancy", "妊娠・出産", "pregnancy or childbirth"),
    Ground("orientation", "性的指向", "sexual orientation"),
)
# The privacy policy shares these (S1), so they can be open: even then they decide nothing (S39; P8).
NOT_DECISIVE = (
    Ground("nationality", "国籍", "nationality"),
    Ground("age", "年齢", "age"),
    Ground("date_of_birth", "生年月日", "date of birth"),
    Ground("gender", "性別", "gender"),
    Ground("photo", "写真", "photo"),
)


GROUNDS = {one.code: one for one in (*NOT_ASKED, *NOT_DECISIVE)}


def listed(grounds: Sequence[Ground], language: str) -> str:
    """The grounds in one line, in Japanese for "ja" and in English for any other language."""
    if language == "ja":
        return "、".join(one.japanese for one in grounds)
    first, last = [one.english for one in grounds[:-1]], grounds[-1].english
    return ", ".join(first) + f" and {last}"
