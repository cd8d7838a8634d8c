"""What `portal doctor` says about the file that tells in which country an address is."""

from datetime import UTC, datetime

from portal.country_file import OLD_DAYS, CountryFile, CountryFileBroken
from portal.operate.checks import Check, verdict
from portal.settings import Settings


def country_file_check(settings: Settings, now: datetime | None = None) -> Check:
    """Whether the file is there and how old it is; without one only the ranges in the database count."""
    if settings.country_file is None:
        return Check("country file", "ok", "none: only the networks in portal.network have a country")
    try:
        found = CountryFile(settings.country_file)
    except CountryFileBroken as trouble:
        return Check("country file", "failed", str(trouble), "PORTAL_COUNTRY_FILE has to name a country file (.mmdb).")
    days = ((now or datetime.now(UTC)) - found.made_at).days
    told = f"{found.kind} of {found.made_at:%Y-%m-%d}, {days} days old"
    return verdict("country file", days <= OLD_DAYS, told, "Get a newer country file and start the portal again.")
