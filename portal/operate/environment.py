"""What a child process is told: the operator's settings, one database address, its own, and of the mail server only
whoever speaks to it.
"""

import os

from portal.settings import PREFIX, Settings

_DATABASE_VARIABLES = ("PG", f"{PREFIX}DATABASE_URL")
_MAIL_VARIABLES = (f"{PREFIX}SMTP_",)


def child_environment(settings: Settings, database_url: str, *, sends_mail: bool = False) -> dict[str, str]:
    """Return the environment of a child that speaks to the database at `database_url` only."""
    others = _DATABASE_VARIABLES if sends_mail else _DATABASE_VARIABLES + _MAIL_VARIABLES
    kept = {name: value for name, value in os.environ.items() if not name.startswith(others)}
    told = {
        "HOME": settings.home,
        "HOST": settings.host,
        "PORT": settings.port,
        "BASE_URL": settings.base_url,
        "DATABASE_URL": database_url,
        "OPERATOR_NAME": settings.operator_name,
        "OPERATOR_ADDRESS": settings.operator_address,
        "OPERATOR_REPRESENTATIVE": settings.operator_representative,
        "OPERATOR_EMAIL": settings.operator_email,
        "OPERATOR_TELEPHONE": settings.operator_telephone,
    }
    return kept | {f"{PREFIX}{name}": str(value) for name, value in told.items()}
