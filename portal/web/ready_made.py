"""What follows from files of the portal and takes long to make, kept from start to start: templates, compressed files.

It is kept where Python keeps what it compiles of this package (`__pycache__`), and as Python does: whoever may write
there may change the programs themselves, so it gives nobody a new way in. Where nothing may be written, or Python is
told to write nothing, it is made anew with each start.
"""

import hashlib
import os
import secrets
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path

from portal.settings import PROJECT

FOLDER = Path(cache_from_source(__file__)).parent / "ready_made"


class ReadyMade:
    """What was made of a `ground`. What was made of another one, or is not whole, is not there."""

    def __init__(self, ground: bytes, folder: Path = FOLDER) -> None:
        """`ground` is a digest of everything that the outcomes follow from, but for what `get` and `keep` are told."""
        self._ground = ground
        self._folder = folder

    def get(self, name: str, source: bytes) -> bytes | None:
        """What is kept by this name, if it was made of this source."""
        try:
            seal, content = _parted((self._folder / name).read_bytes())
        except OSError:  # not made yet, or not to be read by this process
            return None
        return content if seal == self._seal(source, content) else None

    def keep(self, name: str, source: bytes, content: bytes) -> None:
        """Keep it for the next start, in the place of what is there. A folder that is not to be written stays so."""
        if sys.dont_write_bytecode:
            return
        unfinished = self._folder / f"{name}.{secrets.token_hex(4)}"
        try:
            self._folder.mkdir(mode=0o755, exist_ok=True)
            # Whatever new files of this process may be: what is read from here is run.
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "wb") as file:  # noqa: PTH123
                file.write(self._seal(source, content) + content)
            os.replace(unfinished, self._folder / name)  # noqa: PTH105 - as Python's own: the reader finds all or nothing
        except OSError:
            with suppress(OSError):  # a disk that is full takes a part of it
                unfinished.unlink()

    def made(self, name: str, source: bytes, make: Callable[[bytes], bytes]) -> bytes:
        """What is kept, or what `make` makes of the source, kept from now on."""
        content = self.get(name, source)
        if content is None:
            content = make(source)
            self.keep(name, source, content)
        return content

    def _seal(self, source: bytes, content: bytes) -> bytes:
        made_of = hashlib.sha256(source).digest()
        return hashlib.sha256(self._ground + made_of + content).digest()


def _parted(kept: bytes) -> tuple[bytes, bytes]:
    length = hashlib.sha256().digest_size
    return kept[:length], kept[length:]


def digest_of(files: Iterable[Path], *words: str) -> bytes:
    """A digest of files, by their names and contents, and of words such as versions; of this Python too."""
    parts = [MAGIC_NUMBER, *(word.encode() for word in words)]
    for file in files:
        parts += [str(file).encode(), file.read_bytes()]
    sums = hashlib.sha256()
    for part in parts:
        sums.update(b"%d:%b" % (len(part), part))
    return sums.digest()


@cache
def of_the_portal(*words: str) -> ReadyMade:
    """What follows from the portal's programs, catalogs and templates as they are now."""
    files = [
        *PROJECT.glob("portal/**/*.py"),
        *PROJECT.glob("portal/locale/*/*.po"),
        *PROJECT.glob("templates/**/*.html"),
    ]
    return ReadyMade(digest_of(sorted(files), *words))
