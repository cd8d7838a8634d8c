"""All that a page draws is drawn after cleaning as before, and nothing that no page draws comes over."""

from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from portal.documents.cleaning import clean_document
from portal.documents.refusals import Reason, Refused
from tests.documents import hostile
from tests.documents.readers import shows, text_of, unfolded

RED = (255, 0, 0)
WHITE_POINT = Array([0.95, 1, 1.09])
JAPANESE = b"#82l#82r#83S#83V#83b#83N"  # "MS Gothic" in Shift_JIS, as Windows writes it


def cleaned(data: bytes) -> bytes:
    return clean_document(data, "resume.pdf").pdf


def refusal(data: bytes) -> Reason:
    with pytest.raises(Refused) as caught:
        clean_document(data, "resume.pdf")
    return caught.value.reason


def form(pdf: Pdf, text: str) -> Object:
    made = pdf.make_stream(f"BT /F1 20 Tf 10 10 Td ({text}) Tj ET".encode())
    made.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 800])))
    return made


def test_what_stands_on_the_page_tree_is_inherited() -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        for key in (Name.Resources, Name.MediaBox):
            pdf.Root.Pages[key] = page[key]
            del page[key]
        pdf.Root.Pages.Rotate = 90

    after = cleaned(hostile.pdf_with(change))
    assert hostile.MARK in text_of(after)


def test_what_a_page_has_itself_is_not_inherited() -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        pdf.Root.Pages.Resources = Dictionary(Font=Dictionary())
        pdf.Root.Pages.MediaBox = Array([0, 0, 1, 1])

    assert hostile.MARK in text_of(cleaned(hostile.pdf_with(change)))


def test_a_page_that_is_its_own_parent_ends() -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        page.Parent = page
        del page.MediaBox

    assert hostile.MARK in text_of(cleaned(hostile.pdf_with(change)))


@pytest.mark.parametrize(
    ("space", "values"),
    [
        (Array([Name.CalRGB, Dictionary(WhitePoint=WHITE_POINT, Gamma=Array([2.2, 2.2, 2.2]))]), "1 0 0"),
        (Array([Name.CalGray, Dictionary(WhitePoint=WHITE_POINT, BlackPoint=Array([0, 0, 0]), Gamma=2.2)]), "0.5"),
        (Array([Name.Lab, Dictionary(WhitePoint=WHITE_POINT, Range=Array([-128, 127, -128, 127]))]), "50 80 60"),
    ],
    ids=["CalRGB", "CalGray", "Lab"],
)
def test_a_measured_colour_keeps_what_it_is_measured_by(space: Array, values: str) -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        page.Resources.ColorSpace = Dictionary(C=space)
        page.Contents = pdf.make_stream(f"/C cs {values} scn 0 0 595 842 re f".encode())

    after = unfolded(cleaned(hostile.pdf_with(change)))
    assert [key for key in space[1].keys() if key.encode() not in after] == []  # noqa: SIM118  # no iterator


@pytest.mark.parametrize("resource", [b"F1", b"#82l"])
def test_names_in_shift_jis_are_names(resource: bytes) -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        font = Object.parse(b"<</Type/Font/Subtype/TrueType/Encoding/WinAnsiEncoding/BaseFont/" + JAPANESE + b">>")
        page.Resources.Font = Object.parse(b"<</%s 1>>" % resource)
        page.Resources.Font[Object.parse(b"/" + resource)] = font
        page.Contents = pdf.make_stream(b"BT /%s 24 Tf 72 700 Td (Hello 12345) Tj ET" % resource)

    after = cleaned(hostile.pdf_with(change))
    assert "Hello 12345" in text_of(after)
    assert JAPANESE in unfolded(after)


def add_layer(
    configuration: Dictionary, usage: Dictionary | None = None, others: int = 0
) -> Callable[[Pdf, Dictionary], None]:
    def change(pdf: Pdf, page: Dictionary) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x"), Usage=usage or Dictionary()))
        for word in ("OFF", "ON"):
            if f"/{word}" in configuration:
                configuration[f"/{word}"] = Array([layer])
        more = [pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("y"))) for _ in range(others)]
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer, *more]), D=configuration)
        page.Resources.Properties = Dictionary(MC0=layer)
        page.Contents = pdf.make_stream(b"/OC /MC0 BDC BT /F1 24 Tf 72 700 Td (Layer 12345) Tj ET EMC")

    return change


@pytest.mark.parametrize(
    "change",
    [
        add_layer(Dictionary(OFF=Array([]))),
        add_layer(Dictionary(BaseState=Name.OFF)),
        add_layer(Dictionary(BaseState=Name.OFF, ON=Array([])), others=1),
        add_layer(Dictionary(AS=Array([0])), Dictionary(View=Dictionary(ViewState=Name.OFF))),
    ],
    ids=["off", "all off", "all but one off", "off when viewed"],
)
def test_a_layer_that_is_off_is_not_brought_to_light(change: Callable[[Pdf, Dictionary], None]) -> None:
    assert refusal(hostile.pdf_with(change)) is Reason.HIDDEN_LAYERS


