"""Runs inside a worker process: sets one resume in type.

Promise: nothing is read but our own templates and the bytes of the request.
"""

from portal.documents.typesetting import pdf_of
from portal.resume.request import ResumeRequest
from portal.resume.view import view_of

PHOTO = "resume:photo"


def render_resume(request: ResumeRequest) -> bytes:
    """The resume as an unstamped PDF."""
    view = view_of(request)
    given = {PHOTO: request.photo} if view["has_photo"] and request.photo is not None else {}
    return pdf_of(f"pdf/resume_{request.language}.html", "resume.css", view, given)
