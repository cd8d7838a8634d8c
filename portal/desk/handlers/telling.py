"""What is told in a report: the words of codes, and who made it when; and the report itself, signed."""

from datetime import UTC, datetime
from typing import Any

from litestar import Response

from portal.agreements.paper.certificate import CertificateBroken, operators
from portal.agreements.paper.signing import NotStamped, signed
from portal.documents.report import Report, set_report
from portal.language import formats
from portal.language.i18n import N_, Undone, gettext
from portal.resume.failures import WorkFailed
from portal.resume.workshop import Workshop
from portal.web.rendering import file_answer, lead_on
from portal.web.visit import PortalRequest, visit

MADE = N_("Made by %(who)s for %(operator)s on %(moment)s (Japanese time), and signed with the operator's certificate.")


TOO_LONG = Undone(
    N_("No PDF was made: it would be too long. Choose a shorter time or more conditions, or take the CSV.")
)
NOT_SIGNED = Undone(N_("No PDF was made: it could not be signed. Try again later, or tell the operator."))


class Telling:
    """The macros of components/words.html in the language in force, as texts."""

    def __init__(self, request: PortalRequest) -> None:
        """For one request."""
        found = visit(request).kit.templates.get_template("components/words.html")
        self._words: Any = found.make_module({})

    def word(self, macro: str, code: str | None) -> str:
        """A code in words; empty for none."""
        return str(getattr(self._words, macro)(code)).strip() if code else ""

    def several(self, macro: str, codes: Any) -> str:
        """Codes in words, one after another."""
        return gettext(", ").join(self.word(macro, code) for code in codes)


def made_by(request: PortalRequest) -> tuple[str, str]:
    """By whom and when a report is made, and the line at its foot."""
    guest = visit(request)
    now = formats.moment(datetime.now(UTC), seconds=True)
    operator = guest.kit.settings.operator_name
    who = guest.viewer.display_name if guest.viewer else ""
    said = gettext(MADE) % {"who": who, "operator": operator, "moment": now}
    return said, f"{operator} · {now}"


async def signed_pdf(request: PortalRequest, report: Report, back: str) -> bytes | Response[bytes]:
    """The report in type, with the operator's signature; or the way back, where it is said what is in the way."""
    try:
        return await _signed(request, report)
    except WorkFailed:
        return lead_on(request, back, TOO_LONG)
    except (CertificateBroken, NotStamped):
        return lead_on(request, back, NOT_SIGNED)


async def _signed(request: PortalRequest, report: Report) -> bytes:
    settings = visit(request).kit.settings
    workshop: Workshop = request.app.state.workshop
    certificate = operators(settings, datetime.now(UTC))
    return await signed(await workshop.pool.run(set_report, report), certificate, settings, "Report of the operator")


def pdf_answer(pdf: bytes | Response[bytes], name: str) -> Response[bytes]:
    """A PDF as a file to keep, byte for byte; or the answer that there is none."""
    return pdf if isinstance(pdf, Response) else file_answer(pdf, "application/pdf", name)
