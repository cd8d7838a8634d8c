"""Compliance signs for the operator: then the agreement is in force, and its paper is kept."""

from datetime import UTC, datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from portal.agreements import signing
from portal.agreements.paper.certificate import Certificate, CertificateBroken, operators
from portal.agreements.paper.setting import set_paper
from portal.agreements.paper.signing import NotStamped, level_of, signed
from portal.agreements.signing import ToCountersign
from portal.database.answers import Refused
from portal.database.viewer import Role
from portal.documents.refusals import MissingGlyph
from portal.language.i18n import N_, Undone
from portal.resume.failures import WorkFailed
from portal.resume.workshop import Workshop
from portal.web.markers import signed_in
from portal.web.rendering import lead_on, page
from portal.web.visit import PortalRequest, visit
from portal.web.work import work

LIST = "/countersign"
DONE = N_("The agreement %(number)s is signed by both, and its paper is kept. It is in force from its first day on.")
OVERTAKEN = Undone(N_("Nothing was signed: the agreement no longer waits, or changed meanwhile."))
NOT_SIGNED = {
    "joined_overlaps": N_(
        "Nothing was signed: the company is under the agreement of its group. Its account manager first records that "
        "it left the group."
    ),
    "own_act": N_("Whoever drafted or sent an agreement does not countersign it. A colleague of compliance can."),
    "stamp": N_("Nothing was signed: the time-stamp authority does not answer. Try again later, or tell the operator."),
    "certificate": N_("Nothing was signed: the operator's certificate cannot be used. `portal doctor` says why."),
    "paper": N_("Nothing was signed: its paper could not be made. Try again, or tell the operator."),
}


@get(LIST, opt=signed_in(Role.COMPLIANCE))
async def waiting(request: PortalRequest) -> Response[str]:
    """The agreements that their companies have signed, the longest wait first."""
    async with work(request) as unit:
        rows = await signing.papers_to_sign(unit)
    return page(request, "agreements/waiting.html", rows=rows)


@get("/countersign/{agreement:uuid}", opt=signed_in(Role.COMPLIANCE, back=(LIST,)))
async def show_waiting(request: PortalRequest, agreement: FromPath[UUID]) -> Response[str]:
    """One of them: its text and how it was signed."""
    return await _page(request, agreement)


async def _page(request: PortalRequest, agreement: UUID, wrong: str = "") -> Response[str]:
    asked = await _asked(request, agreement)
    settings = visit(request).kit.settings
    return page(
        request,
        "agreements/countersign.html",
        status=409 if wrong else 200,
        agreement=asked.agreement,
        signature=asked.signature,
        texts=asked.texts,
        self_made=settings.signing_certificate is None,
        level=level_of(settings),
        wrong=wrong,
    )


async def _asked(request: PortalRequest, agreement: UUID) -> ToCountersign:
    async with work(request) as unit:
        asked = await signing.paper_to_sign(unit, agreement)
    if asked is None:
        raise Refused
    return asked


@post("/countersign/{agreement:uuid}", opt=signed_in(Role.COMPLIANCE, keeps=False))
async def countersign(request: PortalRequest, agreement: FromPath[UUID]) -> Response[str] | Response[bytes]:
    """Make the paper, sign it, and sign for the operator with it: all of it, or nothing."""
    asked, settings = await _asked(request, agreement), visit(request).kit.settings
    try:
        certificate = operators(settings, datetime.now(UTC))
        pdf = await _signed(request, asked, certificate)
    except CertificateBroken:
        return await _page(request, agreement, NOT_SIGNED["certificate"])
    except NotStamped:
        return await _page(request, agreement, NOT_SIGNED["stamp"])
    except (WorkFailed, MissingGlyph):
        return await _page(request, agreement, NOT_SIGNED["paper"])
    fingerprint = bytes.fromhex(certificate.fingerprint)
    async with work(request) as unit:
        answer = await signing.countersign(
            unit, asked, pdf, fingerprint, self_made=certificate.self_made, level=level_of(settings)
        )
    if answer is None:
        raise Refused
    if answer in NOT_SIGNED:
        return await _page(request, agreement, NOT_SIGNED[answer])
    if answer == "overtaken":
        return lead_on(request, LIST, OVERTAKEN)
    return lead_on(request, LIST, DONE, number=asked.agreement["number"])


async def _signed(request: PortalRequest, asked: ToCountersign, certificate: Certificate) -> bytes:
    """The paper, set in type in a worker, with the operator's signature."""
    workshop: Workshop = request.app.state.workshop
    settings = visit(request).kit.settings
    made = asked.paper(certificate.fingerprint, self_made=certificate.self_made, level=level_of(settings))
    return await signed(await workshop.pool.run(set_paper, made), certificate, settings)


routes = [waiting, show_waiting, countersign]
