"""What `portal doctor` looks at on the machine: Pango, confinement, fonts, the object store, the key."""

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from portal.documents.sealing import MasterKeys, SealError
from portal.documents.store import ObjectStore
from portal.operate.checks import Check, verdict
from portal.operate.system import install_command, missing_confinement, missing_fonts, missing_libraries
from portal.resume import seccomp
from portal.settings import Settings


async def machine_checks(settings: Settings) -> list[Check]:
    """Return what is right and wrong with this machine."""
    return [_pango(), _confinement(), _fonts(), _master_key(settings), await _store(settings)]


def _pango() -> Check:
    missing = missing_libraries()
    found = ", ".join(each.what for each in missing)
    return verdict(
        "Pango",
        not missing,
        f"missing: {found}" if missing else "loads",
        f"{install_command(missing)}\nUntil then no PDF can be made.",
    )


def _confinement() -> Check:
    missing = missing_confinement()
    lacking = seccomp.lacking()
    return verdict(
        "confined workers",
        not lacking,
        lacking or "system calls are filtered",
        (install_command(missing) + "\n" if missing else "")
        + "Until then no PDF can be made and no uploaded file be read: both are done in confined workers alone.",
    )


def _fonts() -> Check:
    missing = missing_fonts()
    found = ", ".join(each.what for each in missing)
    return verdict(
        "fonts",
        not missing,
        f"missing: {found}" if missing else "one for each script",
        f"{install_command(missing)}\nUntil then names in those scripts print as boxes.",
    )


def _master_key(settings: Settings) -> Check:
    folder = settings.master_key_folder
    try:
        if not folder.is_dir():
            return Check("master keys", "failed", f"{folder} is not there", "`portal up` makes it.")
        keys = MasterKeys.open(folder)
    except (OSError, SealError) as error:
        return Check("master keys", "failed", str(error), "Only the portal's own account may read them.")
    return Check("master keys", "ok", f"{folder}, {keys.current} wraps")


async def _store(settings: Settings) -> Check:
    shown = urlsplit(settings.store_url)._replace(query="").geturl()
    try:
        if _comes_with_first_document(settings.store_url):
            return Check("object store", "ok", f"{shown}, made with the first document")
        store = ObjectStore.open(settings.store_url)
        name = secrets.token_hex(16)
        await store.put(name, b"portal doctor")
        same = await store.get(name) == b"portal doctor"
        await store.delete(name)
    except Exception as error:  # whatever a store raises is the finding
        return Check(
            "object store",
            "failed",
            f"{shown}: {type(error).__name__}",
            "Check PORTAL_STORE_URL, its credentials and the folder's owner.",
        )
    return verdict("object store", same, shown, "It gave back other bytes than were put in.")


def _comes_with_first_document(store_url: str) -> bool:
    """Whether the store is a folder that is not there yet and can be made: looking at it would make it."""
    folder = Path(store_url.removeprefix("file://"))
    if not store_url.startswith("file://") or folder.exists():
        return False
    nearest = next(path for path in folder.parents if path.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK)
