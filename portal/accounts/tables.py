"""Everyone who signs in, and their sessions."""

from piccolo.columns import UUID, BigInt, Boolean, Bytea, Integer, Text, Timestamptz
from piccolo.table import Table


class Account(Table, tablename="account", schema="portal"):
    """A person with a role; recruiters and employer admins belong to a company."""

    id = UUID(primary_key=True, default=None)
    email = Text(default=None)
    display_name = Text(default=None)
    role = Text(default=None)
    company_id = UUID(null=True, default=None)
    locale = Text(default=None)
    status = Text(default=None)
    suspension_reason = Text(null=True, default=None)
    created_at = Timestamptz(default=None)


class Credential(Table, tablename="credential", schema="portal"):
    """What a password is checked against; read by the gate alone."""

    account_id = UUID(primary_key=True, default=None)
    salt = Bytea(default=None)
    time_cost = Integer(default=None)
    memory_kib = Integer(default=None)
    parallelism = Integer(default=None)
    proof_hash = Bytea(default=None)
    changed_at = Timestamptz(default=None)
    temporary = Boolean(default=False)


class Session(Table, tablename="session", schema="portal"):
    """A sign-in; only the digest of its secret is kept. Read by the gate alone."""

    id = UUID(primary_key=True, default=None)
    account_id = UUID(default=None)
    secret_hash = Bytea(unique=True, default=None)
    started_at = Timestamptz(default=None)
    last_seen_at = Timestamptz(default=None)
    expires_at = Timestamptz(default=None)
    ip = Text(null=True, default=None)
    agent = Text(null=True, default=None)
    must_change_password = Boolean(default=False)


class Revocation(Table, tablename="revocation", schema="portal"):
    """The end of one sign-in, or of all of an account that began until then. Read by the gate alone."""

    id = UUID(primary_key=True, default=None)
    account_id = UUID(default=None)
    session_id = UUID(null=True, default=None)
    revoked_at = Timestamptz(default=None)


class SignInFailure(Table, tablename="sign_in_failure", schema="portal"):
    """Failed tries, for the throttle. Read by the gate alone."""

    id = BigInt(primary_key=True, default=None)
    email_hash = Bytea(default=None)
    ip = Text(null=True, default=None)
    failed_at = Timestamptz(default=None)
