"""The rows of each table, as they must be to be taken in.

One class per table; its fields are the table's columns. What a row refers to in another table
(a company, a candidate) is a reference here and is looked up when it is written.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from portal.intake.values import (
    CorporateNumber,
    Country,
    Email,
    Items,
    Line,
    Purposes,
    Reference,
    Text,
    Until,
    When,
    YesNo,
    wrong,
)
from portal.language.i18n import N_

Role = Literal["recruiter", "employer_admin", "account_manager", "compliance", "administrator"]
EMPLOYER_ROLES = ("recruiter", "employer_admin")


class Record(BaseModel):
    """A row that holds. `key` is what tells it from every other row of its table; `CALLED` are the
    columns by which rows of other tables refer to it."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)
    CALLED: ClassVar[tuple[str, ...]] = ("reference",)

    @property
    def key(self) -> str:
        raise NotImplementedError


class Referenced(Record):
    reference: Reference

    @property
    def key(self) -> str:
        return self.reference


class Company(Referenced):
    name: Line
    name_latin: Line | None = None
    corporate_number: CorporateNumber | None = None
    country: Country | None = None
    address: Line | None = None
    representative: Line | None = None
    status: Literal["pending", "active", "suspended", "terminated"] = "pending"
    group: Reference | None = None
    group_name: Line | None = None
    account_manager: Email | None = None

    @model_validator(mode="after")
    def group_is_named(self) -> Self:
        if (self.group is None) != (self.group_name is None):
            raise wrong(N_("both the group's reference and its name, or neither"))
        return self


class Opening(Referenced):
    company: Reference
    title: Line
    title_latin: Line | None = None
    description: Text | None = None
    status: Literal["open", "closed"] = "open"


class Account(Record):
    """Someone who may be let in. No password comes from a file: the account is opened by invitation."""

    CALLED = ("email",)

    email: Email
    display_name: Line
    role: Role
    company: Reference | None = None
    locale: Literal["ja", "en"] = "ja"
    status: Literal["active", "suspended"] = "active"
    undertaking: When | None = None

    @property
    def key(self) -> str:
        return self.email.lower()

    @model_validator(mode="after")
    def company_fits_role(self) -> Self:
        if (self.role in EMPLOYER_ROLES) != (self.company is not None):
            raise wrong(N_("a company for recruiter and employer_admin, and none for the operator's staff"))
        return self


class Agreement(Referenced):
    """`expires_at` is the first moment at which the agreement no longer holds, or its last day. An undertaking
    refers to whichever the company has."""

    CALLED = ("company",)

    company: Reference
    number: Line
    version: Annotated[int, Field(ge=1, le=1000)] = 1
    items: Items
    purposes: Purposes
    contact_days: Annotated[int, Field(ge=1, le=365)] = 30
    text_file: Line
    signatory: Line | None = None
    company_signed_at: When | None = None
    operator_signed_at: When | None = None
    effective_at: When
    expires_at: Until | None = None
    terminated_at: When | None = None
    superseded_at: When | None = None
    grace_days: Annotated[int, Field(ge=0, le=90)] = 14


class Notice(Record):
    """The text shown when a person was asked, in one language. Japanese is the original."""

    CALLED = ("reference", "version", "language")

    reference: Reference
    version: Annotated[int, Field(ge=1, le=1000)]
    language: Literal["ja", "en", "my", "vi"]
    published_at: When
    text_file: Line

    @property
    def key(self) -> str:
        return f"{self.reference} {self.version} {self.language}"


class Consent(Referenced):
    candidate: Reference
    company: Reference
    notice: Reference
    notice_version: Annotated[int, Field(ge=1, le=1000)]
    language: Literal["ja", "en", "my", "vi"]
    items: Items
    explicit_items: Items = Field(default="none", validate_default=True)
    purposes: Purposes
    foreign_transfer_notice: YesNo = Field(default="no", validate_default=True)
    given_at: When
    expires_at: Until | None = None
    withdrawn_at: When | None = None

    @model_validator(mode="after")
    def explicit_is_part(self) -> Self:
        if self.explicit_items & ~self.items:
            raise wrong(N_("explicit items only among the items consented to"))
        return self


class Introduction(Referenced):
    """The company is the opening's. A decision is not a stage: it is a row of outcomes."""

    candidate: Reference
    opening: Reference
    stage: Literal["introduced", "screening", "interview", "offer"] = "introduced"
    introduced_at: When


class Outcome(Record):
    CALLED = ("introduction",)

    introduction: Reference
    result: Literal["hired", "not_hired", "withdrawn"]
    reason: Line
    note: Text | None = None
    recorded_at: When
    recorded_by: Email

    @property
    def key(self) -> str:
        return self.introduction
