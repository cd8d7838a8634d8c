"""Who appears in the stories: a company with its people, the operator's staff, and three candidates."""

from dataclasses import dataclass
from typing import Any

from tests.client import Portal
from tests.facts import Account, Agreement, Candidate, Company, Consent, Introduction
from tests.papers import store_document
from tests.world import items_of

LINH = {
    "family": "Trần", "given": "Linh", "family_kana": "チャン", "given_kana": "リン",
    "latin": "Tran Thi Linh", "display": "Trần Thị Linh",
}  # fmt: skip
AUNG = {
    "family": None, "given": "အောင်ကျော်", "family_kana": None, "given_kana": "アウンチョー",
    "latin": "Aung Kyaw", "display": "အောင်ကျော်",
}  # fmt: skip
HAO = {
    "family": "王", "given": "浩", "family_kana": "オウ", "given_kana": "コウ",
    "latin": "Wang Hao", "display": "王 浩",
}  # fmt: skip


@dataclass
class Cast:
    """Aoba Foods and Kita Steel, and the operator's staff. Hana recruits for Aoba and has accepted the undertaking."""

    portal: Portal
    aoba: Company
    kita: Company
    agreement: Agreement
    hana: Account
    ken: Account
    mori: Account
    sato: Account
    abe: Account

    async def introduce(self, name: dict[str, Any], company: Company, **consent: Any) -> "Person":
        """Someone who consented to a company and was introduced to it, with a resume on file."""
        world = self.portal.world
        reference = str(name["latin"]).lower().replace(" ", "-")
        candidate = world.candidate(f"{reference}-{company.reference}", items=items(name, reference))
        given = world.consent(candidate, company, **consent)
        introduction = world.introduction(candidate, company)
        document = await store_document(self.portal, candidate, "resume_original")
        await self.portal.written()
        return Person(candidate, given, introduction, f"/candidates/{introduction.id}", str(document.id))


@dataclass
class Person:
    """One introduced candidate. `page` is the address of their page, `document` the id of their file."""

    candidate: Candidate
    consent: Consent
    introduction: Introduction
    page: str
    document: str

    @property
    def name(self) -> str:
        """The name as the page shows it."""
        return str(self.candidate.items["name"]["display"])


def items(name: dict[str, Any], reference: str) -> dict[str, Any]:
    """Every item but a photo, as an import would have made them."""
    made = items_of(reference)
    del made["photo"]
    return made | {
        "name": name,
        "gender": "female",
        "residence_status": {"code": "student", "detail": None, "expires": "2027-03-31", "work": "with_permission"},
        "japanese_level": {**made["japanese_level"], "date": "2025-12-07"},
    }


async def cast(portal: Portal, **of_aoba: Any) -> Cast:
    """Write the companies and the staff. `of_aoba` is what Aoba Foods was bound as, which nobody changes later."""
    world = portal.world
    mori = world.account("mori", "account_manager", display_name="Mori")
    sato = world.account("sato", "compliance", display_name="Sato")
    abe = world.account("abe", "administrator", display_name="Abe")
    await portal.written()
    aoba = world.company("aoba", **{"name": "Aoba Foods", "account_manager": mori, **of_aoba})
    kita = world.company("kita", name="Kita Steel")
    agreement = world.agreement(aoba)
    hana = world.account("hana", "recruiter", aoba, display_name="Hana")
    ken = world.account("ken", "recruiter", kita, display_name="Ken")
    world.undertaking(agreement, hana)
    world.undertaking(world.agreement(kita), ken)
    await portal.written()
    return Cast(portal, aoba, kita, agreement, hana, ken, mori, sato, abe)
