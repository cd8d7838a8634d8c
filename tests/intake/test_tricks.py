"""Facts that somebody makes up, each in a file as it would be handed in.

Each is refused with what is missing and opens nothing, and the honest way beside it works. The first seven are those
that opened people's data once (issue 9). What pages and programs try is in tests/journeys.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from weasyprint import HTML

from portal.language.i18n import speaking
from tests.intake.conftest import Import
from tests.intake.folders import TABLES, Row, resume, write_person, write_table, write_world
from tests.intake.test_evidence import ABROAD, EEA, TEXT

OPEN = "select selection_items | contact_items from gate.standing"
NARROW = {"items": "background;japanese_level"}
EEA_PERSON = {"person": {"regime": "eea"}, "notices": EEA, "consents": NARROW}
NEW = {"version": "2", "published_at": "today-9d"}
PROMISED = {"promises_expiry": "yes", "most_days": "30", "says_expiry": "同意は30日で終わります"}
NEW_NOTICE = {"notices": NEW, "consents": {"notice_version": "2"}}
KEEPING, CLOSED = "取得した書類は３６５日保管する。", "本契約により候補者の氏名は開示しない。"
NO_NAME = (
    "氏名の提供はお断りします。氏名は提供禁止です。氏名の代わりに番号を提供します。氏名を匿名化して提供します。"
    "当社に氏名を提供してください。氏名の提供は見送ります。氏名は提供を控えます。氏名の提供は将来検討します。"
    "使う目的：採用選考と連絡。"
)
LONGER = "利用できる期間は３６５日とする。"


@dataclass(frozen=True)
class Trick:
    """`made_up` are the changes that lie, and `honest` those in their place. `says` is answered at `place`.

    `before` is imported first, where the trick is a later file. Changes are by table; "person" are the resume's."""

    made_up: dict[str, dict[str, Any]]
    place: str
    says: str
    honest: dict[str, dict[str, Any]] = field(default_factory=dict)
    before: dict[str, dict[str, Any]] | None = None
    text: str = f"{TEXT}同意は30日で終わります。"
    later_text: str | None = None
    made_text: str | None = None
    agreed: str = ""


def consent(made_up: Row, column: str, says: str, honest: Row | None = None, **other: Any) -> Trick:
    """A lie in the one consent."""
    return Trick({"consents": made_up}, f"consents.csv:2 {column}", says, {"consents": honest or {}}, **other)


def notice(made_up: Row, column: str, says: str, honest: Row | None = None, **other: Any) -> Trick:
    """A lie in the one notice."""
    return Trick({"notices": made_up}, f"notices.csv:2 {column}", says, {"notices": honest or {}}, **other)


def agreement(made_up: Row, column: str, says: str, honest: Row | None = None, **other: Any) -> Trick:
    """A lie in the one agreement."""
    return Trick({"agreements": made_up}, f"agreements.csv:2 {column}", says, {"agreements": honest or {}}, **other)


LEVEL = {"test": "JLPT", "level": "N1", "score": 150}
LAW = "candidates/P1/resume.json basics.x-shokai.regime"
FRANCE = {"countryCode": "FR", "region": "Auvergne-Rhône-Alpes", "city": "Lyon"}
CALIFORNIA = {"countryCode": "US", "region": "CA", "city": "San Jose"}
IN_JAPAN = {"countryCode": "JP", "region": "東京都"}


def law(asked: Row, place: dict[str, str], says: str, honest: dict[str, Any], **other: Any) -> Trick:
    """A law that the record does not bear."""
    return Trick({"person": asked, "place": place}, LAW, says, honest, **other)


