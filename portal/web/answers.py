"""Exceptions that are answers in HTTP; those that know no HTTP are in `portal.database.answers`."""

from litestar.exceptions import HTTPException

from portal.database.answers import Answer


class SeeOther(Answer):
    """Leads elsewhere from inside a unit of work, keeping what was written. `location` is a path of ours."""

    def __init__(self, location: str) -> None:
        """Answer 303 to `location`."""
        super().__init__("see other")
        self.location = location


class BadForm(HTTPException):
    """A body no page of ours could have sent: NUL bytes, broken UTF-8, too many fields. Nothing is kept."""

    status_code = 400


class ForgedRequest(HTTPException):
    """A state change that cannot be shown to come from a page of ours."""

    status_code = 403


class StaleForm(ForgedRequest):
    """A form that a page of ours did send, but one opened in another sign-in than the browser's present one."""


class NotMade(HTTPException):
    """A document could not be made: no worker is free, or something that makes PDFs is missing."""

    status_code = 503
    words = "not made"
