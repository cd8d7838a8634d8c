"""One person as a JSON Resume (schema 1.0.0, or 0.0.16 as older editors write it), with the portal's extension.

Promise: what the schema leaves optional may be left out, what editors leave empty is nothing, and of everything else
that is wrong its place is told. The schema closes its top level but leaves `basics` open, so what it has no place for
stands in `basics.x-shokai` and the file stays valid against the schema itself. Of the schema's own sections those are
read that one of the portal's items can hold; the rest (volunteer, awards, publications, interests, references,
projects) is left where it is and never stored. `docs/import.md` has the list.
"""

import re
import unicodedata
from datetime import date, datetime
from functools import partial
from typing import Annotated, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from portal.candidates.items import Item
from portal.candidates.residence import STATUSES, Status, is_there
from portal.intake.japanese import JapaneseTest
from portal.intake.values import (
    Birthday,
    Country,
    Email,
    Items,
    Line,
    PartialDate,
    Text,
    When,
    YesNo,
    taken,
    wrong,
)
from portal.language.i18n import N_
from portal.values import contact, places
from portal.values.days import JAPAN

MOST_ENTRIES = 60
SourcedItem = Literal[
    "name", "email", "photo", "nationality", "address", "date_of_birth", "gender", "telephone", "background",
    "qualifications", "residence_status", "japanese_level",
]  # fmt: skip
GRADE_IN_WORDS = re.compile(r"[1-3] ?号|\((?:i{1,3})\)|\b(?:grade|class) ?[1-3]\b", re.IGNORECASE)


def _is_nothing(value: object) -> bool:
    """Whether this is what editors leave where somebody wrote nothing: null, blanks, and lists and entries of those."""
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, dict):
        return all(map(_is_nothing, value.values()))
    return value is None or (isinstance(value, list) and all(map(_is_nothing, value)))


def _without_nothing(entries: object) -> object:
    return [each for each in entries if not _is_nothing(each)] if isinstance(entries, list) else entries


class Part(BaseModel):
    """A part of the schema: fields it does not name are permitted there, and not read here."""

    model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if not _is_nothing(value)}


class Extension(Part):
    """A part of ours: a misspelt field would be obeyed by nobody, so it is an error."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


E = TypeVar("E")
Entries = Annotated[list[E], Field(default_factory=list, max_length=MOST_ENTRIES), BeforeValidator(_without_nothing)]
Lines = Annotated[list[Line], Field(max_length=MOST_ENTRIES), BeforeValidator(_without_nothing)]


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
        if status and status.grades and GRADE_IN_WORDS.search(unicodedata.normalize("NFKC", detail)):
            raise wrong(
                N_("only the field of work or the designation; the grade is a code, in “grade”: {codes}"),
                codes=_grades(status),
            )
        return detail

    @field_validator("extra_permission")
    @classmethod
    def _can_be_held(cls, held: bool, info: ValidationInfo) -> bool:
        status = STATUSES.get(info.data.get("code", ""))
        if held and status and status.work == "none":
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
    confirmed_at: When | None = None
    restricted_at: When | None = None
    objected_at: When | None = None
    sources: dict[SourcedItem, Annotated[Source, BeforeValidator(_source)]] = Field(default_factory=dict)
    resume_holds: Annotated[Items, AfterValidator(_held)] = Field(default="all", validate_default=True)


class Location(Part):
    """The country comes first: what a postal code looks like depends on it."""

    country_code: Country | None = Field(default=None, alias="countryCode")
    address: Line | None = None
    postal_code: Line | None = Field(default=None, alias="postalCode")
    city: Line | None = None
    region: Line | None = None

    @field_validator("postal_code")
    @classmethod
    def _of_the_country(cls, code: str, info: ValidationInfo) -> str:
        country: str | None = info.data.get("country_code")
        found: str = taken(partial(places.postal_code, of=country), code) if country else code
        return found


class Basics(Part):
    """The place comes before the telephone: a number without a country can be one of the place's."""

    name: Line | None = None
    label: Line | None = None
    email: Email | None = None
    summary: Text | None = None
    location: Location | None = None
    phone: str | None = None
    shokai: Shokai = Field(alias="x-shokai")

    @field_validator("phone", mode="before")
    @classmethod
    def _of_a_place(cls, given: object, info: ValidationInfo) -> object:
        place: Location | None = info.data.get("location")
        homes = {contact.JAPAN, place.country_code} if place and place.country_code else {contact.JAPAN}
        return taken(partial(contact.telephone, homes=homes), given)


class Period(Part):
    """Something that began, and perhaps ended. Without an end it goes on; without a start too, nothing is known."""

    start: PartialDate | None = Field(default=None, alias="startDate")
    end: PartialDate | None = Field(default=None, alias="endDate")

    @field_validator("start")
    @classmethod
    def _has_begun(cls, start: str) -> str:
        if start > datetime.now(JAPAN).date().isoformat():
            raise wrong(N_("a start that has been: leave out what has not begun"))
        return start

    @field_validator("end")
    @classmethod
    def _ends_after_its_start(cls, end: str, info: ValidationInfo) -> str:
        start: str = info.data.get("start") or ""
        exact = min(len(start), len(end))
        if start[:exact] > end[:exact]:
            raise wrong(N_("an end that does not come before the start, which is {start}"), start=start)
        return end


class Work(Period):
    name: Line | None = Field(default=None, validation_alias=AliasChoices("name", "company"))  # `company` in 0.0.16
    position: Line | None = None
    location: Line | None = None
    summary: Text | None = None
    highlights: Lines = Field(default_factory=list)


class Education(Period):
    institution: Line | None = None
    area: Line | None = None
    study_type: Line | None = Field(default=None, alias="studyType")


class Certificate(Part):
    name: Line | None = None
    issuer: Line | None = None
    date: PartialDate | None = None


class Skill(Part):
    name: Line | None = None
    level: Line | None = None
    keywords: Lines = Field(default_factory=list)


class Language(Part):
    language: Line | None = None
    fluency: Line | None = None


class Resume(Part):
    basics: Basics
    work: Entries[Work]
    education: Entries[Education]
    certificates: Entries[Certificate]
    skills: Entries[Skill]
    languages: Entries[Language]