ANEW = {"reference": "CS-9", "given_at": "today-1d"}
TRICKS = {
    # The first paragraph of issue 9.
    "a person of the EEA is called general": Trick(
        {"person": {"regime": "general"}}, "candidates/P1/resume.json basics.x-shokai.regime", "reason and evidence",
        {"person": {"regime": "eea", "gender": "other"}}, before=EEA_PERSON,
    ),
    "a domestic notice is said to tell of another country": Trick(
        {"companies": {"country": "SG"}, "consents": {"foreign_transfer_notice": "yes"}},
        "consents.csv:2 foreign_transfer_notice", "says_measures", 
        {"companies": {"country": "SG"}, "notices": ABROAD | NEW, "consents": {"notice_version": "2"}},
    ),
    "explicit items without a word of the GDPR": Trick(
        {"person": {"regime": "eea"}, "consents": {"explicit_items": "all"}}, "consents.csv:2 explicit_items",
        "says_explicit",
        {"person": {"regime": "eea"}, "notices": EEA | NEW, "consents": {"notice_version": "2"} | NARROW},
    ),
    "a consent before its notice": consent({"given_at": "2025-04-01"}, "given_at", "was in force: since"),
    "a company that becomes another by a file": Trick(
        {"companies": {"name": "株式会社別人", "address": "東京都別区9-9"}}, "companies.csv:2 name", "株式会社試験所",
        {"companies": {"name_latin": "Shikensho"}}, before={},
    ),
    "an agreement that nobody signed for anybody": agreement(
        {"signatory": "", "company_address": "", "company_representative": ""}, "company_address", "company",
    ),
    "365 days against a text that says 30": agreement(
        {"contact_days": "365"}, "says_days", "days", {"contact_days": "30"},
    ),
    # Of the same kinds.
    "a new person in France is called general": law(
        {"regime": "general"}, FRANCE, "the address is in FR",
        {"person": {"regime": "general", "nationality": "FR"}, "place": IN_JAPAN},
    ),
    "a new person in Martinique is called Californian": law(
        {"regime": "california"}, {"countryCode": "MQ"}, "no more than eea",
        {"person": {"regime": "eea"}, "place": {"countryCode": "MQ"}},
    ),
    "a new person in California is called general": law(
        {"regime": "general"}, CALIFORNIA, "the address is in US",
        {"person": {"regime": "california"}, "place": CALIFORNIA},
    ),
    "a postal code of California without its name": law(
        {"regime": "general"}, {"countryCode": "US", "postalCode": "95112"}, "no more than california",
        {"person": {"regime": "general"}, "place": {"countryCode": "US", "region": "Texas", "postalCode": "75001"}},
    ),
    "an address in the United States without a state": law(
        {"regime": "general"}, {"countryCode": "US"}, "basics.location.region",
        {"person": {"regime": "general"}, "place": {"countryCode": "US", "region": "Texas"}},
    ),
    "a law of somebody who lives nowhere": law(
        {"regime": "general"}, {}, "basics.location.countryCode", {"person": {"regime": None}, "place": {}},
    ),
    "a move from Japan to France that stays general": law(
        {"regime": "general", "gender": "other"}, FRANCE, "the address is in FR",
        {"person": {"regime": "eea"}, "place": FRANCE}, before={},
    ),
    "a move from France to Japan that loosens by itself": law(
        {"regime": "general"}, IN_JAPAN, "reason and evidence",
        {"person": {"regime": "eea", "gender": "other"}, "place": IN_JAPAN},
        before={"person": {"regime": "eea"}, "place": FRANCE},
    ),
    "a law kept unknown until the address is another": law(
        {"regime": "general"}, IN_JAPAN, "reason and evidence", {"person": {"regime": "eea"}, "place": IN_JAPAN},
        before={"person": {"regime": None}, "place": FRANCE},
    ),
    "a notice's text is written anew after the consents": Trick(
        {}, "notices.csv:2 text_file", "", {"notices": {"version": "2", "published_at": "today-1d"}},
        before={}, later_text=f"{TEXT}どの企業にも提供します。",
    ),
    "a notice is described as more than it was": notice(
        {"items": "all"}, "items", "", {"version": "2", "published_at": "today-1d"},
        before={"notices": {"items": "name"}, "consents": {"items": "name"}},
    ),
    "a notice speaks to one more law than it did": notice(
        EEA | {"regimes": "general;eea"}, "regimes", "", {"version": "2", "published_at": "today-1d"}, before={},
    ),
    "the end of a notice is put off for a late consent": notice(
        {"valid_until": "2090-01-01"}, "valid_until", "", {"valid_until": "today-4d"},
        before={"notices": {"valid_until": "today-3d"}},
    ),
    "a notice that names an item to keep it closed": Trick(
        {"notices": {"items": "name"}, "consents": {"items": "name"}}, "notices.csv:2 items", "氏名",
        {"notices": {"items": "name"}, "consents": {"items": "name"}}, text=NO_NAME + TEXT, made_text=NO_NAME,
    ),
    "a country that the quoted words do not name": notice(
        ABROAD | {"country": "IN"}, "says_country", "インド", ABROAD,
    ),
    "a policy of before sharing was allowed": Trick(
        {"notices": {"policy_version": "2024-02-12"}}, "consents.csv:2 notice", "2024-02-13", NEW_NOTICE,
    ),
    "a language that the notice does not have": consent({"language": "vi"}, "notice", "in this language"),
    "a withdrawal that has not been": consent(
        {"withdrawn_at": "today+30d"}, "withdrawn_at", "holds from when the person says it",
        {"withdrawn_at": "today-1d"},
    ),
    "a consent of tomorrow": consent({"given_at": "today+1d"}, "given_at", "a time that has been"),
    "no end where one was promised": Trick(
        {"notices": {"promises_expiry": "yes"}, "consents": {"expires_at": ""}},
        "consents.csv:2 expires_at", "promises",
        {"notices": {"promises_expiry": "yes"}},
    ),
    "an end beyond what the notice promises": Trick(
        {"notices": PROMISED, "consents": {"expires_at": "today+40d"}}, "consents.csv:2 expires_at", "within the days",
        {"notices": PROMISED, "consents": {"expires_at": "today+20d"}},
    ),
    "days that the notice does not name": Trick(
        {"notices": PROMISED | {"most_days": "90"}}, "notices.csv:2 says_expiry", "name the days",
        {"notices": PROMISED, "consents": {"expires_at": "today+20d"}},
    ),
    "an end before the beginning": consent({"expires_at": "today-9d"}, "expires_at", "after the consent was given"),
    "evidence of a dash": consent({"evidence": " - "}, "evidence", ""),
    "evidence of nothing but blanks": consent({"evidence": " \u3000 "}, "evidence", "a value"),
    "a page of the person's that is not there yet": consent({"channel": "page"}, "channel", "paper, telephone"),
    "a statement is made to say more": consent(
        {"items": "all"}, "items", "a new statement", ANEW, before={"consents": {"items": "name"}},
    ),
    "a statement is made to be older than it is": consent(
        {"given_at": "2026-01-05"}, "given_at", "a new statement", ANEW, before={},
    ),
    "a law is made to be unknown": Trick(
        {"person": {"regime": None}}, "candidates/P1/resume.json basics.x-shokai.regime", "reason and evidence",
        {"person": {"regime": "eea", "gender": "other"}}, before=EEA_PERSON,
    ),
    "a restriction that begins in a year": Trick(
        {"person": {"restricted_at": "today+365d"}}, "candidates/P1/resume.json basics.x-shokai.restricted_at",
        "a time that has been", {"person": {"restricted_at": "today-1d"}},
    ),
    "two laws in one file, of which the last is the looser": Trick(
        {"json": {'"regime": "eea"': '"regime": "eea", "regime": "general"'}, "person": {"regime": "eea"}},
        "candidates/P1/resume.json regime", "each field once", {"person": {"regime": "eea"}},
    ),
    "a certificate of a test that is to come": Trick(
        {"person": {"japanese_level": LEVEL | {"date": "2090-07"}}},
        "candidates/P1/resume.json basics.x-shokai.japanese_level.date", "a day that has been",
        {"person": {"japanese_level": LEVEL | {"date": "2026-07"}}},
    ),
    "another date of birth without a proof": Trick(
        {"person": {"date_of_birth": "2001-10-04"}}, "candidates/P1/resume.json basics.x-shokai.date_of_birth",
        "name where its proof is kept",
        {"person": {"date_of_birth": "2001-10-04",
                    "sources": {"date_of_birth": {"source": "person", "evidence": "letter 3"}}}},
        before={},
    ),
    "a date of birth is taken out, to be another later": Trick(
        {"person": {"date_of_birth": None}}, "candidates/P1/resume.json basics.x-shokai.date_of_birth",
        "1997-10-04, which stands", {"person": {"gender": "other"}}, before={},
    ),
    "staff saw it, nobody says where": Trick(
        {"person": {"sources": {"residence_status": "staff"}}},
        "candidates/P1/resume.json basics.x-shokai.sources.residence_status", "where the proof is kept",
        {"person": {"sources": {"residence_status": {"source": "staff", "evidence": "scan 3"}}}},
    ),
    "a file that is said to hold nothing": Trick(
        {"person": {"resume_holds": "none"}}, "candidates/P1/resume.json basics.x-shokai.resume_holds", "counts as all",
        {"person": {"resume_holds": "background"}},
    ),
    "a file whose text has the e-mail address that it is said not to show": Trick(
        {"person": {"resume_holds": "background"}, "file": {"text": "thiri@example.jp"}},
        "candidates/P1/resume.json basics.x-shokai.resume_holds", "its text has email",
        {"person": {"resume_holds": "background;email"}, "file": {"text": "thiri@example.jp"}},
    ),
    "fair screening is taken out of a running agreement": agreement(
        {"fair_screening": "no"}, "fair_screening", "", {"fair_screening": "yes"},
        before={"agreements": {"fair_screening": "yes"}},
    ),
    "an agreement is made to last longer": agreement(
        {"expires_at": "2090-01-01"}, "expires_at", "", {}, before={},
    ),
    "grace that the text does not grant": agreement({"grace_days": "30"}, "says_grace", "grace", {"grace_days": "0"}),
    "an agreement covers more than its words": agreement(
        {"says_items": "同意を得た項目に限って開示する。"}, "says_items", "items", text=TEXT,
    ),
    "who signed had no authority": agreement({"signatory_authority": ""}, "signatory_authority", "authority"),
    "who signed for the company speaks for the operator": agreement(
        {"signatory": "見本 花子"}, "signatory", "who signed",
    ),
    "an agreement of a company with itself": agreement(
        {"operator_name": "株式会社 試験所"}, "operator_address", "operator",
    ),
    "days of keeping are called days for contact": agreement(
        {"contact_days": "365", "says_days": KEEPING}, "says_days", "days", agreed=KEEPING,
    ),
    "an agreement covers what its words keep closed": agreement(
        {"items": "name", "says_items": CLOSED}, "says_items", "item", agreed=CLOSED,
    ),
    "an agreement is signed tomorrow": agreement(
        {"company_signed_at": "today+1d"}, "company_signed_at", "a time that has been",
    ),
    "a decision that nobody of the company took": Trick(
        {"outcomes": {"recorded_by": "nobody@elsewhere.example"}}, "outcomes.csv:2 recorded_by", "people decide",
        {"outcomes": {}}, before={},
    ),
    "a decision of tomorrow": Trick(
        {"outcomes": {"recorded_at": "today+1d"}}, "outcomes.csv:2 recorded_at", "between the introduction and now",
        {"outcomes": {}}, before={},
    ),
    "an introduction of tomorrow": Trick(
        {"introductions": {"introduced_at": "today+1d"}}, "introductions.csv:2 introduced_at", "a time that has been",
    ),
    "a sign-in that promised before there was an agreement": Trick(
        {"accounts": {"undertaking": "today-400d", "email": "bob@acme.example.jp"}}, "accounts.csv:2 undertaking",
        "signed agreement", {"accounts": {"email": "bob@acme.example.jp"}}, before={},
    ),
}  # fmt: skip


