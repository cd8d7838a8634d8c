"""Signing in and out, and what changes an account. Each runs in units of the caller's; the gate writes its entry."""

import hashlib
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any, Literal, Protocol
from uuid import UUID

import asyncpg

from portal.accounts.passwords import (
    Credentials,
    Parameters,
    new_credentials_in_thread,
    proof_in_thread,
    proof_in_turn,
)
from portal.database.unit import Open, Unit
from portal.database.viewer import new_secret

USED_EMAIL = "PT409"


class Connection(Protocol):
    """As much of a unit of work, or of a program's connection, as an act needs."""

    async def fetchval(self, query: str, *values: Any) -> Any: ...
    async def fetchrow(self, query: str, *values: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class SignIn:
    """How a sign-in ended, and whose it is. `secret` is a new session's; `retry_after`, when throttled, in seconds."""

    result: Literal["signed_in", "refused", "throttled"]
    account: UUID | None
    retry_after: int
    secret: str
    known: str = ""


async def sign_in(
    opened: Open, note: str, email: str, password: str, known: str = "", source: str | None = None
) -> SignIn:
    """Prove a password and, when it is right, make a new session, whose secret is told, in place of the one there was.

    An unknown address costs the same work and gets the same answer. `known` is what the browser was given at an earlier
    sign-in, `source` where it is. Raises TooMany when the process is busy with passwords of this source, or of all.
    """
    shown = bytes.fromhex(known) if known else None
    async with opened() as unit:
        wait = await unit.fetchval("select gate.sign_in_delay($1, $2, $3)", email, shown, note)
        salt, parameters = await _parameters(unit, email)
    if wait:
        return SignIn("throttled", None, wait, "")
    proved = await proof_in_turn(source, password, salt, parameters)
    secret = new_secret()
    async with opened() as unit:
        row = await unit.fetchrow(
            "select * from gate.sign_in($1, $2, $3, $4, $5)",
            email, proved, hashlib.sha256(secret.encode()).digest(), note, shown,
        )  # fmt: skip
        outcome = SignIn(row["result"], row["account_id"], row["retry_after"], secret, (row["known_as"] or b"").hex())
        if outcome.result == "signed_in" and unit.viewer is not None:
            await unit.fetchval("select gate.sign_out(false)")
    return outcome


async def _parameters(unit: Unit, email: str) -> tuple[bytes, Parameters]:
    row = await unit.fetchrow("select * from gate.sign_in_parameters($1)", email)
    return row["salt"], Parameters(row["time_cost"], row["memory_kib"], row["parallelism"])


async def sign_out(unit: Unit, *, everywhere: bool) -> int:
    """End the viewer's session, or all sessions of the account; returns how many were ended."""
    ended: int = await unit.fetchval("select gate.sign_out($1)", everywhere)
    return ended


async def end_session(unit: Unit, session: UUID) -> bool:
    """End one of the viewer's own sessions; false when it is not theirs or over already."""
    ended: bool = await unit.fetchval("select gate.end_session($1)", session)
    return ended


async def switch_keys(unit: Unit, wanted: bool) -> bool:
    """Single keys on or off for the viewer's own account; false without a sign-in."""
    done: bool = await unit.fetchval("select gate.switch_keys($1)", wanted)
    return done


async def choose_notices(unit: Unit, wanted: str) -> bool:
    """How the viewer's own account is told of news by mail; false when it is told of none."""
    done: bool = await unit.fetchval("select gate.choose_notices($1)", wanted)
    return done


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """How a change of password ended: "wrong" is the current one. `retry_after` is in seconds, when throttled."""

    result: Literal["changed", "wrong", "throttled"]
    retry_after: int


async def change_password(opened: Open, old: str, new: str) -> PasswordChange:
    """Change the viewer's password and end their other sessions, if `old` is right and was not guessed at too often."""
    async with opened() as unit:
        salt, parameters = await _parameters(unit, unit.who.email)
    proved = await proof_in_thread(old, salt, parameters)
    made = await new_credentials_in_thread(new)
    async with opened() as unit:
        row = await unit.fetchrow("select * from gate.change_password($1, $2, $3, $4, $5, $6)", proved, *_columns(made))
    return PasswordChange(row["result"], row["retry_after"])


def _columns(made: Credentials) -> tuple[object, ...]:
    costs = made.parameters
    return made.salt, made.proof_hash, costs.time_cost, costs.memory_kib, costs.parallelism


class EmailUsed(Exception):
    """Another account has this e-mail address."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be made. `company` is for recruiters and employer admins, and only for them.

    Whoever is `invited` is sent a link to a password of their own.
    """

    display_name: str
    email: str
    role: str
    company: UUID | None
    locale: str = "ja"
    status: str = "active"
    invited: bool = True


CREATE = "select gate.create_account($1, $2, $3, $4, $5, $6, $7)"
INVITE = "select gate.invite($1, $2, $3, $4, $5)"
SUSPEND = "select gate.suspend_account($1, $2, $3, $4)"
# The rows are put together there: a connection that keeps a type's number would not outlive a gate that is built anew.
CHANGE = (
    "select gate.change_account($1, row($2::text, $3::text, $4::text, $5::uuid)::gate.account_details,"
    " row($6::text, $7::text, $8::text, $9::uuid)::gate.account_details, $10, $11)"
)
GIVE = "select gate.give_password($1, $2, $3, $4, $5, $6, $7)"


async def create_account(connection: Connection, new: NewAccount) -> UUID:
    """Make an account and its entry as a program of the operator, in the caller's transaction.

    Raises EmailUsed; the transaction cannot go on then.
    """
    try:
        made: UUID = await connection.fetchval(
            CREATE, new.display_name, new.email, new.role, new.company, new.locale, new.status, new.invited
        )
    except asyncpg.PostgresError as error:
        if error.sqlstate == USED_EMAIL:
            raise EmailUsed from error
        raise
    return made


Invited = Literal["invited", "email_used", "too_many"]


async def invite(unit: Unit, new: NewAccount) -> Invited | None:
    """Make an account for whoever looks after its company, and send its owner a link; what is in the way when nothing
    is done. None when the viewer may not."""
    answer: Invited | None = await unit.fetchval(INVITE, new.display_name, new.email, new.role, new.company, new.locale)
    return answer


async def may_keep(unit: Unit, act: str, account: UUID) -> bool:
    """Whether the viewer looks after this account. When not, the act that they wanted is entered as refused."""
    return bool(await unit.fetchval("select gate.may_keep_account($1, $2)", act, account))


async def give_password(connection: Connection, account: UUID, made: Credentials, *, temporary: bool) -> None:
    """Give an account a password that somebody is told, as a program of the operator; what it had ends."""
    await connection.fetchval(GIVE, account, *_columns(made), temporary)


async def send_link(connection: Connection, account: UUID) -> dict[str, Any] | None:
    """Send an account a link by which its owner chooses a password; whose it is, and the `kind` of the link, or
    "too_many" when none was sent. None when the account is not active, or none that the viewer looks after."""
    row = await connection.fetchrow("select * from gate.send_account_link($1)", account)
    return None if row is None else dict(row)


@dataclass(frozen=True, slots=True)
class HandOver:
    """The companies that were shown to whoever decides, and who looks after them from now on; None is nobody."""

    companies: Sequence[UUID]
    heir: UUID | None


Suspended = Literal["suspended", "companies_left", "last_administrator"]


async def suspend_account(
    connection: Connection, account: UUID, reason: str, left: HandOver | None = None
) -> Suspended | None:
    """Suspend an account and end its sessions. What it looks after is handed over as `left` says: without that, or
    when there are other companies by now, nothing is done. None when it is the viewer's own or not active."""
    given = (left.companies, left.heir) if left else (None, None)
    answer: Suspended | None = await connection.fetchval(SUSPEND, account, reason, *given)
    return answer


@dataclass(frozen=True, slots=True)
class Details:
    """What can be changed of an account, as `gate.account_details` orders it."""

    display_name: str
    email: str
    role: str
    company: UUID | None

    def moves(self, before: "Details") -> bool:
        """Whether mail to the account goes to another mailbox than before."""
        return self.email.lower() != before.email.lower()

    def starts_anew(self, before: "Details") -> bool:
        """Whether it acts in another capacity than before, so that sign-ins, links and undertakings end."""
        return self.moves(before) or (self.role, self.company) != (before.role, before.company)


Changed = Literal[
    "changed", "as_it_was", "changed_meanwhile", "email_used", "own_role", "last_administrator", "companies_left"
]


async def change_account(
    connection: Connection, account: UUID, seen: Details, wanted: Details, left: HandOver | None = None
) -> Changed | None:
    """Change an account that is still as it was `seen`; what is in the way when nothing is done. `left` is needed of
    an account manager who gets another role. None when there is no such account."""
    given = (left.companies, left.heir) if left else (None, None)
    answer: Changed | None = await connection.fetchval(CHANGE, account, *astuple(seen), *astuple(wanted), *given)
    return answer


async def reactivate_account(connection: Connection, account: UUID) -> bool:
    """Let a suspended account sign in again; false when it is not suspended, or none that the viewer looks after."""
    done: bool = await connection.fetchval("select gate.reactivate_account($1)", account)
    return done


async def end_sign_ins(unit: Unit, account: UUID) -> int | None:
    """End every sign-in of an account that the viewer looks after; how many were ended, None for another's."""
    ended: int | None = await unit.fetchval("select gate.end_sign_ins($1)", account)
    return ended
