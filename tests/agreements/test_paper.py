"""The signed paper: what stands on it, and that two programs which share no code find it whole, or changed."""

import io
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from portal.agreements.paper.certificate import CertificateBroken, operators
from portal.agreements.paper.content import Text
from portal.agreements.paper.setting import set_paper
from portal.agreements.paper.signing import NotStamped, level_of, signed
from portal.agreements.paper.written_once import write_once
from portal.documents.refusals import MissingGlyph
from portal.settings import Settings
from tests.agreements.papers import Authority, authority, paper, time_stamps


@pytest.fixture(scope="module")
def plain() -> bytes:
    """The paper before it is signed."""
    return set_paper(paper())


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """An authority of our own."""
    return authority(tmp_path_factory.mktemp("authority"))


def _settings(home: Path, **given: object) -> Settings:
    return Settings(home=home, operator_name="Shokai", **given)  # type: ignore[arg-type]


def _configured(home: Path, own: Authority, *, revoked: str = "", **given: object) -> Settings:
    certificate, key = own.issue("Shokai", revoked=revoked)
    return _settings(home, signing_certificate=certificate, signing_key=key, **given)


async def _at_level(level: str, plain: bytes, home: Path, own: Authority) -> bytes:
    """The paper, signed at this level with the authority's help, which has gone when it comes back."""
    with time_stamps(own) as address:
        given: dict[str, object] = {} if level == "B-B" else {"timestamp_url": address}
        if level == "B-LTA":
            given |= {"timestamp_certificates": own.root_file}
        settings = _configured(home, own, revoked=f"{address}revoked", **given)
        assert level_of(settings) == level
        return await _signed(plain, settings)


async def _signed(plain: bytes, settings: Settings) -> bytes:
    return await signed(plain, operators(settings, datetime.now(UTC)), settings)


async def _judged(pdf: bytes, own: Authority) -> tuple[bool, bool, str]:
    """pyHanko's own validator: whole and trusted, with a time-stamp that holds, and how much is covered."""
    from pyhanko.keys import load_certs_from_pemder
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import async_validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    embedded = PdfFileReader(io.BytesIO(pdf)).embedded_signatures[0]
    roots = list(load_certs_from_pemder([str(own.root_file)]))  # type: ignore[no-untyped-call]
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    found = await async_validate_pdf_signature(embedded, context)
    stamp = found.timestamp_validity
    assert found.coverage is not None
    return found.bottom_line, stamp is not None and stamp.trusted and stamp.valid, found.coverage.name


async def _judged_for_long(pdf: bytes, own: Authority) -> tuple[bool, list[str]]:
    """pyHanko's validator of B-LTA, by what stands in the file and nothing else; and how much each signature covers."""
    from pyhanko.keys import load_certs_from_pemder
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.ades.report import AdESPassed
    from pyhanko.sign.validation.ades import ades_lta_validation
    from pyhanko.sign.validation.policy_decl import (
        PdfSignatureValidationSpec,
        RevinfoOnlineFetchingRule,
        RevocationInfoGatheringSpec,
        SignatureValidationSpec,
    )
    from pyhanko_certvalidator.context import CertValidationPolicySpec
    from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
    from pyhanko_certvalidator.registry import SimpleTrustManager

    reader = PdfFileReader(io.BytesIO(pdf))
    roots = load_certs_from_pemder([str(own.root_file)])  # type: ignore[no-untyped-call]
    trusted = SimpleTrustManager.build(list(roots))
    rules = SignatureValidationSpec(
        CertValidationPolicySpec(trusted, CertRevTrustPolicy(REQUIRE_REVINFO)),
        RevocationInfoGatheringSpec(online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY),
    )
    found = await ades_lta_validation(reader.embedded_signatures[0], PdfSignatureValidationSpec(rules))
    for one in reader.embedded_signatures:
        one.compute_integrity_info()
    covered = [one.evaluate_signature_coverage().name for one in reader.embedded_signatures]
    return found.ades_subindic == AdESPassed.OK, covered


