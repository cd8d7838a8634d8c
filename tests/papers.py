"""Stored files of candidates, put away as an import puts them: sealed with the candidate's own key, in the store."""

import hashlib
import io
from functools import cache
from uuid import UUID, uuid4

import pikepdf
import pypdf

from portal.documents.sealing import MasterKeys, WrappedKey
from portal.documents.store import ObjectStore
from tests.client import Portal
from tests.facts import Account, Candidate, Document, DocumentKey


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
    """One file of a candidate, its bytes in the store and its key in the world; `portal.written()` writes both."""
    content = blank_pdf() if content is None else content
    digest = hashlib.sha256(content).digest()
    made = Document(
        id=uuid4(), candidate=candidate, kind=kind, title=f"{kind}.pdf", object_key=str(uuid4()),
        content_digest=digest, received_digest=digest, bytes=len(content),
    )  # fmt: skip
    key, wrapped = MasterKeys.open(portal.settings.master_key_folder).new_data_key(str(candidate.id))
    await ObjectStore.open(portal.settings.store_url).put(made.object_key, key.seal(made.object_key, content))
    kept = DocumentKey(id=uuid4(), candidate=candidate, master_key_id=wrapped.master_id, wrapped_key=wrapped.wrapped)
    portal.world.facts += [kept, made]
    return made


async def store_evidence(portal: Portal, like: Document, by: Account) -> UUID:
    """A statement of a candidate about no company, with a scan sealed like a stored file of theirs."""
    row = await portal.owner.fetchrow("select * from personal.document_key where candidate_id = $1", like.candidate.id)
    keys = MasterKeys.open(portal.settings.master_key_folder)
    key = keys.unwrap(WrappedKey(row["master_key_id"], row["wrapped_key"]), str(like.candidate.id))
    content, object_key = blank_pdf(), str(uuid4())
    await ObjectStore.open(portal.settings.store_url).put(object_key, key.seal(object_key, content))
    made: UUID = await portal.owner.fetchval(
        "insert into personal.statement (candidate_id, kind, channel, note, recorded_by)"
        " values ($1, 'objection', 'paper', 'a letter', $2) returning id",
        like.candidate.id, by.id,
    )  # fmt: skip
    await portal.owner.execute(
        "insert into personal.evidence"
        " (candidate_id, statement_id, pages, bytes, object_key, content_digest, received_digest)"
        " values ($1, $2, 1, $3, $4, $5, $5)",
        like.candidate.id, made, len(content), object_key, hashlib.sha256(content).digest(),
    )  # fmt: skip
    return made


def text_of(pdf: bytes) -> list[str]:
    """The words of each page of a PDF, in whatever script."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
