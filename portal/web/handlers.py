"""The kit's own pages: static files, the choice of language, and whether the process is well."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from portal.database.answers import Refused
from portal.language import i18n
from portal.web.addresses import plain_path
from portal.web.bodies import body_fields, query_fields
from portal.web.cookies import YEAR
from portal.web.csrf import BACK_TO, FIELD, SENT_AS
from portal.web.fields import choice, path
from portal.web.forms import ONLY_SHOW, parse
from portal.web.health import unready
from portal.web.markers import public
from portal.web.network import CAME
from portal.web.rendering import came_from, safe, see_other
from portal.web.untouched import is_untouched
from portal.web.visit import PortalRequest, visit


@get("/static/{path:path}", opt=public())
async def static_file(request: PortalRequest, path: FromPath[str]) -> Response[bytes]:
    """A style sheet, script, icon or font, or 304 when the browser has it already."""
    found = visit(request).kit.static.find(path.lstrip("/"))
    if found is None:
        raise Refused
    file, cache = found
    encoding, content = file.best(request.headers.get("accept-encoding", ""))
    headers = {"ETag": file.etag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
    if request.headers.get("if-none-match") == file.etag:
        return Response(b"", status_code=304, headers=headers)
    if encoding:
        headers["Content-Encoding"] = encoding
    return Response(content, headers=headers, media_type=file.media_type)


@dataclass(frozen=True)
class LanguageForm:
    """The language to show from now on, and the page to go back to, or where the form belongs that comes along."""

    lang: str = choice("", i18n.known_languages())
    back: str = path()
    to: str = path()


@post("/language", opt=public(leads="/"))
async def choose_language(request: PortalRequest) -> Response[bytes]:
    """Keep the chosen language in a cookie for a year and go back.

    A form that was being filled in comes along, with the language and its own path in the address. It is sent on to
    where it belongs, and shown there as it was typed (`forms.ONLY_SHOW`). One that nobody touched leads to its page.
    """
    sent, address = await body_fields(request), query_fields(request)
    guest = visit(request)
    form = parse({**sent, **address}, LanguageForm)
    if "lang" not in form.errors:
        cookies = guest.kit.cookies
        guest.cookies.append(cookies.write(cookies.language, form.given["lang"], YEAR))
    to = plain_path(form.given["to"])
    if to is not None and ONLY_SHOW in sent and guest.kit.addresses.reshows(to):
        if is_untouched(sent, besides=(FIELD, SENT_AS, BACK_TO, ONLY_SHOW)):
            return see_other(request, came_from(request) or to)
        return Response(b"", status_code=307, headers={"Location": to}, media_type="text/plain")
    return see_other(request, safe(request, form.given["back"]) or "/")


@get("/healthz", opt=public())
async def healthz(request: PortalRequest) -> Response[str]:
    """Whether the process answers at all, and for `portal doctor` by which way the request came."""
    return Response("ok\n", headers={CAME: visit(request).caller.way}, media_type="text/plain")


@get("/readyz", opt=public())
async def readyz(request: PortalRequest) -> Response[str]:
    """Whether pages can be served: the database is there and has every migration."""
    trouble = await unready(visit(request).kit.gate_digest)
    if trouble is None:
        return Response("ready\n", media_type="text/plain")
    return Response(f"{trouble}\n", status_code=503, headers={"Retry-After": "5"}, media_type="text/plain")


routes = [static_file, choose_language, healthz, readyz]
