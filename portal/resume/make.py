"""What a download asks for: the resume, a cleaned document, and either with its stamp.

Promise: the unstamped PDF is made once per content and form; the stamp is made for each download, on
a strip that is set once for each recruiter.
Where Pango is missing, nothing fails but a resume and a stamp.
"""

from collections.abc import Callable
from typing import TypeVar

from portal.disclosure.receipts.attached import Place
from portal.documents.cleaning import CleanDocument, CleanPhoto, clean_document, clean_photo
from portal.documents.refusals import Reason, Refused
from portal.resume.cache import PdfCache
from portal.resume.failures import WorkerLost, WorkTimedOut, WorkTooBig
from portal.resume.pool import RenderPool
from portal.resume.request import ResumeRequest
from portal.resume.stamp import Stamp, set_strip, stamped_with_room, strip_of

T = TypeVar("T")


async def resume_pdf(pool: RenderPool, cache: PdfCache, request: ResumeRequest) -> bytes:
    """The unstamped resume. Raises `WorkFailed` when it could not be set."""

    async def make() -> bytes:
        return await pool.run(_set_in_type, request)

    return await cache.get_or_make(request.digest(), make)


def _set_in_type(request: ResumeRequest) -> bytes:
    # Loaded in the worker alone: a machine without Pango serves everything else.
    from portal.resume.render import render_resume

    return render_resume(request)


async def stamped(pool: RenderPool, cache: PdfCache, pdf: bytes, stamp: Stamp) -> tuple[bytes, Place]:
    """The PDF with the stamp on every page, and where in it its receipt goes. Raises `WorkFailed`."""
    strip = strip_of(stamp)

    async def make() -> bytes:
        return await pool.run(set_strip, strip)

    made, place = await pool.run(stamped_with_room, pdf, await cache.get_or_make(strip.digest(), make), stamp)
    return made, Place(*map(int, place))


async def cleaned_document(pool: RenderPool, data: bytes, filename: str) -> CleanDocument:
    """A stranger's file, cleaned in a worker. Raises `Refused`; a file that used up its worker's
    time or memory, or brought it down, is refused as a bomb."""
    return await _refusing(pool, clean_document, data, filename)


async def cleaned_photo(pool: RenderPool, data: bytes, filename: str) -> CleanPhoto:
    """A stranger's portrait, cleaned in a worker. Raises `Refused`, as `cleaned_document`."""
    return await _refusing(pool, clean_photo, data, filename)


async def _refusing(pool: RenderPool, clean: Callable[[bytes, str], T], data: bytes, filename: str) -> T:
    try:
        return await pool.run(clean, data, filename)
    except (WorkTimedOut, WorkTooBig, WorkerLost) as error:
        raise Refused(Reason.BOMB, type(error).__name__) from None
