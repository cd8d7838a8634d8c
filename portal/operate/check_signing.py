"""What `portal doctor` says about the operator's certificate, by which agreements are signed."""

from datetime import UTC, datetime

from portal.agreements.paper.certificate import CertificateBroken, operators
from portal.agreements.paper.signing import level_of
from portal.operate.checks import Check
from portal.settings import Settings


def certificate_check(settings: Settings) -> Check:
    """Whether agreements can be signed with the certificate that is configured; without one nothing is made here."""
    if settings.signing_certificate is None:
        return Check("certificate", "ok", "none: agreements are signed with one that the portal makes, and say so")
    try:
        found = operators(settings, datetime.now(UTC))
    except CertificateBroken as trouble:
        return Check("certificate", "failed", str(trouble), "Agreements cannot be countersigned until it is mended.")
    return Check("certificate", "ok", f"{found.own.subject.rfc4514_string()}, signing PAdES {level_of(settings)}")
