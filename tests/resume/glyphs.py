"""Which drawn glyphs are missing: those with number 0, or a number the font does not have."""

import io

import pikepdf
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types
from pikepdf import Dictionary, Name, Object, Pdf, Stream


def _glyph_count(font: Object) -> int:
    descriptor = font.DescendantFonts[0].FontDescriptor
    for key in (Name.FontFile3, Name.FontFile2):
        if key in descriptor:
            program = TTFont(io.BytesIO(descriptor[key].read_bytes()))
            return int(program["maxp"].numGlyphs)
    raise AssertionError("a font that is not embedded")


def _instructions(page: pikepdf.Page) -> list[tuple[Object, Object]]:
    """Each stream that draws, with its resources: the page's own and its forms'."""
    found: list[tuple[Object, Object]] = [(page.obj, page.resources)]
    waiting: list[Object] = [page.resources]
    while waiting:
        for item in (waiting.pop().get(Name.XObject) or Dictionary()).values():
            if isinstance(item, Stream) and item.get(Name.Subtype) == Name.Form:
                resources = item.get(Name.Resources, Dictionary())
                found.append((item, resources))
                waiting.append(resources)
    return found


def drawn_glyphs(pdf: bytes) -> tuple[int, list[str]]:
    """How many glyphs the document draws, and the missing ones as "font: number"."""
    drawn, missing = 0, []
    with Pdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for place, resources in _instructions(page):
                fonts = resources.get(Name.Font) or Dictionary()
                composite = {k: f for k, f in fonts.items() if f.get(Name.Subtype) == Name.Type0}
                counts = {name: _glyph_count(font) for name, font in composite.items()}
                current = ""
                for step in pikepdf.parse_content_stream(place):
                    if str(step.operator) == "Tf":
                        current = str(step.operands[0])
                    if str(step.operator) not in ("Tj", "TJ") or current not in counts:
                        continue
                    shown = step.operands[0]
                    parts = [shown] if isinstance(shown, pikepdf.String) else list(shown)
                    for part in parts:
                        codes = bytes(part) if isinstance(part, pikepdf.String) else b""
                        for at in range(0, len(codes), 2):
                            number = int.from_bytes(codes[at : at + 2])
                            drawn += 1
                            if number == 0 or number >= counts[current]:
                                missing.append(f"{fonts[current].BaseFont}: {number}")
    return drawn, missing
