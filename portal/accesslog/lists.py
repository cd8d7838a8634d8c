"""Puts the closed lists of the log into the database: actions, facts, reasons. Part of building the gate.

A row that was there stays: entries name it. The table refuses an entry with an action or a reason of no list.
`gate.check_facts` refuses one with a fact that its action does not have, or with a word of no list.
"""

import json
from typing import Any, Protocol

from portal.accesslog.actions import Action
from portal.accesslog.facts import FACTS
from portal.accesslog.reasons import BITS, CODES, MISSING_FACTS
from portal.accesslog.words import LISTS

ACTION = """
insert into accesslog.action (code, subject, facts) values ($1, $2, $3)
on conflict (code) do update set subject = excluded.subject, facts = excluded.facts
"""
FACT = """
insert into accesslog.fact (key, kind, words) values ($1, $2, $3)
on conflict (key) do update set kind = excluded.kind, words = excluded.words
"""
NO_BITS = "update accesslog.reason set mask = null"
REASON = """
insert into accesslog.reason (code, mask, missing_fact) values ($1, $2, $3)
on conflict (code) do update set mask = excluded.mask, missing_fact = excluded.missing_fact
"""
# A foreign key would lock a row that all pages of the moment share. What is written already was right when it was.
LISTED = """
alter table accesslog.entry
    drop constraint if exists listed,
    add constraint listed check (action in ({actions}) and reasons <@ array[{reasons}]) not valid
"""


class Connection(Protocol):
    """As much of an asyncpg connection as this needs."""

    async def execute(self, query: str, *values: Any) -> Any: ...
    async def executemany(self, query: str, values: Any) -> Any: ...


def text() -> str:
    """The lists as one text, the same as long as they are."""
    return json.dumps([_actions(), _facts(), _reasons()])


async def fill(connection: Connection) -> None:
    """Make the database's lists what they are here. Runs inside the caller's transaction, as `portal_owner`."""
    await connection.executemany(ACTION, _actions())
    await connection.executemany(FACT, _facts())
    await connection.execute(NO_BITS)
    await connection.executemany(REASON, _reasons())
    actions = ", ".join(f"'{action.code}'" for action in Action)
    reasons = ", ".join(f"'{code}'" for code in CODES)
    await connection.execute(LISTED.format(actions=actions, reasons=reasons))


def _actions() -> list[tuple[str, str | None, list[str]]]:
    return [(action.code, action.subject and action.subject.value, list(action.facts)) for action in Action]


def _facts() -> list[tuple[str, str, tuple[str, ...]]]:
    return [(key, fact.kind, LISTS[fact.words] if fact.words else ()) for key, fact in FACTS.items()]


def _reasons() -> list[tuple[str, int | None, bool]]:
    return [(code, BITS.get(code), code in MISSING_FACTS) for code in CODES]
