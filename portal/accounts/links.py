"""Personal links: opened, proved by a code, left; and what one is for. The gate knows whose it is by itself."""

import hashlib
from dataclasses import dataclass
from typing import Literal

from portal.accounts.passwords import new_credentials_in_thread
from portal.database.unit import Open, Unit
from portal.database.viewer import new_secret

HOME = {
    "invitation": "/link/password",
    "lost_password": "/link/password",
    "signing": "/sign",
    "signed_copy": "/sign/copy",
}
"""The page that each kind of link is for."""
TO_A_PASSWORD = ("invitation", "lost_password")


@dataclass(frozen=True, slots=True)
class Opened:
    """How opening a link ended. `secret` is the new sign-in's; `retry_after`, when throttled, in seconds."""

    result: Literal["opened", "code_needed", "over", "throttled"]
    kind: str | None
    retry_after: int
    secret: str


async def open_link(unit: Unit, note: str, link_secret: str, browser_secret: str) -> Opened:
    """Open a link in place of whatever sign-in there was. A browser that once entered a code has `browser_secret`."""
    secret = new_secret()
    row = await unit.fetchrow(
        "select result, kind, retry_after from gate.enter_by_link($1, $2, $3, $4)",
        link_secret, hashlib.sha256(secret.encode()).digest(), browser_secret, note,
    )  # fmt: skip
    opened = Opened(row["result"], row["kind"], row["retry_after"], secret)
    if opened.result in ("opened", "code_needed"):
        await unit.fetchval("select gate.sign_out(false)")
        await leave(unit)
    return opened


async def enter_code(unit: Unit, code: str) -> tuple[Literal["entered", "wrong", "over"], str]:
    """Enter the code that was mailed; and the secret by which this browser is known to the link from now on."""
    secret = new_secret()
    digits = "".join(sign for sign in code if sign.isdecimal())
    result = await unit.fetchval(
        "select gate.enter_link_code($1, $2)", digits, hashlib.sha256(secret.encode()).digest()
    )
    return result, secret


async def send_code_again(unit: Unit) -> bool:
    """Have another code mailed; false when enough were."""
    sent: bool = await unit.fetchval("select gate.send_link_code_again()")
    return sent


async def leave(unit: Unit) -> None:
    """End the sign-in by a link, if it is one."""
    await unit.fetchval("select gate.leave_link()")


async def choose_password(opened: Open, new: str, locale: str) -> bool:
    """Choose a password by a link, and the language of the pages; false when the link is over. Raises TooMany."""
    made = await new_credentials_in_thread(new)
    costs = made.parameters
    async with opened() as unit:
        chosen: bool = await unit.fetchval(
            "select gate.choose_password($1, $2, $3, $4, $5, $6)",
            made.salt, made.proof_hash, costs.time_cost, costs.memory_kib, costs.parallelism, locale,
        )  # fmt: skip
    return chosen


async def ask_for_link(unit: Unit, note: str, email: str) -> int:
    """Ask for a link to a new password; seconds to wait when it was asked too often, else 0. Nobody learns whether
    the address has an account."""
    wait: int = await unit.fetchval("select gate.ask_for_link($1, $2)", email, note)
    return wait
