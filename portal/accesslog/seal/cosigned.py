"""Whether what witnesses said of a log's checkpoints is so, and how far it reaches."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from portal.accesslog.seal.cosignature import Witness
from portal.accesslog.seal.note import NoteWrong, read
from portal.accesslog.seal.wrong import Wrong

LONGEST = timedelta(hours=1)  # that a checkpoint may stand without its witnesses


def cosigned(
    checkpoints: Sequence[Any], lines: Iterable[Any], known: Sequence[Witness], needed: int
) -> tuple[int, list[Wrong]]:
    """Up to which size `needed` of the `known` witnesses have cosigned, and what is wrong with what is kept of them.

    `checkpoints` have size, note and sealed_at and are in order; `lines` have size, witness, key and line.
    """
    notes = {row["size"]: row["note"] for row in checkpoints}
    wrong: list[Wrong] = []
    signed: dict[str, list[int]] = {}
    for row in lines:
        if not _is_cosigned(notes.get(row["size"]), row):
            said = f"The cosignature of {row['witness']} is not one of the checkpoint of {row['size']}."
            wrong.append(Wrong("cosignature", row["size"], said))
        else:
            signed.setdefault(row["key"], []).append(row["size"])
    reached = sorted((max(signed.get(one.text, [0])) for one in known), reverse=True)
    reach: int = reached[needed - 1] if needed else (reached or [0])[0]
    late = [row for row in checkpoints if row["size"] > reach and row["sealed_at"] < datetime.now(UTC) - LONGEST]
    if needed and late:
        said = f"{needed} witnesses are needed. They cosigned {reach} entries, and more have waited for over an hour."
        wrong.append(Wrong("not_cosigned", late[0]["size"], said))
    return reach, wrong


def _is_cosigned(note: str | None, row: Any) -> bool:
    try:
        return note is not None and Witness.read(row["key"]).cosigned(read(note), row["line"]) is not None
    except NoteWrong:
        return False
