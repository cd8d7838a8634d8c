"""Stored files of candidates, put away as an import puts them: sealed with the candidate's own key, in the store."""

import hashlib
import io
from functools import cache

import pikepdf

from portal.documents.sealing import MasterKeys
from portal.documents.store import ObjectStore
from tests.client import Portal
from tests.facts import Candidate, Document


@cache
def blank_pdf(pages: int = 1) -> bytes:
    """A PDF of empty A4 pages."""
    made = pikepdf.new()
    for _page in range(pages):
        made.add_blank_page(page_size=(595, 842))
    written = io.BytesIO()
    made.save(written, deterministic_id=True)
    return written.getvalue()


async def store_document(portal: Portal, candidate: Candidate, kind: str, content: bytes | None = None) -> Document:
    """A file of a candidate who is written already, with its bytes in the store and its key in the database."""
    content = blank_pdf() if content is None else content
    document = portal.world.document(candidate, kind, content_digest=hashlib.sha256(content).digest(), bytes=len(content))
    document.object_key = str(document.id)
    key, wrapped = MasterKeys.open(portal.settings.master_key_file.parent).new_data_key(str(candidate.id))
    await ObjectStore.open(portal.settings.store_url).put(document.object_key, key.seal(document.object_key, content))
    await portal.written()
    await portal.owner.execute(
        "insert into personal.document_key (candidate_id, master_key_id, wrapped_key) values ($1, $2, $3)"
        " on conflict (candidate_id) do update set master_key_id = $2, wrapped_key = $3",
        candidate.id, wrapped.master_id, wrapped.wrapped,
    )  # fmt: skip
    return document
