"""The closed lists of the log as tables for whoever reads entries: every code that can stand in one, with its words."""

from collections.abc import Callable, Iterable, Sequence

from portal.accesslog.actions import Action
from portal.accesslog.facts import FACTS, Fact
from portal.accesslog.reasons import BITS, CODES, MISSING_FACTS
from portal.accesslog.words import LISTS
from portal.language.i18n import gettext


def tables(said: Callable[[str], str]) -> str:
    """All of them as Markdown, in the language in force; `said` has the words of a reason."""
    return "\n".join([
        _table("action | is | its subject | its facts", (_action(one) for one in Action)),
        _table("fact | kind | says", ((f"`{key}`", _kind(fact), gettext(fact.label)) for key, fact in FACTS.items())),
        _table("reason | of | says", ((f"`{code}`", _source(code), said(code)) for code in CODES)),
    ])  # fmt: skip


def _action(one: Action) -> tuple[str, ...]:
    facts = ", ".join(f"`{key}`" for key in one.facts)
    return f"`{one.code}`", str(one), one.subject.value if one.subject else "–", facts or "–"


def _kind(fact: Fact) -> str:
    if fact.words in ("action", "reason"):
        return f"{fact.kind}: one of the {fact.words}s"
    return f"{fact.kind}: {', '.join(LISTS[fact.words])}" if fact.words else fact.kind


def _source(code: str) -> str:
    if code in MISSING_FACTS:
        return "rule, a missing fact"
    return "rule" if code in BITS else "act"


def _table(head: str, rows: Iterable[Sequence[str]]) -> str:
    ruled = "|".join("---" for _column in head.split(" | "))
    return "\n".join([f"| {head} |", f"|{ruled}|", *(f"| {' | '.join(row)} |" for row in rows), ""])
