"""Style sheets, scripts and icons: read once at start, compressed beforehand, served from memory.

Addresses made by `static()` carry a digest of the whole folder and never change their content, so
browsers keep them for a year; relative addresses inside a style sheet stay within that digest.
The same files are served without the digest too, to be asked about each time.
"""

import gzip
import hashlib
import mimetypes
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it has none

from portal.web.ready_made import ReadyMade, digest_of

FOREVER = "public, max-age=31536000, immutable"
ASK = "public, no-cache"
TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".woff2": "font/woff2",
}
COMPRESSED = frozenset({".css", ".html", ".js", ".json", ".svg", ".txt"})


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file in the encodings it can be sent in; `encodings` maps "" to the file as it is."""

    media_type: str
    etag: str
    encodings: dict[str, bytes]

    def best(self, accept_encoding: str) -> tuple[str, bytes]:
        """The encoding's name and the bytes for a browser that accepts these encodings."""
        accepted = {part.partition(";")[0].strip() for part in accept_encoding.split(",")}
        for name in ("br", "gzip"):
            if name in accepted and name in self.encodings:
                return name, self.encodings[name]
        return "", self.encodings[""]


class StaticFiles:
    """All files of a folder by their path in it; files whose names begin with a dot are left out."""

    def __init__(self, folder: Path, ready_made: ReadyMade | None = None) -> None:
        """Read `folder`; a missing one is an empty one."""
        self._files: dict[str, StaticFile] = {}
        digest = hashlib.sha256()
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not any(part.startswith(".") for part in name.split("/")):
                file = _read(path, name, ready_made)
                self._files[name] = file
                digest.update(f"{name}\0{file.etag}\0".encode())
        self.version = digest.hexdigest()[:16]

    def address(self, name: str) -> str:
        """The address of a file, for templates. Raises LookupError for one that is not there."""
        if name not in self._files:
            raise LookupError(f"static/{name} does not exist")
        return f"/static/{self.version}/{name}"

    def find(self, path: str) -> tuple[StaticFile, str] | None:
        """The file at an address below /static/ and its Cache-Control, or None."""
        version, _slash, name = path.partition("/")
        if version == self.version and name in self._files:
            return self._files[name], FOREVER
        file = self._files.get(path)
        return None if file is None else (file, ASK)


def _read(path: Path, name: str, ready_made: ReadyMade | None) -> StaticFile:
    content = path.read_bytes()
    encodings = {"": content}
    if path.suffix in COMPRESSED:
        kept_as = name.replace("/", "-")
        for coding, compress in (("br", _brotli), ("gzip", _gzip)):
            made = None if ready_made is None else ready_made.made(f"{kept_as}.{coding}", content, compress)
            encodings[coding] = compress(content) if made is None else made
    guessed = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return StaticFile(TYPES.get(path.suffix, guessed), etag, encodings)


def _brotli(content: bytes) -> bytes:
    return bytes(brotli.compress(content, quality=11))


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)


@cache
def static_files(folder: Path) -> StaticFiles:
    """The files of a folder as they were when it was first asked for."""
    return StaticFiles(folder, ReadyMade(digest_of([], brotli.version, zlib.ZLIB_RUNTIME_VERSION)))
