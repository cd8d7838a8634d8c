"""A value is judged alike in a form, in a command and in a file: the same line of the table goes every way."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import click
import pytest
from pydantic import TypeAdapter, ValidationError

from portal.intake import values as files
from portal.intake.explain import problems_of
from portal.language.i18n import Said, speaking
from portal.operate.command_line import Value
from portal.values import contact, days, places, text
from portal.values.wrong import REQUIRED, TOO_LONG, Wrong
from portal.web import fields
from portal.web.field import single
from portal.web.forms import parse
from tests.each import for_each

MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CONTROL = "Please leave out control characters."
TURNING = "Please leave out the marks that turn the direction of text (U+202A to U+202E, U+2066 to U+2069)."
EMAIL = "Please enter an e-mail address such as name@example.com."
DOTS = "Please check this e-mail address: mail reaches none with two dots in a row or a dot before the @."
TELEPHONE = "Please enter a telephone number with its country, such as +81 90 1234 5678."
COUNTRY = "Please enter a country's two-letter code (ISO 3166-1), such as JP or VN."
CORPORATE = "Please enter a corporate number: 13 digits, of which the first is the check digit of the others."


@dataclass(frozen=True)
class Sample:
    """The field kinds of forms."""

    line: str = fields.text(most=text.LONGEST_LINE)
    lines: str = fields.lines(most=text.LONGEST_TEXT)
    email: str = fields.email("")
    telephone: str = fields.telephone("")
    country: str = fields.country("")
    corporate_number: str = fields.corporate_number("")
    partial: str = single(days.partial)


FILES: dict[str, Any] = {
    "line": files.Line, "lines": files.Text, "email": files.Email, "telephone": files.Telephone,
    "country": files.Country, "corporate_number": files.CorporateNumber, "partial": files.PartialDate,
}  # fmt: skip
JUDGES = {
    "line": text.line, "lines": text.lines, "email": contact.email, "telephone": contact.telephone,
    "country": places.country, "corporate_number": places.corporate_number, "partial": days.partial,
}  # fmt: skip


def in_a_form(kind: str, written: str) -> object:
    form = parse({kind: [written]}, Sample)
    if kind in form.errors:
        return form.errors[kind]
    others = {"line": "x", "lines": "x", "email": "a@example.com", "telephone": "+81312345678", "country": "JP",
              "corporate_number": "7123456789012", "partial": "2016"}  # fmt: skip
    whole = parse({name: [value] for name, value in {**others, kind: written}.items()}, Sample)
    return getattr(whole.value, kind)


def in_a_file(kind: str, written: str) -> object:
    try:
        return TypeAdapter(FILES[kind]).validate_python(written)
    except ValidationError as refused:
        [problem] = problems_of(refused, "resume.json", None)
        return problem.said


def in_a_command(kind: str, written: str) -> object:
    try:
        return Value(JUDGES[kind]).convert(written, None, None)
    except click.BadParameter as refused:
        return refused.message


@for_each(
    ("kind", "written", "read"),
    [
        ("line", " 山田　太郎\t", "山田　太郎"),
        ("line", '=HYPERLINK("x")', '=HYPERLINK("x")'),
        ("line", "東京都新宿区\r\n西新宿1-1", "東京都新宿区 西新宿1-1"),
        ("line", "ක්‍රිෂාන්", "ක්‍රිෂාන්"),
        ("line", "葛\U000e0100城", "葛\U000e0100城"),
        ("line", "ع\u200f \u1019\u200d", "ع\u200f \u1019\u200d"),
        ("lines", "one\r\ntwo\rthree\u2028four\n", "one\ntwo\nthree\nfour"),
        ("lines", "a\tb", "a\tb"),
        ("email", " an@EXAMPLE.com\u200b ", "an@example.com"),
        ("email", "ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｊｐ", "hanako@example.jp"),
        ("email", "Hanako.Sato+jobs@example.jp", "Hanako.Sato+jobs@example.jp"),
        ("email", "hana..ko.@docomo.ne.jp", "hana..ko.@docomo.ne.jp"),
        ("email", "hana..ko@EZWEB.ne.jp", "hana..ko@ezweb.ne.jp"),
        ("email", "a@例え.jp", "a@xn--r8jz45g.jp"),
        ("telephone", "０９０−００００−０１０１", "+819000000101"),
        ("telephone", "060-1234-5678", "+816012345678"),
        ("telephone", "9012345678", "+819012345678"),
        ("telephone", "81 90 1234 5678", "+819012345678"),
        ("telephone", "\u202a+81 90-1234-5678\u202c", "+819012345678"),
        ("telephone", "+33 6 39 98 01 58", "+33639980158"),
        ("telephone", "0084 912 345 678", "+84912345678"),
        ("telephone", "010 84 912 345 678", "+84912345678"),
        ("telephone", "0088-22-1234", "+810088221234"),
        ("telephone", "03-1234-5678（内線 12）", "+81312345678;ext=12"),
        ("telephone", "+84 912 345 678 ext. 12", "+84912345678;ext=12"),
        ("telephone", "+84912345678;ext=12", "+84912345678;ext=12"),
        ("country", "ｖｎ", "VN"),
        ("corporate_number", "7-1234-5678-9012", "7123456789012"),
        ("corporate_number", "Ｔ７１２３４５６７８９０１２", "7123456789012"),
        ("partial", "平成28年4月", "2016-04"),
    ],
)
def test_what_is_right_is_taken_in_the_portals_own_form_each_way(kind: str, written: str, read: str) -> None:
    assert [way(kind, written) for way in (in_a_form, in_a_file, in_a_command)] == [read] * 3


@for_each(
    ("kind", "written", "message"),
    [
        ("line", " \u3000", REQUIRED),
        ("line", "\u200b\u3164", REQUIRED),
        ("line", "x" * 301, TOO_LONG),
        ("lines", "x" * 20_001, TOO_LONG),
        ("line", "a\x1b[2Jb", CONTROL),
        ("lines", "a\x00b", CONTROL),
        ("line", "a\udc80b", CONTROL),
        *(("line", f"resume{mark}gnp.exe", TURNING) for mark in MARKS),
        ("lines", "resume\u202egnp.exe", TURNING),
        ("email", "lan", EMAIL),
        ("email", "lan at example.jp", EMAIL),
        ("email", "l" * 250 + "@example.com", EMAIL),
        ("email", "ünal@example.com", EMAIL),
        ("email", "Lan <lan@example.com>", EMAIL),
        ("email", "..@docomo.ne.jp", EMAIL),
        ("email", "a..b@example.com", DOTS),
        ("email", "a.@example.com", DOTS),
        ("telephone", "123", TELEPHONE),
        ("telephone", "call me", TELEPHONE),
        ("telephone", "84 912 345 678", TELEPHONE),
        ("telephone", "0912 345 678", TELEPHONE),
        ("telephone", "090-1111-2222 / 03-1234-5678", TELEPHONE),
        ("country", "UK", COUNTRY),
        ("country", "Japan", COUNTRY),
        ("country", "IC", COUNTRY),
        ("corporate_number", "7123456789013", CORPORATE),
        ("partial", "2016-04-31", days.NO_SUCH_DAY),
        ("partial", "present", days.PARTIAL),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_the_same_words_each_way(kind: str, written: str, message: str) -> None:
    form, file = in_a_form(kind, written), in_a_file(kind, written)
    assert isinstance(form, Said)
    assert form == file
    assert form.message == message
    with speaking("en"):
        assert in_a_command(kind, written) == str(form)
    with speaking("ja"):
        assert not str(form).isascii()


def test_a_telephone_without_a_country_is_one_of_the_places_it_may_be_in() -> None:
    assert contact.telephone("0912 345 678", homes=("JP", "VN")) == "+84912345678"
    with pytest.raises(Wrong):  # a number of Germany and one of Japan
        contact.telephone("06-1234-5678", homes=("JP", "DE"))


@for_each(
    ("written", "of", "read"),
    [
        ("〒100-0001", "JP", "100-0001"), ("１０００００１", "JP", "100-0001"), ("600001", "JP", "060-0001"),
        ("SW1A 1AA", "GB", "SW1A 1AA"), ("69000", "FR", "69000"),
    ],
)  # fmt: skip
def test_a_postal_code_is_its_countrys(written: str, of: str, read: str) -> None:
    assert places.postal_code(written, of=of) == read


def test_a_japanese_postal_code_has_seven_digits() -> None:
    with pytest.raises(Wrong, match="seven digits"):
        places.postal_code("10-001", of="JP")


@for_each("written", ["2030-01-01", "1899-12-31"])
def test_nobody_is_born_after_today_or_before_1900(written: str) -> None:
    with pytest.raises(Wrong, match="1900 until today"):
        days.birthday(written, date(2026, 11, 29))
