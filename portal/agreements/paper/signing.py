"""Signing a paper: PAdES B-B, or B-T where a time-stamp authority is configured.

Promise: a paper whose time-stamp could not be had is not signed at all.
"""

import io
from typing import Any

from portal.agreements.paper.certificate import Certificate
from portal.settings import Settings

FIELD = "Operator"
SECONDS = 10


class NotStamped(Exception):
    """The time-stamp authority gave no time-stamp. Nothing was signed."""


async def signed(pdf: bytes, certificate: Certificate, settings: Settings) -> bytes:
    """The paper with the operator's signature. Raises NotStamped."""
    # Loading pyHanko takes a second, which only those who sign need wait for.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError

    authority = HTTPTimeStamper(settings.timestamp_url, timeout=SECONDS) if settings.timestamp_url else None
    said = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=settings.operator_name,
        reason="Countersigned for the operator",
    )
    signer = PdfSigner(said, _signer(certificate), timestamper=authority)
    try:
        made = await signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
    except (TimestampRequestError, OSError, ValueError) as error:
        if authority is None:
            raise
        raise NotStamped from error
    whole: bytes = made.getvalue()
    return whole


def _signer(certificate: Certificate) -> Any:
    from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
    from pyhanko.sign import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    own, *above = load_certs_from_pemder_data(certificate.pem)
    return SimpleSigner(
        signing_cert=own,
        signing_key=load_private_key_from_pemder_data(certificate.key, None),
        cert_registry=SimpleCertificateStore.from_certs([own, *above]),  # type: ignore[no-untyped-call]
    )
