"""Turns a stranger's PDF, JPEG or PNG into a clean document. Runs in a confined worker process.

Promise: what comes out was written by us from pages and pixels; the original is never served.
Whatever the input, the result is a clean document or `Refused`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from portal.documents.pages import clean_pages
from portal.documents.pictures import picture_as_pdf, portrait
from portal.documents.refusals import Reason, Refused
from portal.documents.sniffing import Kind, kind_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """`pdf` has A4 pages whose lowest 10 mm are free; hashes are SHA-256 in hex."""

    pdf: bytes
    pages: int
    kind: Kind
    original_sha256: str
    clean_sha256: str


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    """`jpeg` is at most 960 pixels on its longer edge; hashes are SHA-256 in hex."""

    jpeg: bytes
    original_sha256: str
    clean_sha256: str


def _refusing(work: Callable[[], T]) -> T:
    try:
        return work()
    except Refused:
        raise
    except (MemoryError, RecursionError):
        raise Refused(Reason.BOMB, "it needs too much memory") from None
    except Exception as error:
        # The libraries raise many kinds of error on hostile input; all mean the same here.
        raise Refused(Reason.UNREADABLE, type(error).__name__) from None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def clean_document(data: bytes, filename: str) -> CleanDocument:
    """A resume or other document, cleaned. `filename` is the uploader's; only its ending counts.
    Raises `Refused` and nothing else."""

    def work() -> CleanDocument:
        kind = kind_of(data, filename)
        pdf, pages = clean_pages(data if kind is Kind.PDF else picture_as_pdf(data, kind))
        return CleanDocument(pdf, pages, kind, _sha256(data), _sha256(pdf))

    return _refusing(work)


def clean_photo(data: bytes, filename: str) -> CleanPhoto:
    """A portrait, cleaned. Raises `Refused` and nothing else; a PDF is no portrait."""

    def work() -> CleanPhoto:
        kind = kind_of(data, filename)
        if kind is Kind.PDF:
            raise Refused(Reason.UNSUPPORTED_TYPE, "a portrait is a JPEG or PNG")
        jpeg = portrait(data, kind)
        return CleanPhoto(jpeg, _sha256(data), _sha256(jpeg))

    return _refusing(work)
