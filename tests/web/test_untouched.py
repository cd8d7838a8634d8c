"""A form that comes back as it stood is known from one in which somebody typed or chose something."""

from dataclasses import dataclass

import pytest

from portal.language.i18n import N_
from portal.web.fields import choice, country, lines, moment, text, ticked
from portal.web.forms import blank
from portal.web.untouched import STANDS, digest, is_untouched


@dataclass(frozen=True)
class Meeting:
    """A form with fields of which a browser sends something untouched."""

    title: str = text(N_("Title"), most=100, initial="Interview")
    note: str = lines(N_("Note"), most=100, required=False)
    kind: str = choice(N_("Kind"), ("online", "there"))
    stage: str = choice(N_("Stage"), ("first", "last"), widget="radios")
    land: str = country(N_("Country"), required=False)
    at: str = moment(N_("When"))
    told: bool = ticked(N_("Told"))


UNTOUCHED = {"title": ["Interview"], "note": [""], "kind": ["online"], "land": [""], "at": ["", "Asia/Tokyo"]}


def stands() -> list[str]:
    """What the form says of itself, as the browser sends it."""
    form = blank(Meeting)
    held = digest((one.name, value) for one in form for value in one.untouched)
    assert held in form.standing
    return [held]


def test_what_a_browser_sends_of_an_untouched_form_is_known() -> None:
    assert is_untouched({**UNTOUCHED, STANDS: stands(), "token": ["x"]}, besides=["token"])


@pytest.mark.parametrize(
    "touched",
    [
        {"title": ["Interviews"]}, {"note": ["a"]}, {"kind": ["there"]}, {"stage": ["first"]}, {"told": ["yes"]},
        {"at": ["2026-11-22T14:30", "Asia/Tokyo"]}, {"at": ["", "UTC"]}, {"land": ["VN"]}, {STANDS: ["other"]},
        {STANDS: []},
    ],
)  # fmt: skip
def test_one_change_is_enough(touched: dict[str, list[str]]) -> None:
    assert not is_untouched({**UNTOUCHED, STANDS: stands(), **touched}, besides=())


def test_lines_end_as_browsers_end_them() -> None:
    assert digest([("note", "a\nb")]) == digest([("note", "a\r\nb")])


def test_a_form_with_something_wrong_says_nothing_of_itself() -> None:
    assert blank(Meeting).wrong(title="x").standing == ""
    assert blank(Meeting).named(1).standing == ""
