"""Pages that look small and draw without end: by forms, patterns, glyphs and soft masks."""

from collections.abc import Callable

from pikepdf import Array, Dictionary, Name, Object, Pdf

from tests.documents import hostile

LEVELS, TIMES = 12, 10
LEAF = b"0 0 1 1 re f "


def _form(pdf: Pdf, instructions: bytes, **more: object) -> Object:
    made = pdf.make_stream(instructions)
    made.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 800])))
    for key, value in more.items():
        made[f"/{key}"] = value
    return made


def _flat(resources: Callable[[], dict[str, Object]]) -> bytes:
    """Forms that find each other in the page's resources."""

    def change(pdf: Pdf, page: Dictionary) -> None:
        page.Resources.XObject = Dictionary()
        for level in range(LEVELS):
            drawn = f"/X{level + 1} Do ".encode() * TIMES if level + 1 < LEVELS else LEAF
            page.Resources.XObject[f"/X{level}"] = _form(pdf, drawn, **resources())
        page.Contents = pdf.make_stream(b" ".join(b"/X%d Do" % level for level in range(LEVELS)))

    return hostile.pdf_with(change)


def _diamonds() -> bytes:
    """Forms without resources, two on each level that both draw the two of the next."""

    def change(pdf: Pdf, page: Dictionary) -> None:
        page.Resources.XObject = Dictionary()
        for level in range(30):
            for side in "AB":
                drawn = b"/A%d Do /B%d Do" % (level + 1, level + 1)
                page.Resources.XObject[f"/{side}{level}"] = _form(pdf, drawn if level < 29 else LEAF)
        page.Contents = pdf.make_stream(b"/A0 Do")

    return hostile.pdf_with(change)


def _nested(wrap: Callable[[Pdf, bytes, Object | None], Object], inner: bytes, place: str) -> bytes:
    """Each level is in the resources of the one around it."""

    def change(pdf: Pdf, page: Dictionary) -> None:
        made = None
        for _ in range(LEVELS):
            made = pdf.make_indirect(wrap(pdf, inner * TIMES if made is not None else LEAF, made))
        page.Resources[f"/{place}"] = Dictionary(X=made)
        page.Contents = pdf.make_stream(inner)

    return hostile.pdf_with(change)


def _resources(place: str, inner: Object | None) -> Dictionary:
    return Dictionary({f"/{place}": Dictionary(X=inner)}) if inner is not None else Dictionary()


def _drawn_form(pdf: Pdf, drawn: bytes, inner: Object | None) -> Object:
    return _form(pdf, drawn, Resources=_resources("XObject", inner))


def _pattern(pdf: Pdf, drawn: bytes, inner: Object | None) -> Object:
    made = pdf.make_stream(drawn)
    made.update(Dictionary(Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1, XStep=600, YStep=800))
    made.BBox, made.Resources = Array([0, 0, 600, 800]), _resources("Pattern", inner)
    return made


def _font(pdf: Pdf, drawn: bytes, inner: Object | None) -> Object:
    made = Dictionary(Type=Name.Font, Subtype=Name.Type3, FirstChar=97, LastChar=97, Widths=Array([1]))
    made.FontBBox, made.FontMatrix = Array([0, 0, 1, 1]), Array([1, 0, 0, 1, 0, 0])
    made.Encoding = Dictionary(Differences=Array([97, Name.a]))
    made.CharProcs = Dictionary(a=pdf.make_stream(b"1 0 d0 " + drawn))
    made.Resources = _resources("Font", inner)
    return made


def _mask(pdf: Pdf, drawn: bytes, inner: Object | None) -> Object:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    made = _form(pdf, drawn, Group=group, Resources=_resources("ExtGState", inner))
    return Dictionary(Type=Name.ExtGState, SMask=Dictionary(S=Name.Luminosity, G=made))


def all_of_them() -> dict[str, bytes]:
    """Each way, by its name."""
    return {
        "no resources": _flat(dict),
        "empty resources": _flat(lambda: {"Resources": Dictionary()}),
        "other resources": _flat(lambda: {"Resources": Dictionary(Font=Dictionary(X=Dictionary()))}),
        "diamonds": _diamonds(),
        "a NUL between": _nested(_drawn_form, b"/X\0Do ", "XObject"),
        "a comment between": _nested(_drawn_form, b"/X%)\nDo ", "XObject"),
        "an escape": _nested(_drawn_form, b"/#58 Do ", "XObject"),
        "patterns": _nested(_pattern, b"/Pattern cs /X scn 0 0 600 800 re f ", "Pattern"),
        "a pattern set once": _nested(_pattern, b"/Pattern cs /X scn " + LEAF * TIMES, "Pattern"),
        "glyphs": _nested(_font, b"BT /X 1 Tf (aaaaaaaaaa) Tj ET ", "Font"),
        "masks": _nested(_mask, b"/X gs 0 0 600 800 re f ", "ExtGState"),
    }
