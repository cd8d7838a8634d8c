"""What no import brings, so that the demo has an example of each refusal.

Recipients that became others, a restriction that was lifted, and an introduction that was taken back. Promise: done
once, for what the folder holds alone. `gate.demo_…` writes it, for the owner alone.
"""

import asyncpg

LIFTED = "P012"
TAKEN_BACK = "IN-P023-202"
WAITING = ("HINATA",)  # the company that stays so, with nothing to be done about it


async def set_up_refusals(connection: asyncpg.Connection, companies: list[str], emails: list[str]) -> None:
    """Make each of them once. As portal_owner."""
    async with connection.transaction():
        await connection.execute("select gate.demo_recipients($1, $2)", companies, emails)
        await connection.execute("select gate.demo_restriction($1, $2)", LIFTED, emails)
        await connection.execute("select gate.demo_withdrawal($1)", TAKEN_BACK)
