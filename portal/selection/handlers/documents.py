"""Downloads: the resume made of what is open, and the cleaned original. The entry commits first."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import astuple, dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Literal, TypeVar, cast
from uuid import UUID

from litestar import Response, get
from litestar.params import FromPath

from portal.candidates.items import SELECTION_ITEMS, Item, Purpose
from portal.database.answers import Refused, SignInNeeded, TooMany
from portal.database.unit import Unit
from portal.database.viewer import EMPLOYER, Viewer
from portal.disclosure.calls import Action, Basis, Disclosure, StoredFile, basis, disclose, hand_over, open_document
from portal.disclosure.receipts.attached import Place, attach
from portal.disclosure.receipts.receipt import Named, Unsigned, receipt_of
from portal.documents.sealing import WrappedKey
from portal.language import i18n
from portal.language.i18n import N_
from portal.language.zone import JAPAN
from portal.resume.failures import WorkFailed
from portal.resume.request import Calendar, FormLanguage, ResumeRequest
from portal.resume.stamp import Stamp
from portal.resume.workshop import Sealed, Workshop
from portal.selection.taking import is_over_limit
from portal.turns import Busy
from portal.web.answers import NotMade
from portal.web.bodies import query_fields
from portal.web.fields import choice, ticked
from portal.web.forms import parse
from portal.web.markers import signed_in
from portal.web.rendering import file_answer, lead_on
from portal.web.tokens import ReceiptSigner
from portal.web.visit import PortalRequest
from portal.web.work import work

T = TypeVar("T")
PDF, JPEG = "application/pdf", "image/jpeg"
DOWNLOADS = "/downloads"
OVER = N_(
    "You have saved as many files today as your company's agreement allows. Say below why you need more; then save."
)
ON_RESUME = SELECTION_ITEMS & ~Item.RESUME_ORIGINAL


@dataclass(frozen=True)
class ResumeForm:
    """Which form, with which calendar, and whether the browser is to keep it as a file."""

    form: FormLanguage = choice("", ("ja", "en"))
    calendar: Calendar = choice("", ("era", "western"))
    save: bool = ticked()


@dataclass(frozen=True)
class DocumentForm:
    """Whether the browser is to keep it as a file."""

    save: bool = ticked()


DOCUMENT = signed_in(*EMPLOYER, embeddable=True, carries=DocumentForm)


@get("/candidates/{introduction:uuid}/resume.pdf", opt=signed_in(*EMPLOYER, embeddable=True, carries=ResumeForm))
async def download_resume(request: PortalRequest, introduction: FromPath[UUID]) -> Response[bytes]:
    """The resume as a PDF, stamped. An unknown form is answered with the Japanese one in western years."""
    form = parse(query_fields(request), ResumeForm).value or ResumeForm("ja", "western", False)
    async with work(request) as unit:
        viewer = unit.who
        over = form.save and await is_over_limit(unit)
        if over:  # asked all the same, because the refusal is recorded
            await disclose(unit, introduction, Purpose.SELECTION, "resume_downloaded", ON_RESUME)
    if over:
        return lead_on(request, DOWNLOADS, OVER)
    made = await make_resume(request, viewer, introduction, form)
    return file_answer(made.pdf, PDF, made.name, save=form.save)


@dataclass(frozen=True, slots=True)
class Made:
    """A resume that may leave now: its file's name is a code."""

    pdf: bytes
    name: str
    shown: Disclosure
    stands_on: Basis


@dataclass(frozen=True, slots=True)
class Opened:
    """What a resume is to be made of: its entry is committed, and nothing of it has left."""

    shown: Disclosure
    stands_on: Basis
    photo: StoredFile | None


async def open_resume(request: PortalRequest, introduction: UUID, form: ResumeForm) -> Opened:
    """What is open on one resume, recorded. Raises Refused, or SignInNeeded."""
    async with work(request) as unit:
        shown, stands_on = await _resume_items(unit, introduction, saving=form.save)
        return Opened(shown, stands_on, await _photo(unit, shown))


async def make_resume(
    request: PortalRequest, viewer: Viewer, introduction: UUID, form: ResumeForm, opened: Opened | None = None
) -> Made:
    """One resume, recorded, made, stamped, and asked about again: the next thing that happens is its first byte.

    Raises Refused, SignInNeeded, TooMany, or NotMade.
    """
    workshop: Workshop = request.app.state.workshop
    async with _turn(workshop, viewer):  # nothing is asked of the gate, and held, while others have theirs
        opened = opened or await open_resume(request, introduction, form)
        shown, stands_on, photo = opened.shown, opened.stands_on, opened.photo
        asked = ResumeRequest(
            items=shown.items,
            code=stands_on.code,
            language=form.form,
            calendar=form.calendar,
            made_on=shown.recorded_at.astimezone(JAPAN).date(),
            photo=await workshop.content(_sealed(photo)) if photo else None,
            missing=shown.missing,
        )
        pdf, place = await _made(
            workshop.resume(asked, _stamp(request, viewer, shown.recorded_at, shown.entry_id, form.form))
        )
    pdf = await _with_receipt(request, viewer, shown.entry_id, stands_on, pdf, place)
    return Made(pdf, f"{stands_on.code}-{form.form}-{form.calendar}.pdf", shown, stands_on)


