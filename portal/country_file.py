"""In which country an address is, by a file in MaxMind's format.

The file is the operator's (`PORTAL_COUNTRY_FILE`). What it puts outside Japan is outside. Otherwise `portal.network`
comes first, and the file says where an address is that is not there (docs/onboarding.md).
"""

from datetime import UTC, datetime
from pathlib import Path

import maxminddb

OLD_DAYS = 45
"""After how many days the doctor asks for a newer file: the publishers write one every week or month."""


class CountryFileBroken(Exception):
    """The file is not there, or is none."""


class CountryFile:
    """A country file, read into memory once: exchanging it on the disk changes nothing before the next start."""

    def __init__(self, path: Path) -> None:
        """Raises CountryFileBroken."""
        try:
            self._reader = maxminddb.open_database(path, maxminddb.MODE_MEMORY)
        except (OSError, ValueError, maxminddb.InvalidDatabaseError) as trouble:
            raise CountryFileBroken(f"{path}: {trouble}") from trouble

    @property
    def kind(self) -> str:
        """What the file calls itself, such as GeoLite2-Country."""
        return self._reader.metadata().database_type

    @property
    def made_at(self) -> datetime:
        """When it was made."""
        return datetime.fromtimestamp(self._reader.metadata().build_epoch, UTC)

    def country(self, address: str | None) -> str | None:
        """The country of an address, in two letters; None when the file does not say."""
        try:
            found = None if address is None else self._reader.get(address)
        except (ValueError, maxminddb.InvalidDatabaseError):  # an IPv6 address in a file of IPv4, or a broken record
            return None
        country = found.get("country") if isinstance(found, dict) else None
        code = country.get("iso_code") if isinstance(country, dict) else None
        return code if isinstance(code, str) and len(code) == 2 and code.isalpha() and code.isupper() else None
