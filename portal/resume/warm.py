"""Everything a worker uses, loaded, and one page of each form set.

Promise: the first page a worker sets costs what a hundredth would. Where Pango is missing a worker
starts all the same, for it also cleans documents.
"""

import contextlib
import gc
from datetime import date
from functools import cache

from portal.candidates.items import DisclosedItems
from portal.documents import cleaning as cleaning  # loaded with the rest
from portal.documents import held as held
from portal.resume.request import FormLanguage, ResumeRequest
from portal.resume.stamp import Strip, set_strip

_pango = False
# WeasyPrint prints advice of its own; script/setup and `portal doctor` name the packages.
with contextlib.suppress(OSError), contextlib.redirect_stdout(None):
    from portal.resume.render import render_resume

    _pango = True

_NOBODY: DisclosedItems = {"gender": "履歴書 Resume"}


@cache
def warm_up() -> None:
    """Sets one page of each form and each strip, which reads templates, styles and fonts; once for all forked since."""
    languages: tuple[FormLanguage, ...] = ("ja", "en") if _pango else ()
    for language in languages:
        render_resume(ResumeRequest(_NOBODY, "-", language, "western", date(2026, 1, 1)))
        set_strip(Strip("-", "-", "selection", language))
    # What is loaded stays: leaving it out of later collections saves a tenth of each page.
    gc.collect()
    gc.freeze()
    gc.set_threshold(400_000, 10, 10)
    gc.enable()  # the fork server starts without it
