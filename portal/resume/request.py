"""What a resume is made of, and the digest that says two resumes are the same.

Promise: a PDF is a pure function of this request. Nothing else reaches the page, so what the gate
did not disclose cannot appear on it.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Literal

from portal.candidates.items import DisclosedItems

FormLanguage = Literal["ja", "en"]
Calendar = Literal["era", "western"]

# Raised whenever templates or layout change, so that an old process's idea of a page is not reused.
FORM_VERSION = "5"


@dataclass(frozen=True, slots=True)
class ResumeRequest:
    """`items` is exactly what the gate disclosed; `code` names the introduction where the name is
    not open; `photo` is a cleaned JPEG, used only when `items` opens the photo; `missing` are the codes
    of items that are open and that the person has given nothing for."""

    items: DisclosedItems
    code: str
    language: FormLanguage
    calendar: Calendar
    made_on: date
    photo: bytes | None = None
    missing: tuple[str, ...] = ()

    def digest(self) -> str:
        """SHA-256 over content and form, in hex. Equal digests mean byte-for-byte equal input."""
        form = [FORM_VERSION, self.code, self.language, self.calendar, self.made_on.isoformat()]
        photo = hashlib.sha256(self.photo).hexdigest() if self.photo is not None else None
        content = json.dumps([form, photo, self.items, self.missing], sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(content.encode()).hexdigest()
