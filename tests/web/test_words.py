"""What people read: translations, dates, names of countries and languages, sizes."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from portal.language import formats, i18n
from portal.language.i18n import N_, _, ngettext, speaking

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals={n}; plural={plural};\\n"

msgid "Sign in"
msgstr "{word}"

msgid "Untranslated"
msgstr ""

#, fuzzy
msgid "Guessed"
msgstr "x"

msgid "%(num)s page"
msgid_plural "%(num)s pages"
msgstr[0] "%(num)s one"
{second}

msgid "%(num)s day"
msgid_plural "%(num)s days"
msgstr[0] ""
"""


@pytest.fixture
def catalogs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for tag, n, plural, second, word in (
        ("ja", 1, "0", "", "サインイン"),
        ("ru", 2, "(n != 1)", 'msgstr[1] "%(num)s many"', "Войти"),
    ):
        (tmp_path / tag).mkdir()
        text = PO.format(n=n, plural=plural, second=second, word=word)
        (tmp_path / tag / "web.po").write_text(text, encoding="utf-8")
        (tmp_path / tag / "more.po").write_text(f'msgid "More in {tag}"\nmsgstr "…"\n', encoding="utf-8")
    monkeypatch.setattr(i18n, "_catalogs", i18n.read_messages(tmp_path))


@pytest.mark.usefixtures("catalogs")
def test_all_files_of_a_language_are_one_catalog() -> None:
    with speaking("ja"):
        assert (_("Sign in"), _("More in ja"), _("Untranslated"), _("Guessed")) == (
            "サインイン", "…", "Untranslated", "Guessed",
        )  # fmt: skip
    with speaking("en"):
        assert _("Sign in") == "Sign in"
    assert {"ja", "ru", "en"} <= i18n.known_languages()


@pytest.mark.usefixtures("catalogs")
def test_plurals_follow_the_language() -> None:
    def pages(n: int) -> str:
        return ngettext("%(num)s page", "%(num)s pages", n) % {"num": n}

    with speaking("ru"):
        assert (pages(1), pages(2)) == ("1 one", "2 many")
        assert ngettext("%(num)s day", "%(num)s days", 2) == "%(num)s days"
    with speaking("ja"):
        assert pages(2) == "2 one"
    with speaking("en"):
        assert (pages(1), pages(0)) == ("1 page", "0 pages")


def test_a_marked_message_is_itself_until_shown() -> None:
    assert N_("Sign in") == "Sign in"


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("", "ja"), ("en-US,en;q=0.9", "en"), ("fr,en;q=0.5,ja;q=0.4", "en"), ("my, vi;q=0.8", "ja"),
        ("ja;q=0.2, en;q=0.1", "ja"), ("en;q=0", "ja"), ("en;q=x, ja", "ja"), ("en;level=1", "ja"), ("EN", "en"),
    ],
)  # fmt: skip
def test_the_browser_says_which_language(accept: str, language: str) -> None:
    assert i18n.negotiate(accept) == language


def test_an_unknown_language_changes_nothing() -> None:
    with speaking("en"):
        assert i18n.settle("tlh") == "en"
        assert i18n.settle("ja") == "ja"


def test_what_ends_at_midnight_holds_until_the_day_before() -> None:
    with speaking("en"):
        assert formats.last_day(datetime(2026, 12, 4, 15, 0, tzinfo=UTC)) == "Dec 4, 2026"  # midnight in Japan
        assert formats.last_day(datetime(2026, 12, 4, 15, 1, tzinfo=UTC)) == "Dec 5, 2026"
        assert formats.last_day(None) == ""


def test_a_day_is_written_as_people_write_it() -> None:
    with speaking("ja"):
        assert formats.day(date(2026, 4, 1)) == "2026年4月1日"
        assert formats.day("2026-04-01") == "2026年4月1日"
        assert formats.day("2026-04") == "2026年4月"
        assert formats.day("2026") == "2026年"
        assert formats.day(datetime(2026, 3, 31, 15, 0, tzinfo=UTC)) == "2026年4月1日"
    with speaking("en"):
        assert formats.day("2026-04-01") == "Apr 1, 2026"
        assert formats.day("2026-04") == "Apr 2026"
        assert formats.day("2026") == "2026"
    assert formats.day(None) == formats.day("") == ""


@pytest.mark.parametrize("written", ["soon", "2016-04-31", "2016-13", "0", "99999-01-01", "1-2-3-4", "infinity", "²"])
def test_what_is_no_day_is_shown_as_it_was_written(written: str) -> None:
    assert formats.day(written) == written


def test_a_moment_is_in_the_time_of_japan() -> None:
    with speaking("ja"):
        assert formats.moment(datetime(2026, 3, 31, 15, 4, tzinfo=UTC)) == "2026年4月1日 00:04"
    with speaking("en"):
        assert formats.moment(datetime(2026, 3, 31, 15, 4, tzinfo=UTC)) == "Apr 1, 2026 00:04"
        assert formats.moment(datetime(2026, 3, 31, 15, 4, 9, tzinfo=UTC), seconds=True) == "Apr 1, 2026 00:04:09"
        exact = datetime(2026, 3, 31, 15, 4, 9, 7, tzinfo=UTC)
        assert formats.exact_moment(exact) == "Apr 1, 2026 00:04:09.000007 (UTC+9)"
    assert formats.moment(None) == formats.exact_moment(None) == ""
    with pytest.raises(ValueError, match="time zone"):
        formats.moment(datetime(2026, 4, 1))


def test_countries_and_languages_have_names() -> None:
    with speaking("ja"):
        assert (formats.country_name("VN"), formats.country_name("MM")) == ("ベトナム", "ミャンマー")
        assert (formats.language_name("my"), formats.language_name("ja")) == ("ミャンマー語", "日本語")
    with speaking("en"):
        assert (formats.country_name("MM"), formats.country_name("XQ")) == ("Myanmar", "XQ")
        assert formats.language_name("pt-BR") == "Brazilian Portuguese"
        assert (formats.language_name("en-XX"), formats.language_name("Klingon")) == ("English", "Klingon")
    assert formats.country_name(None) == formats.language_name("") == ""
    with speaking("x-unknown"):
        assert formats.country_name("VN") == "Vietnam"


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 B"), (999, "999 B"), (1000, "1.0 KB"), (1_440_000, "1.4 MB"), (25_000_000, "25 MB"),
        (10**16, "10000 TB"), (None, ""),
    ],
)  # fmt: skip
def test_sizes_are_short(count: int | None, text: str) -> None:
    assert formats.filesize(count) == text


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+819000000128", "090-0000-0128"), ("+81312345678", "03-1234-5678"), ("+84912345678", "+84 912 345 678"),
        ("inquire", "inquire"), ("", ""), (None, ""),
    ],
)  # fmt: skip
def test_a_telephone_number_is_written_as_it_is_dialled_in_japan(number: str | None, shown: str) -> None:
    assert formats.telephone(number) == shown


def test_an_extension_stands_behind_its_number() -> None:
    with speaking("en"):
        assert formats.telephone("+81312345678;ext=12") == "03-1234-5678 ext. 12"
    with speaking("ja"):
        assert formats.telephone("+81312345678;ext=12") == "03-1234-5678 内線12"
        assert formats.telephone("+84912345678;ext=5") == "+84 912 345 678 内線5"
