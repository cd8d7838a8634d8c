"""The portal's settings: PORTAL_* variables, or the same in a file `.env`, checked at start.

A wrong value stops the start with an error that names the variable, the value and what would be
right; the value of a secret is never shown. `docs/configuration.md` lists them all.
"""

import difflib
import hashlib
import os
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings, SettingsConfigDict

from portal.setting_values import (
    Address,
    Authority,
    AuthorityFile,
    Collector,
    Database,
    Encryption,
    File,
    Folder,
    KeyFile,
    Mailbox,
    MailServer,
    Networks,
    Store,
    Witnesses,
    WitnessesNeeded,
)

PREFIX = "PORTAL_"
PROJECT = Path(__file__).resolve().parent.parent


def _default_home() -> Path:
    """Beside the code; as root below /var/lib when others cannot enter the code's folder.

    Root's database runs as another account (PostgreSQL refuses root) and has to get there.
    """
    closed = any(not folder.stat().st_mode & 0o001 for folder in (PROJECT, *PROJECT.parents))
    if os.geteuid() == 0 and closed:
        mark = hashlib.sha256(bytes(PROJECT)).hexdigest()[:8]
        return Path("/var/lib/shokai") / f"{PROJECT.name}-{mark}"
    return PROJECT / ".home"


class SettingsError(Exception):
    """One line for each setting that is wrong."""


