"""Fields of a form in which nobody typed are made once; what somebody typed, or is stored of somebody, is not kept."""

from dataclasses import dataclass
from typing import Any

from portal.language.i18n import Said
from portal.web.fields import choice, lines, text
from portal.web.forms import Form, blank, parse
from portal.web.untyped import MOST_CHOICES, kept


@dataclass(frozen=True)
class Search:
    """Fields that begin empty, with one that begins with something and one that the page offers choices for."""

    name: str | None = text("Name", most=100, required=False)
    note: str | None = lines("Note", most=100, initial="Hello", required=False)
    place: str | None = choice("Place", ("a", "b"), required=False)


def test_only_forms_in_which_nobody_typed_are_kept_and_each_with_its_own_choices() -> None:
    made: list[Form[Any]] = []

    def macro(form: Form[Any], summed: bool = True) -> str:
        made.append(form)
        return f"{form.given} {form.offered} {form.errors} {summed}"

    shown = kept(macro)
    empty, few, others = blank(Search), [("a", "A")], [("b", "B")]
    sent = parse({"note": ["Hello"]}, Search)
    same = [(empty, empty), (empty.offering(place=few), blank(Search).offering(place=[*few])), (sent, sent)]
    for one, other in same:
        assert shown(one) == shown(other) == macro(one)
    assert len(made) == 2 * len(same)  # each once, and once beside it
    assert shown(empty.offering(place=others)) != shown(empty.offering(place=few))
    assert shown(empty.named("own")) == macro(empty.named("own"))
    assert shown(empty, summed=False) != shown(empty)
    made.clear()
    told = [
        empty.filled(name="Linh"), empty.filled(note=""), blank(Search, note="Stored"), parse({"place": ["z"]}, Search),
        empty.wrong(name=Said("Wrong")), empty.offering(place=[(str(n), "") for n in range(MOST_CHOICES + 1)]),
    ]  # fmt: skip
    for form in told:
        assert shown(form) == shown(form)
    assert [id(form) for form in made] == [id(form) for form in told for _twice in range(2)]
