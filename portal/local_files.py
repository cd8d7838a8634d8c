"""Files that obstore writes into a local folder: on the disk before they count as written, and none left half-written.

Whatever stores objects in a folder calls `settle` after a write, and `clear` after one
that failed. A bucket does both itself.
"""

import os
from pathlib import Path


def settle(file: Path) -> None:
    """Have the file and its place in the folder on the disk, not only in memory. Raises OSError."""
    for place in (file, file.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear(file: Path) -> None:
    """Remove what obstore left of a write that failed: it writes to "<name>#<number>" first. Raises OSError."""
    for leftover in file.parent.glob(f"{file.name}#*"):
        leftover.unlink(missing_ok=True)
