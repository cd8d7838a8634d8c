"""Opens a stranger's PDF with the library's own limits set, and names what stopped it.

Promise: what would unfold or nest without end is told apart from what is merely broken.
"""

import contextlib
import io
import re

import pikepdf
from pikepdf import PasswordError, Pdf, PdfError, Permissions

from portal.documents.limits import MAX_STREAM_BYTES, MEBIBYTE
from portal.documents.refusals import Reason, Refused
from portal.documents.sniffing import without_break

_OVERLOAD = re.compile(r"limit exceeded|too deeply nested|Loop detected|exceeds limit|too many")


def limit_library() -> None:
    """Sets the PDF library's limits, which hold for this process."""
    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=100,
        parser_max_container_size=500_000,
        doc_max_warnings=200,
        max_stream_filters=4,
        flate_max_memory=MAX_STREAM_BYTES,
        run_length_max_memory=MAX_STREAM_BYTES,
        png_max_memory=64 * MEBIBYTE,
        tiff_max_memory=64 * MEBIBYTE,
    )


def refusal_of(error: PdfError, otherwise: Reason, detail: str) -> Refused:
    """The refusal that this error of the library's means."""
    if _OVERLOAD.search(str(error)):
        return Refused(Reason.BOMB, "its structure is too deep or unfolds too far")
    return Refused(otherwise, detail)


def _all_allowed(given: Permissions) -> bool:
    """Whether the owner restricted nothing. Who may change anything may put pages together too, whatever that says."""
    return all(given._replace(modify_assembly=given.modify_assembly or given.modify_other))


def opened(data: bytes) -> Pdf:
    """The PDF, as it stands: nothing is repaired. A password that everybody knows, the empty one, is no protection,
    and the owner's wish is kept. Raises `Refused`."""
    limit_library()
    *meant, last = without_break(data)
    for way in meant:
        with contextlib.suppress(Refused):
            return _opened(way)
    return _opened(last)


def _opened(data: bytes) -> Pdf:
    try:
        pdf = Pdf.open(io.BytesIO(data), attempt_recovery=False, inherit_page_attributes=False)
    except PasswordError:
        raise Refused(Reason.ENCRYPTED) from None
    except PdfError as error:
        raise refusal_of(error, Reason.TRUNCATED, "its structure is broken") from None
    if pdf.is_encrypted and not _all_allowed(pdf.allow):
        pdf.close()
        raise Refused(Reason.ENCRYPTED)
    return pdf
