"""Pages: Jinja templates with the request's own context, rendered whole before the answer starts."""

import re
from collections.abc import Callable, Hashable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import Response
from markupsafe import Markup

from portal.web import csrf, filters, i18n
from portal.web.cookies import new_secret
from portal.web.static import static_files
from portal.web.viewer import Viewer
from portal.web.visit import Connection, Visit, visit

HTML = "text/html"  # Litestar adds the charset
LONGEST_PATH = 1500
PLAIN_PATH = re.compile(r"/(?!/)[!-$&-9;-?A-\[\]-~]*")  # printable ASCII, and none of % : @ \\
# What pages are narrowed to by ids, codes, days, cursors and sealed words. What somebody typed is not among it (P9).
IN_QUERIES = (
    "opening|stage|japanese|work|decided|count|company|standing|actor|action|decision|introduction|since|until"
    "|after|before|named|form|calendar|save|next"
)
PLAIN_QUERY = re.compile(rf"(?:(?:{IN_QUERIES})=[A-Za-z0-9_.~/-]*(?:&|$))+")
HIDDEN = Markup('<input type="hidden" name="%s" value="%s">')


@cache
def environment(folder: Path) -> Environment:
    """The environment of a folder of templates: everything escaped, every unknown name an error."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added to the class by the i18n extension
        i18n.gettext, i18n.ngettext, newstyle=True
    )
    made.globals.update(_=translated, gettext=translated, N_=i18n.N_, csrf=csrf_fields)
    made.filters.update(
        word=word,
        day=filters.day,
        last_day=filters.last_day,
        moment=filters.moment,
        exact_moment=filters.exact_moment,
        country_name=filters.country_name,
        language_name=filters.language_name,
        filesize=filters.filesize,
        telephone=filters.telephone,
        address=filters.address,
    )
    made.globals.update(static=static_files(folder.parent / "static").address)
    # What nearly every page uses, in their order: each uses those before it.
    made.globals["icon"] = Filled(made, "components/icons.html").icon
    made.globals["words"] = Filled(made, "components/words.html")
    made.globals["status"] = Filled(made, "components/status.html")
    return made


class Filled:
    """The macros of a template that depend on their arguments and the language alone: each outcome is made once."""

    def __init__(self, environment: Environment, template: str) -> None:
        """`template` is imported without context."""
        self._module = environment.get_template(template).module

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        """The macro of this name. Its arguments must be hashable."""
        macro = getattr(self._module, name)

        @lru_cache(maxsize=5_000, typed=True)  # text and markup of the same letters are not the same
        def filled(_language: str, *given: Hashable) -> Markup:
            return Markup(macro(*given))  # noqa: S704 - a macro's outcome, in which what it was given is escaped

        def in_force(*given: Hashable) -> Markup:
            return filled(i18n.language(), *given)

        setattr(self, name, in_force)  # so that it is found, and not made, the next time
        return in_force


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
    """What every form carries: that it comes from a page of this sign-in, and whose sign-in that is."""
    viewer: Viewer | None = page["viewer"]
    token = HIDDEN % (csrf.FIELD, page["csrf_token"])
    return token if viewer is None else token + HIDDEN % (csrf.SENT_AS, viewer.account_id)


def context(guest: Visit, path: str, viewer: Viewer | None, token: str) -> dict[str, Any]:
    """What every template may use besides its own page's values."""
    return {
        "viewer": viewer,
        "locale": i18n.language(),
        "csrf_token": token,
        "path": path,
        "here": path,
        "htmx": guest.htmx,
        "operator": guest.kit.operator,
    }


def render(connection: Connection, template: str, values: Mapping[str, Any]) -> str:
    """A template filled for this request's viewer, with a CSRF token of this session or visitor."""
    guest = visit(connection)
    shared = context(guest, values.get("path", connection.scope["path"]), guest.viewer, csrf.token(binding(guest)))
    if "path" not in values:
        shared["here"] = safe_path(f"{shared['path']}?{connection.scope['query_string'].decode('latin-1')}") or "/"
    return guest.kit.templates.get_template(template).render({**shared, **values})


def binding(guest: Visit) -> str:
    """What this page's CSRF token is bound to; a browser seen for the first time is given a cookie for it."""
    if not guest.binding:
        guest.visitor = new_secret()
        cookies = guest.kit.cookies
        guest.cookies.append(cookies.write(cookies.visitor, guest.visitor))
    return guest.binding


def page(
    connection: Connection,
    template: str,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,
) -> Response[str]:
    """A page or fragment as an answer; call it after the unit of work has closed.

    `values` are the template's own. `status` 422 for a form that comes back with messages.
    """
    return Response(
        render(connection, template, values),
        status_code=status,
        headers=dict(headers or {}),
        media_type=HTML,
    )


def see_other(connection: Connection, location: str) -> Response[bytes]:
    """Lead the browser to `location`, a path of ours: 303, or for htmx an HX-Redirect."""
    if visit(connection).htmx:
        return Response(b"", status_code=204, headers={"HX-Redirect": location})
    return Response(b"", status_code=303, headers={"Location": location}, media_type="text/plain")


def safe_path(candidate: str | None) -> str | None:
    """`candidate` when it is a plain path on this site, with its query when that is plain too; else None.

    For `next` and `back`.
    """
    if candidate is None or len(candidate) > LONGEST_PATH:
        return None
    path, _mark, query = candidate.partition("#")[0].partition("?")
    if not PLAIN_PATH.fullmatch(path):
        return None
    return f"{path}?{query}" if query and PLAIN_QUERY.fullmatch(query) else path


def came_from(connection: Connection, path: str) -> str:
    """Where on `path` the browser says it was before, filters and all; `path` when it was elsewhere."""
    origin, before = visit(connection).origin, connection.headers.get("referer", "")
    found = safe_path(before.removeprefix(origin)) if before.startswith(f"{origin}/") else None
    return found if found is not None and found.partition("?")[0] == path else path
