"""Runs inside a worker process: sets an agreement's paper in type.

Promise: nothing is read but our own templates and the paper's content.
"""

import re
from dataclasses import asdict
from datetime import UTC, datetime

from portal.agreements.paper.content import Paper, Text
from portal.language.zone import to_the_second

_CLAUSE = re.compile(r"(第[0-9]+条(?:（[^）]*）)?|(?:Article )?[0-9]+\.?(?: \([^)]*\))?) +(.*)", re.DOTALL)


def set_paper(paper: Paper) -> bytes:
    """The paper as an unsigned PDF. Raises MissingGlyph where a letter of it would be a box."""
    from portal.documents.typesetting import pdf_of  # in the worker alone: a machine without Pango does all else

    values = {**asdict(paper), "texts": [_shown(one) for one in paper.texts]}
    values["declaration"] = [_shown(one) for one in paper.declaration]
    values["exact"] = _exact
    return pdf_of("pdf/agreement.html", "agreement.css", values, {}, whole=True)


def _exact(moment: datetime) -> str:
    """A moment to the second, with its zone: in Japan's time, and in UTC as the log keeps it."""
    return f"{to_the_second(moment)} ({moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ})"


def _shown(text: Text) -> dict[str, object]:
    """A text with its title and its lines, each with the clause that it begins, if it begins one."""
    title, *lines = text.text.strip().split("\n")
    found = [(match[1], match[2]) if (match := _CLAUSE.fullmatch(line)) else ("", line) for line in lines if line]
    return {"language": text.language, "digest": text.digest, "title": title, "lines": found}
