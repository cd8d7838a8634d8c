"""The QR code of a stamp, square for square."""

from hashlib import sha256

from portal.documents.qr import modules

# What segno 1.6.6 makes of the same text at level L with mask 3. The texts fill their code, so that nothing is padded.
KNOWN = {"x" * 53: "418fc61a1eb7466b", "y" * 78: "5483eceb840d519a", "z" * 106: "27ddc7442d937e35"}


def test_it_is_what_another_program_draws() -> None:
    for text, digest in KNOWN.items():
        drawn = modules(text)
        assert drawn is not None
        assert len(drawn) == {53: 29, 78: 33, 106: 37}[len(text)]
        assert sha256("".join("01"[dark] for line in drawn for dark in line).encode()).hexdigest()[:16] == digest


def test_what_does_not_fit_has_none() -> None:
    assert modules("") is None
    assert modules("x" * 107) is None
