"""Forms: from what a browser sent to a typed dataclass, or to messages beside each field; and back onto the page.

    @dataclass(frozen=True)
    class NewOpening:
        title: str = text(N_("Title"), most=200)          # the kinds of fields: portal.web.fields

    form = await read_form(request, NewOpening)           # of a POST; blank(NewOpening) for a page that shows it first
    if form.value is None:
        return page(request, "openings/new.html", status=422, form=form)

A template writes `<form {{ form.attributes }} action="...">{{ csrf() }}{{ fields(form) }}`, a button and `</form>`.

What does not fit together is said by the dataclass itself, in a static method `check`: it is given the fields that were
read, and returns what is said, by field. What follows from what was sent is filled in by its static method `completed`,
before anything is read.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from markupsafe import Markup

from portal.language.i18n import N_, Said
from portal.values.wrong import Wrong
from portal.web.bodies import body_fields
from portal.web.field import Field, declared
from portal.web.fields import CHOOSE, ZONES
from portal.web.untouched import STANDS, digest
from portal.web.uploads import Upload
from portal.web.visit import PortalRequest, visit

T = TypeVar("T")
Offered = Sequence[tuple[object, str]]
ONLY_SHOW = "only_show"
ONLY_SHOWN = N_("What you typed is here as it was. Nothing was saved yet: look at it, and send it.")


class Errors(dict[str, str | Said]):
    """Messages by field name; a field without a message reads as an empty one in templates."""

    def __missing__(self, name: str) -> str:
        """No message."""
        return ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One field as a template shows it: `value` as typed, `values` of one that takes several, `options` to choose from.

    `groups` are the options by those of the field that they belong to: its code, the macro of its words, the options.
    """

    field: Field
    name: str
    id: str
    values: Sequence[str]
    error: str | Said
    options: Offered
    groups: Sequence[tuple[str, str, Offered]] = ()

    @property
    def zones(self) -> Sequence[str]:
        """The time zones of a moment."""
        return ZONES

    @property
    def value(self) -> str:
        """What stands in the field."""
        return self.values[0] if self.values else ""

    @property
    def called(self) -> str:
        """The same in words, where it is the code of one that the page offers."""
        return next((word for code, word in self.options if str(code) == self.value), self.value)

    @property
    def untouched(self) -> Sequence[str]:
        """What a browser sends of it as it stands: of a list in which nothing is chosen, the first choice."""
        if self.field.widget == "sought":
            return [self.called]
        if self.field.widget == "moment":
            return [self.value, next((zone for zone in ZONES if zone in self.values), ZONES[0])]
        if self.field.widget != "select" or self.field.blank or not self.options:
            return self.values
        codes = [str(code) for code, _word in self.options]
        return [next((code for code in codes if code in self.values), codes[0])]


