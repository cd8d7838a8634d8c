"""Every page of a download says who took it, when, for what, and under which number."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pypdf
import pytest

from portal.candidates.items import Purpose
from portal.documents.cleaning import clean_document
from portal.resume.render import render_resume
from portal.resume.stamp import Stamp, apply_stamp, set_strip, strip_of
from tests.documents import hostile
from tests.resume.papers import request

STAMP = Stamp(
    company="株式会社みどり精機",
    recruiter="佐藤 花子",
    at=datetime(2026, 11, 22, 15, 30, 5, tzinfo=UTC),
    purpose=Purpose.SELECTION,
    receipt="R-20261123-8F3K2Q",
    language="ja",
)


def stamped(pdf: bytes, stamp: Stamp) -> bytes:
    """The PDF with its stamp, strip and all."""
    return apply_stamp(pdf, set_strip(strip_of(stamp)), stamp)


def stamp(**changes: Any) -> Stamp:
    return replace(STAMP, **changes)


def pages_of(pdf: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_each_page_of_a_resume_carries_it() -> None:
    pages = pages_of(stamped(render_resume(request()), STAMP))
    assert len(pages) == 3
    for text in pages:
        assert "株式会社みどり精機" in text
        assert "佐藤花子" in text
        assert "利用目的：採用の可否の判断" in text
        assert "2026-11-2300:30:05JST" in text, "the time is Japan's"
        assert "R-20261123-8F3K2Q" in text


def test_each_page_of_a_cleaned_document_carries_it() -> None:
    clean = clean_document(hostile.plain_pdf(7), "a.pdf").pdf
    pages = pages_of(stamped(clean, stamp(language="en", purpose=Purpose.CONTACT)))
    assert len(pages) == 7
    for text in pages:
        assert "".join(hostile.MARK.split()) in text
        assert "Purpose:contactabouttheresult" in text
        assert "R-20261123-8F3K2Q" in text


def test_two_stamps_of_one_recruiter_differ_in_time_and_number_only() -> None:
    made = render_resume(request())
    first = pages_of(stamped(made, STAMP))
    second = pages_of(stamped(made, stamp(receipt="R-2")))
    assert first != second
    assert [page.replace("R-20261123-8F3K2Q", "R-2") for page in first] == second


def test_the_strip_lies_below_what_the_page_shows() -> None:
    with pikepdf.open(io.BytesIO(stamped(render_resume(request()), STAMP))) as document:
        for page in document.pages:
            assert float(page.resources.XObject.StampStrip.BBox[3]) == pytest.approx(9 / 25.4 * 72, abs=0.1)


def test_names_that_are_too_long_or_hostile_stay_in_the_strip() -> None:
    wild = stamp(company="<script>alert(1)</script>" * 40, recruiter="\u202egnp.exe\u0000")
    made = stamped(render_resume(request()), wild)
    text = pages_of(made)[0]
    assert "<script>" in text
    assert "gnp.exe" in text or "…" in text
    assert "\u202e" not in text


def test_a_stamp_is_exact() -> None:
    with pytest.raises(ValueError, match="time zone"):
        stamp(at=datetime(2026, 11, 22, 15, 30, 5))
    for wrong in ("", "R) Tj ET", "受領", "x" * 45):
        with pytest.raises(ValueError, match="receipt"):
            stamp(receipt=wrong)


def test_its_code_is_of_the_address_and_of_the_number_where_that_is_too_long() -> None:
    drawn = {}
    for address in ("", "https://portal.example.jp/receipts/1", "https://portal.example.jp/receipts/" + "1" * 90):
        with pikepdf.open(io.BytesIO(stamped(render_resume(request()), stamp(address=address)))) as document:
            drawn[address] = document.pages[0].resources.XObject.StampCode.read_bytes()
    number, code, too_long = drawn.values()
    assert number == too_long
    assert code != number
    assert code.count(b" re") > 100
