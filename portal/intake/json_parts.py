"""What the parts of a JSON Resume have in common. What editors leave empty is nothing."""

from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from portal.intake.values import Line

MOST_ENTRIES = 60


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
