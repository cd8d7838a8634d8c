"""The kinds of fields that forms have. A field knows what is said of it, how it is shown, and how it is read.

    @dataclass(frozen=True)
    class NewOpening:
        title: str = text(N_("Title"), most=200)
        description: str = lines(N_("Description"), most=5000, required=False, hint=N_("What the work is."))
        status: str = choice(N_("Status"), {"open": N_("Open"), "closed": N_("Closed")}, initial="open")

What somebody writes is judged in `portal.values`, for imports and commands too. `portal.web.forms` reads a body with
these; `fields(form)` shows them. `said` are always the fields of `portal.web.field.Field`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache, partial
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from portal.language import formats
from portal.language.i18n import N_, language
from portal.values import contact, days, numbers, places
from portal.values import text as written
from portal.values.wrong import REQUIRED, TOO_LONG, Wrong
from portal.web.field import Field, Read, Sent, first, made, single
from portal.web.uploads import Upload

CHOOSE = N_("Please choose one from the list.")
CHOOSE_SOME = N_("Please choose at least one.")
Options = Mapping[str, str] | Iterable[str]
# Where those are who work with the portal, and where candidates come from.
ZONES = (
    "Asia/Tokyo", "Asia/Ho_Chi_Minh", "Asia/Yangon", "Asia/Jakarta", "Asia/Manila", "Asia/Kathmandu", "Asia/Bangkok",
    "Asia/Phnom_Penh", "Asia/Colombo", "Asia/Kolkata", "Asia/Shanghai", "Asia/Seoul", "Europe/Paris", "UTC",
)  # fmt: skip


def text(label: str = "", *, most: int, required: bool = True, **said: Any) -> Any:
    """One line of up to `most` characters, trimmed; empty when left out. `said` are the fields of `Field`."""
    read = first(partial(written.line, most=most, required=required))
    return made(Field(read=read, label=label, most=most, required=required, **said))


def lines(label: str = "", *, most: int, required: bool = True, **said: Any) -> Any:
    """Text of several lines, which end in \\n."""
    read = first(partial(written.lines, most=most, required=required))
    return made(Field(read=read, widget="textarea", label=label, most=most, required=required, **said))


def typed(label: str, *, most: int, code: Callable[[str], str | None]) -> Any:
    """A word to search for, which may be a person's name: see `Field.code`."""
    read = first(partial(written.line, most=most, required=False))
    return made(Field(read=read, type="search", label=label, most=most, required=False, code=code))


def email(label: str, **said: Any) -> Any:
    """An e-mail address that mail can be sent to."""
    return single(contact.email, type="email", label=label, most=contact.LONGEST_EMAIL, **said)


def telephone(label: str, **said: Any) -> Any:
    """A number in E.164, perhaps with an extension; one without a country is Japan's."""
    return single(contact.telephone, type="tel", label=label, **said)


def country(label: str, **said: Any) -> Any:
    """A country's two letters; the countries are offered by name, in the order of the language."""
    shown = {"blank": N_("Choose a country"), "autocomplete": "country", **said}
    return single(places.country, widget="select", label=label, listed=countries, plain=True, **shown)


def countries() -> Sequence[tuple[str, str]]:
    """The countries by name in the language in force."""
    return _countries(language())


@cache
def _countries(_language: str) -> Sequence[tuple[str, str]]:
    return sorted(((code, formats.country_name(code)) for code in places.TERRITORIES), key=lambda one: one[1])


def corporate_number(label: str, **said: Any) -> Any:
    """The 13 digits of a Japanese corporate number, whose first digit proves the others."""
    return single(places.corporate_number, label=label, **said)


def password(label: str = "", *, most: int = 200, autocomplete: str = "current-password", **said: Any) -> Any:
    """A password as typed, blanks and all; never sent back to the page."""

    def read(raw: str) -> str:
        if not raw:
            raise Wrong(REQUIRED)
        if len(raw) > most:
            raise Wrong(TOO_LONG, most=f"{most:,}")
        return raw

    return made(Field(read=first(read), type="password", label=label, autocomplete=autocomplete, secret=True, **said))


def choice(label: str, options: Options, *, read: Mapping[str, object] | None = None, **said: Any) -> Any:
    """One of a closed list, as its code or what `read` makes of it. `widget="radios"` shows all of it at once."""
    codes = _codes(options)

    def one(raw: str) -> object:
        if raw not in codes:
            raise Wrong(CHOOSE)
        return raw if read is None else read[raw]

    return single(one, **{"widget": "select", **said}, label=label, options=codes, plain=True)


