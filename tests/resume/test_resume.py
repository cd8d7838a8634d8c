"""A resume shows the items it was given, and no other."""

import io
import re
from typing import Any

import pypdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from portal.candidates.items import DisclosedItems
from portal.documents.typesetting import OnlyGiven
from portal.resume.render import PHOTO, render_resume
from portal.resume.request import FormLanguage
from tests.documents.readers import text_of as read_by_poppler
from tests.resume import papers

# One piece of text that stands on the resume if and only if the item is open.
TRACES: dict[FormLanguage, dict[str, str]] = {
    "ja": {
        "name": "テッテッ",
        "email": "htet.than@example.com",
        "nationality": "ミャンマー",
        "address": "高田馬場1-2-3",
        "date_of_birth": "1998年4月12日生",
        "age": "満28歳",
        "gender": "女",
        "telephone": "090-1234-5678",
        "background": "ヤンゴン工科大学",
        "qualifications": "QC検定3級",
        "residence_status": "技術・人文知識・国際業務",
        "japanese_level": "124点",
    },
    "en": {
        "name": "HtetHtetThan",
        "email": "htet.than@example.com",
        "nationality": "Myanmar",
        "address": "高田馬場1-2-3",
        "date_of_birth": "12Apr1998",
        "age": "Age28",
        "gender": "Female",
        "telephone": "090-1234-5678",
        "background": "ヤンゴン工科大学",
        "qualifications": "QC検定3級",
        "residence_status": "Engineer/Specialist",
        "japanese_level": "124points",
    },
}


def shown(items: DisclosedItems, language: FormLanguage) -> set[str]:
    text = "".join(read_by_poppler(render_resume(papers.request(items, language))).split())
    text = text.replace("ミャンマー語", "")
    return {code for code, trace in TRACES[language].items() if trace in text}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_everything_open(language: FormLanguage) -> None:
    assert shown(papers.all_items(), language) == set(TRACES[language])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_p1_nothing_open_shows_nothing_but_the_code(language: FormLanguage) -> None:
    assert shown({}, language) == set()
    assert papers.CODE in papers.text_of(render_resume(papers.request({}, language)))


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("code", list(TRACES["ja"]))
def test_p1_one_item_open_shows_that_item_only(code: str, language: FormLanguage) -> None:
    assert shown(papers.only(code), language) == {code}


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("code", list(TRACES["ja"]))
def test_p1_one_item_closed_hides_that_item(code: str, language: FormLanguage) -> None:
    open_items = papers.only(*(set(papers.all_items()) - {code}))
    assert shown(open_items, language) == set(TRACES[language]) - {code}


def test_an_age_is_not_worked_out_from_a_birth_date() -> None:
    text = papers.text_of(render_resume(papers.request(papers.only("date_of_birth"))))
    assert "28" not in text.replace("1998", "")


def images_in(pdf: bytes) -> int:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return len({image.data for page in pages for image in page.images})


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_photo_is_shown_only_when_it_is_open(language: FormLanguage) -> None:
    with_photo = papers.request(papers.only("photo"), language, photo=papers.photo())
    closed = papers.request(papers.only("name"), language, photo=papers.photo())
    absent = papers.request(papers.only("photo"), language)
    assert [images_in(render_resume(one)) for one in (with_photo, closed, absent)] == [1, 0, 0]


def test_open_items_without_a_value_are_blank() -> None:
    empty = dict.fromkeys(papers.all_items())
    for language in ("ja", "en"):
        text = papers.text_of(render_resume(papers.request(empty, language)))  # type: ignore[arg-type]
        assert "None" not in text.replace("Nonestated", "")


def test_one_resume_uses_one_calendar() -> None:
    era = papers.text_of(render_resume(papers.request(calendar="era")))
    western = papers.text_of(render_resume(papers.request(calendar="western")))
    assert re.search(r"平成|令和", era)
    assert not re.search(r"(19|20)\d\d年", era)
    assert not re.search(r"平成|令和|昭和", western)
    english = papers.text_of(render_resume(papers.request(language="en", calendar="era")))
    assert re.search("Reiwa", english)
    assert not re.search(r"(19|20)\d\d", english)


