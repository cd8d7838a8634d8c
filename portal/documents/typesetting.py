"""Runs inside a worker process: sets our templates in type, with WeasyPrint.

Promise: nothing is read but our own templates and the bytes that are given. Every other address, a file's or
the network's, ends the setting. What is copied from a page is what is drawn on it.
"""

import logging
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pydyf
import weasyprint.draw.text
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from portal.documents.ligatures import Apart
from portal.documents.refusals import MissingGlyph
from portal.language.direction import direction

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_MARKS = ("Mn", "Mc", "Me")
_DRAWN_AS_TWO = {"\u0e33", "\u0eb3"}  # the AM of Thai and Lao
_KEPT_CONTROLS = {"\u200c", "\u200d"}  # joiners, which are part of the spelling
_draws_glyphs = weasyprint.draw.text.draw_first_line


def _with_its_text(stream: Any, textbox: Any, *more: Any) -> Any:
    """Draws a line, and tells its text beside it where glyphs do not.

    WeasyPrint tells one text for each glyph of a font. Where marks move, join or split it differs by the place."""
    if _turned(textbox.text):
        return _draws_glyphs(Apart(stream), textbox, *more)
    text = _told(textbox.text)
    if not text:
        return _draws_glyphs(stream, textbox, *more)
    stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(text)}))
    outcome = _draws_glyphs(stream, textbox, *more)
    stream.end_marked_content()
    return outcome


def _turned(text: str) -> bool:
    """Whether something in a line goes from right to left. Readers would turn what is told beside it once more."""
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def _told(text: str) -> str:
    """The text if its glyphs do not tell it."""
    if not any(unicodedata.category(one) in _MARKS or one in _DRAWN_AS_TWO for one in text):
        return ""
    return "".join(one for one in text if unicodedata.category(one) != "Cf" or one in _KEPT_CONTROLS)


weasyprint.draw.text.draw_first_line = _with_its_text


class OnlyGiven(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Answers from the given bytes and refuses every other address."""

    def __init__(self, given: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self._given = given

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The bytes given under this address; FatalURLFetchingError for any other."""
        if url not in self._given:
            raise FatalURLFetchingError("a page asked for something it was not given")
        return URLFetcherResponse(url, self._given[url], {"Content-Type": "image/jpeg"})


@cache
def environment() -> Environment:
    """Our templates, with escaping everywhere and an error for any unknown name."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    made.filters["direction"] = direction
    return made


@cache
def fonts() -> FontConfiguration:
    """The system's fonts, found once per process."""
    return FontConfiguration()


@cache
def stylesheet(name: str) -> CSS:
    """One of our stylesheets, parsed once per process."""
    text = (TEMPLATES / "pdf" / name).read_text(encoding="utf-8")
    return CSS(string=text, url_fetcher=OnlyGiven({}), font_config=fonts())


class _Missing(logging.Handler):
    """Hears from WeasyPrint that a letter has no glyph."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard = False

    def emit(self, record: logging.LogRecord) -> None:
        self.heard = self.heard or record.msg.startswith(".notdef glyph")


def pdf_of(
    template: str, sheet: str, values: dict[str, object], given: dict[str, bytes], *, whole: bool = False
) -> bytes:
    """A template of ours as PDF. `given` maps the addresses a page may use to their bytes.

    `whole`: raises MissingGlyph where a letter would be a box."""
    missing = _Missing()
    log = logging.getLogger("weasyprint")
    log.addHandler(missing)
    try:
        made = _pdf_of(template, sheet, values, given)
    finally:
        log.removeHandler(missing)
    if whole and missing.heard:
        raise MissingGlyph
    return made


def _pdf_of(template: str, sheet: str, values: dict[str, object], given: dict[str, bytes]) -> bytes:
    html = environment().get_template(template).render(values)
    document = HTML(string=html, url_fetcher=OnlyGiven(given), base_url=None)
    made: bytes = document.write_pdf(stylesheets=[stylesheet(sheet)], font_config=fonts())
    return made
