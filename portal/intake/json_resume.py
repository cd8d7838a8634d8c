"""One person as a JSON Resume (schema 1.0.0, or 0.0.16 as older editors write it), with the portal's extension.

Promise: what the schema leaves optional may be left out, and what editors leave empty is nothing. Of everything else
that is wrong the report names the place. The schema closes its top level but leaves `basics` open. So what it has no
place for stands in `basics.x-shokai` and the file stays valid against the schema itself. Of the schema's own sections
those are read that one of the portal's items can hold; the rest (volunteer, awards, publications, interests,
references, projects) is left where it is and never stored. `docs/import.md` has the list.
"""

from datetime import datetime
from functools import partial

from pydantic import AliasChoices, Field, ValidationInfo, field_validator

from portal.intake.json_extension import Shokai
from portal.intake.json_parts import Entries, Lines, Part
from portal.intake.values import Country, Email, Line, PartialDate, Text, taken, wrong
from portal.language.i18n import N_
from portal.language.zone import JAPAN
from portal.values import contact, days, places


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
        if not days.has_begun(start, datetime.now(JAPAN).date()):
            raise wrong(N_("a start that has been: leave out what has not begun"))
        return start

    @field_validator("end")
    @classmethod
    def _ends_after_its_start(cls, end: str, info: ValidationInfo) -> str:
        start: str = info.data.get("start") or ""
        if not days.ends_after(end, start):
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
