"""A name is shown in its own script, whichever that is."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from portal.candidates.items import Purpose
from portal.documents import typesetting
from portal.documents.cleaning import clean_document
from portal.resume.render import render_resume
from tests.documents.readers import pixels_of
from tests.documents.readers import text_of as read_by_poppler
from tests.resume.glyphs import drawn_glyphs
from tests.resume.papers import all_items, only, request, text_of
from tests.resume.test_stamp import stamp, stamped

TURNING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e"  # what a reader adds
NAMES = {
    "Latin": "Łukasz Żółćiński-Ørsted",
    "Vietnamese": "Nguyễn Thị Hường",
    "Japanese": "髙橋﨑 さくら・ジュリア",
    "Simplified Chinese": "张伟国",
    "Traditional Chinese": "黃麗蓉",
    "Korean": "김민준",
    "Burmese": "ဒေါ်အောင်ဆန်းကြည် မြင့်",
    "Devanagari": "श्रीकृष्ण त्रिपाठी",
    "Bengali": "মোহাম্মদ রহমান",
    "Tamil": "தமிழ்ச்செல்வன்",
    "Telugu": "శ్రీనివాస్",
    "Gujarati": "કૃષ્ણકાંત",
    "Sinhala": "ශ්‍රීමාලි",
    "Thai": "สมชาย เพ็ชร์รัตน์",
    "Lao": "ສົມສະຫວັນ",
    "Khmer": "សុខា ច័ន្ទ",
    "Tibetan": "བསྟན་འཛིན",
    "Mongolian": "Бат-Эрдэнэ Ганхуяг",
    "Cyrillic": "Дарья Ґалаґан",
    "Greek": "Ελένη Παπαδοπούλου",
    "Georgian": "ნინო ბერიძე",
    "Armenian": "Արամ Խաչատրյան",
    "Hebrew": "יעל כהן",
    "Arabic": "محمد عبد الله",
    "Urdu": "محمد علی چوہدری",
    "Persian": "پریسا گلشیفته",
    "Ethiopic": "አበበ ቢቂላ",
    "Emoji": "Linh 😀👍🏽❤️💪",
}


COPIED = ("Latin", "Vietnamese", "Japanese", "Korean", "Cyrillic", "Thai")
TOGETHER = 4  # names that one paper shows as one, for most of the time goes into everything else on it


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("first", range(0, len(NAMES), TOGETHER))
def test_no_glyph_is_missing_and_a_name_can_be_copied_out(first: int, language: str) -> None:
    scripts = list(NAMES)[first : first + TOGETHER]
    items = {"name": {**all_items()["name"], "display": " ".join(NAMES[script] for script in scripts)}}
    pdf = render_resume(request(items, language))  # type: ignore[arg-type]  # a plain dict is one
    drawn, missing = drawn_glyphs(pdf)
    assert drawn > 20
    assert missing == []
    told = text_of(pdf)
    assert [script for script in scripts if script in COPIED and "".join(NAMES[script].split()) not in told] == []


def test_a_character_no_font_has_is_noticed() -> None:
    items = {"name": {**all_items()["name"], "display": "A\U00012f90\U00016a70\U00030123"}}
    pdf = render_resume(request(items))  # type: ignore[arg-type]  # a plain dict is one
    assert drawn_glyphs(pdf)[1], "the test itself must see a missing glyph"


@pytest.mark.parametrize("company", ["株式会社髙島屋﨑", "ရွှေကြာ Co.", "บริษัท ไทย", "شركة النور"])
def test_the_stamp_shows_company_names_too(company: str) -> None:
    pdf = stamped(render_resume(request()), stamp(company=company, purpose=Purpose.CONTACT))
    assert drawn_glyphs(pdf)[1] == []


WRITTEN = {
    "Thai": "บริษัท จำกัด ทำงาน น้ำ",
    "Lao": "ນ້ຳ ທຳງານ",
    "Burmese": "ဖြစ်ပါသည် ကောင်းပါသည်",
    "Hindi": "कार्यक्रम निर्माण",
    "Tamil": "மென்பொருள் பொறியாளர்",
    "Bengali": "বাংলাদেশ কোম্পানি",
    "Khmer": "កម្ពុជា ក្រុមហ៊ុន",
    "Sinhala": "ශ්‍රී ලංකා",
    "Kanji with a selector": "葛\U000e0100城市",
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_copied_is_what_is_drawn(language: str) -> None:
    """With a mark that another text of the same font needs otherwise, before it and behind it."""
    items = only("background")
    items["background"]["summary"] = "\n".join(WRITTEN.values())
    items["background"]["motivation"] = "\n".join(f"{each}\nน้ำใจ मार्ग ဖြည့်" for each in WRITTEN.values())
    pdf = render_resume(request(items, language))  # type: ignore[arg-type]  # a language
    for served in (pdf, stamped(pdf, stamp()), clean_document(pdf, "resume.pdf").pdf):
        lines = read_by_poppler(served).splitlines()
        assert [script for script, text in WRITTEN.items() if lines.count(text) < 2] == [], "in both places"


FROM_THE_RIGHT = {
    "Arabic": "محمد عبد الله",
    "Arabic with joined letters": "علاء صلاح الإسلام لا إله",
    "Persian": "پریسا گلشیفته",
    "Urdu": "محمد علی چوہدری",
    "Hebrew": "יעל כהן",
}
MIXED = ["مهندس علاء في Google منذ 2019", "עבדתי ב IBM בשנים 2015-2019"]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_copied_from_right_to_left_is_what_is_drawn(language: str) -> None:
    """As two readers have it. In a line of two directions the order of the words is each reader's own."""
    items = only("background")
    items["background"]["summary"] = "\n".join([*FROM_THE_RIGHT.values(), *MIXED])
    pdf = render_resume(request(items, language))  # type: ignore[arg-type]  # a language
    for served in (pdf, stamped(pdf, stamp()), clean_document(pdf, "resume.pdf").pdf):
        for read in (
            read_by_poppler(served),
            "\n".join(page.extract_text() for page in PdfReader(BytesIO(served)).pages),
        ):
            told = "".join(one for one in read if one not in TURNING)
            assert set(FROM_THE_RIGHT.values()) - {line.strip() for line in told.splitlines()} == set()
            assert [word for line in MIXED for word in line.split() if word not in told] == []


def test_joined_letters_are_drawn_as_they_were(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tells the letters cannot be seen."""
    items = only("background")
    items["background"]["summary"] = "\n".join(FROM_THE_RIGHT.values())
    told = render_resume(request(items))
    monkeypatch.setattr(typesetting, "Apart", lambda stream: stream)
    plain = render_resume(request(items))
    assert told != plain
    assert pixels_of(told).tobytes() == pixels_of(plain).tobytes()
