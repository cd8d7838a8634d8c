"""One person as a JSON Resume (schema 1.0.0), with the portal's extension.

The schema closes its top level but leaves `basics` open, so what it has no place for stands in
`basics.x-shokai` and the file stays valid against the schema itself. Of the schema's own sections
those are read that one of the portal's items can hold; the rest (volunteer, awards, publications,
interests, references, projects) is left where it is and never stored. `docs/import.md` has the list.
"""

from typing import Annotated, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from portal.candidates.residence import STATUSES
from portal.intake.japanese import JapaneseTest
from portal.intake.values import (
    Birthday,
    Country,
    Email,
    Line,
    PartialDate,
    Telephone,
    Text,
    When,
    YesNo,
    wrong,
)
from portal.language.i18n import N_

MOST_ENTRIES = 60


class Part(BaseModel):
    """A part of the schema: fields it does not name are permitted there, and not read here."""

    model_config = ConfigDict(extra="ignore", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _empty_is_absent(cls, given: object) -> object:
        """Exporters write "" or null for what they do not have."""
        if not isinstance(given, dict):
            return given
        return {name: value for name, value in given.items() if value is not None and value != ""}


class Extension(Part):
    """A part of ours: a misspelt field would be obeyed by nobody, so it is an error."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


E = TypeVar("E")
Entries = Annotated[list[E], Field(default_factory=list, max_length=MOST_ENTRIES)]
Lines = Annotated[list[Line], Field(max_length=MOST_ENTRIES)]


class NameParts(Extension):
    """The name in its own script, its reading in katakana, and romanised as on a passport."""

    family: Line | None = None
    given: Line
    family_kana: Line | None = None
    given_kana: Line | None = None
    latin: Line


class Residence(Extension):
    code: str
    detail: Line | None = None
    expires: When | None = None
    extra_permission: YesNo = Field(default="no", validate_default=True)

    @model_validator(mode="after")
    def known(self) -> Self:
        if self.code not in STATUSES:
            raise wrong(N_("a status of residence: {codes}"), codes=", ".join(STATUSES))
        return self


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


class Location(Part):
    address: Line | None = None
    postal_code: Line | None = Field(default=None, alias="postalCode")
    city: Line | None = None
    country_code: Country | None = Field(default=None, alias="countryCode")
    region: Line | None = None


class Basics(Part):
    name: Line
    label: Line | None = None
    email: Email | None = None
    phone: Telephone | None = None
    summary: Text | None = None
    location: Location | None = None
    shokai: Shokai = Field(alias="x-shokai")


class Work(Part):
    name: Line
    position: Line
    location: Line | None = None
    start: PartialDate | None = Field(default=None, alias="startDate")
    end: PartialDate | None = Field(default=None, alias="endDate")
    summary: Text | None = None
    highlights: Lines = Field(default_factory=list)


class Education(Part):
    institution: Line
    area: Line | None = None
    study_type: Line | None = Field(default=None, alias="studyType")
    start: PartialDate | None = Field(default=None, alias="startDate")
    end: PartialDate | None = Field(default=None, alias="endDate")


class Certificate(Part):
    name: Line
    issuer: Line | None = None
    date: PartialDate | None = None


class Skill(Part):
    name: Line
    level: Line | None = None
    keywords: Lines = Field(default_factory=list)


class Language(Part):
    language: Line
    fluency: Line | None = None


class Resume(Part):
    basics: Basics
    work: Entries[Work]
    education: Entries[Education]
    certificates: Entries[Certificate]
    skills: Entries[Skill]
    languages: Entries[Language]
