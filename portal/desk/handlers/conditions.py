"""What the log was narrowed to, in words: a summary and its signed report say of whom and of which time they tell."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from portal.accesslog.forms import LogSearch
from portal.desk.handlers.telling import Telling
from portal.language import formats
from portal.language.i18n import N_, gettext
from portal.web.forms import Form, Shown

LINKED = {
    "session": N_("Sign-in"), "request": N_("Request"), "address": N_("Same address as entry"),
    "person": N_("Candidate"),
}  # fmt: skip


def conditions(form: Form[LogSearch], told: Mapping[str, Any], telling: Telling) -> list[tuple[str, str]]:
    """Each condition's label and what it was narrowed to. A person that a link names is told by the number."""
    return [
        (gettext(LINKED.get(one.name, one.field.label)), _said(one, told, telling)) for one in form if one.value.strip()
    ]


def _said(one: Shown, told: Mapping[str, Any], telling: Telling) -> str:
    if one.name == "person":
        return told["person"] or gettext("No record of this person")
    if one.field.type == "date":
        return formats.day(date.fromisoformat(one.value.strip()))
    if one.field.words:
        return telling.word(one.field.words, one.value)
    return gettext(one.called) if one.field.widget == "select" else one.called
