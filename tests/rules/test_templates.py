"""What holds for every page, read off the templates themselves."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.each import for_each

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "templates"
TEMPLATES = {
    path.relative_to(FOLDER).as_posix(): path.read_text()
    for path in sorted(FOLDER.rglob("*.html"))
    if path.relative_to(FOLDER).parts[0] != "pdf"
}
PAGES = [name for name, text in TEMPLATES.items() if "{% extends" in text and not name.startswith("layouts/")]
COMMENT = re.compile(r"{#.*?#}", re.S)
MACRO = re.compile(r"{%-? macro (\w+)\(")
LETTERS = re.compile(r"[A-Za-z]{3,}")


def markup(name: str) -> str:
    """A template without its comments."""
    return COMMENT.sub("", TEMPLATES[name])


@for_each("name", TEMPLATES)
def test_no_word_stands_outside_the_catalog(name: str) -> None:
    text = re.sub(r"<(style|script)\b.*?</\1>", "", markup(name), flags=re.S)
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.S)
    text = re.sub(r'<[^>]*>|\s[a-z-]+="[^"]*"', " ", text)
    assert set(LETTERS.findall(text)) <= {"Shokai"}


@for_each("name", TEMPLATES)
def test_ids_are_unique(name: str) -> None:
    found = Counter(re.findall(r'\sid="([^"]+)"', markup(name)))
    # The two branches of one field may not meet on a page; a repeated literal id always might.
    assert [one for one, times in found.items() if times > 1 and "{" not in one] == []


@for_each("name", PAGES)
def test_a_page_has_one_heading_that_is_its_title(name: str) -> None:
    text = markup(name)
    for part in re.findall(r'{% (?:include|extends) "([^"]+)" %}', text):
        text += markup(part)
    assert text.count("<h1>") == 1
    if not name.startswith("errors/"):
        assert "<h1>{{ title }}</h1>" in text
        assert "{% set title = " in text


@for_each("name", TEMPLATES)
def test_nothing_that_the_content_policy_would_stop(name: str) -> None:
    text = markup(name)
    assert not re.search(r"\s(style|on[a-z]+|hx-on[\w:-]*|hx-vals)=", text)
    assert "<style" not in text
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"""(?:href|src|action)=["'](?:https?:)?//""", text)


@for_each("name", TEMPLATES)
def test_every_form_that_changes_something_carries_its_token(name: str) -> None:
    for form in re.findall(r"<form\b.*?</form>", markup(name), re.S):
        assert 'method="get"' in form or "{{ csrf() }}" in form


@for_each("name", TEMPLATES)
def test_every_time_is_written_by_the_filters(name: str) -> None:
    shown = re.sub(r'<input type="hidden"[^>]*>', "", markup(name))
    assert not re.search(r"isoformat|strftime", shown)
    assert re.findall(r"_(?:at|until) }}", shown) == []


def test_no_macro_is_unused() -> None:
    unused = []
    for name in TEMPLATES:
        for macro in MACRO.findall(markup(name)):
            uses = re.compile(rf"\b{macro}\(")
            others = sum(len(uses.findall(markup(other))) for other in TEMPLATES)
            if others < 2:
                unused.append(f"{name}: {macro}")
    assert unused == []


def test_the_icons_are_the_ones_used() -> None:
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (ROOT / "static/vendor/icons.svg").read_text()))
    text = " ".join(markup(name) for name in TEMPLATES)
    named = {word for word in re.findall(r'"([a-z0-9-]+)"', text) if word in drawn}
    called = set(re.findall(r'\b(?:icon|empty|alert)\("([a-z0-9-]+)"\)', text))
    assert called <= drawn
    assert drawn - named == set()


def test_what_is_vendored_is_what_the_manifest_says() -> None:
    run = subprocess.run([sys.executable, ROOT / "script/vendor", "--check"], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