def _pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler says. Its exit code is 0 for a changed file, too: the words count."""
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False)  # noqa: S607
    return done.stdout


def _text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_paper_says_how_it_was_signed(plain: bytes) -> None:
    said = "".join(_text(plain).split())
    one = paper()
    wanted = [
        one.number, str(one.agreement), *(text.digest for text in one.texts), one.terms_digest,
        one.company.name, str(one.company.corporate_number), one.operator.name,
        one.signature.name, one.signature.title, one.signature.authority, one.signature.email,
        one.signature.declaration_digest, "2026-11-29T01:02:03Z", "2026-11-29T00:58:03Z",
        str(one.signature.ip), str(one.signature.agent), str(one.signature.entry),
        one.countersignature.name, one.countersignature.certificate, "2026-11-29T02:02:03Z",
        "第1条（目的の限定）", "Article1(Purposes)", "反社会的勢力の排除に関する表明（第1版）",
    ]  # fmt: skip
    assert [each for each in wanted if "".join(each.split()) not in said] == []
    assert "madebytheportalitself" not in said


def test_a_self_made_certificate_is_called_so(plain: bytes) -> None:
    from dataclasses import replace

    made = paper(countersignature=replace(paper().countersignature, self_made=True))
    assert "madebytheportalitself" in "".join(_text(set_paper(made)).split())


def test_a_letter_that_would_be_a_box_is_not_printed() -> None:
    with pytest.raises(MissingGlyph):
        set_paper(paper(texts=(Text("ja", "契約書\n\n\U0001f9ff\ue000"),)))


async def test_both_validators_find_it_whole(plain: bytes, own: Authority, tmp_path: Path) -> None:
    made = await _signed(plain, _configured(tmp_path, own))
    assert await _judged(made, own) == (True, False, "ENTIRE_FILE")
    said = _pdfsig(made, tmp_path)
    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


async def test_a_time_stamp_is_had_and_holds(plain: bytes, own: Authority, tmp_path: Path) -> None:
    with time_stamps(own) as address:
        made = await _signed(plain, _configured(tmp_path, own, timestamp_url=address))
    assert await _judged(made, own) == (True, True, "ENTIRE_FILE")
    assert "Signature is Valid." in _pdfsig(made, tmp_path)


async def test_without_the_time_stamp_that_is_configured_nothing_is_signed(
    plain: bytes, own: Authority, tmp_path: Path
) -> None:
    with time_stamps(own) as address:
        pass
    with pytest.raises(NotStamped):
        await _signed(plain, _configured(tmp_path, own, timestamp_url=address))


async def test_what_is_signed_for_long_is_judged_by_the_file_alone(
    plain: bytes, own: Authority, tmp_path: Path
) -> None:
    made = await _at_level("B-LTA", plain, tmp_path, own)
    assert await _judged_for_long(made, own) == (True, ["ENTIRE_REVISION", "ENTIRE_FILE"])
    said = _pdfsig(made, tmp_path)
    assert "Signature is Valid." in said
    assert "Signature #2" in said, "the archive time-stamp, which poppler does not judge"


async def test_what_cannot_be_judged_for_long_is_not_signed_at_all(
    plain: bytes, own: Authority, tmp_path: Path
) -> None:
    with time_stamps(own) as address:  # nobody says what was revoked of the operator's certificate
        settings = _configured(tmp_path, own, timestamp_url=address, timestamp_certificates=own.root_file)
        with pytest.raises(NotStamped):
            await _signed(plain, settings)


async def test_the_portals_own_certificate_is_signed_for_long_too(plain: bytes, own: Authority, tmp_path: Path) -> None:
    with time_stamps(own) as address:
        settings = _settings(tmp_path, timestamp_url=address, timestamp_certificates=own.root_file)
        made = await _signed(plain, settings)
    assert "Signature #2" in _pdfsig(made, tmp_path)


@pytest.mark.parametrize("part", [0.1, 0.5, 0.8])
@pytest.mark.parametrize("level", ["B-B", "B-T", "B-LTA"])
async def test_one_changed_byte_is_found_by_both(
    plain: bytes, own: Authority, tmp_path: Path, level: str, part: float
) -> None:
    made = bytearray(await _at_level(level, plain, tmp_path, own))
    made[int(len(plain) * part)] ^= 1
    with_change = bytes(made)
    assert "Signature is Valid." not in _pdfsig(with_change, tmp_path)
    try:
        if level == "B-LTA":
            whole, _ = await _judged_for_long(with_change, own)
        else:
            whole, _, _ = await _judged(with_change, own)
    except Exception as error:  # a byte of the file's own structure: it is read by no program
        assert type(error).__module__.startswith("pyhanko")  # noqa: PT017
    else:
        assert not whole


async def test_a_changed_byte_in_what_the_archive_time_stamp_alone_covers_is_found(
    plain: bytes, own: Authority, tmp_path: Path
) -> None:
    made = await _at_level("B-LTA", plain, tmp_path, own)
    at = made.rindex(b"/DSS")
    changed = made[:at] + b"/DST" + made[at + 4 :]
    try:
        whole, _ = await _judged_for_long(changed, own)
    except Exception as error:
        assert type(error).__module__.startswith("pyhanko")  # noqa: PT017
    else:
        assert not whole


def test_a_value_within_forty_others_is_written_in_this_century() -> None:
    from asn1crypto.core import SequenceOf

    class Within(SequenceOf):  # type: ignore[misc]  # asn1crypto says nothing about types
        pass

    Within._child_spec = Within
    write_once()
    made = Within([])
    for _level in range(40):
        made = Within([made])
    assert made.dump() == b"".join(b"\x30" + bytes([2 * level]) for level in range(40, -1, -1))


async def test_what_is_appended_is_found(plain: bytes, own: Authority, tmp_path: Path) -> None:
    made = await _signed(plain, _configured(tmp_path, own))
    more = made + b"\n% more\n"
    assert "Not total document signed" in _pdfsig(more, tmp_path)
    assert (await _judged(more, own))[2] != "ENTIRE_FILE"


async def test_the_portals_own_certificate_is_made_once_and_kept(plain: bytes, own: Authority, tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    made = operators(settings, datetime.now(UTC))
    assert made.self_made
    assert operators(settings, datetime.now(UTC)) == made
    kept = tmp_path / "signing" / "self-made.pem"
    assert [path.name for path in kept.parent.iterdir()] == ["self-made.pem"]
    assert kept.stat().st_mode & 0o777 == 0o600
    paper = await _signed(plain, settings)
    assert "Signature is Valid." in _pdfsig(paper, tmp_path)
    assert "Shokai (self-made)" in _pdfsig(paper, tmp_path)
    assert (await _judged(paper, own))[0] is False  # nobody vouches for it


def test_a_certificate_that_cannot_sign_is_named(own: Authority, tmp_path: Path) -> None:
    certificate, _ = own.issue("Shokai")
    _, others = own.issue("Somebody else")
    over, overs_key = own.issue("Over", days=-1)
    broken = tmp_path / "broken.pem"
    broken.write_text("no key")
    for one, two, said in (
        (certificate, others, "PORTAL_SIGNING_KEY"),
        (certificate, broken, "without a password"),
        (over, overs_key, "its time ends"),
    ):
        settings = _settings(tmp_path, signing_certificate=one, signing_key=two)
        with pytest.raises(CertificateBroken, match=said):
            operators(settings, datetime.now(UTC))
