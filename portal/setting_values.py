"""What the value of a setting has to be. Each raises ValueError with what is wrong, and never with a secret."""

import re
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, ValidationInfo
from pydantic_settings import NoDecode

LOOPBACK = ("localhost", "127.0.0.1", "::1")
_STORES = ("file", "memory", "s3", "gs", "az", "azure")


def _parts_of(value: object) -> object:
    """A list that is written with commas between."""
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _database(value: str | None) -> str | None:
    """The address of a PostgreSQL database."""
    return _with_scheme(value, ("postgresql", "postgres"))


def _mail_server(value: str | None) -> str | None:
    """The address of a mail server, and nothing behind it."""
    if value is None:
        return None
    _with_scheme(value, ("smtp", "smtps"))
    parts = urlsplit(value)
    try:
        whole = parts.hostname and parts.port != 0 and not (parts.path.strip("/") or parts.query or parts.fragment)
    except ValueError:  # its message would quote a piece of a password
        whole = False
    if not whole:
        raise ValueError("not a mail server's address; in a password, write / ? # @ : as %2F %3F %23 %40 %3A")
    return value


def _hides_the_password(value: str, info: ValidationInfo) -> str:
    """Whether the mail server is reached without encryption, which a password must not be."""
    parts = urlsplit(info.data.get("smtp_url") or "smtp://nowhere")
    if value == "none" and parts.scheme == "smtps":
        raise ValueError("PORTAL_SMTP_URL says smtps, which is encrypted")
    if value == "none" and parts.password and parts.hostname not in LOOPBACK:
        raise ValueError("PORTAL_SMTP_URL holds a password, which would cross the network in the clear")
    return value


def _file(value: Path | None) -> Path | None:
    """A file that is there."""
    if value is not None and not value.is_file():
        raise ValueError("there is no such file")
    return value


def _of_a_certificate(value: Path | None, info: ValidationInfo) -> Path | None:
    """A key with its certificate."""
    if (value is None) != (info.data.get("signing_certificate") is None):
        raise ValueError("PORTAL_SIGNING_CERTIFICATE and PORTAL_SIGNING_KEY go together")
    return value


def _authority(value: str | None) -> str | None:
    """The address of a time-stamp authority."""
    return _with_scheme(value, ("https", "http"))


def _of_an_authority(value: Path | None, info: ValidationInfo) -> Path | None:
    """Certificates of an authority that is asked."""
    if value is not None and info.data.get("timestamp_url") is None:
        raise ValueError("PORTAL_TIMESTAMP_CERTIFICATES goes with PORTAL_TIMESTAMP_URL")
    return value


def _mailbox(value: str) -> str:
    """An e-mail address without a name."""
    if not re.fullmatch(r"[^@\s<>\"(),:;\[\]\\]{1,64}@[A-Za-z0-9.-]+", value):
        raise ValueError("not an e-mail address alone")
    return value


def _absolute(value: Path) -> Path:
    """A folder, wherever the process moves to."""
    return value.expanduser().absolute()


def _reachable(value: str) -> str:
    """The address at which people reach the portal, without a stroke at its end."""
    parts = urlsplit(value)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("http carries passwords in the clear, so it is for this machine only")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("not an address")
    return value.rstrip("/")


def _store(value: str) -> str:
    """The address of an object store."""
    if urlsplit(value).scheme not in _STORES:
        raise ValueError("unknown kind of store")
    return value


def _witnesses(value: tuple[str, ...]) -> tuple[str, ...]:
    """Of each witness its public key and an address."""
    if not all(re.fullmatch(r"[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+ \S+", each) for each in value):
        raise ValueError("not a witness's public key, a space, and an address")
    return value


def _witnesses_needed(value: int, info: ValidationInfo) -> int:
    """No more than there are."""
    if value > len(info.data.get("log_witnesses", ())):
        raise ValueError("more than PORTAL_LOG_WITNESSES names")
    return value


def _collector(value: str | None) -> str | None:
    """The address of a collector of the log's entries."""
    if value and (urlsplit(value).scheme not in ("syslogs", "https") or not urlsplit(value).hostname):
        raise ValueError("must begin with syslogs:// or https:// and name a host")
    return value


def _with_scheme(value: str | None, schemes: tuple[str, ...]) -> str | None:
    if value and urlsplit(value).scheme not in schemes:
        raise ValueError(f"must begin with {schemes[0]}://")
    return value


Database = Annotated[str | None, AfterValidator(_database)]
MailServer = Annotated[str | None, AfterValidator(_mail_server)]
Encryption = Annotated[Literal["required", "none"], AfterValidator(_hides_the_password)]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
Address = Annotated[str, AfterValidator(_reachable)]
Networks = Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode, BeforeValidator(_parts_of)]
Store = Annotated[str, AfterValidator(_store)]
Folder = Annotated[Path, AfterValidator(_absolute)]
File = Annotated[Path | None, AfterValidator(_file)]
KeyFile = Annotated[File, AfterValidator(_of_a_certificate)]
Authority = Annotated[str | None, AfterValidator(_authority)]
AuthorityFile = Annotated[File, AfterValidator(_of_an_authority)]
Witnesses = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parts_of), AfterValidator(_witnesses)]
WitnessesNeeded = Annotated[int, AfterValidator(_witnesses_needed)]
Collector = Annotated[str | None, AfterValidator(_collector)]