class Settings(BaseSettings):
    """Every setting, with its default. Read once per process by `load_settings`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=PROJECT / ".env",
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        hide_input_in_errors=True,
    )

    home: Folder = Field(
        default_factory=_default_home,
        description="folder for everything kept on this machine",
    )
    database_url: Database = Field(
        default=None,
        repr=False,
        description="this process's own database, as postgresql://role:password@host/name",
    )
    pool_size: int = Field(default=10, ge=1, le=200, description="most connections of one web process, 1 to 200")
    host: str = Field(default="127.0.0.1", description="address the web server listens on")
    port: int = Field(default=8000, ge=1, le=65535, description="port it listens on, 1 to 65535")
    connections: int = Field(
        default=1000, ge=10, le=50_000, description="most connections that one web process keeps open, 10 to 50000"
    )
    connections_per_source: int = Field(
        default=100,
        ge=5,
        le=50_000,
        description="most of them from one address (IPv6: one /64) that is no trusted proxy",
    )
    head_seconds: float = Field(default=5.0, gt=0, le=300, description="seconds the head of a request may take")
    body_seconds: float = Field(
        default=10.0,
        gt=0,
        le=300,
        description="seconds a request's body may take; longer while it comes at 4 KiB a second",
    )
    idle_seconds: int = Field(
        default=30, ge=1, le=600, description="seconds a connection may stay open between requests"
    )
    answer_seconds: float = Field(
        default=15.0, gt=0, le=300, description="seconds in which an answer is taken at 4 KiB a second, or is dropped"
    )
    base_url: Address = Field(
        default_factory=lambda values: f"http://localhost:{values.get('port')}",
        description="where people reach the portal: https://..., or http:// on this machine only",
    )
    trusted_proxies: Networks = Field(
        default=(),
        description="addresses or networks of the proxies that are believed, with commas between",
    )
    forwarded_header: Literal["x-forwarded-for", "forwarded"] = Field(
        default="x-forwarded-for",
        description="the one header in which those proxies say who asked: x-forwarded-for, or forwarded (RFC 7239)",
    )
    store_url: Store = Field(
        default_factory=lambda values: f"file://{values.get('home')}/documents",
        description="object store for documents: file:///folder, s3://, gs:// or az://",
    )
    master_key_folder: Folder = Field(
        default_factory=lambda values: Path(f"{values.get('home')}/keys"),
        description="folder with the master keys that wrap the documents' keys, mode 0700",
    )
    log_key_folder: Folder = Field(
        default_factory=lambda values: Path(f"{values.get('home')}/log-key"),
        description="folder with the key that signs the log's checkpoints; the worker alone needs to read it",
    )
    log_published_url: Store = Field(
        default_factory=lambda values: f"file://{values.get('home')}/published-log",
        description="where the log's checkpoint and tiles are published: file:///folder, s3://, gs:// or az://",
    )
    log_witnesses: Witnesses = Field(
        default=(),
        description="witnesses of the log, with commas between: of each its public key, a space, and its address",
    )
    log_witnesses_needed: WitnessesNeeded = Field(
        default=0, ge=0, le=20, description="how many of the witnesses have to have cosigned a checkpoint, 0 to 20"
    )
    log_sink_url: Collector = Field(
        default=None,
        description="collector of the log's entries: syslogs://host:6514 (RFC 5424 over TLS) or https://...",
    )
    log_sink_ca_file: File = Field(
        default=None, description="file of certificates (PEM) to trust for the collector instead of the machine's"
    )
    log_sink_token: str | None = Field(
        default=None, repr=False, description="bearer token for a collector that is reached by https"
    )
    log_sink_seconds: float = Field(
        default=30.0, gt=0, le=300, description="seconds to wait for the collector, up to 300"
    )
    receipt_key_folder: Path = Field(
        default_factory=lambda values: Path(f"{values.get('home')}/receipt-key"),
        description="folder with the keys that sign the receipts in files; the web process alone needs to read it",
    )
    country_file: File = Field(
        default=None, description="file in MaxMind's format (.mmdb) that says in which country an address is"
    )
    session_idle_minutes: int = Field(default=30, ge=1, le=1440, description="minutes without a request, 1 to 1440")
    session_absolute_hours: int = Field(default=12, ge=1, le=168, description="hours from signing in, 1 to 168")
    operator_name: str = Field(default="Shokai", description="who runs the portal, on every page")
    operator_address: str = Field(default="", description="postal address of the contact block")
    operator_representative: str = Field(default="", description="who represents the operator in agreements (APPI 29)")
    operator_email: str = Field(default="", description="e-mail of the contact block and of the sign-in page")
    operator_telephone: str = Field(default="", description="telephone of the contact block and of the sign-in page")
    smtp_url: MailServer = Field(
        default=None,
        repr=False,
        description="mail server: smtps://user:password@host:465 for TLS at once, or smtp://user:password@host:587",
    )
    smtp_tls: Encryption = Field(
        default="required", description="required, or none for a mail server that is reached without encryption"
    )
    smtp_ca_file: File = Field(
        default=None, description="file of certificates (PEM) to trust beside the machine's, for a server with its own"
    )
    smtp_seconds: float = Field(
        default=30.0, gt=0, le=300, description="seconds to wait for the mail server, up to 300"
    )
    mail_from: Mailbox = Field(
        default="shokai@localhost", description="sender of the portal's e-mail, as name@example.com"
    )
    signing_certificate: File = Field(
        default=None,
        description="file with the operator's certificate for agreements, and those above it (PEM)",
    )
    signing_key: KeyFile = Field(
        default=None, description="file with that certificate's private key (PEM, without a password, mode 0600)"
    )
    timestamp_url: Authority = Field(
        default=None, description="time-stamp authority (RFC 3161) for signed agreements: https://... or http://..."
    )
    timestamp_certificates: AuthorityFile = Field(
        default=None,
        description="file with the certificates above that authority's (PEM), its root among them: signed as B-LTA",
    )
    log_format: Literal["console", "json"] = Field(default="console", description="console or json")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="debug, info, warning or error"
    )
    render_workers: int = Field(default=2, ge=1, le=32, description="processes that make PDFs, 1 to 32")
    render_seconds: float = Field(default=20.0, gt=0, le=300, description="seconds one PDF may take, up to 300")
    render_memory_mb: int = Field(
        default=1024, ge=256, le=16384, description="megabytes one PDF may take, 256 to 16384"
    )

    @cached_property
    def secure(self) -> bool:
        """Whether people come by https, so that cookies carry Secure and __Host-."""
        return self.base_url.startswith("https://")


def load_settings(**given: object) -> Settings:
    """Return the settings of this process; `given` (such as port=8080) come before the variables.

    Raises SettingsError with a line for each variable that is wrong or unknown.
    """
    wrong = _unknown_variables()
    try:
        settings = Settings(**given)  # type: ignore[arg-type]  # pydantic checks them
    except ValidationError as error:
        found = {str(each["loc"][0]): each for each in reversed(error.errors())}
        wrong += [_explain(name, each["input"], each["msg"]) for name, each in found.items()]
    if wrong:
        raise SettingsError("\n".join(line for line in wrong if line))
    return settings


def _unknown_variables() -> list[str]:
    """A misspelt variable would otherwise be obeyed by nobody."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    wrong = []
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and not name.startswith(f"{PREFIX}TEST_") and name not in known:
            close = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean {close[0]}?" if close else "see docs/configuration.md"
            wrong.append(f"{name} is not a setting: {hint}")
    return wrong


def _explain(name: str, value: object, said: str) -> str:
    if value is PydanticUndefined:
        return ""  # a default that follows from another setting, which is the wrong one
    field = Settings.model_fields[name]
    shown = repr(str(value)) if field.repr else "(a secret, not shown)"
    said = said.removeprefix("Value error, ")
    return f"{PREFIX}{name.upper()} is {shown}: {said}. Right would be: {field.description}"
