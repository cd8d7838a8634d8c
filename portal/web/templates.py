"""Jinja's environment: everything escaped, every word translated, and what every template may use."""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any

import babel
import jinja2
from jinja2 import FileSystemLoader, StrictUndefined, Template, pass_context
from jinja2.filters import FILTERS
from jinja2.runtime import Context
from markupsafe import Markup

from portal.database.viewer import Viewer
from portal.language import addresses, formats, i18n
from portal.language.direction import isolated
from portal.web import csrf
from portal.web.compiled import CompiledBefore, OneLanguage
from portal.web.ready_made import ReadyMade, of_the_portal
from portal.web.static import static_files
from portal.web.untyped import kept

HIDDEN = Markup('<input type="hidden" name="%s" value="%s">')


class Templates:
    """The templates of a folder, compiled for each language: everything escaped, every unknown name an error."""

    def __init__(self, folder: Path, ready_made: ReadyMade | None = None) -> None:
        """Those for the portal's own languages are made at once, others when first asked for."""
        self._folder = folder
        self._ready_made = ready_made
        self._made: dict[str, OneLanguage] = {}
        self.filters: dict[str, Callable[..., Any]] = {
            **FILTERS,
            "word": word,
            "day": formats.day,
            "short_day": formats.short_day,
            "short_last_day": formats.short_last_day,
            "last_day": formats.last_day,
            "moment": formats.moment,
            "exact_moment": formats.exact_moment,
            "country_name": formats.country_name,
            "language_name": formats.language_name,
            "filesize": formats.filesize,
            "telephone": formats.telephone,
            "address": addresses.address,
            "isolated": isolated,
        }
        for language in i18n.PORTAL_LANGUAGES:
            with i18n.speaking(language):
                self._environment()

    def get_template(self, name: str) -> Template:
        """The template of this name in the language in force."""
        return self._environment().get_template(name)

    def _environment(self) -> OneLanguage:
        language = i18n.language()
        if language not in self._made:
            before = None if self._ready_made is None else CompiledBefore(self._ready_made, language)
            self._made[language] = _environment(self._folder, self.filters, before)
        return self._made[language]


@lru_cache
def templates_in(folder: Path) -> Templates:
    """Those of this folder, compiled once for all apps of this process: nothing in them belongs to one app."""
    static = static_files(folder.parent / "static").version
    return Templates(
        folder, of_the_portal(static, jinja2.__version__, babel.__version__, metadata.version("markupsafe"))
    )


def _environment(folder: Path, filters: dict[str, Callable[..., Any]], before: CompiledBefore | None) -> OneLanguage:
    """An environment for the language in force."""
    made = OneLanguage(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=before,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added to the class by the i18n extension
        i18n.gettext, i18n.ngettext, newstyle=True
    )
    made.filters = filters
    made.globals.update(_=translated, gettext=translated, N_=i18n.N_, csrf=csrf_fields)
    made.globals.update(static=static_files(folder.parent / "static").address)
    # What nearly every page uses, in their order: each uses those before it.
    made.globals["icon"] = Filled(made, "components/icons.html").icon
    made.globals["words"] = Filled(made, "components/words.html")
    made.globals["status"] = Filled(made, "components/status.html")
    shown = made.get_template("components/forms.html").module
    made.globals.update(fields=kept(shown.fields), field=shown.field, filters=kept(shown.filters))  # type: ignore[attr-defined]  # its macros
    return made


class Filled:
    """The macros of a template that depend on their arguments and the language alone: each outcome is made once."""

    def __init__(self, environment: OneLanguage, template: str) -> None:
        """`template` is imported without context."""
        self._module = environment.get_template(template).module

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        """The macro of this name. Its arguments must be hashable."""
        macro = getattr(self._module, name)

        @lru_cache(maxsize=5_000, typed=True)  # text and markup of the same letters are not the same
        def filled(*given: Hashable) -> Markup:
            return Markup(macro(*given))  # noqa: S704 - a macro's outcome, in which what it was given is escaped

        setattr(self, name, filled)  # so that it is found, and not made, the next time
        return filled


@lru_cache(maxsize=20_000)
def _marked(language: str, message: str) -> Markup:
    return Markup(i18n.gettext(message))  # noqa: S704 - the catalogs are ours, and values are escaped as they are put in


def translated(message: str, **values: object) -> Markup:
    """What `_()` is in templates: jinja's own, but a page asks for hundreds of messages, so each is looked up once."""
    text = _marked(i18n.language(), message)
    return text % values if values or "%" in text else text


def word(code: str, words: Mapping[str, str]) -> str:
    """A code in words, in the language in force; a code that has none, as it is."""
    return translated(words[code]) if code in words else code


@pass_context
def csrf_fields(page: Context) -> Markup:
    """What every form carries: that it comes from a page of this sign-in, whose that is, and where Back leads there."""
    viewer: Viewer | None = page["viewer"]
    back: str | None = page["back"]
    token = HIDDEN % (csrf.FIELD, page["csrf_token"])
    if viewer is not None:
        token += HIDDEN % (csrf.SENT_AS, viewer.account_id)
    return token if back is None else token + HIDDEN % (csrf.BACK_TO, back)