def world(folder: Path, changes: dict[str, dict[str, Any]], text: str, agreed: str = "") -> Path:
    """The small world with these changes. What is not decided stays so."""
    write_world(folder)
    (folder / "texts" / "notice.txt").write_text(text, encoding="utf-8")
    for name, row in TABLES.items():
        if name == "outcomes" and name not in changes:
            (folder / "outcomes.csv").unlink()
        else:
            write_table(folder, name, row | changes.get(name, {}))
    if agreed:
        with (folder / "texts" / "agreement.txt").open("a", encoding="utf-8") as file:
            file.write(agreed)
    person = resume(**changes.get("person", {}))
    person["basics"] |= {"location": changes["place"]} if "place" in changes else {}
    said = changes.get("file", {}).get("text")
    write_person(folder, "P1", person, **({"resume__pdf": HTML(string=said).write_pdf()} if said else {}))
    for was, becomes in changes.get("json", {}).items():
        data = folder / "candidates" / "P1" / "resume.json"
        data.write_text(data.read_text(encoding="utf-8").replace(was, becomes), encoding="utf-8")
    return folder


async def told(importing: Import, folder: Path) -> list[str]:
    with speaking("en"):
        return [each.place() + each.told() for each in (await importing(folder)).problems]


@pytest.mark.parametrize("name", list(TRICKS))
async def test_a_fact_that_is_made_up_is_refused_and_the_honest_way_beside_it_works(
    tmp_path: Path, importing: Import, owner: asyncpg.Connection, name: str
) -> None:
    trick = TRICKS[name]
    before, text = trick.before or {}, trick.made_text or trick.later_text or trick.text
    if trick.before is not None:
        assert await told(importing, world(tmp_path / "before", before, trick.text, trick.agreed)) == []
    stood = await owner.fetchval(OPEN) or 0
    problems = await told(importing, world(tmp_path / "trick", {**before, **trick.made_up}, text, trick.agreed))
    said = [one for one in problems if one.startswith(trick.place) and trick.says in one]
    assert said, problems
    assert (await owner.fetchval(OPEN) or 0) & ~stood == 0, "nothing opens by it"
    honest = world(tmp_path / "honest", {**before, **trick.honest}, trick.text, trick.agreed)
    assert await told(importing, honest) == []
