"""Forms: from a request's body to a typed dataclass, or to messages beside each field.

    @dataclass(frozen=True)
    class Outcome:
        reason: str = choice({"hired": ...})
        note: str = text(most=1000, required=False)

    form = await read_form(request, Outcome)
    if form.value is None: return page(..., status=422, form=form.given, errors=form.errors)

What a person can get wrong becomes a message. What no page of ours could have sent (NUL bytes,
broken UTF-8, hundreds of fields) is a BadForm.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl
from uuid import UUID

from litestar.datastructures import UploadFile
from litestar.exceptions import InternalServerException

from portal.language.i18n import N_, Said
from portal.values import contact
from portal.values import text as written
from portal.values.wrong import REQUIRED, TOO_LONG, Wrong
from portal.web.answers import BadForm
from portal.web.visit import PortalRequest, visit

T = TypeVar("T")
MOST_FIELDS = 200
ONLY_SHOW = "only_show"
ARRIVAL_SECONDS = 15
URLENCODED = "application/x-www-form-urlencoded"
ONLY_SHOWN = N_("What you typed is here as it was. Nothing was saved yet: look at it, and send it.")


class Errors(dict[str, str | Said]):
    """Messages by field name; a field without a message reads as an empty one in templates."""

    def __missing__(self, name: str) -> str:
        """No message."""
        return ""


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """A form as read. `value` is None exactly when `errors` is not empty.

    `given` holds each field as typed, to fill the form again; secrets are left empty.
    """

    value: T | None
    given: dict[str, str]
    errors: Errors


async def body_fields(request: PortalRequest) -> Mapping[str, list[str]]:
    """The text fields of a request's body, read once. Raises BadForm; 413 beyond the route's size limit."""
    guest = visit(request)
    if guest.fields is None:
        try:
            async with asyncio.timeout(ARRIVAL_SECONDS):
                guest.fields = await _read(request)
        except TimeoutError as late:
            raise BadForm(detail="the form did not arrive in time") from late
        except InternalServerException as cut:  # Litestar's word for a body whose sender left before it was whole
            raise BadForm(detail="the form did not arrive whole") from cut
    return guest.fields


def query_fields(request: PortalRequest) -> dict[str, list[str]]:
    """The fields in a request's address, as `body_fields` gives those of its body."""
    query = request.query_params
    return {name: query.getall(name) for name in query}


async def _read(request: PortalRequest) -> dict[str, list[str]]:
    content_type = request.content_type[0]
    if content_type == URLENCODED:
        return _urlencoded(await request.body())
    if content_type == "multipart/form-data":
        try:
            pairs = (await request.form()).multi_items()
        except (LookupError, ValueError) as fault:
            raise BadForm(detail="a part of the form is in no known or in another encoding") from fault
        return _collected((name, value) for name, value in pairs if not isinstance(value, UploadFile))
    return {}


def _urlencoded(body: bytes) -> dict[str, list[str]]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError as fault:
        raise BadForm(detail="the form is not valid UTF-8, or has too many fields") from fault
    return _collected(pairs)


def _collected(pairs: Any) -> dict[str, list[str]]:
    collected: dict[str, list[str]] = {}
    for name, value in pairs:
        if "\0" in name or "\0" in value:
            raise BadForm(detail="the form holds a NUL byte")
        collected.setdefault(name, []).append(value)
    return collected


async def read_form(request: PortalRequest, kind: type[T]) -> Form[T]:
    """Read the request's body as `kind`, a dataclass whose fields were made by the functions below.

    A form that was kept while its sender signed in again is only shown, with a message at ONLY_SHOW: see `kept`.
    """
    given = await body_fields(request)
    form = parse(given, kind)
    if ONLY_SHOW not in given:
        return form
    return Form(None, form.given, Errors({ONLY_SHOW: Said(ONLY_SHOWN)}))


def parse(given: Mapping[str, list[str]], kind: type[T]) -> Form[T]:
    """Read fields as `kind`; of a field given twice the first counts. See `read_form`."""
    values: dict[str, Any] = {}
    typed: dict[str, str] = {}
    errors = Errors()
    for one in fields(kind):  # type: ignore[arg-type]  # T is always a dataclass; typeshed has no bound for it
        raw = given.get(one.name, [""])[0]
        typed[one.name] = "" if one.metadata.get("secret") else raw
        try:
            values[one.name] = one.metadata["read"](raw)
        except Wrong as wrong:
            errors[one.name] = wrong.said
    return Form(None if errors else kind(**values), typed, errors)


def reader(read: Callable[[str], object], *, secret: bool = False) -> Any:
    """A field read by `read`, which raises Wrong. `secret` ones are never sent back to the page."""
    return field(metadata={"read": read, "secret": secret})


def text(*, most: int, required: bool = True, lines: bool = False) -> Any:
    """Text of up to `most` characters, trimmed: one line, or several that end in \\n."""
    judge = written.lines if lines else written.line
    return reader(partial(judge, most=most, required=required))


def email() -> Any:
    """An e-mail address that mail can be sent to."""
    return reader(contact.email)


def password(*, most: int = 200) -> Any:
    """A password as typed, blanks and all; never sent back to the page."""

    def read(raw: str) -> str:
        if not raw:
            raise Wrong(REQUIRED)
        if len(raw) > most:
            raise Wrong(TOO_LONG, most=f"{most:,}")
        return raw

    return reader(read, secret=True)


def choice(codes: Mapping[str, T] | frozenset[str], *, required: bool = True) -> Any:
    """One of a closed list: a set gives the code itself, a mapping what the code stands for; else None."""

    def read(raw: str) -> object:
        if not raw and not required:
            return None
        if raw not in codes:
            raise Wrong(N_("Please choose one from the list."))
        return codes[raw] if isinstance(codes, Mapping) else raw

    return reader(read)


def identifier(*, required: bool = True) -> Any:
    """A UUID, from a list on the page; None when empty and not required."""

    def read(raw: str) -> UUID | None:
        if not raw and not required:
            return None
        try:
            return UUID(raw)
        except ValueError:
            raise Wrong(N_("Please choose one from the list.")) from None

    return reader(read)


def ticked() -> Any:
    """A box: true when ticked."""
    return reader(lambda raw: raw != "")
