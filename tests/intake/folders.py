"""Import folders for tests: a small, whole world of one company and one person, to be spoilt at will."""

import csv
import json
import shutil
from collections.abc import Collection
from pathlib import Path
from typing import Any

from portal.settings import PROJECT
from tests.documents.hostile import picture, plain_pdf
from tests.facts import BOTH_USES, EVERY_ITEM

Row = dict[str, str]

COMPANY: Row = {
    "reference": "ACME",
    "name": "株式会社試験所",
    "corporate_number": "7123456789012",
    "country": "JP",
    "address": "東京都試験区1-1",
    "representative": "代表取締役 試験 太郎",
    "status": "active",
    "status_reason": "taken over",
    "screening": "approved, binder 1",
}
OPENING: Row = {"reference": "OP-1", "company": "ACME", "title": "介護職員", "status": "open"}
ACCOUNT: Row = {
    "email": "alice@acme.example.jp",
    "display_name": "Alice",
    "role": "recruiter",
    "company": "ACME",
    "locale": "en",
    "undertaking": "today-5d",
}
AGREEMENT: Row = {
    "reference": "AG-1",
    "company": "ACME",
    "number": "SK-1",
    "items": "all",
    "purposes": "selection;contact",
    "text_file": "texts/agreement.txt",
    "says_days": "利用できる期間は３０日とする。",
    "says_items": "氏名、メール、写真、国籍、住所、生年月日、年齢、性別、電話、経歴、資格、在留資格、日本語、履歴書。",
    "company_name": "株式会社試験所",
    "company_address": "東京都試験区1-1",
    "company_representative": "代表取締役 試験 太郎",
    "company_corporate_number": "7123456789012",
    "company_country": "JP",
    "operator_name": "株式会社紹介",
    "operator_address": "東京都架空区1-1",
    "operator_representative": "代表取締役 見本 花子",
    "signatory": "試験 太郎",
    "signatory_title": "代表取締役",
    "signatory_authority": "登記事項証明書",
    "evidence": "binder 1",
    "company_signed_at": "today-11d",
    "operator_signed_at": "today-11d",
    "effective_at": "today-10d",
    "expires_at": "today+300d",
}
SAID = AGREEMENT["says_days"] + AGREEMENT["says_items"]
NOTICE: Row = {
    "reference": "sharing",
    "version": "1",
    "language": "ja",
    "published_at": "2026-01-01",
    "text_file": "texts/notice.txt",
    "policy_version": "2024-02-13",
    "purposes": "selection;contact",
    "items": "all",
    "regimes": "general",
}
CONSENT: Row = {
    "reference": "CS-1",
    "candidate": "P1",
    "company": "ACME",
    "notice": "sharing",
    "notice_version": "1",
    "language": "ja",
    "items": "all",
    "purposes": "selection;contact",
    "given_at": "today-8d",
    "expires_at": "today+90d",
    "channel": "paper",
    "evidence": "scan 1",
}
INTRODUCTION: Row = {
    "reference": "IN-1",
    "candidate": "P1",
    "opening": "OP-1",
    "stage": "interview",
    "introduced_at": "today-6d",
}
OUTCOME: Row = {
    "introduction": "IN-1",
    "result": "hired",
    "reason": "offer_accepted",
    "note": "入社日を調整中",
    "recorded_at": "today-1d",
    "recorded_by": "alice@acme.example.jp",
}
TABLES: dict[str, Row] = {
    "companies": COMPANY,
    "openings": OPENING,
    "accounts": ACCOUNT,
    "agreements": AGREEMENT,
    "notices": NOTICE,
    "consents": CONSENT,
    "introductions": INTRODUCTION,
    "outcomes": OUTCOME,
}


def resume(**extension: Any) -> dict[str, Any]:
    """A JSON Resume; `extension` goes into or replaces parts of `basics.x-shokai`."""
    own = {
        "regime": "general",
        "name": {"given": "သီရိအောင်", "given_kana": "ティリ・アウン", "latin": "THIRI AUNG"},
        "nationality": "MM",
        "date_of_birth": "1997-10-04",
        "gender": "female",
        "residence_status": {"code": "student", "expires": "today+100d", "extra_permission": "yes"},
        "japanese_level": {"test": "JLPT", "level": "N2", "score": 116, "date": "2025-12"},
    }
    return {
        "basics": {
            "name": "သီရိအောင်",
            "label": "介護福祉士",
            "email": "thiri@example.jp",
            "phone": "090-0000-0109",
            "location": {"countryCode": "JP", "postalCode": "169-0000", "region": "東京都"},
            "x-shokai": own | extension,
        },
        "work": [{"name": "みどりの風", "position": "介護福祉士", "startDate": "2021-04"}],
    }


def write_table(folder: Path, name: str, *rows: Row) -> None:
    """A UTF-8 CSV file with the columns that the rows have."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)


def write_person(folder: Path, reference: str, data: dict[str, Any], **files: bytes) -> Path:
    """A candidate's folder; `files` are named with a double underscore for the dot."""
    person = folder / "candidates" / reference
    person.mkdir(parents=True, exist_ok=True)
    (person / "resume.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    for name, content in files.items():
        (person / name.replace("__", ".")).write_bytes(content)
    return person


def write_world(folder: Path) -> Path:
    """Everything that holds: each table with one row, its texts, and one person with both files."""
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    (folder / "texts" / "agreement.txt").write_text(f"契約の本文。{SAID}\n", encoding="utf-8")
    (folder / "texts" / "notice.txt").write_text(f"お願いの本文。{EVERY_ITEM}{BOTH_USES}\n", encoding="utf-8")
    for name, row in TABLES.items():
        write_table(folder, name, row)
    write_person(folder, "P1", resume(), resume__pdf=plain_pdf(), photo__jpg=picture())
    return folder


def sample_with_few_files(to: Path, people: Collection[str]) -> Path:
    """The sample folder, in which only these people have files: to read and draw all of them takes most of an import.
    That each can be taken in is what `test_import.py` tells."""
    shutil.copytree(PROJECT / "sample", to)
    for person in (to / "candidates").iterdir():
        for file in person.iterdir():
            if person.name not in people and file.name != "resume.json":
                file.unlink()
    return to
