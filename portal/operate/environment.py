"""What a child process is told: the operator's settings, and one database address, its own."""

import os

from portal.settings import PREFIX, Settings

_DATABASE_VARIABLES = ("PG", f"{PREFIX}DATABASE_URL")


def child_environment(settings: Settings, database_url: str) -> dict[str, str]:
    """Return the environment of a child that speaks to the database at `database_url` only."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_DATABASE_VARIABLES)}
    told = {
        "HOME": settings.home,
        "HOST": settings.host,
        "PORT": settings.port,
        "BASE_URL": settings.base_url,
        "DATABASE_URL": database_url,
        "OPERATOR_NAME": settings.operator_name,
        "OPERATOR_ADDRESS": settings.operator_address,
        "OPERATOR_EMAIL": settings.operator_email,
        "OPERATOR_TELEPHONE": settings.operator_telephone,
    }
    return kept | {f"{PREFIX}{name}": str(value) for name, value in told.items()}
