"""What is sent about templates and agreements that are drafted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from portal.agreements.drafting import Bounds, Draft
from portal.agreements.templates import Text, fits, read
from portal.candidates.items import ALL_ITEMS, NO_ITEMS, Item, codes_of, item_of
from portal.companies.forms import FAIR_SCREENING
from portal.language.i18n import N_, Said
from portal.language.zone import JAPAN
from portal.settings import Settings
from portal.values import text as written
from portal.values.wrong import Wrong
from portal.web.field import single
from portal.web.fields import choice, choices, day, email, number, text, ticked

FREE_MAIL = frozenset(
    {
        "gmail.com", "googlemail.com", "yahoo.co.jp", "yahoo.com", "ymail.ne.jp", "outlook.com", "outlook.jp",
        "hotmail.com", "hotmail.co.jp", "live.jp", "live.com", "msn.com", "icloud.com", "me.com", "aol.com",
        "docomo.ne.jp", "ezweb.ne.jp", "au.com", "softbank.ne.jp", "i.softbank.jp", "qq.com", "163.com", "naver.com",
        "proton.me", "protonmail.com", "gmx.de", "gmx.net", "mail.ru",
    }
)  # fmt: skip
TERRITORIES = {
    "japan": N_("Networks in Japan"),
    "company": N_("Networks in Japan and in the company's country"),
    "anywhere": N_("Any network"),
}
BITS = {"selection": 1, "contact": 2}
TEXT_MOST = 60_000


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), JAPAN)


def _text(raw: str) -> Text:
    return read(written.lines(raw, most=TEXT_MOST, required=True))


def digest(raw: str) -> bytes:
    """The digest of what was shown, as the page sends it."""
    try:
        return bytes.fromhex(raw)
    except ValueError:
        raise Wrong(N_("This page was shown for another text.")) from None


@dataclass(frozen=True)
class ShownForm:
    """Which text or terms were shown when somebody approved them."""

    shown: bytes = single(digest, widget="hidden")


@dataclass(frozen=True)
class TemplateForm:
    """A template in both languages, and its bounds."""

    ja: Text = single(
        _text,
        widget="textarea",
        most=TEXT_MOST,
        label=N_("Japanese text, the original"),
        hint=N_("Begin with “# title”, and each clause with “## key heading”. Places for choices stand in braces."),
    )
    en: Text = single(_text, widget="textarea", most=TEXT_MOST, label=N_("English text"))
    items: tuple[str, ...] = choices(N_("The most items"), codes_of(ALL_ITEMS), words="item")
    contact_days: int = number(N_("The most days for contact"), least=1, most=365, initial="60")
    grace_days: int = number(N_("The most days of grace"), least=0, most=90, initial="30")
    term_days: int = number(N_("The longest term in days"), least=1, most=3660, initial="1100")

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """Both languages are one template."""
        if "ja" in read and "en" in read and (wrong := fits(read["ja"], read["en"])):
            return {"en": wrong}
        return {}

    @property
    def bounds(self) -> Bounds:
        """The bounds as the act takes them; where may be read from, beyond Japan, is always compliance's."""
        items = Item(sum((item_of(code) for code in self.items), NO_ITEMS))
        return Bounds(items, self.contact_days, self.grace_days, self.term_days, ["JP"])