def test_what_shows_while_layers_are_off_is_not_brought_to_light() -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        add_layer(Dictionary())(pdf, page)
        layers = Array([page.Resources.Properties.MC0])
        page.Resources.Properties.MC1 = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=layers, P=Name.AllOff))

    assert refusal(hostile.pdf_with(change)) is Reason.HIDDEN_LAYERS


def test_a_layer_that_is_on_shows() -> None:
    after = cleaned(hostile.pdf_with(add_layer(Dictionary(BaseState=Name.OFF, ON=Array([])))))
    assert "Layer 12345" in text_of(after)


def test_a_page_in_a_larger_unit_is_as_large_as_it_was() -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        page.MediaBox, page.UserUnit = Array([0, 0, 59.5, 84.2]), 10
        page.Contents = pdf.make_stream(b"1 0 0 rg 0 0 60 85 re f")

    assert shows(cleaned(hostile.pdf_with(change)), RED, far=0)


def test_what_no_page_draws_does_not_come_over() -> None:
    with Pdf.new() as pdf:
        shared = pdf.make_indirect(hostile.page_of(pdf).Resources)
        shared.XObject = Dictionary(Outer=form(pdf, "Outer"), Kept=form(pdf, "Kept"), Gone=form(pdf, "Removed page"))
        shared.XObject.Outer.write(b"/Kept Do")
        shared.XObject.Outer.Resources = shared
        for name in ("Outer", "Gone"):
            contents = pdf.make_stream(f"/{name} Do".encode())
            page = Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 595, 842]), Resources=shared, Contents=contents)
            pdf.pages.append(Page(pdf.make_indirect(page)))
        del pdf.pages[2]
        after = cleaned(hostile.saved(pdf))
    assert "Kept" in text_of(after)
    assert b"Removed page" not in unfolded(after)


def test_a_form_without_resources_uses_those_of_the_page_it_is_drawn_on() -> None:
    with Pdf.new() as pdf:
        shared = form(pdf, "Shared")
        shared.write(b"/Inner Do")
        for text in ("First", "Second"):
            page = hostile.page_of(pdf)
            page.Resources.XObject = Dictionary(Shared=shared, Inner=form(pdf, text))
            page.Contents = pdf.make_stream(b"/Shared Do")
        after = text_of(cleaned(hostile.saved(pdf)))
    assert after.split() == ["First", "Second"]


def test_instructions_have_no_comments_and_no_descriptions() -> None:
    drawn = b"/Span <</Alt (Secret Alt) /ActualText (Read 12345)>> BDC BT /F1 24 Tf 72 700 Td (Shown) Tj ET EMC"
    after = cleaned(hostile.pdf_with(lambda pdf, page: page.Contents.write(b"% Secret Author\n" + drawn)))
    assert b"Secret" not in unfolded(after)
    assert "Read 12345" in text_of(after), "joined letters are told by nothing else"


@pytest.mark.parametrize("word", [b"%", b"(%", b"<</A", b"["])
def test_broken_instructions_are_drawn_as_far_as_they_go(word: bytes) -> None:
    drawn = b"1 0 0 rg 0 0 595 842 re f\n" + word
    assert shows(cleaned(hostile.pdf_with(lambda pdf, page: page.Contents.write(drawn))), RED)


@pytest.mark.parametrize("word", [b"BI", b"BI /W 1", b"BI /W 1 ID x", b"BI x /W 1 ID x EI", b"BI /W ID x EI"])
def test_a_picture_without_an_end_is_refused(word: bytes) -> None:
    assert refusal(hostile.pdf_with(lambda pdf, page: page.Contents.write(word))) is Reason.UNREADABLE


def test_a_picture_between_instructions_is_drawn() -> None:
    drawn = b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /RGB /BPC 8 /Secret (Secret) ID \xff\0\0 EI Q"
    after = cleaned(hostile.pdf_with(lambda pdf, page: page.Contents.write(drawn)))
    assert shows(after, RED)
    assert b"Secret" not in unfolded(after)


def test_a_loop_outside_what_is_drawn_is_refused() -> None:
    def change(pdf: Pdf, page: Dictionary) -> None:
        mapping = pdf.make_stream(b"begincmap endcmap")
        mapping.Type, mapping.CMapName, mapping.UseCMap = Name.CMap, Name.A, mapping
        system = Dictionary(Registry=String("A"), Ordering=String("B"), Supplement=0)
        inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType0, BaseFont=Name.A, CIDSystemInfo=system)
        font = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.A, Encoding=mapping)
        font.DescendantFonts = Array([inner])
        page.Resources.Font.F1 = font

    assert refusal(hostile.pdf_with(change)) is Reason.BOMB
