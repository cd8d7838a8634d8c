"""What is known of one field of a form before anything is typed: what is said of it, how it is shown, and read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, TypeAlias

from portal.values.wrong import Wrong

METADATA = "field"
Read: TypeAlias = Callable[[str], object]
Sent: TypeAlias = Sequence[Any]  # texts, or of a field of files Uploads


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field. `portal.web.fields` makes them, kind by kind.

    `read` is given everything that was sent under the field's name, and raises Wrong. `widget` is the macro of
    components/fields.html that shows it, `type` that of an input. `options` are codes with their words; codes without
    are said by the macro `words` of components/words.html; `listed` makes both anew for each page, and None is what the
    page offers. `blank` is the word of the choice of nothing. `later` is said instead of
    "optional" of a field that can stay empty for now. `of` and `groups` make the options belong to those of another
    field. What is suggested for one that is sought comes from `at`. A search is narrowed by each of its fields that
    `narrows`. `plain` lets what was sent stand in an address. Of a word that was typed into a search, `code` gives what
    may stand there as it is; the word itself stands there sealed.
    """

    read: Callable[[Sent], object]
    widget: str = "input"
    type: str = "text"
    label: str = ""
    hint: str = ""
    later: str = ""
    initial: str = ""
    required: bool = True
    autocomplete: str = "off"
    most: int | None = None
    options: Mapping[str, str] | None = None
    listed: Callable[[], Sequence[tuple[str, str]]] | None = None
    words: str = ""
    blank: str = ""
    of: str = ""
    groups: Mapping[str, Sequence[str]] | None = None
    at: str = ""
    secret: bool = False
    files: bool = False
    plain: bool = False
    narrows: bool = True
    code: Callable[[str], str | None] | None = None

    def stands(self, raw: str) -> bool:
        """Whether what an address holds for this field is what one of ours may hold."""
        if self.code is not None:
            return raw.startswith(SEALED) or (raw != "" and self.code(raw) == raw)
        if not self.plain:
            return False
        try:
            self.read([raw])
        except Wrong:
            return False
        return True


SEALED = "~"  # what begins so was sealed; nothing that is plain does


def made(of: Field) -> Any:
    """A field as a dataclass declares it."""
    return field(metadata={METADATA: of})


def first(read: Read) -> Callable[[Sent], object]:
    """Reads one value; of a field that was sent twice the first counts."""
    return lambda sent: read(sent[0] if sent else "")


def single(read: Read, *, required: bool = True, **said: Any) -> Any:
    """A field of one value; one that is not required is None when it is left empty."""

    def or_nothing(raw: str) -> object:
        return read(raw) if required or raw.strip() else None

    return made(Field(read=first(or_nothing), required=required, **said))


def declared(kind: type) -> list[tuple[str, Field]]:
    """The fields of a form by name, in their order."""
    return [(one.name, one.metadata[METADATA]) for one in fields(kind)]
