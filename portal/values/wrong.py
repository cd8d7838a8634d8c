"""The refusal of a value: what its writer is told."""

from portal.language.i18n import N_, Said

REQUIRED = N_("Please fill this in.")
TOO_LONG = N_("Please use at most %(most)s characters.")


class Wrong(Exception):
    """What a person wrote cannot be taken; `said` is what they are told."""

    def __init__(self, message: str, **values: object) -> None:
        """`message` is one of the catalogs', with places for the values."""
        super().__init__(message)
        self.said = Said(message, values)
