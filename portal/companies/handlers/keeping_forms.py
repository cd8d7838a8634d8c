"""Who looks after a company from now on, and who is reached there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.companies.forms import began_with, knowing, moment
from portal.companies.keepers import Contact
from portal.language.i18n import N_, Said
from portal.web.fields import email, hidden, identifier, sought, telephone, text


@dataclass(frozen=True)
class HandOverForm:
    """Who looks after a company from now on."""

    heir: UUID = identifier(N_("Account manager"), blank=N_("Choose an account manager"))


@dataclass(frozen=True)
class StandInForm:
    """Who acts for a company besides its account manager."""

    who: UUID = identifier(N_("Account manager"), blank=N_("Choose an account manager"))


@dataclass(frozen=True)
class ContactForm:
    """Somebody at a company, and how they are reached."""

    name: str = text(N_("Name"), most=100)
    position: str = text(N_("Position or department"), most=100, required=False)
    email: str | None = email(N_("E-mail address"), required=False)
    telephone: str | None = telephone(N_("Telephone"), required=False)
    seen: datetime = hidden(moment)
    began: dict[str, str] = hidden(began_with)

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """One way at least to reach them."""
        if "email" in read and "telephone" in read and not read["email"] and not read["telephone"]:
            return {"email": Said(N_("Please enter an e-mail address or a telephone number."))}
        return {}

    @property
    def contact(self) -> Contact:
        """The same as the act takes it."""
        return Contact(self.name, self.position or None, self.email, self.telephone)


def contact_of(contact: Mapping[str, Any]) -> dict[str, str]:
    """What stands in a contact's form."""
    return knowing({name: contact[name] or "" for name in Contact.__dataclass_fields__}, contact)


@dataclass(frozen=True)
class GiveForm:
    """Which company somebody looks after from now on."""

    company: UUID = sought(N_("Company"), hint=N_("Part of its name, or its corporate number."))