def test_the_japanese_form_keeps_the_ministrys_order() -> None:
    text = papers.text_of(render_resume(papers.request()))
    order = ["フリガナ", "生年月日", "現住所", "連絡先", "学歴", "職歴", "免許・資格", "志望の動機"]
    order += ["本人希望記入欄", "職務経歴書", "職務要約", "自己PR"]
    places = [text.index(word) for word in order]
    assert places == sorted(places)
    for never in ("配偶者", "扶養", "通勤", "本籍"):
        assert never not in text


CONTACT = ("address", "telephone", "email")


@pytest.mark.parametrize("closed", [(), CONTACT])
def test_the_japanese_forms_contact_has_address_and_telephone_when_open(
    closed: tuple[str, ...],
) -> None:
    items = papers.only(*(code for code in TRACES["ja"] if code not in closed))
    text = papers.text_of(render_resume(papers.request(items)))
    field = text[text.index("連絡先") : text.index("学歴・職歴")]
    assert field.count("非開示") == len(closed)
    for code in CONTACT:
        assert (TRACES["ja"][code] in field) is (code not in closed), code


def test_history_runs_from_old_to_new_and_closes() -> None:
    text = papers.text_of(render_resume(papers.request()))
    events = ["機械工学部入学", "機械工学部卒業", "GoldenLotusTrading入社", "GoldenLotusTrading退社"]
    events += ["株式会社みどり精機入社", "現在に至る", "以上"]
    places = [text.index(event) for event in events]
    assert places == sorted(places)


def test_studies_that_go_on() -> None:
    items = papers.only("background")
    school = items["background"]["education"][0]
    for end, word in ((None, "在学中"), ("2027-03", "卒業見込み"), ("2026-03", "卒業")):
        school["end"] = end
        assert word in papers.text_of(render_resume(papers.request(items)))


def test_the_document_tells_nothing_beside_the_page() -> None:
    pdf = render_resume(papers.request())
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    assert set(reader.metadata or {}) <= {"/Title", "/Producer"}
    assert b"Htet" not in pdf.split(b"stream", 1)[0]
    assert reader.attachments == {}


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://example.com/", "data:,x", "ftp://a"])
def test_nothing_is_fetched(url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        OnlyGiven({PHOTO: b"x"}).fetch(url)


def test_the_digest_is_of_content_and_form() -> None:
    base = papers.request()
    assert base.digest() == papers.request().digest()
    others = [
        papers.request(language="en"),
        papers.request(calendar="era"),
        papers.request(photo=papers.photo()),
        papers.request(papers.only("name")),
    ]
    assert len({base.digest(), *(other.digest() for other in others)}) == 5


@pytest.mark.parametrize(("language", "country"), [("ja", "フランス"), ("en", "France")])
def test_an_address_abroad_stands_in_its_countrys_order(language: FormLanguage, country: str) -> None:
    items = papers.only("address")
    items["address"] = {"country": "FR", "line": "12 rue Bleue", "city": "Lyon", "region": None, "postal_code": "69002"}
    text = papers.text_of(render_resume(papers.request(items, language)))
    assert f"12rueBleue,69002Lyon,{country}" in text
    assert "〒" not in text


def test_what_has_no_date_does_not_seem_to_be_the_present() -> None:
    items = papers.only("background")
    undated: Any = {"company": "Some K.K.", "position": "clerk", "start": None, "end": None}
    items["background"]["work"].append(undated)
    text = papers.text_of(render_resume(papers.request(items)))
    assert text.index("SomeK.K.") < text.index("みどり精機入社") < text.index("現在に至る")


def test_what_nobody_gave_is_not_said_to_be_nothing() -> None:
    items = papers.only("background", "qualifications")
    items["background"]["work"], items["qualifications"] = [], []
    text = papers.text_of(render_resume(papers.request(items)))
    assert text.count("記載なし") == 4  # history and qualifications, in both parts of the form


ARABIC = "مهندس برمجيات بخبرة ٧ سنوات في Python و PostgreSQL."


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_paragraph_runs_as_its_first_letter_does(language: FormLanguage) -> None:
    items = papers.only("background")
    items["background"]["summary"] = f"{ARABIC}\nEngineer in القاهرة since 2019"
    items["background"]["work"][0]["highlights"] = ["أعمل في طوكيو منذ 2020 باستخدام Rust"]
    left = papers.left_edges(render_resume(papers.request(items, language)))
    assert left["Python"] > left["PostgreSQL"]
    assert left["Engineer"] < left["since"] < left["2019"]
    assert left["2020"] > left["Rust"]
    assert left["PostgreSQL"] > left["Engineer"]  # from the right edge, and not from the left one
