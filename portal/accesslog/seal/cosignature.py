"""What a witness says of a checkpoint (c2sp.org/tlog-cosignature): that it continues all that it saw before, and when.

Ed25519 over the moment and the checkpoint. The line stands below the log's own signature.
"""

import struct
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from portal.accesslog.seal.note import DASH, Checkpoint, NoteWrong

COSIGNATURE = b"\x04"
LATEST = 253_402_300_799  # the last second of the year 9999: a later one is no moment


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness's name and its public key."""

    name: str
    key: Ed25519PublicKey

    @classmethod
    def read(cls, text: str) -> "Witness":
        """From a line as `text` writes it. Raises NoteWrong."""
        name, _, rest = text.strip().partition("+")
        short, _, encoded = rest.partition("+")
        try:
            raw = b64decode(encoded, validate=True)
            found = cls(name, Ed25519PublicKey.from_public_bytes(raw[1:]))
        except ValueError:
            raise NoteWrong("This is no public key of a witness: `portal witness key` prints it.") from None
        if not name or " " in name or raw[:1] != COSIGNATURE or short != found.id.hex():
            raise NoteWrong("This is no public key of a witness, or its number does not belong to it.")
        return found

    @property
    def text(self) -> str:
        """The line in which a witness's public key is handed on."""
        return f"{self.name}+{self.id.hex()}+{b64encode(COSIGNATURE + self.key.public_bytes_raw()).decode()}"

    @property
    def id(self) -> bytes:
        """Four bytes that name the key."""
        return sha256(self.name.encode() + b"\n" + COSIGNATURE + self.key.public_bytes_raw()).digest()[:4]

    def cosigned(self, checkpoint: Checkpoint, lines: str) -> "tuple[int, str] | None":
        """The seconds since 1970 at which the witness signed the checkpoint, and its line among `lines`; or None."""
        for line in lines.splitlines():
            name, _, encoded = line.removeprefix(DASH).partition(" ")
            if not line.startswith(DASH) or name != self.name:
                continue
            try:
                made = b64decode(encoded, validate=True)
                (at,) = struct.unpack(">Q", made[4:12])
                self.key.verify(made[12:], signed_bytes(checkpoint, at))
            except (InvalidSignature, ValueError, struct.error):
                continue
            if made[:4] == self.id and at <= LATEST:
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