@get("/candidates/{introduction:uuid}/documents/{document:uuid}", opt=DOCUMENT)
async def download_document(
    request: PortalRequest, introduction: FromPath[UUID], document: FromPath[UUID]
) -> Response[bytes]:
    """The uploaded resume, cleaned and stamped, or the photo."""
    form = parse(query_fields(request), DocumentForm).value or DocumentForm(False)
    async with work(request) as unit:
        viewer = unit.who
        over = form.save and await is_over_limit(unit)
        file = await open_document(unit, introduction, document, saving=form.save)
        if over:
            return lead_on(request, DOWNLOADS, OVER)
        stands_on = await basis(unit, introduction)
        if file is None or stands_on is None:
            raise Refused
    workshop: Workshop = request.app.state.workshop
    content = await workshop.content(_sealed(file))
    if file.media_type == JPEG:
        await _may_leave(request, file.entry_id, _digest(content))
        return file_answer(content, JPEG, "photo.jpg", save=False)
    stamp = _stamp(request, viewer, file.recorded_at, file.entry_id, cast(Literal["ja", "en"], i18n.language()))
    async with _turn(workshop, viewer):
        made = await _made(workshop.stamped(content, stamp))
    pdf = await _with_receipt(request, viewer, file.entry_id, stands_on, *made)
    return file_answer(pdf, PDF, f"{stands_on.code}-original.pdf", save=form.save)


@asynccontextmanager
async def _turn(workshop: Workshop, viewer: Viewer) -> AsyncIterator[None]:
    """A place at the workers, in the account's and the company's turn. Raises TooMany."""
    try:
        async with workshop.turns.turn(viewer.company_id, viewer.account_id):
            yield
    except Busy as busy:
        raise TooMany(busy.wait) from busy


async def _may_leave(request: PortalRequest, entry: UUID, digest: bytes) -> tuple[Any, Any]:
    """Ask the gate again, now that the file is ready: the next thing that happens is its first byte.

    Returns the two entries of the download. Raises Refused, or SignInNeeded, when what allowed it has ended since.
    """
    async with work(request, again=True) as unit:
        entries = await hand_over(unit, entry, digest)
        if entries is None:
            raise SignInNeeded if unit.viewer is None else Refused
        return entries


async def _with_receipt(
    request: PortalRequest, viewer: Viewer, entry: UUID, stands_on: Basis, pdf: bytes, place: Place
) -> bytes:
    """The PDF as it leaves, once its entries are committed: with the receipt that they are made into."""
    digest = await asyncio.to_thread(_digest, pdf)
    file = Unsigned(digest, len(pdf), astuple(place))
    shown, left = await _may_leave(request, entry, digest)
    named = Named(
        portal=request.app.state.settings.base_url,
        company=viewer.company_name or "",
        account=viewer.display_name,
        introduction=stands_on.code,
        agreement=stands_on.agreement_number,
    )
    signer: ReceiptSigner = request.app.state.receipts
    return attach(pdf, place, signer.sign(receipt_of(shown, left, named, file)))


def _digest(content: bytes) -> bytes:
    return sha256(content).digest()


async def _resume_items(unit: Unit, introduction: UUID, *, saving: bool) -> tuple[Disclosure, Basis]:
    act: Action = "resume_downloaded" if saving else "resume_read"
    found = await disclose(unit, introduction, Purpose.SELECTION, act, ON_RESUME)
    if found is None:
        raise Refused
    return found


async def _photo(unit: Unit, shown: Disclosure) -> StoredFile | None:
    photo = shown.items.get("photo")
    return await open_document(unit, shown.introduction_id, UUID(photo)) if photo else None


def _sealed(file: StoredFile) -> Sealed:
    key = WrappedKey(file.master_key_id, file.wrapped_key)
    return Sealed(file.object_key, file.candidate_id, key, file.content_digest)


def _stamp(request: PortalRequest, viewer: Viewer, at: datetime, entry: UUID, language: FormLanguage) -> Stamp:
    return Stamp(
        company=viewer.company_name or "",
        recruiter=viewer.display_name,
        at=at,
        purpose=Purpose.SELECTION,
        receipt=str(entry),
        language=language,
        address=f"{request.app.state.settings.base_url}/receipts/{entry}",
    )


async def _made(pdf: Awaitable[T]) -> T:
    """The PDF; an answer to try again when no worker could make it."""
    try:
        return await pdf
    except WorkFailed as failure:
        raise NotMade from failure


routes = [download_resume, download_document]
