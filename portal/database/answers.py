"""Exceptions that end a unit of work with an answer. They say what happened; `portal.web.errors` says it in HTTP.

An `Answer` raised inside a unit of work ends it but keeps what was written: the entry of a refusal
must outlive the refusal. Every other exception undoes the unit.
"""


class Answer(Exception):
    """Ends a unit of work with a deliberate answer; the transaction commits."""


class Refused(Answer):
    """What was asked for does not exist, as far as this viewer can learn; always the same answer."""


class SignInNeeded(Answer):
    """What was asked is for signed-in people and there is no live session."""


class LinkNeeded(Answer):
    """What was asked is for whoever has opened a personal link, and none is open here, or it is over."""


class CodeFirst(Answer):
    """The personal link was opened in a browser that has yet to enter the code sent to its owner."""


class PasswordFirst(Answer):
    """The sign-in is with a password that somebody else was told: it can be changed, and nothing else be done."""


class OtherAccount(Answer):
    """What was sent was filled in under another account than the one signed in now. Nothing is done with it."""


class TooMany(Answer):
    """Too many tries, or too many at once. `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        """Ask the caller to wait `retry_after` seconds."""
        super().__init__("too many requests")
        self.retry_after = retry_after


class DatabaseAway(Exception):
    """The database cannot be reached; nothing was done."""
