"""What can be corrected: each topic with its item, its form, what is said by it, and what fills it after a view."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from portal.candidates.items import Item, code_of
from portal.language import formats
from portal.language.i18n import N_, Said
from portal.people.handlers import correction_entries as entries
from portal.people.handlers import correction_forms as forms
from portal.values import places
from portal.web.fields import choice, hidden

Stood = dict[str, str]
NOT_PARTS = frozenset({"entry", "ongoing", "removed", "source", "channel", "note", "scan", "topic", "seen"})


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to correct. `form` asks for it and its proof, which is a paper where it is `on_paper`.

    Of an entry, `of` is its list in the background."""

    item: Item
    form: type[Any]
    said: Callable[[Any], Any]
    stands: Callable[[Any], Stood]
    of: Literal["work", "education", "skills", "languages"] | None = None
    is_entry: bool = False
    on_paper: bool = False

    @property
    def code(self) -> str:
        """The item's code."""
        return code_of(self.item)

    def held(self, items: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The entries that stand, of what was looked at."""
        value: Any = items.get(self.code) or {}
        return list((value or {}).get(self.of) or [] if self.of else value)


def proved(kind: type[Any]) -> type[Any]:
    """The form of `kind` with its proof after its own fields."""

    def check(read: Mapping[str, Any]) -> dict[str, Said]:
        own: Callable[[Mapping[str, Any]], dict[str, Said]] | None = getattr(kind, "check", None)
        return own(read) if own else {}

    made = type(kind.__name__, (forms.Proof, kind), {"check": staticmethod(check), "__doc__": kind.__doc__})
    return dataclass(frozen=True)(made)


def _plain(item: Item, kind: type[Any]) -> Topic:
    """An item that is one value, in the field of its own code."""
    code = code_of(item)
    return Topic(item, proved(kind), lambda value: getattr(value, code), lambda stood: {code: str(stood)})


def _parts(value: Any) -> dict[str, Any]:
    """The parts that were filled in."""
    found = {name: one for name, one in vars(value).items() if name not in NOT_PARTS and one}
    if "keywords" in found:
        found["keywords"] = [line for line in found["keywords"].split("\n") if line.strip()]
    return {**found, "end": None} if getattr(value, "ongoing", False) else found


def _texts(stood: Mapping[str, Any]) -> Stood:
    return {name: str(one) for name, one in stood.items() if isinstance(one, (str, int)) and not isinstance(one, bool)}


def _entry(item: Item, kind: type[Any], of: Literal["work", "education", "skills", "languages"] | None = None) -> Topic:
    empty: dict[str, Any] = {"highlights": []} if of == "work" else {}

    def said(value: Any) -> dict[str, Any] | None:
        if value.removed:
            return None
        whole: dict[str, Any] = {name: None for name in vars(value) if name not in NOT_PARTS} | empty
        if of == "skills":
            whole["keywords"] = []
        return (whole if value.entry is None else {}) | _parts(value)

    return Topic(item, proved(kind), said, lambda _stood: {}, of, is_entry=True)


def _address(value: Any) -> dict[str, Any]:
    code = places.postal_code(value.postal_code, of=value.country) if value.postal_code else None
    rest = {"region": value.region or None, "city": value.city or None, "line": value.line or None}
    return {"country": value.country, "postal_code": code, **rest}


def _status(stood: Mapping[str, Any]) -> Stood:
    permission = "yes" if stood.get("work") == "with_permission" else ""
    return _texts(stood) | {"status": f"{stood['code']}:{stood.get('grade') or ''}", "extra_permission": permission}


def _result(stood: Mapping[str, Any]) -> Stood:
    own = {"level": stood["cefr"]} if stood.get("test") == "self" and stood.get("cefr") else {}
    return _texts(stood) | own | ({"taken": stood["date"]} if stood.get("date") else {})


TOPICS: dict[str, Topic] = {
    "name": Topic(Item.NAME, proved(forms.Name), _parts, _texts),
    "email": _plain(Item.EMAIL, forms.Mail),
    "telephone": _plain(Item.TELEPHONE, forms.Telephone),
    "address": Topic(Item.ADDRESS, proved(forms.Address), _address, _texts),
    "nationality": _plain(Item.NATIONALITY, forms.Nationality),
    "date_of_birth": replace(_plain(Item.DATE_OF_BIRTH, forms.Birth), on_paper=True),
    "gender": _plain(Item.GENDER, forms.Gender),
    "residence_status": Topic(Item.RESIDENCE_STATUS, proved(forms.Residence), forms.residence, _status, on_paper=True),
    "japanese_level": Topic(
        Item.JAPANESE_LEVEL, proved(forms.Japanese), lambda value: forms.japanese(vars(value)).item(), _result
    ),
    "employment": _entry(Item.BACKGROUND, entries.Employment, "work"),
    "education": _entry(Item.BACKGROUND, entries.Education, "education"),
    "certificate": _entry(Item.QUALIFICATIONS, entries.Certificate),
    "skill": _entry(Item.BACKGROUND, entries.Skill, "skills"),
    "language": _entry(Item.BACKGROUND, entries.Language, "languages"),
    "statement": Topic(Item.BACKGROUND, proved(forms.Statement), _parts, _texts),
}


@dataclass(frozen=True)
class TopicForm:
    """Which form it is that was sent."""

    topic: str = hidden(str)


@dataclass(frozen=True)
class ChooseForm:
    """What is wrong, and why somebody looks at what stands."""

    topic: str = choice(
        N_("What is wrong"),
        tuple(TOPICS),
        words="correction",
        blank=N_("Choose one"),
    )
    ground: str | None = forms.GROUND


def label(entry: Mapping[str, Any], place: int) -> str:
    """An entry as it is chosen from."""
    first = [entry.get(name) for name in ("company", "institution", "name", "language", "position", "issuer")]
    since = entry.get("start") or entry.get("date")
    said = " · ".join([*(one for one in first if one), *([formats.day(since)] if since else [])])
    return f"{place + 1}. {said}"
