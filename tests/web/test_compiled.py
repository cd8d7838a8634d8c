"""Templates compiled for a language: what follows from the language alone is worked out once, and nothing else is."""

from pathlib import Path
from typing import Any

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup, escape

from portal.language.i18n import speaking
from portal.web.compiled import OneLanguage
from portal.web.templates import Templates

ROOT = Path(__file__).resolve().parents[2]
HOSTILE = """<script>"'&"""


@pytest.fixture(scope="module")
def environment() -> OneLanguage:
    """The environment that the portal's Japanese pages are made in."""
    with speaking("ja"):
        made: OneLanguage = Templates(ROOT / "templates").get_template("components/words.html").environment  # type: ignore[assignment]  # Templates makes no other
    return made


def filled(environment: OneLanguage, source: str, **values: Any) -> str:
    """A template of these letters, filled."""
    with speaking("ja"):
        return environment.from_string(source).render(values)


def code_of(environment: OneLanguage, source: str) -> str:
    """The program that a template of these letters becomes."""
    with speaking("ja"):
        return str(environment.compile(source, raw=True))


def test_each_language_has_its_own_words() -> None:
    templates = Templates(ROOT / "templates")
    shown = {}
    for language in ("ja", "en", "my"):
        with speaking(language):
            shown[language] = templates.get_template("components/words.html").module.purpose("selection")  # type: ignore[attr-defined]  # a macro of it
    assert shown["en"] == shown["my"] == "Deciding whether to hire"
    assert shown["ja"] not in shown["en"]


@pytest.mark.parametrize(
    "source",
    [
        '{{ _("Candidates") }}',
        "{{ words.item('name') }}",
        '{{ status.stage("offer") }}',
        '{{ icon("lock") }}',
        '{{ static("portal.css") }}',
    ],
)
def test_a_call_with_what_the_template_says_is_made_once(environment: OneLanguage, source: str) -> None:
    assert "call(" not in code_of(environment, source)
    assert filled(environment, source) == filled(environment, source.replace("(", "(*[", 1).replace(")", "])", 1))


@pytest.mark.parametrize(
    "source",
    [
        "{{ words.item(code) }}",
        '{{ _("%(count)s points", count=code) }}',
        '{% macro icon(name) %}{{ name }}{% endmacro %}{{ icon("lock") }}',
        '{% set words = namespace(item=code) %}{{ words.item("name") }}',
        "{{ csrf() }}",
    ],
)
def test_a_call_that_depends_on_the_page_is_made_each_time(environment: OneLanguage, source: str) -> None:
    assert "call(" in code_of(environment, source)


def test_a_template_that_names_its_own_macro_so_gets_its_own(environment: OneLanguage) -> None:
    own = '{% macro icon(name) %}own {{ name }}{% endmacro %}{% macro around() %}{{ icon("lock") }}{% endmacro %}'
    assert filled(environment, own + "{{ around() }}") == "own lock"


@pytest.mark.parametrize(
    "source",
    [
        "{{ given }}",
        '<a title="{{ given }}">',
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(given) }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}{{ given }}{% endcall %}",
        "{% set x %}{{ given }}{% endset %}{{ x }}",
        "{% for one in [given] %}{{ one }}{% endfor %}",
        "{{ row.given }}",
        '{{ _("%(x)s", x=given) }}',
        "{{ words.item(given) }}",
        "{{ given ~ given }}",
        "{{ given | upper }}",
    ],
)
def test_p1_what_somebody_wrote_is_escaped_wherever_it_stands(environment: OneLanguage, source: str) -> None:
    shown = filled(environment, source, given=HOSTILE, row={"given": HOSTILE}).lower()
    assert str(escape(HOSTILE)) in shown
    assert HOSTILE not in shown


def test_p1_every_character_is_escaped_as_markupsafe_does() -> None:
    differing = [n for n in range(0x110000) if OneLanguage.shown(chr(n)) != str(escape(chr(n)))]
    assert differing == []


def test_a_template_that_makes_a_text_and_no_page_escapes_nothing(environment: OneLanguage) -> None:
    plain = "{% autoescape false %}{{ given }}{% endautoescape %}"
    assert filled(environment, plain + "|{{ given }}", given=HOSTILE) == f"{HOSTILE}|{escape(HOSTILE)}"


def test_only_what_says_that_it_is_markup_is_shown_as_markup() -> None:
    class Said(str):
        pass

    assert OneLanguage.shown(Markup("<b>")) == "<b>"
    assert OneLanguage.shown(Said("<b>")) == "&lt;b&gt;"
    assert [OneLanguage.shown(one) for one in (None, 5, ["<"])] == ["None", "5", "[&#39;&lt;&#39;]"]


def test_a_dictionary_is_asked_for_its_key_first(environment: OneLanguage) -> None:
    assert filled(environment, "{{ row.items }} {{ row.keys() | list }}", row={"items": 3}) == "3 [&#39;items&#39;]"


def test_an_unknown_name_is_an_error(environment: OneLanguage) -> None:
    for source in ("{{ nobody }}", "{{ row.nobody }}", "{{ nobody() }}"):
        with pytest.raises(UndefinedError):
            filled(environment, source, row={})


def test_a_page_that_names_no_file_of_ours_is_not_compiled(environment: OneLanguage) -> None:
    with pytest.raises(LookupError):
        code_of(environment, '{{ static("nobody.css") }}')
