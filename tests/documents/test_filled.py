"""What somebody filled in is drawn as a reader shows it, or the file is refused and the field named."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from portal.documents.cleaning import clean_document
from portal.documents.refusals import Reason, Refused
from tests.documents import hostile
from tests.documents.readers import text_of
from tests.resume.papers import left_edges


def filled(*fields: dict[str, Any], need: bool = False) -> bytes:
    """A form whose fields have no drawing of their own, one below the other."""

    def change(pdf: Pdf, page: Dictionary) -> None:
        made = []
        for at, given in enumerate(fields):
            top = 650 - 60 * at
            field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, F=4, T=String(f"field {at}"))
            field.Rect, field.DA = Array([72, top - 20, 272, top]), String("/Helv 12 Tf 0 g")
            for key, value in given.items():
                field[f"/{key}"] = String(value) if isinstance(value, str) else value
            made.append(pdf.make_indirect(field))
        page.Annots = Array(made)
        pdf.Root.AcroForm = Dictionary(Fields=Array(made), NeedAppearances=need)

    return hostile.pdf_with(change)


def shown(*fields: dict[str, Any], need: bool = False) -> str:
    return text_of(clean_document(filled(*fields, need=need), "a.pdf").pdf)


def refused(*fields: dict[str, Any]) -> Refused:
    with pytest.raises(Refused) as caught:
        clean_document(filled(*fields), "a.pdf")
    return caught.value


@pytest.mark.parametrize("need", [True, False])
@pytest.mark.parametrize(
    "value", ["山田 太郎", "Trần Văn Ân", "ဒေါ်အောင်ဆန်းကြည်", "บริษัท จำกัด", "कार्यक्रम", "Дарья", "김민준"]
)
def test_in_any_script(value: str, need: bool) -> None:
    assert value in shown({"V": value}, need=need)


def test_several_lines_and_one_that_is_long() -> None:
    text = " ".join(f"word{number}" for number in range(40))
    for flags in (1 << 12, 0):
        said = shown({"V": text, "Ff": flags}).split()
        assert [word for word in text.split() if word not in said] == []
    assert "First\nSecond" in shown({"V": "First\rSecond", "Ff": 1 << 12, "Rect": Array([72, 500, 272, 600])})


def test_where_it_stands() -> None:
    sides = [{"V": word, "Q": at} for at, word in enumerate(("Left", "Middle", "Right"))]
    edges = left_edges(clean_document(filled(*sides), "a.pdf").pdf)
    assert edges["Left"] < edges["Middle"] < edges["Right"]


def test_what_is_chosen_is_written_as_the_list_shows_it() -> None:
    options = Array([Array([String("jp"), String("日本")]), Array([String("vn"), String("Việt Nam")])])
    assert "Việt Nam" in shown({"FT": Name.Ch, "V": "vn", "Opt": options})


def test_the_value_may_stand_above_the_field() -> None:
    assert "From above" in shown({"Parent": Dictionary(FT=Name.Tx, T=String("p"), V=String("From above"))})


@pytest.mark.parametrize(
    "given",
    [
        {"V": "Gone", "F": 2},
        {"V": "Gone", "F": 32},
        {"V": ""},
        {"V": "Gone", "FT": Name.Sig},
        {"V": "Gone", "Ff": 1 << 13},
    ],
)
def test_what_a_reader_does_not_show_stays_out(given: dict[str, Any]) -> None:
    assert "Gone" not in shown(given)


def test_a_tick() -> None:
    assert "✔" in shown({"FT": Name.Btn, "AS": Name.Yes})
    assert "✔" not in shown({"FT": Name.Btn, "AS": Name.Off}, {"FT": Name.Btn, "V": Name.Off})
    assert "✔" not in shown({"FT": Name.Btn, "Ff": 1 << 16, "V": Name.Yes})


def with_drawing(need: bool) -> bytes:
    def change(pdf: Pdf, page: Dictionary) -> None:
        hostile.add_form(pdf, page)
        page.Annots[0].V = String("New 12345")
        pdf.Root.AcroForm.NeedAppearances = need

    return hostile.pdf_with(change)


def test_a_drawing_of_its_own_is_replaced_where_the_form_asks_for_it() -> None:
    assert "New 12345" in text_of(clean_document(with_drawing(True), "a.pdf").pdf)
    assert "Filled 67890" in text_of(clean_document(with_drawing(False), "a.pdf").pdf)


def test_a_note_typed_over_the_page() -> None:
    assert "山田 note" in shown({"Subtype": Name.FreeText, "Contents": "山田 note"})


@pytest.mark.parametrize(
    "given",
    [
        {"V": "A\U00012f90"},  # no font has it
        {"V": "x" * 50_000},
        {"V": "word " * 900},
        {"V": "Flat", "Rect": Array([72, 700, 272, 700])},
        {"FT": Name.Btn, "V": Name.Yes, "Parent": Dictionary(Kids=Array([1, 2]))},
    ],
    ids=["no glyph", "very long", "does not fit", "no height", "which of two"],
)
def test_what_cannot_be_drawn_is_named(given: dict[str, Any]) -> None:
    refusal = refused({"V": "Good"}, given)
    assert refusal.reason is Reason.UNDRAWN
    assert refusal.where == "p. 1: field 1"


def test_a_shape_without_a_drawing_is_named_by_its_kind() -> None:
    assert refused({"Subtype": Name.Stamp, "T": ""}).where == "p. 1: Stamp"


def test_more_fields_than_anybody_fills_in() -> None:
    assert refused(*({"V": "x", "Rect": Array([0, 0, 99, 20])} for _ in range(401))).reason is Reason.BOMB


def test_markup_in_a_value_is_text() -> None:
    value = "<b>{{ 7*7 }}</b> & <img src=file:///etc/passwd>"
    assert value in shown({"V": value, "Rect": Array([20, 500, 580, 540])})


def test_a_turned_field_reads_as_its_page() -> None:
    data = filled({"V": "Turned", "MK": Dictionary(R=90), "Rect": Array([72, 400, 92, 600])})
    assert "Turned" in text_of(clean_document(data, "a.pdf").pdf)
