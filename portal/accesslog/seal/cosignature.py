"""What a witness says of a checkpoint (c2sp.org/tlog-cosignature): that it continues all that it saw before, and when.

Ed25519 over the moment and the checkpoint. The line stands below the log's own signature.
"""

import struct
from base64 import b64encode
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.accesslog.seal.note import DASH, Checkpoint, PublicKey

COSIGNATURE = b"\x04"
LATEST = 253_402_300_799  # the last second of the year 9999: a later one is no moment


class Witness(PublicKey):
    """A witness's name and its public key."""

    __slots__ = ()
    KIND = COSIGNATURE
    NO_KEY = "This is no public key of a witness: `portal witness key` prints it."
    OTHER_KEY = "This is no public key of a witness, or its number does not belong to it."

    @classmethod
    def can_be_called(cls, name: str) -> bool:
        """A name stands before a blank in the line of a cosignature."""
        return bool(name) and " " not in name

    def cosigned(self, checkpoint: Checkpoint, lines: str) -> "tuple[int, str] | None":
        """The seconds since 1970 at which the witness signed the checkpoint, and its line among `lines`; or None."""
        for line, made in self.signatures(lines):
            try:
                (at,) = struct.unpack(">Q", made[:8])
                self.key.verify(made[8:], signed_bytes(checkpoint, at))
            except (InvalidSignature, ValueError, struct.error):
                continue
            if at <= LATEST:
                return at, line
        return None


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness's name and its private key."""

    name: str
    key: Ed25519PrivateKey

    @property
    def witness(self) -> Witness:
        """What others need to check its cosignatures."""
        return Witness(self.name, self.key.public_key())

    def line(self, checkpoint: Checkpoint, at: int) -> str:
        """The line with the cosignature at so many seconds since 1970."""
        made = self.witness.id + struct.pack(">Q", at) + self.key.sign(signed_bytes(checkpoint, at))
        return f"{DASH}{self.name} {b64encode(made).decode()}\n"


def signed_bytes(checkpoint: Checkpoint, at: int) -> bytes:
    """What a witness signs."""
    return f"cosignature/v1\ntime {at}\n{checkpoint.text}".encode()
