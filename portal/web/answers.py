"""Exceptions that are answers.

An `Answer` raised inside a unit of work ends the handler but keeps what was written: the entry of
a refusal must outlive the refusal. Every other exception undoes the unit.
"""

from collections.abc import Mapping

from litestar.exceptions import HTTPException, NotFoundException


class Answer(HTTPException):
    """Ends a handler with a deliberate answer; the transaction around it commits."""

    status_code = 400


class Refused(NotFoundException, Answer):
    """What was asked for does not exist, as far as this viewer can learn: 404, always the same."""

    status_code = 404


class SignInNeeded(Answer):
    """The page is for signed-in people and there is no live session."""

    status_code = 401


class PasswordFirst(Answer):
    """The sign-in is with a password that somebody else was told: it can be changed, and nothing else be done."""

    status_code = 403


class SeeOther(Answer):
    """Leads elsewhere from inside a unit of work, keeping what was written. `location` is a path of ours."""

    status_code = 303

    def __init__(self, location: str) -> None:
        """Answer 303 to `location`."""
        super().__init__(detail="see other")
        self.location = location


class TooMany(Answer):
    """Too many tries. `retry_after` is in seconds."""

    status_code = 429

    def __init__(self, retry_after: int) -> None:
        """Ask the caller to wait `retry_after` seconds."""
        super().__init__(detail="too many requests", headers={"Retry-After": str(retry_after)})
        self.retry_after = retry_after


class BadForm(HTTPException):
    """A body no page of ours could have sent: NUL bytes, broken UTF-8, too many fields. Nothing is kept."""

    status_code = 400


class ForgedRequest(HTTPException):
    """A state change that cannot be shown to come from a page of ours."""

    status_code = 403


class StaleForm(ForgedRequest):
    """A form that a page of ours did send, but one opened in another sign-in than the browser's present one."""


class OtherAccount(Answer):
    """A form that was filled in under another account than the one signed in now. Nothing is done with it."""

    status_code = 403


class NotMade(HTTPException):
    """A document could not be made: no worker is free, or something that makes PDFs is missing."""

    status_code = 503
    words = "not made"


class DatabaseAway(HTTPException):
    """The database cannot be reached; nothing was done."""

    status_code = 503

    def __init__(self, headers: Mapping[str, str] | None = None) -> None:
        """Ask the caller to come back in a few seconds."""
        super().__init__(detail="database away", headers=dict(headers or {"Retry-After": "5"}))
