"""What account managers send about companies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.companies.actions import NewCompany
from portal.companies.tables import INDUSTRIES, STATUSES
from portal.language.i18n import N_, Said
from portal.values import places
from portal.values.wrong import Wrong
from portal.web.fields import choice, corporate_number, country, text, typed


def number_in(asked: str) -> str | None:
    """The corporate number that somebody typed; None for anything else, which may be a name."""
    try:
        return places.corporate_number(asked)
    except Wrong:
        return None


@dataclass(frozen=True)
class CompanySearch:
    """What the list of companies is narrowed to."""

    name: str = typed(N_("Name or corporate number"), most=100, code=number_in)
    status: str | None = choice(N_("Status"), STATUSES, words="company_status", required=False, blank=N_("All"))


@dataclass(frozen=True)
class NewCompanyForm:
    """A company as its account manager knows it."""

    country: str = country(N_("Country"), initial="JP")
    corporate_number: str | None = corporate_number(
        N_("Corporate number"),
        required=False,
        hint=N_("13 digits. Every company registered in Japan has one."),
    )
    name: str = text(N_("Name in Japanese"), most=200)
    name_latin: str = text(
        N_("Name in Latin letters"),
        most=200,
        required=False,
        hint=N_("Candidates and colleagues who do not read Japanese see this one."),
    )
    address: str = text(N_("Address"), most=300, hint=N_("As registered; it stands in the agreement."))
    representative: str = text(N_("Representative"), most=200, hint=N_("Name and title of who may sign for it."))
    industry: str = choice(N_("Industry"), INDUSTRIES, words="industry", blank=N_("Choose an industry"))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """A company in Japan has its number."""
        if read.get("country") == "JP" and "corporate_number" in read and read["corporate_number"] is None:
            return {"corporate_number": Said(N_("Please enter the corporate number of a company in Japan."))}
        return {}

    @property
    def company(self) -> NewCompany:
        """The same as the act takes it."""
        return NewCompany(
            self.corporate_number,
            self.name,
            self.name_latin or None,
            self.address,
            self.representative,
            self.country,
            self.industry,
        )
