"""Where mail goes as long as no mail server is configured: files under the home, for whoever runs the portal to read.

Promise: each is readable by its owner alone, is there whole or not at all, and is there once however often it is
written.
"""

import re
import time
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID

from portal.own_files import read_own, write_own

NAME = re.compile(r"\d{8}T\d{6}Z-([0-9a-f-]{36})\.eml")
KEPT_SECONDS = 7 * 24 * 3600


def folder(home: Path) -> Path:
    """The folder of the mail that was written instead of being sent."""
    return home / "mail"


def keep(home: Path, mail: UUID, written_at: datetime, message: EmailMessage) -> Path:
    """Write a mail down; returns its file. Raises NotAnOwnFile and OSError."""
    path = folder(home) / f"{written_at:%Y%m%dT%H%M%SZ}-{mail}.eml"
    write_own(path, message.as_bytes(policy=policy.SMTP.clone(cte_type="7bit")).decode("ascii"))
    return path


def kept(home: Path) -> dict[UUID, Path]:
    """The file of each mail that was written down, the oldest first."""
    found = sorted(path for path in folder(home).glob("*.eml"))
    return {UUID(name[1]): path for path in found if (name := NAME.fullmatch(path.name))}


def read(path: Path) -> EmailMessage | None:
    """A mail as it was written down; None when it is gone. Raises NotAnOwnFile."""
    text = read_own(path)
    return None if text is None else message_from_bytes(text.encode(), policy=policy.default)


def forget_old(home: Path) -> int:
    """Remove what was written down more than a week ago; returns how many."""
    old = [path for path in kept(home).values() if path.stat().st_mtime < time.time() - KEPT_SECONDS]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
