"""The body of a request: its fields and files, read once, within limits of size, number and time.

What no page of ours could have sent (NUL bytes, broken UTF-8, hundreds of fields) is a BadForm.
"""

import asyncio
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl

from litestar.datastructures import UploadFile
from litestar.exceptions import InternalServerException

from portal.web.answers import BadForm
from portal.web.uploads import Upload
from portal.web.visit import PortalRequest, visit

MOST_FIELDS = 200
ARRIVAL_SECONDS = 15.0
BYTES_A_SECOND = 50_000  # what a slow connection brings of a large file, in addition
URLENCODED = "application/x-www-form-urlencoded"


async def body_fields(request: PortalRequest) -> Mapping[str, list[str]]:
    """The text fields of a request's body, read once. Raises BadForm; 413 beyond the route's size limit."""
    guest = visit(request)
    if guest.fields is None:
        try:
            async with asyncio.timeout(ARRIVAL_SECONDS + _announced(request) / BYTES_A_SECOND):
                guest.fields, guest.files = await _read(request)
        except TimeoutError as late:
            raise BadForm(detail="the form did not arrive in time") from late
        except InternalServerException as cut:  # Litestar's word for a body whose sender left before it was whole
            raise BadForm(detail="the form did not arrive whole") from cut
    return guest.fields


def _announced(request: PortalRequest) -> int:
    """The bytes of the body as its sender says, but not more than its route takes."""
    said = request.headers.get("content-length", "")
    most = request.route_handler.resolve_request_max_body_size() or 0
    return min(int(said), most) if said.isascii() and said.isdigit() else 0


def query_fields(request: PortalRequest) -> dict[str, list[str]]:
    """The fields in a request's address, as `body_fields` gives those of its body."""
    query = request.query_params
    return {name: query.getall(name) for name in query}


async def _read(request: PortalRequest) -> tuple[dict[str, list[str]], dict[str, list[Upload]]]:
    content_type = request.content_type[0]
    if content_type == URLENCODED:
        return _collected(_urlencoded(await request.body())), {}
    if content_type != "multipart/form-data":
        return {}, {}
    try:
        pairs = list((await request.form()).multi_items())
    except (LookupError, ValueError) as fault:
        raise BadForm(detail="a part of the form is in no known or in another encoding") from fault
    files: dict[str, list[Upload]] = {}
    for name, value in pairs:
        if isinstance(value, UploadFile):
            files.setdefault(name, []).append(_upload(value))
    return _collected((name, value) for name, value in pairs if not isinstance(value, UploadFile)), files


def _upload(file: UploadFile) -> Upload:
    size = file.file.seek(0, 2)
    file.file.seek(0)
    return Upload(file.filename.replace("\\", "/").rpartition("/")[2], size, file.file)


def _urlencoded(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as fault:
        raise BadForm(detail="the form is not valid UTF-8, or has too many fields") from fault


def _collected(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    collected: dict[str, list[str]] = {}
    for name, value in pairs:
        if "\0" in name or "\0" in value:
            raise BadForm(detail="the form holds a NUL byte")
        collected.setdefault(name, []).append(value)
    return collected
