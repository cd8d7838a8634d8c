"""Files that a form brings: each in a temporary file of its own, never whole in memory, gone with its request."""

from dataclasses import dataclass
from typing import IO


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived. `name` is what its sender calls it: shown to nobody but them, and no path."""

    name: str
    size: int
    content: IO[bytes]
