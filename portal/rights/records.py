"""The statutory records as files, in Japanese: what stands in which column.

Sources: APPI 29 and 30 with Rules 19 to 25; the Employment Security Act and its register of job seekers and job offers.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from portal.documents.report import Section
from portal.language import addresses
from portal.language.zone import JAPAN

ITEMS = {
    "name": "氏名", "email": "メールアドレス", "photo": "顔写真", "nationality": "国籍", "address": "住所",
    "date_of_birth": "生年月日", "age": "年齢", "gender": "性別", "telephone": "電話番号", "background": "経歴",
    "qualifications": "資格", "residence_status": "在留資格", "japanese_level": "日本語能力",
    "resume_original": "本人提出の履歴書",
}  # fmt: skip
PURPOSES = {"selection": "採否の判断", "contact": "採用・不採用に関する連絡"}
RESULTS = {"hired": "採用", "not_hired": "不採用", "withdrawn": "辞退・取下げ", None: "選考中"}
SOURCES = {
    "person": "本人から直接取得", "platform": "本人が運営会社のサービスに登録した情報から取得",
    "staff": "運営会社の担当者が本人から聴取", "employer": "提供先の記録",
}  # fmt: skip
ACQUIRED = "本人が運営会社のサービスに自ら登録し、又は運営会社に直接提供した情報を、本人の同意に基づき運営会社が提供"
GIVEN_TITLE = "第三者提供記録（個人情報保護法第29条）"
GIVEN = (
    "最初の提供日", "最後の提供日", "提供先の名称", "提供先の法人番号", "提供先の住所", "提供先の代表者",
    "本人の氏名", "本人の番号", "紹介番号", "提供した個人データの項目", "利用目的", "本人の同意", "契約",
    "記録の区分", "保存期限",
)  # fmt: skip
RECEIVED_TITLE = "第三者提供を受ける際の確認・記録（個人情報保護法第30条）"
RECEIVED = (
    "最初の受領日", "最後の受領日", "提供元の名称", "提供元の住所", "提供元の代表者", "提供元による取得の経緯",
    "本人を特定する事項（紹介番号）", "受領した個人データの項目", "利用目的", "本人の同意", "契約", "保存期限",
)  # fmt: skip
SEEKERS = (
    "求職受付日", "求職者の番号", "氏名", "住所", "生年月日", "希望職種", "求職の有効期限",
    "紹介年月日", "紹介先", "紹介した求人", "紹介番号", "採用・不採用の別",
)  # fmt: skip
OFFERS = (
    "求人受付日", "求人者の名称", "求人者の所在地", "代表者", "求人の職種", "求人の終了日",
    "紹介年月日", "紹介した求職者の番号", "紹介番号", "採用・不採用の別",
)  # fmt: skip


def day(value: datetime | date | None) -> str:
    """A day in Japan as such records write it; empty for none."""
    if value is None:
        return ""
    local = value.astimezone(JAPAN) if isinstance(value, datetime) else value
    return f"{local.year}年{local.month}月{local.day}日"


def given(row: dict[str, Any]) -> list[str]:
    """A record of the operator as the provider (APPI 29)."""
    return [
        day(row["first_at"]), day(row["last_at"]), row["name"], row["corporate_number"] or "", row["address"] or "",
        row["representative"] or "", row["person_name"] or "", row["person_reference"], row["code"],
        _items(row), _purposes(row), _consent(row), _agreement(row),
        "記録" if row["contract"] is None else f"契約書等による代替（{row['contract']}）", day(row["kept_until"]),
    ]  # fmt: skip


def taken(row: dict[str, Any], operator: str) -> list[str]:
    """The same as the record of the recipient (APPI 30), made for it by the provider."""
    found = [SOURCES[one] for one in row["sources"] or () if one != "employer"]
    return [
        day(row["first_at"]), day(row["last_at"]), row["operator_name"] or operator, row["operator_address"] or "",
        row["operator_representative"] or "", "、".join(found) or ACQUIRED, row["code"], _items(row), _purposes(row),
        _consent(row), _agreement(row), day(row["kept_until"]),
    ]  # fmt: skip


def seeker(row: dict[str, Any]) -> list[str]:
    """A line of the register of job seekers."""
    if row["erased"]:
        known = ["", row["reference"], "（消去済み）", "", "", "", ""]
    else:
        valid = day(row["valid_until"]) or "期限の定めなし"
        address = row["address"] and addresses.address(_read(row["address"]))
        known = [
            day(row["received_at"]), row["reference"], row["name"] or "", _line(address), day(row["date_of_birth"]),
            row["wishes"] or "", valid,
        ]  # fmt: skip
    return [*known, day(row["introduced_at"]), row["company"], row["opening"], row["code"], _result(row)]


def offer(row: dict[str, Any]) -> list[str]:
    """A line of the register of job offers."""
    return [
        day(row["opening_created_at"]), row["company"], row["company_address"] or "", row["representative"] or "",
        row["opening"], day(row["opening_closed_at"]), day(row["introduced_at"]), row["reference"], row["code"],
        _result(row),
    ]  # fmt: skip


def section(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> Section:
    """A table of a report."""
    return Section(title, tuple(columns), tuple(tuple(one or "–" for one in row) for row in rows))


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _line(value: Any) -> str:
    return " ".join(str(value or "").split())


def _items(row: dict[str, Any]) -> str:
    return "、".join(ITEMS[code] for code in row["items"])


def _purposes(row: dict[str, Any]) -> str:
    return "、".join(PURPOSES[code] for code in row["purposes"])


def _consent(row: dict[str, Any]) -> str:
    return f"{day(row['consent_given_at'])}に同意（通知 {row['notice']} 第{row['notice_version']}版）"


def _agreement(row: dict[str, Any]) -> str:
    return f"{row['agreement_number']} 第{row['agreement_version']}版"


def _result(row: dict[str, Any]) -> str:
    return RESULTS[row["result"]] + (f"（{day(row['decided_at'])}）" if row["decided_at"] else "")
