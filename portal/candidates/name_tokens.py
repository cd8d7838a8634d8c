"""The tokens of names that are there already, made anew whenever the gate makes them in another way."""

import hashlib
from pathlib import Path
from typing import Any, Protocol

PORTAL = Path(__file__).parent.parent
MAKERS = ("accounts/gate/folded.sql", "accounts/gate/variants.sql", "candidates/gate/names.sql")


class Connection(Protocol):
    """As much of an asyncpg connection as this needs."""

    async def execute(self, query: str, *values: Any) -> Any: ...


def digest() -> str:
    """SHA-256 of what makes tokens, in hex."""
    return hashlib.sha256(b"\n".join((PORTAL / path).read_bytes() for path in MAKERS)).hexdigest()


async def renew(connection: Connection) -> None:
    """Bring the tokens up to what makes them now. Runs in the transaction that builds the gate."""
    await connection.execute("select gate.renew_name_tokens($1)", digest())
