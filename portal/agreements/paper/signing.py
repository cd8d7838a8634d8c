"""Signing a paper: PAdES B-B; B-T where a time-stamp authority is configured; B-LTA where its certificates are as well.

Promise: a paper that cannot be signed at the level that is configured, which stands on it, is not signed at all.
"""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from portal.agreements.paper.certificate import Certificate, CertificateBroken
from portal.agreements.paper.content import Level
from portal.agreements.paper.written_once import write_once
from portal.settings import Settings

FIELD = "Operator"
SECONDS = 10


class NotStamped(Exception):
    """There was no time-stamp, or what B-LTA needs beside it could not be had. Nothing was signed."""


def level_of(settings: Settings) -> Level:
    """The level at which papers are signed by these settings."""
    if settings.timestamp_url is None:
        return "B-B"
    return "B-T" if settings.timestamp_certificates is None else "B-LTA"


async def signed(
    pdf: bytes, certificate: Certificate, settings: Settings, reason: str = "Countersigned for the operator"
) -> bytes:
    """The paper with the operator's signature. Raises NotStamped, and CertificateBroken."""
    # Loading pyHanko takes a second, which only those who sign need wait for.
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers.pdf_signer import DSSContentSettings, TimestampDSSContentSettings
    from pyhanko.sign.timestamps import HTTPTimeStamper

    write_once()
    authority = HTTPTimeStamper(settings.timestamp_url, timeout=SECONDS) if settings.timestamp_url else None
    async with _judging(certificate, settings) as context:
        said = PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=settings.operator_name,
            reason=reason,
            validation_context=context,
            embed_validation_info=context is not None,
            use_pades_lta=context is not None,
            # What is needed to judge the time-stamps comes before the last of them, which so covers the whole file.
            dss_settings=DSSContentSettings(
                next_ts_settings=TimestampDSSContentSettings(include_vri=False, update_before_ts=True)
            ),
        )
        signer = PdfSigner(said, _signer(certificate), timestamper=authority)
        try:
            made = await signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)))
        except _troubles() as error:
            if authority is None:
                raise
            raise NotStamped from error
    whole: bytes = made.getvalue()
    return whole


def _troubles() -> tuple[type[Exception], ...]:
    """What goes wrong when others do not answer: the authority itself, or whoever says what was revoked."""
    from pyhanko.sign.timestamps import TimestampRequestError
    from pyhanko_certvalidator.errors import PathError, ValidationError

    return TimestampRequestError, PathError, ValidationError, OSError, ValueError


@asynccontextmanager
async def _judging(certificate: Certificate, settings: Settings) -> AsyncIterator[Any]:
    """By what the signature is judged while it is made, for B-LTA: whoever vouches for operator and authority, and what
    was revoked, which is fetched where the certificates say. None for the other levels."""
    if level_of(settings) != "B-LTA":
        yield None
        return
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.fetchers.aiohttp_fetchers import AIOHttpFetcherBackend

    own = list(load_certs_from_pemder_data(certificate.pem))
    above = list(load_certs_from_pemder_data(_authoritys(settings)))
    fetching = AIOHttpFetcherBackend(per_request_timeout=SECONDS)
    try:
        yield ValidationContext(
            trust_roots=[own[-1], *(one for one in above if one.self_issued)],
            other_certs=[*own, *above],
            allow_fetching=True,
            fetcher_backend=fetching,
            revocation_mode="require",
        )
    finally:
        await fetching.close()  # type: ignore[no-untyped-call]


def _authoritys(settings: Settings) -> bytes:
    """The certificates of the time-stamp authority's own authorities."""
    assert settings.timestamp_certificates is not None, "asked for B-LTA alone"
    try:
        return settings.timestamp_certificates.read_bytes()
    except OSError:
        raise CertificateBroken("PORTAL_TIMESTAMP_CERTIFICATES cannot be read") from None


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
