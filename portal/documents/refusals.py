"""Why a document was not taken: a closed list of reasons, each with words for a person.

Promise: a stranger's file ends as a clean document or as one of these, never as another error.
"""

from enum import StrEnum

from portal.language.i18n import N_


class Reason(StrEnum):
    """Codes, stable, for records and import reports."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNSUPPORTED_TYPE = "unsupported_type"
    EXTENSION_MISMATCH = "extension_mismatch"
    ENCRYPTED = "encrypted"
    TRUNCATED = "truncated"
    POLYGLOT = "polyglot"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    HIDDEN_LAYERS = "hidden_layers"
    SELF_DRAWN_FORM = "self_drawn_form"
    UNDRAWN = "undrawn"
    BOMB = "bomb"
    UNREADABLE = "unreadable"


# Message ids; `portal/locale/ja/documents.po` holds the Japanese.
MESSAGES: dict[Reason, str] = {
    Reason.EMPTY: N_("The file is empty. Choose the file again."),
    Reason.TOO_LARGE: N_("The file is too large. Up to 20 MB is accepted."),
    Reason.UNSUPPORTED_TYPE: N_("This kind of file is not accepted. Send a PDF, JPEG or PNG."),
    Reason.EXTENSION_MISMATCH: N_("The file's name does not match its content. Save it again in its own format."),
    Reason.ENCRYPTED: N_("The PDF is protected by a password or by restrictions. Save a copy without protection."),
    Reason.TRUNCATED: N_("The file is incomplete or damaged. Open it, save it again and send the new copy."),
    Reason.POLYGLOT: N_(
        "The file carries something besides its content. Print it to a new PDF, or save a picture again as a JPEG."
    ),
    Reason.TOO_MANY_PAGES: N_("The document has too many pages. Up to 50 pages are accepted."),
    Reason.TOO_MANY_PIXELS: N_(
        "An image is too large. Up to 50 million pixels are accepted, and 65,500 along an edge."
    ),
    Reason.HIDDEN_LAYERS: N_(
        "The PDF has layers that are switched off. Print what is to be seen to a new PDF and send that."
    ),
    Reason.SELF_DRAWN_FORM: N_(
        "This is an XFA form, which Adobe's programs alone can show. Open it there, choose Print, then "
        "“Adobe PDF” or “Microsoft Print to PDF” as the printer, and send the PDF that this makes."
    ),
    Reason.UNDRAWN: N_(
        "A form field or note of the PDF cannot be drawn as it is filled in. Print the PDF to a new PDF and send that."
    ),
    Reason.BOMB: N_("The file could overload a reader. Print it to a new PDF, or save a picture again as a JPEG."),
    Reason.UNREADABLE: N_("The file cannot be read. Print it to a new PDF, or save a picture again as a JPEG."),
}


class Refused(Exception):
    """A document was not taken. `reason` is the code, `message` the English message id, and
    `detail` says what was found, without any of the file's content. `where` is for whoever sent the file: the
    page, and what the form calls a field."""

    def __init__(self, reason: Reason, detail: str = "", where: str = "") -> None:
        super().__init__(reason, detail, where)
        self.reason = reason
        self.detail = detail
        self.where = where

    @property
    def message(self) -> str:
        """The message id to translate and show."""
        return MESSAGES[self.reason]

    def __str__(self) -> str:
        return f"{self.reason.value}: {self.detail}" if self.detail else self.reason.value


class MissingGlyph(LookupError):
    """No font of this machine has a letter: what was to be set in type would have a box in it."""
