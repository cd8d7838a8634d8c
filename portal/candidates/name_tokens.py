"""What searches find people by, of those who are there already: made anew whenever the gate makes it otherwise."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

PORTAL = Path(__file__).parent.parent
FOLDING = ("accounts/gate/folded.sql", "accounts/gate/variants.sql")
MAKERS = (*FOLDING, "candidates/gate/names.sql")
WORD_MAKERS = (*FOLDING, "candidates/gate/keywords.sql")


class Connection(Protocol):
    """As much of an asyncpg connection as this needs."""

    async def execute(self, query: str, *values: Any) -> Any: ...


def digest(makers: Iterable[str] = MAKERS) -> str:
    """SHA-256 of the files that make tokens, or words, in hex."""
    return hashlib.sha256(b"\n".join((PORTAL / path).read_bytes() for path in makers)).hexdigest()


async def renew(connection: Connection) -> None:
    """Bring tokens and words up to what makes them now. Runs in the transaction that builds the gate."""
    await connection.execute("select gate.renew_name_tokens($1)", digest())
    await connection.execute("select gate.renew_words($1)", digest(WORD_MAKERS))
