"""Pages: Jinja templates with the request's own context, rendered whole before the answer starts."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from litestar import Response

from portal.database.viewer import Viewer, new_secret
from portal.language import i18n
from portal.language.i18n import Said
from portal.web import csrf
from portal.web.compression import Page
from portal.web.once import tell, told
from portal.web.visit import Connection, Visit, visit

HTML = "text/html"  # Litestar adds the charset


def context(guest: Visit, path: str, viewer: Viewer | None, token: str) -> dict[str, Any]:
    """What every template may use besides its own page's values."""
    return {
        "viewer": viewer,
        "locale": i18n.language(),
        "csrf_token": token,
        "path": path,
        "here": path,
        "back": None,
        "told": None,
        "spoken_in": "",
        "htmx": guest.htmx,
        "about": guest.about,
        "operator": guest.kit.operator,
        "shown_at": datetime.now(UTC),
    }


def render(connection: Connection, template: str, values: Mapping[str, Any]) -> str:
    """A template filled for this request's viewer, with a CSRF token of this session or visitor."""
    guest = visit(connection)
    path = path_of(connection)
    shared = context(guest, path, guest.viewer, csrf.token(binding(guest)))
    if path == connection.scope["path"]:
        shared["here"] = safe(connection, f"{path}?{connection.scope['query_string'].decode('latin-1')}") or "/"
    is_list = guest.access is not None and guest.access.carries is not None
    shared["told"] = told(guest, path) if path == connection.scope["path"] else ""
    shared["back"] = back(connection) or (shared["here"] if is_list else None)
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


def file_answer(content: bytes, media_type: str, name: str, *, save: bool = True) -> Response[bytes]:
    """A file to keep, or to be shown in the page. The name is a code, never a person's.

    That is said here and not by a link's `download`: with that a browser would keep the sign-in page as a file.
    """
    how = "attachment" if save else "inline"
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'{how}; filename="{name}"'})


def see_other(connection: Connection, location: str) -> Response[bytes]:
    """Lead the browser to `location`, a path of ours: 303, or for htmx an HX-Redirect."""
    if visit(connection).htmx:
        return Response(b"", status_code=204, headers={"HX-Redirect": location})
    return Response(b"", status_code=303, headers={"Location": location}, media_type="text/plain")


def lead_on(connection: Connection, location: str, message: str, **values: str) -> Response[bytes]:
    """Lead to `location` after a form was done; the page there says `message` of the catalogs once, with its values."""
    tell(visit(connection), location, Said(message, values))
    return see_other(connection, location)


def safe(connection: Connection, candidate: str | None) -> str | None:
    """`candidate` when it is an address of ours that a browser may be led to, see `Addresses.safe`; else None."""
    return visit(connection).kit.addresses.safe(candidate)


def path_of(connection: Connection) -> str:
    """The path of the page that is shown: where the route's marker leads, for the answer to a form."""
    access = visit(connection).access
    path: str = connection.scope["path"]
    return access.leading(connection.path_params) if access is not None and access.leads else path


def back(connection: Connection) -> str | None:
    """Where Back leads from this page; None when its route's marker does not say.

    That is where the browser says it was before, filters and all, when the marker names that page; else the first
    that the marker names and the viewer may open.
    """
    guest = visit(connection)
    addresses, access = guest.kit.addresses, guest.access
    homes = () if access is None else addresses.homes(access, path_of(connection))
    homes = tuple(home.format_map(connection.path_params) for home in homes)
    if not homes:
        return None
    said = [*map(addresses.safe, (guest.fields or {}).get(csrf.BACK_TO, [])), came_from(connection)]
    return next((one for one in said if one and one.partition("?")[0] in homes), None) or _usual(guest, homes)


def came_from(connection: Connection) -> str | None:
    """The address of the page of ours that the browser says it was on; None when it does not say one."""
    referer, origin = connection.headers.get("referer", ""), visit(connection).origin
    return safe(connection, referer.removeprefix(origin)) if referer.startswith(f"{origin}/") else None


def _usual(guest: Visit, homes: tuple[str, ...]) -> str:
    markers = {home: guest.kit.addresses.access(home) for home in homes}
    return next((home for home, access in markers.items() if access and access.admits(guest.viewer)), homes[0])