def choices(label: str, options: Options, **said: Any) -> Any:
    """Any of a closed list: a tuple of codes, in the list's order."""
    codes, required = _codes(options), bool(said.get("required", True))

    def several(sent: Sequence[str]) -> tuple[str, ...]:
        if not codes.keys() >= set(sent):
            raise Wrong(CHOOSE)
        if required and not sent:
            raise Wrong(CHOOSE_SOME)
        return tuple(code for code in codes if code in sent)

    return made(Field(read=several, widget="checkboxes", label=label, options=codes, plain=True, **said))


def sought(label: str, *, at: str = "/companies/called", **said: Any) -> Any:
    """One of more than a list could hold: its UUID, or as text what it is called, which a page looks up before it goes
    on (`portal.companies.forms.look_up`). An address carries the UUID as it is, and what was typed sealed. While
    somebody types, what is called so is asked for `at` an address, which may be relative to that of the page."""

    def read(raw: str) -> UUID | str:
        return _uuid(raw) or written.line(raw, most=300)

    def code(raw: str) -> str | None:
        return raw if _uuid(raw) else None

    return single(read, **{"widget": "sought", **said}, label=label, most=300, code=code, at=at)


def _uuid(raw: str) -> UUID | None:
    try:
        return UUID(raw)
    except ValueError:
        return None


def identifier(label: str = "", **said: Any) -> Any:
    """The UUID of one that the page offers; `Form.offering` says which those are."""

    def read(raw: str) -> UUID:
        try:
            return UUID(raw)
        except ValueError:
            raise Wrong(CHOOSE) from None

    return single(read, **{"widget": "select", **said}, label=label, plain=True)


def day(label: str, **said: Any) -> Any:
    """A calendar day, as a date picker sends it or as people write it."""
    return single(days.day, type="date", label=label, plain=True, **said)


def number(label: str, *, least: int, most: int, **said: Any) -> Any:
    """A whole number from `least` to `most`."""
    return single(partial(numbers.whole, least=least, most=most), type="numeric", label=label, plain=True, **said)


def money(label: str, *, most: int, **said: Any) -> Any:
    """A sum of whole yen, however its thousands are set apart."""
    return single(partial(numbers.yen, most=most), type="numeric", label=label, **said)


def moment(label: str, **said: Any) -> Any:
    """A moment: a day, a time and the time zone that they are meant in. The moment that comes back knows its zone."""

    def read(sent: Sent) -> datetime | None:
        local, zone = [*sent, "", ""][:2]
        if not local and not said.get("required", True):
            return None
        if not local:
            raise Wrong(REQUIRED)
        if zone not in ZONES:
            raise Wrong(CHOOSE)
        try:
            naive = datetime.fromisoformat(local)
        except ValueError:
            raise Wrong(N_("Please enter a day and a time, such as 2026-11-22 14:30.")) from None
        return days.in_zone(naive, ZoneInfo(zone))

    return made(Field(read=read, widget="moment", label=label, **said))


def file(label: str, *, most: int, **said: Any) -> Any:
    """A file of up to `most` bytes, as an open Upload in a temporary file; its content is a stranger's until it is
    cleaned (`portal.documents`). Its route says the same limit: `request_max_body_size`."""

    def read(sent: Sent) -> Upload | None:
        found: Upload | None = next((one for one in sent if one.size), None)
        if found is None and said.get("required", True):
            raise Wrong(N_("Please choose a file."))
        if found is not None and found.size > most:
            raise Wrong(N_("Please choose a file of at most %(most)s."), most=formats.filesize(most))
        return found

    return made(Field(read=read, widget="file", label=label, files=True, **said))


def ticked(label: str = "", **said: Any) -> Any:
    """A box: true when ticked."""
    shown = {"widget": "checkbox", **said}
    return made(Field(read=first(lambda raw: raw != ""), label=label, required=False, plain=True, **shown))


def hidden(read: Read, **said: Any) -> Any:
    """What the page itself put into the form and `read` reads; nobody sees it."""
    return made(Field(read=first(read), widget="hidden", required=False, **said))


def _codes(options: Options) -> Mapping[str, str]:
    return options if isinstance(options, Mapping) else dict.fromkeys(options, "")


def path() -> Any:
    """An address of ours to go on to; see `portal.web.rendering.safe`."""
    return made(Field(read=first(str), widget="hidden", type="path", required=False, plain=True))
