"""Of the two signatures that anybody can make of one on this curve, a receipt has one: no other file says the same."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

import pytest

from portal.disclosure.receipts import keys
from portal.web.tokens import ORDER, BadToken, ReceiptSigner, read_receipt


def _turned(signed: str) -> str:
    """The same with its other signature."""
    front, _, last = signed.rpartition(".")
    raw = urlsafe_b64decode(last + "==")
    other = raw[:32] + (ORDER - int.from_bytes(raw[32:])).to_bytes(32)
    return f"{front}.{urlsafe_b64encode(other).decode().rstrip('=')}"


def test_its_other_signature_is_refused(tmp_path: Path) -> None:
    signer = ReceiptSigner(keys.newest(tmp_path))
    for number in range(8):
        signed = signer.sign(b'{"version": %d}' % number)
        assert read_receipt(signed, signer.public) == {"version": number}
        assert _turned(_turned(signed)) == signed
        with pytest.raises(BadToken, match="anew"):
            read_receipt(_turned(signed), signer.public)
