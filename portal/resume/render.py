"""Runs inside a worker process: sets one resume in type.

Promise: nothing is read but our own templates and the bytes of the request. Every other address,
a file's or the network's, ends the rendering.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from portal.language.direction import direction
from portal.resume.request import ResumeRequest
from portal.resume.view import view_of

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PHOTO = "resume:photo"


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


def pdf_of(template: str, sheet: str, values: dict[str, object], given: dict[str, bytes]) -> bytes:
    """A template of ours as PDF. `given` maps the addresses a page may use to their bytes."""
    html = environment().get_template(template).render(values)
    document = HTML(string=html, url_fetcher=OnlyGiven(given), base_url=None)
    made: bytes = document.write_pdf(stylesheets=[stylesheet(sheet)], font_config=fonts())
    return made


def render_resume(request: ResumeRequest) -> bytes:
    """The resume as an unstamped PDF."""
    view = view_of(request)
    given = {PHOTO: request.photo} if view["has_photo"] and request.photo is not None else {}
    return pdf_of(f"pdf/resume_{request.language}.html", "resume.css", view, given)
