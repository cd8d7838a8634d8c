"""The rows of each table, as they must be to be taken in.

One class per table; its fields are the table's columns. What a row refers to in another table
(a company, a candidate) is a reference here and is looked up when it is written.
"""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from portal.candidates.items import Item
from portal.intake.values import (
    CorporateNumber,
    Country,
    Email,
    Items,
    Line,
    Purposes,
    Reference,
    Regimes,
    ScreeningNote,
    StatusReason,
    Text,
    Until,
    When,
    YesNo,
    wrong,
)
from portal.language.i18n import N_

PASSAGES = ("country", "system", "measures", "differences", "eea", "california", "explicit", "expiry")
Role = Literal["recruiter", "employer_admin", "account_manager", "compliance", "administrator"]
EMPLOYER_ROLES = ("recruiter", "employer_admin")


def _no_explicit_items(claimed: Item) -> Item:
    if claimed:
        raise wrong(
            N_(
                "nothing here: what a person's law does not admit by itself opens by the notice shown, "
                "which names it in its explicit_items and says_explicit"
            )
        )
    return claimed


def _no_flag(claimed: bool) -> bool:
    if claimed:
        raise wrong(
            N_(
                "nothing here: that a person was told of a transfer abroad is read from the notice shown, "
                "by its country, says_country, says_system and says_measures"
            )
        )
    return claimed


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
    status: Literal["pending", "screening", "active", "suspended", "terminated"] | None = None
    status_reason: StatusReason | None = None
    screening: ScreeningNote | None = None
    group: Reference | None = None
    group_name: Line | None = None
    account_manager: Email | None = None

    @model_validator(mode="after")
    def group_is_named(self) -> Self:
        if (self.group is None) != (self.group_name is None):
            raise wrong(N_("both the group's reference and its name, or neither"))
        return self

    @model_validator(mode="after")
    def state_has_its_reason(self) -> Self:
        if self.status not in (None, "pending") and self.status_reason is None:
            raise wrong(N_("a status_reason: why the company is to be screened, or is active, suspended or terminated"))
        return self


class Opening(Referenced):
    company: Reference
    title: Line
    title_latin: Line | None = None
    description: Text | None = None
    status: Literal["open", "closed"] = "open"
    fair_screening: YesNo = Field(default="no", validate_default=True)


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
    """`expires_at` is the first moment at which the agreement no longer holds, or its last day. The parties are those
    of the signed paper, each `says_` is quoted from its text. An undertaking refers to whichever the company has."""

    CALLED = ("company",)

    company: Reference
    number: Line
    version: Annotated[int, Field(ge=1, le=1000)] = 1
    items: Items
    purposes: Purposes
    contact_days: Annotated[int, Field(ge=1, le=365)] = 30
    inactive_days: Annotated[int, Field(ge=1, le=365)] | None = None
    daily_downloads: Annotated[int, Field(ge=1, le=1000)] | None = None
    fair_screening: YesNo = Field(default="no", validate_default=True)
    text_file: Line
    says_days: Line | None = None
    says_inactive: Line | None = None
    says_downloads: Line | None = None
    says_items: Line | None = None
    says_grace: Line | None = None
    company_name: Line | None = None
    company_name_latin: Line | None = None
    company_address: Line | None = None
    company_representative: Line | None = None
    company_corporate_number: CorporateNumber | None = None
    company_country: Country | None = None
    operator_name: Line | None = None
    operator_address: Line | None = None
    operator_representative: Line | None = None
    signatory: Line | None = None
    signatory_title: Line | None = None
    signatory_email: Email | None = None
    signatory_authority: Line | None = None
    evidence: Line | None = None
    company_signed_at: When | None = None
    operator_signed_at: When | None = None
    effective_at: When
    expires_at: Until | None = None
    terminated_at: When | None = None
    superseded_at: When | None = None
    grace_days: Annotated[int, Field(ge=0, le=90)] = 0


class Notice(Record):
    """The text shown when a person was asked, in one language. Japanese is the original, and says for all languages
    what can be consented to under it; each `says_` is quoted from its text."""

    CALLED = ("reference", "version", "language")

    reference: Reference
    version: Annotated[int, Field(ge=1, le=1000)]
    language: Literal["ja", "en", "my", "vi"]
    published_at: When
    valid_until: Until | None = None
    text_file: Line
    policy_version: When | None = None
    purposes: Purposes | None = None
    items: Items | None = None
    regimes: Regimes | None = None
    explicit_items: Items = Field(default="none", validate_default=True)
    promises_expiry: YesNo = Field(default="no", validate_default=True)
    most_days: Annotated[int, Field(ge=1, le=3660)] | None = None
    country: Country | None = None
    says_country: Line | None = None
    says_system: Line | None = None
    says_measures: Line | None = None
    says_differences: Line | None = None
    says_eea: Line | None = None
    says_california: Line | None = None
    says_explicit: Line | None = None
    says_expiry: Line | None = None

    @property
    def key(self) -> str:
        return f"{self.reference} {self.version} {self.language}"

    @property
    def passages(self) -> dict[str, str]:
        """What is quoted from the text, by what it says."""
        values = {name: getattr(self, f"says_{name}") for name in PASSAGES}
        return {name: value for name, value in values.items() if value is not None}


class Consent(Referenced):
    """What a person said. What it opens follows from the notice: `explicit_items` and `foreign_transfer_notice` once
    claimed it, and are refused."""

    candidate: Reference
    company: Reference
    notice: Reference
    notice_version: Annotated[int, Field(ge=1, le=1000)]
    language: Literal["ja", "en", "my", "vi"]
    items: Items
    purposes: Purposes
    given_at: When
    expires_at: Until | None = None
    withdrawn_at: When | None = None
    channel: Literal["paper", "telephone", "platform"]
    evidence: Line
    explicit_items: Annotated[Items, AfterValidator(_no_explicit_items)] = Field(default="none", validate_default=True)
    foreign_transfer_notice: Annotated[YesNo, AfterValidator(_no_flag)] = Field(default="no", validate_default=True)


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
