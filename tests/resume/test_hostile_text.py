"""Text of any kind stays text, and stays on the page."""

import io
import re
import shutil
import subprocess

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.candidates.items import DisclosedItems
from portal.resume.render import render_resume
from portal.resume.request import FormLanguage
from portal.resume.text import LONG_TEXT, SHORT_TEXT, long, short
from tests.resume import papers

WILD = [
    "<script>alert(1)</script><img src='file:///etc/passwd'>",
    "{{ 7 * 7 }}{% include '/etc/passwd' %}",
    "A" * 3_000,
    "長" * 3_000,
    "word " * 600,
    "line\n" * 400,
    "\u202egnp.exe\u2066\u0000\u0007",
    "e" + "\u0301" * 2_000,
    "محمد " * 300,
]


def filled(text: str) -> DisclosedItems:
    items = papers.all_items()
    items["name"]["display"] = items["name"]["latin"] = text
    items["address"]["line"] = items["gender"] = items["email"] = items["telephone"] = text
    background = items["background"]
    background["summary"] = background["motivation"] = background["wishes"] = text
    background["work"][0]["company"] = background["work"][0]["position"] = text
    background["work"][0]["summary"] = text
    background["work"][0]["highlights"] = [text]
    background["skills"][0]["keywords"] = [text]
    items["qualifications"][0]["name"] = text
    return items


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("text", WILD, ids=range(len(WILD)))
def test_layout_holds(text: str, language: FormLanguage) -> None:
    pdf = render_resume(papers.request(filled(text), language, photo=papers.photo()))
    command = ["pdftotext", "-bbox", "-", "-"]
    run = subprocess.run(command, input=pdf, capture_output=True, check=True)
    words = re.findall(r'xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', run.stdout.decode())
    assert words
    for left, top, right, bottom in (map(float, word) for word in words):
        assert 30 < left <= right < 566, "text left the page's margins"
        assert 15 < top <= bottom < 842 - 28, "text reached the foot kept for the stamp"


def test_markup_and_template_signs_are_only_text() -> None:
    text = papers.text_of(render_resume(papers.request(filled(WILD[0]))))
    assert "<script>alert(1)</script>" in text
    text = papers.text_of(render_resume(papers.request(filled(WILD[1]))))
    assert "{{7*7}}" in text


def test_overrides_and_controls_are_gone_but_joiners_stay() -> None:
    assert short("\u202eabc\u202c\u2066\x00\x07\ud800") == "abc"
    assert short("ශ්\u200dරී") == "ශ්\u200dරී"
    assert short("a\nb\t c") == "a b c"
    assert long("a\r\n\r\n\r\n\r\nb\u2028c") == "a\n\nb\nc"
    assert short("x" * 999) == "x" * (SHORT_TEXT - 1) + "…"
    assert len(long("y" * 99_999)) == LONG_TEXT
    assert short("e" + "\u0301" * 50).count("\u0301") < 8
    assert short(None) == short(["x"]) == short(7) == ""


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=200))
def test_any_text_renders(text: str) -> None:
    pdf = render_resume(papers.request(filled(text)))
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) >= 2
