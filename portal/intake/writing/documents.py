"""A candidate's files on their way in: cleaned in a confined worker, sealed with the person's own key.

Promise: what is stored was written by us from pages and pixels. Sealed bytes whose row did not commit are named by no
row. They are removed where that is still possible.
"""

import contextlib
from dataclasses import dataclass
from uuid import UUID, uuid4

from portal.candidates.items import Item
from portal.documents.cleaning import clean_document, clean_photo
from portal.documents.held import shown_in
from portal.documents.limits import MEBIBYTE
from portal.documents.refusals import Refused
from portal.documents.sealing import DataKey, MasterKeys
from portal.documents.store import ObjectStore, StoreError
from portal.intake.people import Person
from portal.intake.problems import Problem, Unreadable
from portal.language.i18n import N_
from portal.resume.confine import Limits
from portal.resume.failures import NotConfined, PoolClosed, WorkFailed
from portal.resume.launcher import Launcher
from portal.resume.pool import PoolSettings, RenderPool
from portal.settings import Settings

HOLDS_MORE = N_("all that the file shows: its text has {found} of this person in it, and that is left out here")
# A busy machine must not look like a bad file: processor time is limited apart from this.
CLEANING_SECONDS = 180.0
CLEANING_PATIENCE_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class CleanFile:
    """One file as it will be stored. Digests are SHA-256."""

    kind: str
    title: str
    media_type: str
    pages: int
    content: bytes
    content_digest: bytes
    received_digest: bytes


async def clean_files(pool: RenderPool, person: Person) -> list[CleanFile]:
    """The person's files, cleaned. Raises Unreadable with the first that is refused."""
    cleaned = []
    for kind, (name, content) in person.files.items():
        try:
            cleaned.append(await _clean(pool, kind, name, content))
        except Refused as refused:
            raise Unreadable(Problem(_place(person, name, refused), refused.message, sentence=True)) from None
        except (PoolClosed, NotConfined):  # nothing is wrong with the file
            raise
        except WorkFailed:
            raise Unreadable(
                Problem(f"{person.place}/{name}", N_("a file that can be read within the limits of time and memory"))
            ) from None
    for file in cleaned:
        if file.kind == "resume_original":
            await _check_held(pool, person, file)
    return cleaned


async def _check_held(pool: RenderPool, person: Person, file: CleanFile) -> None:
    """Raises Unreadable when the file's own text has contact details that it is said not to show."""
    basics = person.resume.basics
    denied = ~basics.shokai.resume_holds
    wanted = (
        basics.email if Item.EMAIL & denied else None,
        basics.phone if Item.TELEPHONE & denied else None,
        basics.location.postal_code if basics.location and Item.ADDRESS & denied else None,
    )
    if not any(wanted):
        return
    try:
        found = await pool.run(shown_in, file.content, *wanted)
    except (PoolClosed, NotConfined):
        raise
    except WorkFailed:  # its text is not to be read within the limits: what is said of it is believed, as of a picture
        return
    if found:
        details = {"found": ", ".join(found)}
        place, field = f"{person.place}/resume.json", "basics.x-shokai.resume_holds"
        raise Unreadable(Problem(place, HOLDS_MORE, None, field, None, details))


def _place(person: Person, name: str, refused: Refused) -> str:
    return ", ".join(filter(None, (f"{person.place}/{name}", refused.where)))


async def _clean(pool: RenderPool, kind: str, name: str, content: bytes) -> CleanFile:
    if kind == "photo":
        photo = await pool.run(clean_photo, content, name)
        digests = bytes.fromhex(photo.clean_sha256), bytes.fromhex(photo.original_sha256)
        return CleanFile(kind, name, "image/jpeg", 1, photo.jpeg, *digests)
    document = await pool.run(clean_document, content, name)
    digests = bytes.fromhex(document.clean_sha256), bytes.fromhex(document.original_sha256)
    return CleanFile(kind, name, "application/pdf", document.pages, document.pdf, *digests)


def cleaning_pool(settings: Settings, launcher: Launcher | None = None) -> RenderPool:
    """Workers for an import: confined like every other, and with more patience, for nobody waits at a page.
    Not started. A launcher that is given outlives them."""
    return RenderPool(
        PoolSettings(
            workers=settings.render_workers,
            seconds_per_task=CLEANING_SECONDS,
            patience=CLEANING_PATIENCE_SECONDS,
            limits=Limits(memory_bytes=settings.render_memory_mb * MEBIBYTE),
        ),
        launcher,
    )


class Shelf:
    """Puts sealed files into the store, and takes them back when the transaction fails."""

    def __init__(self, store: ObjectStore, keys: MasterKeys) -> None:
        self.store = store
        self.keys = keys
        self.put: list[str] = []

    async def add(self, key: DataKey, file: CleanFile) -> UUID:
        """Seal and store one file; returns the id of its object. Raises StoreError."""
        object_id = uuid4()
        await self.store.put(str(object_id), key.seal(str(object_id), file.content))
        self.put.append(str(object_id))
        return object_id

    async def clear(self) -> None:
        """Remove what was put: its rows did not commit."""
        for object_id in self.put:
            with contextlib.suppress(StoreError):
                await self.store.delete(object_id)
        self.put.clear()
