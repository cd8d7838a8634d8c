"""Every message of code and templates has its Japanese, and every Japanese message is still asked for."""

import re
from collections.abc import Iterator
from functools import cache

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from portal.settings import PROJECT

JAPANESE = PROJECT / "portal/locale/ja"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
TEMPLATES = [("**.html", "jinja2"), ("email/**.txt", "jinja2")]
PLACES = [(PROJECT / "portal", [("**.py", "python")]), (PROJECT / "templates", TEMPLATES)]
NAMED = re.compile(r"%\((\w+)\)s")
LETTER = re.compile(r"[ぁ-んァ-ヶ一-龠々ー]")
# What has a word of English in it has Japanese; names of tests and signs are the same everywhere.
ENGLISH = re.compile(r"(?<![%(])\b[a-z]{2,}\b(?!\))")


def _messages() -> Iterator[str]:
    """Every message of code and templates, by its English."""
    for folder, method_map in PLACES:
        options = {where: {"newstyle_gettext": "true", "silent": "false"} for where, _kind in TEMPLATES}
        found = extract_from_dir(folder, method_map=method_map, options_map=options, keywords=KEYWORDS)
        for _file, _line, message, _comments, _context in found:
            yield message if isinstance(message, str) else message[0]


@cache
def messages() -> list[str]:
    """Each once, in order."""
    return sorted(set(_messages()))


@cache
def translations() -> dict[str, tuple[str, ...]]:
    """Every Japanese translation, its plural forms included; fuzzy ones do not count."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(JAPANESE.glob("*.po")):
        with path.open("rb") as file:
            for one in read_po(file, locale="ja", abort_invalid=True):
                if one.id and not one.fuzzy:
                    forms = one.string if isinstance(one.string, tuple) else (str(one.string or ""),)
                    found[one.id if isinstance(one.id, str) else one.id[0]] = forms
    return found


def test_every_message_is_translated_into_japanese() -> None:
    missing = [message for message in messages() if not (translations().get(message) and all(translations()[message]))]
    assert missing == []


def test_a_translation_is_japanese_and_names_the_same_values() -> None:
    for message, forms in translations().items():
        assert all(LETTER.search(form) for form in forms) or not ENGLISH.search(message), message
        for form in forms:
            assert set(NAMED.findall(form)) <= set(NAMED.findall(message)) | {"num"}, message


def test_no_translation_outlives_its_message() -> None:
    assert set(translations()) - set(messages()) == set()


def test_every_catalog_says_whether_a_native_speaker_has_read_it() -> None:
    for path in JAPANESE.glob("*.po"):
        header = path.read_text(encoding="utf-8").partition("\n\n")[0]
        assert re.search(r'^"X-Reviewed-By-Native-Speaker: (yes|no)\\n"$', header, re.MULTILINE), path.name
