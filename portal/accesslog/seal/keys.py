"""The key that signs checkpoints, in a folder that the worker alone needs to read.

The file holds one line, `PRIVATE+KEY+name+number+key`, as C2SP's signed notes have it. Beside it lies the public line,
which may be given to anybody.
"""

from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from portal.accesslog.seal.note import NoteWrong, Signer, Verifier
from portal.own_files import read_own, write_own

PRIVATE, PUBLIC = "log.key", "log.pub"
START = "PRIVATE+KEY+"


class KeyMissing(Exception):
    """The log was sealed before with a key that is not there; the message says where it is looked for."""


def load(folder: Path, *, name: str, sealed_before: bool) -> Signer:
    """The log's key; made under `name` when there is none and nothing was sealed yet. Raises KeyMissing, NoteWrong."""
    text = read_own(folder / PRIVATE)
    if text is not None:
        return _read(text)
    if sealed_before:
        raise KeyMissing(
            f"The log was sealed with a key that is not in {folder / PRIVATE}: put it back from its backup."
        )
    made = Signer(name, Ed25519PrivateKey.generate())
    write_own(folder / PRIVATE, _written(made))
    write_own(folder / PUBLIC, made.verifier.text + "\n")
    return made


def _written(signer: Signer) -> str:
    raw = b64encode(Verifier.KIND + signer.key.private_bytes_raw()).decode()
    return f"{START}{signer.name}+{signer.verifier.id.hex()}+{raw}\n"


def _read(text: str) -> Signer:
    name, _, rest = text.strip().removeprefix(START).partition("+")
    try:
        raw = b64decode(rest.partition("+")[2], validate=True)
        found = Signer(name, Ed25519PrivateKey.from_private_bytes(raw[1:]))
    except ValueError:
        found = None
    if found is None or text != _written(found):
        raise NoteWrong("The file of the log's key does not hold one: put it back from its backup.")
    return found
