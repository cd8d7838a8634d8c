"""Runs inside a worker process: a glyph for several letters from right to left tells each of them at its place.

Promise: a word is copied with its letters in their order. Readers take a line from left to right and turn it round, but
not the letters of one glyph: لا would become ال. So the glyph tells the letter at its left end, and the others stand
invisibly over it, each as a glyph of its own.
"""

import io
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types

_INVISIBLE, _FILLED = 3, 0
_PIECE = re.compile(r"<([0-9a-f]*)>|([^<>]+)")


class Apart:
    """A stream of WeasyPrint's for one line: all goes to it, but glyphs of several letters, which come apart."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._fonts: dict[str, Any] = {}
        self._font: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def add_font(self, pango_font: Any) -> tuple[Any, float]:
        """As the stream's own; the font is remembered."""
        font, size = self._stream.add_font(pango_font)
        self._fonts[font.hash] = font
        return font, size

    def set_font_size(self, name: str, size: float) -> None:
        """As the stream's own: what is shown from now on is of this font."""
        self._font = self._fonts[name]
        self._stream.set_font_size(name, size)

    def show_text(self, shown: str) -> None:
        """As the stream's own. `shown` are glyphs as hexadecimal numbers in angles, and moves between them."""
        if self._font.bitmap:
            self._stream.show_text(shown)
            return
        ready = ""
        for glyphs, move in _PIECE.findall(shown):
            ready += move or "<>"  # which keeps two moves apart
            for glyph in re.findall("....", glyphs):
                ready += f"<{glyph}>"
                if over := _over(self._font, int(glyph, 16)):
                    self._stream.show_text(f"{ready}{over.back}")
                    self._show_unseen(over)
                    ready = ""
        if ready:
            self._stream.show_text(ready)

    def _show_unseen(self, over: "_Over") -> None:
        self._stream.set_text_rendering(_INVISIBLE)
        for glyph, scale in over.glyphs:
            self._stream.stream.append(f"{scale} Tz".encode())
            self._stream.show_text(f"<{glyph:04x}>")
        self._stream.stream.append(b"100 Tz")
        self._stream.set_text_rendering(_FILLED)


@dataclass(frozen=True, slots=True)
class _Over:
    """Behind a glyph: how far back to go, in thousandths, and the glyphs shown there, each so wide as its share."""

    back: float
    glyphs: list[tuple[int, float]]


def _over(font: Any, glyph: int) -> _Over | None:
    """What is shown invisibly over a glyph of several letters; nothing over any other."""
    known: dict[int, _Over | None] = vars(font).setdefault("over", {})
    if glyph not in known:
        known[glyph] = _letters_over(font, glyph, font.to_unicode.get(glyph, ""))
    return known[glyph]


def _letters_over(font: Any, glyph: int, text: str) -> _Over | None:
    if len(text) < 2 or any(unicodedata.bidirectional(letter) not in ("R", "AL") for letter in text):
        return None
    left, *others = reversed(text)
    own = _own_glyphs(font, others)
    if own is None:
        return None
    font.to_unicode[glyph] = left
    share = font.widths[glyph] / len(text)
    for letter, (one, width) in zip(others, own, strict=True):
        font.to_unicode.setdefault(one, letter)
        font.widths.setdefault(one, width)
    return _Over(share * len(others), [(one, round(100 * share / width, 2)) for one, width in own])


def _own_glyphs(font: Any, letters: list[str]) -> list[tuple[int, int]] | None:
    """The glyph of each letter by itself, with its width; None where the font has not all of them."""
    program = TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True)
    names = [program.getBestCmap().get(ord(letter)) for letter in letters]
    if None in names:
        return None
    widths = program["hmtx"]
    return [(program.getGlyphID(name), round(widths[name][0] * 1000 / font.upem)) for name in names]
