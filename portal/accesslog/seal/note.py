"""Signed notes and checkpoints as C2SP describes them (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), by Ed25519.

A checkpoint is three lines: the log's name, how many leaves, and the root in base64. Below an empty line stand the
signatures, one a line. Any number of them may be added by others who looked at the log.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

DASH = "\u2014 "  # what a line with a signature begins with


class NoteWrong(Exception):
    """It is no checkpoint, or nobody whose key is known has signed it; the message says which."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How large a log was, and the root of its tree then."""

    name: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.name}\n{self.size}\n{b64encode(self.root).decode()}\n"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A name and the public key that belongs to it; what it is a key for is told by the byte before it."""

    name: str
    key: Ed25519PublicKey
    KIND: ClassVar[bytes]
    NO_KEY: ClassVar[str]
    OTHER_KEY: ClassVar[str]

    @classmethod
    def read(cls, text: str) -> Self:
        """From a line as `text` writes it. Raises NoteWrong."""
        name, _, rest = text.strip().partition("+")
        short, _, encoded = rest.partition("+")
        try:
            raw = b64decode(encoded, validate=True)
            found = cls(name, Ed25519PublicKey.from_public_bytes(raw[1:]))
        except ValueError:
            raise NoteWrong(cls.NO_KEY) from None
        if not cls.can_be_called(name) or raw[:1] != cls.KIND or short != found.id.hex():
            raise NoteWrong(cls.OTHER_KEY)
        return found

    @classmethod
    def can_be_called(cls, name: str) -> bool:
        """Whether a key of this kind can have the name."""
        return True

    @property
    def text(self) -> str:
        """The line in which a public key is handed on."""
        return f"{self.name}+{self.id.hex()}+{b64encode(self.KIND + self.key.public_bytes_raw()).decode()}"

    @property
    def id(self) -> bytes:
        """Four bytes that name the key."""
        return sha256(self.name.encode() + b"\n" + self.KIND + self.key.public_bytes_raw()).digest()[:4]

    def signatures(self, lines: str) -> Iterator[tuple[str, bytes]]:
        """The lines that say they are by this key, and what stands in each behind the four bytes that name it.

        Whether the key made it is not looked at here.
        """
        for line in lines.splitlines():
            name, _, encoded = line.removeprefix(DASH).partition(" ")
            if not line.startswith(DASH) or name != self.name:
                continue
            try:
                made = b64decode(encoded, validate=True)
            except ValueError:
                continue
            if made[:4] == self.id:
                yield line, made[4:]


class Verifier(PublicKey):
    """A log's name and its public key."""

    __slots__ = ()
    KIND = b"\x01"
    NO_KEY = "This is no public key of a log: it is a line such as name+1a2b3c4d+AbC…"
    OTHER_KEY = "The public key and the number in its line do not belong together."


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and the private key that signs for it."""

    name: str
    key: Ed25519PrivateKey

    @property
    def verifier(self) -> Verifier:
        """What others need to check the signatures."""
        return Verifier(self.name, self.key.public_key())

    def signed(self, checkpoint: Checkpoint) -> str:
        """The checkpoint as a note with this signature."""
        return f"{checkpoint.text}\n{self.signature(checkpoint)}"

    def signature(self, checkpoint: Checkpoint) -> str:
        """The line with this signature, which may stand below others'."""
        made = self.verifier.id + self.key.sign(checkpoint.text.encode())
        return f"{DASH}{self.name} {b64encode(made).decode()}\n"


def read(note: str, *known: Verifier) -> Checkpoint:
    """The checkpoint of a note that each of the `known` has signed. Raises NoteWrong."""
    text, between, signatures = note.partition("\n\n")
    lines = text.split("\n")
    if not between or len(lines) != 3 or not (lines[1].isascii() and lines[1].isdigit()):
        raise NoteWrong("This is no checkpoint: it is three lines, an empty one, and signatures.")
    try:
        found = Checkpoint(lines[0], int(lines[1]), b64decode(lines[2], validate=True))
    except ValueError:
        raise NoteWrong("The third line of the checkpoint is no root in base64.") from None
    if text + "\n" != found.text:
        raise NoteWrong("The checkpoint is not written as checkpoints are.")
    for verifier in known:
        if not any(_is_by(verifier, made, found) for _line, made in verifier.signatures(signatures)):
            raise NoteWrong(f"{verifier.name} has not signed this checkpoint with the key that is known.")
    return found


def _is_by(verifier: Verifier, made: bytes, checkpoint: Checkpoint) -> bool:
    try:
        verifier.key.verify(made, checkpoint.text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True