@dataclass(frozen=True, slots=True)
class Form(Generic[T]):
    """A form of the dataclass `kind`. `value` is None when there are `errors`, and before anything was sent.

    `sent` holds each field as typed, to fill the form again; secrets and files are left out. `offered` are the choices
    that the page offers. `stood` is what was saved of it before. `id` tells it from other forms of the page. `fresh` is
    one in which nobody typed yet. The fields that are `left_out` are not shown, unless something is wrong with them.
    """

    kind: type[T]
    sent: Mapping[str, Sequence[str]]
    value: T | None = None
    errors: Errors = field(default_factory=Errors)
    offered: Mapping[str, Offered] = field(default_factory=dict)
    stood: Mapping[str, str] = field(default_factory=dict)
    id: str = "form"
    fresh: bool = False
    left_out: frozenset[str] = frozenset()

    @property
    def given(self) -> dict[str, str]:
        """Each field's first value as typed."""
        return {name: (self.sent.get(name) or [""])[0] for name, _field in declared(self.kind)}

    @property
    def plain(self) -> Iterator[Shown]:
        """Its fields without what is wrong with them, for a page that says it elsewhere."""
        return (replace(one, error="") for one in self)

    @property
    def narrowed(self) -> bool:
        """Whether anything stands in it, and so a search looks for less than everything."""
        return self.set_count > 0

    @property
    def set_count(self) -> int:
        """In how many of its fields something stands."""
        return sum(any(self.sent.get(name, ())) for name, of in declared(self.kind) if of.narrows)

    @property
    def chosen(self) -> Mapping[str, str]:
        """What is chosen in it, without what was typed."""
        given = self.given
        plain = [name for name, of in declared(self.kind) if of.plain and name not in self.errors]
        return {name: given[name] for name in plain if given[name]}

    def holds(self, names: Sequence[str]) -> bool:
        """Whether something stands in one of these fields, or is wrong with it."""
        return any(any(self.sent.get(name, ())) or name in self.errors for name in names)

    @property
    def only_shown(self) -> bool:
        """Whether it was kept while its sender signed in again or changed the language, and is to be looked at."""
        return ONLY_SHOW in self.errors

    @property
    def attributes(self) -> Markup:
        """What stands in its tag. The browser asks before a page is left on which a form stands that is "unsent"."""
        files = any(of.files for _name, of in declared(self.kind))
        kind = Markup(' enctype="multipart/form-data"') if files else ""
        return Markup('id="%s" method="post" data-keeps="%s"%s') % (self.id, "unsent" if self._is_unsent else "", kind)

    @property
    def _is_unsent(self) -> bool:
        """Whether it came back with something typed that is nowhere else. Browsers end lines in \\r\\n."""
        typed = {
            name: self.given[name].replace("\r\n", "\n")
            for name, of in declared(self.kind)
            if of.widget in ("input", "textarea")
        }
        return bool(self.errors) and any(value != self.stood.get(name, "") for name, value in typed.items())

    @property
    def standing(self) -> Markup:
        """What tells, when it comes along with a change of language, that nobody touched it; see `untouched`."""
        if not self.fresh or self.errors or self.id != "form":
            return Markup()
        stands = digest((one.name, value) for one in self for value in one.untouched)
        return Markup('<input type="hidden" name="%s" value="%s">') % (STANDS, stands)

    def __iter__(self) -> Iterator[Shown]:
        """Its fields that are shown, in their order."""
        shown = (name for name, _field in declared(self.kind) if name not in self.left_out or name in self.errors)
        return (self[name] for name in shown)

    def __getitem__(self, name: str) -> Shown:
        """One field. In a form with an id of its own the fields' ids begin with that."""
        of = dict(declared(self.kind))[name]
        listed = of.listed() if of.listed else list((of.options or {}).items())
        own = name if self.id == "form" else f"{self.id}-{name}"
        shown = Shown(of, name, own, self.sent.get(name, ()), self.errors[name], self.offered.get(name, listed))
        return self._grouped(shown, of) if of.groups else shown

    def _grouped(self, shown: Shown, of: Field) -> Shown:
        """The field with its options in groups. What belongs to another choice than the one made is not chosen."""
        groups, words = of.groups or {}, dict(declared(self.kind))[of.of].words
        made = (self.sent.get(of.of) or [""])[0]
        fitting = groups.get(made) or [code for codes in groups.values() for code in codes]
        return replace(
            shown,
            values=[one for one in shown.values if one in fitting],
            groups=[(group, words, [(code, "") for code in codes]) for group, codes in groups.items()],
        )

    def offering(self, **offered: Offered) -> "Form[T]":
        """The form with the choices of some fields, by name; what is chosen and not among them is wrong."""
        made = replace(self, offered={**self.offered, **offered})
        if self.only_shown or (self.value is None and not self.errors):
            return made
        missing = {name for name, choices in offered.items() if not self._is_among(name, choices)}
        return made.wrong(**{name: Said(CHOOSE) for name in missing}) if missing else made

    def _is_among(self, name: str, choices: Offered) -> bool:
        """Whether what is chosen can be; what is wrong already is not said twice."""
        chosen = {one.lower() for one in self.sent.get(name, ()) if one}
        return name in self.errors or chosen <= {str(code).lower() for code, _word in choices}

    def named(self, own: object) -> "Form[T]":
        """The form with an id of its own, for a page with several."""
        return replace(self, id=f"form-{own}")

    def filled(self, **given: str) -> "Form[T]":
        """The form with these in some of its fields, whatever stood in them."""
        return replace(self, sent={**self.sent, **{name: [one] for name, one in given.items()}})

    def over(self, **stood: str) -> "Form[T]":
        """The form with what was saved before in some of its fields."""
        return replace(self, stood=stood)

    def wrong(self, **messages: str | Said) -> "Form[T]":
        """The form without a value, with these messages at its fields besides the ones it has."""
        found = {**messages, **self.errors}
        places = [name for name, _field in declared(self.kind)]
        ordered = sorted(found, key=lambda name: places.index(name) if name in places else -1)
        return replace(self, value=None, errors=Errors({name: found[name] for name in ordered}))


async def read_form(request: PortalRequest, kind: type[T]) -> Form[T]:
    """Read the request's body as `kind`.

    A form that was kept, see ONLY_SHOW, comes back with a message and is not read.
    """
    sent = await body_fields(request)
    form = parse(sent, kind, visit(request).files)
    return replace(form, value=None, errors=Errors({ONLY_SHOW: Said(ONLY_SHOWN)})) if ONLY_SHOW in sent else form


def blank(kind: type[T], **initial: str | Sequence[str]) -> Form[T]:
    """The form as it is before anything was typed: with what stands in each field at first."""
    given = {name: initial.get(name, of.initial) for name, of in declared(kind)}
    return Form(kind, {name: [one] if isinstance(one, str) else one for name, one in given.items()}, fresh=True)


def as_typed(sent: Mapping[str, Sequence[str]], kind: type[T]) -> Form[T]:
    """The form as far as it was filled in, of which nothing is said yet."""
    return replace(parse(sent, kind), value=None, errors=Errors())


def parse(
    sent: Mapping[str, Sequence[str]], kind: type[T], files: Mapping[str, Sequence[Upload]] | None = None
) -> Form[T]:
    """Read fields as `kind`; see `read_form`."""
    values: dict[str, Any] = {}
    shown: dict[str, Sequence[str]] = {}
    errors = Errors()
    completed = getattr(kind, "completed", None)
    sent = sent if completed is None else completed(sent)
    for name, of in declared(kind):
        raw: Sequence[Any] = (files or {}).get(name, ()) if of.files else sent.get(name, ())
        shown[name] = () if of.secret or of.files else raw
        try:
            values[name] = of.read(raw)
        except Wrong as wrong:
            errors[name] = wrong.said
    check = getattr(kind, "check", None)
    found = {} if check is None else check(values)
    if not errors and not found:
        return Form(kind, shown, kind(**values))
    return Form(kind, shown, errors=errors).wrong(**found)
