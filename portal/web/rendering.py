"""Pages: Jinja templates with the request's own context, rendered whole before the answer starts."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from litestar import Response

from portal.database.viewer import Viewer, new_secret
from portal.language import i18n
from portal.web import csrf
from portal.web.compression import Page
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
        "shown_at": datetime.now(UTC),
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
    return Page(
        render(connection, template, values),
        connection,
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
