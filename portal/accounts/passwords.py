"""Passwords: what is derived from one, and which ones are refused.

The database never sees a password. It keeps SHA-256 of a *proof*: the raw argon2id hash (OWASP's
parameters) of the password with the account's salt. Deriving it costs 19 MiB and some tens of
milliseconds, so it runs in a few threads of its own. When too many wait, the next are asked to come back.
"""

import asyncio
import hashlib
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

from portal.database.answers import TooMany
from portal.turns import Busy, Turns

SALT_SIZE = 16
PROOF_SIZE = 32
THREADS = max(2, min(4, os.cpu_count() or 2))
MOST_WAITING = 64
WAITING_OF_SOURCE = 8
RETRY_SECONDS = 5
# Without the letters and digits that are mistaken for one another when read aloud or from paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_SIZE = 4, 5

_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="argon2")
_turns = Turns(THREADS, of_one=WAITING_OF_SOURCE, of_group=WAITING_OF_SOURCE, of_all=MOST_WAITING)
_waiting = 0


@dataclass(frozen=True, slots=True)
class Parameters:
    """The costs of argon2id: passes, memory in KiB, lanes. The defaults are OWASP's."""

    time_cost: int = 2
    memory_kib: int = 19 * 1024
    parallelism: int = 1


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the database keeps about a new password."""

    salt: bytes
    proof_hash: bytes
    parameters: Parameters


def proof(password: str, salt: bytes, parameters: Parameters) -> bytes:
    """The 32 bytes that prove knowledge of a password. Slow on purpose; see `proof_in_thread`."""
    return hash_secret_raw(
        password.encode(),
        salt,
        time_cost=parameters.time_cost,
        memory_cost=parameters.memory_kib,
        parallelism=parameters.parallelism,
        hash_len=PROOF_SIZE,
        type=Type.ID,
    )


async def proof_in_thread(password: str, salt: bytes, parameters: Parameters) -> bytes:
    """`proof`, without holding up other requests. Raises TooMany when too many wait already."""
    global _waiting  # one count for the process, like the threads it counts for
    if _waiting >= MOST_WAITING:
        raise TooMany(RETRY_SECONDS)
    _waiting += 1
    try:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(_threads, proof, password, salt, parameters)
    finally:
        _waiting -= 1


async def proof_in_turn(source: str | None, password: str, salt: bytes, parameters: Parameters) -> bytes:
    """`proof_in_thread` for signing in: no source has every thread, and few of its tries wait. Raises TooMany."""
    whose = source or object()  # of an unknown source nobody is told from anybody, so they are not counted as one
    try:
        async with _turns.turn(whose, whose):
            return await proof_in_thread(password, salt, parameters)
    except Busy as busy:
        raise TooMany(busy.wait) from busy


def new_credentials(password: str) -> Credentials:
    """Salt, digest and costs for a new password. As slow as `proof`."""
    parameters = Parameters()
    salt = secrets.token_bytes(SALT_SIZE)
    return Credentials(salt, hashlib.sha256(proof(password, salt, parameters)).digest(), parameters)


async def new_credentials_in_thread(password: str) -> Credentials:
    """`new_credentials`, without holding up other requests."""
    parameters = Parameters()
    salt = secrets.token_bytes(SALT_SIZE)
    proved = await proof_in_thread(password, salt, parameters)
    return Credentials(salt, hashlib.sha256(proved).digest(), parameters)


def initial_password() -> str:
    """A password for a new account, 99 random bits in four groups that can be read aloud."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_SIZE)) for _ in range(GROUPS))
    return "-".join(groups)
