"""What a verification finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that does not agree: changed, missing, moved, added, unreadable, checkpoint, rolled_back, cosignature
    or not_cosigned."""

    kind: str
    number: int | None
    said: str
