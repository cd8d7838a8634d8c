"""What a company signed is not altered. A test that needs it otherwise has it as if it had been signed so."""

from typing import Any


async def as_if_signed(owner: Any, sql: str, *values: Any) -> None:
    """Runs the statement on `portal.agreement` as portal_owner, without the trigger that keeps what was signed."""
    async with owner.transaction():
        await owner.execute("alter table portal.agreement disable trigger kept")
        await owner.execute(sql, *values)
        await owner.execute("alter table portal.agreement enable trigger kept")
