"""The portal's extension of a JSON Resume, `basics.x-shokai`: what the schema has no place for."""

from datetime import date, datetime
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from portal.candidates.items import Item
from portal.candidates.residence import STATUSES, Status, is_there, says_grade, takes_hours
from portal.intake.japanese import JapaneseTest
from portal.intake.json_parts import Extension
from portal.intake.values import Birthday, Country, Email, Items, Line, PartialDate, Text, When, YesNo, wrong
from portal.language.i18n import N_
from portal.language.zone import JAPAN

SourcedItem = Literal[
    "name", "email", "photo", "nationality", "address", "date_of_birth", "gender", "telephone", "background",
    "qualifications", "residence_status", "japanese_level",
]  # fmt: skip


class NameParts(Extension):
    """The name in its own script, its reading in katakana, and romanised as on a passport."""

    family: Line | None = None
    given: Line
    family_kana: Line | None = None
    given_kana: Line | None = None
    latin: Line


class Residence(Extension):
    """A status and its grade are codes. `detail` has what no code says: the field of work, or the designation."""

    code: str
    grade: str | None = None
    detail: Line | None = None
    expires: When | None = None
    extra_permission: YesNo = False

    @field_validator("code")
    @classmethod
    def _is_there(cls, code: str, info: ValidationInfo) -> str:
        status = STATUSES.get(code)
        if status is None:
            raise wrong(N_("a status of residence: {codes}"), codes=", ".join(STATUSES))
        if not is_there(status, _today(info)):
            raise wrong(N_("a status that exists today: this one begins on {day}"), day=str(status.since))
        return code

    @field_validator("grade")
    @classmethod
    def _of_the_status(cls, grade: str, info: ValidationInfo) -> str:
        status = STATUSES.get(info.data.get("code", ""))
        if status is None:
            return grade
        if not status.grades:
            raise wrong(N_("no grade: this status has none"))
        found = status.grade(grade)
        if found is None:
            raise wrong(N_("the code of a grade of this status: {codes}"), codes=_grades(status))
        if not is_there(found, _today(info)):
            raise wrong(N_("a grade that exists today: this one begins on {day}"), day=str(found.since))
        return grade

    @field_validator("detail")
    @classmethod
    def _holds_no_grade(cls, detail: str, info: ValidationInfo) -> str:
        status = STATUSES.get(info.data.get("code", ""))
        if status and says_grade(status, detail):
            raise wrong(
                N_("only the field of work or the designation; the grade is a code, in “grade”: {codes}"),
                codes=_grades(status),
            )
        return detail

    @field_validator("extra_permission")
    @classmethod
    def _can_be_held(cls, held: bool, info: ValidationInfo) -> bool:
        status = STATUSES.get(info.data.get("code", ""))
        if held and status and not takes_hours(status):
            raise wrong(N_("“no”: no permission for 28 hours a week is given beside this status"))
        return held


def _today(info: ValidationInfo) -> date:
    """The day on which the file is judged."""
    given: date | None = (info.context or {}).get("today")
    return given or datetime.now(JAPAN).date()


def _grades(status: Status) -> str:
    return ", ".join(grade.code for grade in status.grades)


def _held(items: Item) -> Item:
    """What a file shows. The file itself is no item that it holds."""
    held = items & ~Item.RESUME_ORIGINAL
    if not held:
        raise wrong(N_("the items that the file shows; leave it out when nobody has looked: then it counts as all"))
    return held


class Source(Extension):
    """From whom an item comes; `evidence` is where the proof is kept of what staff or an employer provided."""

    source: Literal["person", "platform", "staff", "employer"]
    evidence: Line | None = None

    @model_validator(mode="after")
    def _is_proved(self) -> Self:
        if self.source in ("staff", "employer") and self.evidence is None:
            raise wrong(
                N_(
                    "“source” and “evidence”: what staff saw in an original or an employer certified names where the "
                    "proof is kept"
                )
            )
        return self


def _source(given: object) -> object:
    """A source alone, or with its evidence."""
    return {"source": given} if isinstance(given, str) else given


class Shokai(Extension):
    """What JSON Resume has no place for. `regime` is never guessed: without it nothing is disclosed."""

    regime: Literal["general", "eea", "california"] | None = None
    account_manager: Email | None = None
    name: NameParts
    nationality: Country | None = None
    date_of_birth: Birthday | None = None
    gender: Line | None = None
    residence_status: Residence | None = None
    japanese_level: JapaneseTest | None = None
    motivation: Text | None = None
    wishes: Text | None = None
    available_from: PartialDate | None = None
    confirmed_at: When | None = None
    restricted_at: When | None = None
    objected_at: When | None = None
    sources: dict[SourcedItem, Annotated[Source, BeforeValidator(_source)]] = Field(default_factory=dict)
    resume_holds: Annotated[Items, AfterValidator(_held)] = Field(default="all", validate_default=True)
