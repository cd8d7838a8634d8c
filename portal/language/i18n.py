"""Every word a person reads, in their language.

English is the message id. Translations are `portal/locale/<language>/<domain>.po`, read as they
are when the process starts and merged into one catalog per language. The language in force is a
context variable, set for each request, so that `_()` works the same in templates, forms and actions.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.pofile import read_po

SOURCE_LANGUAGE = "en"
DEFAULT_LANGUAGE = "ja"
PORTAL_LANGUAGES = ("ja", "en")
LOCALE_FOLDER = Path(__file__).parent.parent / "locale"


@dataclass(slots=True)
class Messages:
    """One language: what each English message is in it."""

    plural: Callable[[int], int]
    texts: dict[str, str] = field(default_factory=dict)
    plurals: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_messages(folder: Path) -> dict[str, Messages]:
    """All catalogs under `folder`, by language. Fuzzy and empty translations are left out."""
    languages: dict[str, Messages] = {}
    for path in sorted(folder.glob("*/*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parent.name, abort_invalid=True)
        messages = languages.setdefault(path.parent.name, Messages(plural=c2py(catalog.plural_expr)))
        for message in catalog:
            if not message.id or message.fuzzy:
                continue
            forms = message.string
            if isinstance(forms, (list, tuple)):
                if all(forms):
                    messages.plurals[message.id[0]] = tuple(forms)
            elif forms:
                messages.texts[str(message.id)] = forms
    return languages


_catalogs = read_messages(LOCALE_FOLDER)
_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)


def known_languages() -> frozenset[str]:
    """The languages something can be shown in."""
    return frozenset({SOURCE_LANGUAGE, *PORTAL_LANGUAGES, *_catalogs})


def language() -> str:
    """The language in force."""
    return _language.get()


def begin(chosen: str) -> Token[str]:
    """Put a language in force; give the token to `end`."""
    return _language.set(chosen)


def end(token: Token[str]) -> None:
    """Return to the language before `begin`."""
    _language.reset(token)


def settle(wanted: str) -> str:
    """Put `wanted` in force for the rest of the request if it is known; returns what is in force."""
    if wanted in known_languages():
        _language.set(wanted)
    return _language.get()


@contextmanager
def speaking(chosen: str) -> Iterator[None]:
    """Run a block in a language, for letters and documents made outside a request."""
    token = begin(chosen)
    try:
        yield
    finally:
        end(token)


def gettext(message: str) -> str:
    """The message in the language in force, or as it is when there is no translation."""
    catalog = _catalogs.get(_language.get())
    return message if catalog is None else catalog.texts.get(message, message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The form for `n` in the language in force."""
    catalog = _catalogs.get(_language.get())
    forms = None if catalog is None else catalog.plurals.get(singular)
    if catalog is None or forms is None:
        return singular if n == 1 else plural
    return forms[catalog.plural(n)]


_ = gettext


class Undone(str):
    """A message that nothing was done: the page that says it shows a warning, and no tick."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Said:
    """A message that is translated where it is shown: a form is read before it is known who reads the answer."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def undone(self) -> bool:
        """Whether it says that nothing was done."""
        return isinstance(self.message, Undone)

    def __str__(self) -> str:
        text = gettext(self.message)
        return text % self.values if self.values else text


def written(japanese: str, latin: str | None) -> str:
    """Of a title or name kept in Japanese, and perhaps in Latin letters too, the one for the language in force."""
    return latin if latin and _language.get() != "ja" else japanese


def by_title(rows: Iterable[tuple[Any, str, str | None]]) -> list[tuple[Any, str]]:
    """(id, title) pairs for a list on a page, in its order, out of (id, title, Latin title) rows: see `written`."""
    return sorted(((one, written(japanese, latin)) for one, japanese, latin in rows), key=lambda pair: pair[1])


def N_(message: str) -> str:  # noqa: N802 - the name translators' tools look for
    """Mark a message for the catalogs where it is written down; `_()` translates it where it is shown."""
    return message


def negotiate(accept: str) -> str:
    """The first of the portal's languages in an Accept-Language header, by its weights; else Japanese."""
    wanted: list[tuple[float, str]] = []
    for part in accept[:200].split(","):
        tag, _semicolon, weight = part.strip().partition(";")
        try:
            quality = float(weight.removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        primary = tag.strip().lower().partition("-")[0]
        if primary in PORTAL_LANGUAGES and quality > 0:
            wanted.append((-quality, primary))
    return min(wanted, key=lambda choice: choice[0])[1] if wanted else DEFAULT_LANGUAGE


def babel_locale() -> Locale:
    """The language in force for dates and names of countries; English for one that Babel lacks."""
    return _babel_locale(_language.get())


@cache
def _babel_locale(chosen: str) -> Locale:
    try:
        return Locale.parse(chosen)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(SOURCE_LANGUAGE)
