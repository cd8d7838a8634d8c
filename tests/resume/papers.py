"""Resumes of people who do not exist, and ways to look into the PDFs made of them."""

import io
import re
import subprocess
from datetime import date
from functools import cache
from typing import Any

import pypdf
from PIL import Image

from portal.candidates.items import DisclosedItems
from portal.resume.request import Calendar, FormLanguage, ResumeRequest

CODE = "SK-7F3K2Q"
MADE_ON = date(2026, 11, 22)


def all_items() -> DisclosedItems:
    """Every item a resume can show, each with a value that stands nowhere else."""
    return {
        "name": {
            "family": "タン",
            "given": "テッテッ",
            "family_kana": "タン",
            "given_kana": "テッテッ",
            "latin": "Htet Htet Than",
            "display": "ထက်ထက်သန်း",
        },
        "email": "htet.than@example.com",
        "photo": "0190b1d2-7c3a-7000-8000-000000000001",
        "nationality": "MM",
        "address": {
            "country": "JP",
            "postal_code": "169-0075",
            "region": "東京都",
            "city": "新宿区",
            "line": "高田馬場1-2-3",
        },
        "date_of_birth": "1998-04-12",
        "age": 28,
        "gender": "female",
        "telephone": "+819012345678",
        "background": {
            "label": "生産管理エンジニア",
            "summary": "機械工学を学び、生産管理に従事。",
            "work": [
                {
                    "company": "Golden Lotus Trading",
                    "position": "品質管理担当",
                    "start": "2019-06",
                    "end": "2020-12",
                    "location": "ヤンゴン",
                    "summary": "受入検査を担当。",
                    "highlights": ["不良率を半減"],
                },
                {
                    "company": "株式会社みどり精機",
                    "position": "生産技術課",
                    "start": "2023-04",
                    "end": None,
                    "location": None,
                    "summary": None,
                    "highlights": [],
                },
            ],
            "education": [
                {
                    "institution": "ヤンゴン工科大学",
                    "area": "機械工学部",
                    "study_type": "工学士",
                    "start": "2014-12",
                    "end": "2019-03",
                }
            ],
            "skills": [{"name": "CAD", "level": "実務2年", "keywords": ["AutoCAD"]}],
            "languages": [{"language": "ミャンマー語", "fluency": "母語"}],
            "motivation": "現場の改善を続けたいと考えています。",
            "wishes": "勤務地は愛知県を希望いたします。",
            "available_from": "2027-04",
        },
        "qualifications": [{"name": "QC検定3級", "issuer": "日本規格協会", "date": "2024-09"}],
        "residence_status": {
            "code": "engineer_specialist_humanities_international",
            "grade": None,
            "detail": None,
            "expires": "2028-03-31",
            "work": "within_scope",
        },
        "japanese_level": {
            "test": "JLPT",
            "level": "N2",
            "score": 124,
            "date": "2022-12",
            "rank": 4,
            "cefr": "B2",
        },
    }


def only(*codes: str) -> DisclosedItems:
    """The same person with only these items open."""
    chosen: Any = {code: value for code, value in all_items().items() if code in codes}
    items: DisclosedItems = chosen
    return items


def request(
    items: DisclosedItems | None = None,
    language: FormLanguage = "ja",
    calendar: Calendar = "western",
    photo: bytes | None = None,
) -> ResumeRequest:
    """A request for a resume made on MADE_ON."""
    shown = all_items() if items is None else items
    return ResumeRequest(shown, CODE, language, calendar, MADE_ON, photo)


@cache
def photo() -> bytes:
    """A portrait."""
    written = io.BytesIO()
    Image.new("RGB", (300, 400), (200, 90, 40)).save(written, "JPEG")
    return written.getvalue()


def text_of(pdf: bytes) -> str:
    """What a reader extracts, without the spaces and line ends that layout puts between words."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def left_edges(pdf: bytes) -> dict[str, float]:
    """Where each word begins, in points from the page's left edge, as poppler finds it; its last place counts."""
    told = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"],  # noqa: S607 - wherever the system keeps it
        input=pdf, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    return {word.strip(".,"): float(left) for left, word in re.findall(r'xMin="([\d.]+)"[^>]*>([^<]+)</word>', told)}