@dataclass(frozen=True)
class AgreementForm:
    """What is chosen for one company."""

    items: tuple[str, ...] = choices(N_("Items"), codes_of(ALL_ITEMS), words="item")
    purposes: tuple[str, ...] = choices(N_("Purposes"), tuple(BITS), words="purpose")
    contact_days: int = number(N_("Days for contact after an outcome"), least=1, most=365, initial="30")
    grace_days: int = number(N_("Days of grace after a newer version"), least=0, most=90, initial="0")
    inactive_days: int | None = number(
        N_("Days without activity after which a selection ends"),
        least=7,
        most=365,
        initial="90",
        required=False,
        hint=N_("Then nothing serves the decision any more, and the days for contact begin. Empty: no such time."),
    )
    daily_downloads: int | None = number(
        N_("Files that one person may save in a day"),
        least=1,
        most=1000,
        initial="30",
        required=False,
        hint=N_("More need a reason, and more than twice as many an administrator's approval. Empty: no limit."),
    )
    fair_screening: bool = ticked(FAIR_SCREENING)
    territory: str = choice(N_("Where its people may read from"), TERRITORIES, initial="japan")
    begins: date = day(N_("First day"))
    ends: date = day(N_("Last day"))
    signatory_name: str = text(N_("Who signs for the company"), most=200)
    signatory_title: str = text(N_("Title of the signatory"), most=200)
    signatory_email: str = email(N_("E-mail address of the signatory"))
    signatory_authority: str = text(
        N_("What gives the authority to sign"),
        most=300,
        hint=N_("Such as the entry as representative in the company register, or a power of attorney."),
    )
    for_group: bool = ticked(N_("It is for the group that the company answers for: listed members can join it."))
    replaces: bool = ticked(N_("It replaces the agreement that is in force."))
    mail_checked: bool = ticked(N_("I have checked that this address is the signatory's own at the company."))

    @staticmethod
    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        """It begins before it ends."""
        if "begins" in read and "ends" in read and read["ends"] < read["begins"]:
            return {"ends": Said(N_("Please choose a last day that is not before the first."))}
        return {}

    def mail_doubt(self, domains: set[str]) -> str | None:
        """What is to be checked about the signatory's address; None when nothing is."""
        domain = self.signatory_email.rpartition("@")[2].lower()
        if domain in FREE_MAIL:
            return "free_mail"
        if not domains:
            return "nothing_to_compare"
        return None if domain in domains else "other_domain"

    def draft(self, country: str | None, settings: Settings) -> Draft:
        """The same as the act takes it, for a company of this country."""
        within = {"japan": ["JP"], "company": sorted({"JP", country or "JP"}), "anywhere": None}
        return Draft(
            items=int(sum((item_of(code) for code in self.items), NO_ITEMS)),
            purposes=sum(BITS[code] for code in self.purposes),
            contact_days=self.contact_days,
            grace_days=self.grace_days,
            inactive_days=self.inactive_days,
            daily_downloads=self.daily_downloads,
            fair_screening=self.fair_screening,
            for_group=self.for_group,
            territory=within[self.territory],
            effective_at=_midnight(self.begins),
            expires_at=_midnight(self.ends + timedelta(days=1)),
            signatory_name=self.signatory_name,
            signatory_title=self.signatory_title,
            signatory_email=self.signatory_email,
            signatory_authority=self.signatory_authority,
            operator_name=settings.operator_name,
            operator_address=settings.operator_address or None,
            operator_representative=settings.operator_representative or None,
        )


def choices_of(agreement: Mapping[str, Any]) -> dict[str, Any]:
    """What stands in the form of a draft."""
    within = agreement["territory"]
    ends = agreement["expires_at"].astimezone(JAPAN).date() - timedelta(days=1)
    return {
        "items": list(codes_of(ALL_ITEMS & agreement["items"])),
        "purposes": [code for code, bit in BITS.items() if agreement["purposes"] & bit],
        "contact_days": str(agreement["contact_days"]),
        "grace_days": str(agreement["grace_days"]),
        "inactive_days": str(agreement["inactive_days"] or ""),
        "daily_downloads": str(agreement["daily_downloads"] or ""),
        "fair_screening": "yes" if agreement["fair_screening"] else "",
        "territory": "anywhere" if within is None else "japan" if within == ["JP"] else "company",
        "begins": agreement["effective_at"].astimezone(JAPAN).date().isoformat(),
        "ends": ends.isoformat(),
        "for_group": "yes" if agreement["group_id"] else "",
        "replaces": "yes",  # was said when it was drafted, where it had to be
        **{name: agreement[name] or "" for name in SIGNATORY},
    }


SIGNATORY = ("signatory_name", "signatory_title", "signatory_email", "signatory_authority")
