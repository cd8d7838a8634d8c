"""Checking a file with a receipt, on a machine that has neither the portal nor its database.

Promise: what is said to hold was checked here, with keys that the caller gave or that are named as not given.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from portal.accesslog.seal.cosignature import Witness
from portal.accesslog.seal.note import NoteWrong, Verifier
from portal.accesslog.seal.note import read as read_checkpoint
from portal.accesslog.seal.tree import included, leaf_hash
from portal.disclosure.receipts.attached import Attached, take_apart
from portal.disclosure.receipts.bundle import Bundle, Proved
from portal.disclosure.receipts.receipt import VERSION, agrees, told_by
from portal.web.tokens import BadToken, key_of_receipt, read_receipt

NO_RECEIPT = (
    "no_receipt",
    "The file does not end with a receipt. It did not come from a portal like this, or a program saved it anew, or "
    "something was added to it. If the portal's stamp stands on its pages, whoever runs that portal finds it by its "
    "number.",
)
SEVERAL = ("several_receipts", "The file has more than one receipt: one was added to a file that had one already.")
UNKNOWN_KEY = (
    "key_unknown",
    "No key that is known here signed the receipt. Give the portal's public keys with --key, or its proof with "
    "--bundle.",
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that does not agree, by a code and in a sentence."""

    kind: str
    said: str


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A witness that cosigned the checkpoints over both entries, when it did so last, and whether its key was given."""

    witness: str
    at: str
    key_given: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file's receipt says, and whether that holds. `sealed` is None where no bundle was given."""

    receipt: dict[str, Any] | None = None
    wrong: list[Wrong] = field(default_factory=list)
    key: str = ""
    key_given: bool = False
    sealed: bool | None = None
    log_key: str = ""
    log_key_given: bool = False
    cosigned: list[Cosigned] = field(default_factory=list)


def check(
    file: bytes,
    keys: Sequence[dict[str, str]] = (),
    bundle: Bundle | None = None,
    log_keys: Sequence[str] = (),
    witness_keys: Sequence[str] = (),
) -> Checked:
    """Check a file against the public keys of a portal's receipts and of its log, and against a bundle.

    The bundle's own keys count only where none are given. A witness whose key is given has to have cosigned.
    """
    attached = take_apart(file)
    if attached is None:
        return Checked(wrong=[Wrong(*NO_RECEIPT)])
    if take_apart(attached.before) is not None:
        return Checked(wrong=[Wrong(*SEVERAL)])
    known = list(keys) or (bundle.receipt_keys if bundle else [])
    try:
        wanted = key_of_receipt(attached.signed)
        key = next((one for one in known if one.get("kid") == wanted), None)
        if key is None:
            return Checked(wrong=[Wrong(*UNKNOWN_KEY)], key=wanted)
        said = read_receipt(attached.signed, key)
    except BadToken as fault:
        return Checked(wrong=[Wrong("signature", f"The receipt is not what the portal signed ({fault.args[0]}).")])
    wrong = _of_the_file(said, attached)
    given = bool(keys)
    if bundle is None or wrong:
        return Checked(said, wrong, wanted, given)
    faults, log_key = _of_the_log(said, bundle, log_keys)
    cosigned: list[Cosigned] = []
    if not faults:
        cosigned, faults = _of_the_witnesses(bundle, witness_keys)
    return Checked(said, faults, wanted, given, not faults, log_key, bool(log_keys), cosigned if not faults else [])


def _of_the_file(said: dict[str, Any], attached: Attached) -> list[Wrong]:
    if said.get("version") != VERSION:
        return [Wrong("version", "The receipt is of a later version than this program knows.")]
    document = said.get("document", {})
    found = (sha256(attached.before).hexdigest(), len(attached.before), list(astuple(attached.place)))
    if (document.get("sha256"), document.get("bytes"), document.get("place")) == found:
        return []
    return [
        Wrong(
            "another_file",
            "The receipt is genuine and not this file's: its pages were changed, or it is another file's.",
        )
    ]


def _of_the_log(said: dict[str, Any], bundle: Bundle, given: Sequence[str]) -> tuple[list[Wrong], str]:
    """What is wrong with the proof that the log holds the receipt, and the key that signed its checkpoints."""
    shown, left = bundle.entries
    if said.get("leaves") != [leaf_hash(one.entry).hex() for one in bundle.entries]:
        return [Wrong("another_bundle", "The bundle is another receipt's, or an entry in it was changed.")], ""
    try:
        differing = agrees(said, told_by(shown.entry, left.entry))
        left_as = said["document"]["sha256"]
        if f'"document":"{left_as}"' not in left.entry.decode():
            differing.append("document")
    except (KeyError, ValueError, TypeError):
        return [Wrong("another_bundle", "The entries in the bundle are not those of a download.")], ""
    if differing:
        return [Wrong("entries", f"Receipt and entries do not say the same: {', '.join(differing)}.")], ""
    found = {_not_held(one, given or bundle.log_keys) for one in (shown, left)}
    faults = sorted(fault for fault, _ in found if fault)
    return [Wrong("not_in_log", fault) for fault in faults], next((key for _, key in found if key), "")


def _of_the_witnesses(bundle: Bundle, given: Sequence[str]) -> tuple[list[Cosigned], list[Wrong]]:
    """Who cosigned both checkpoints, of the witnesses whose keys are given, or else of those that the bundle names; and
    what is wrong with that: a given one did not, or a line is no cosignature by whom it says."""
    found, wrong = list[Cosigned](), list[Wrong]()
    for key in given or bundle.witness_keys:
        try:
            witness = Witness.read(key)
            signed = [_cosigned(witness, one.checkpoint) for one in bundle.entries]
        except NoteWrong as fault:
            wrong.append(Wrong("cosignature", str(fault)))
            continue
        both = zip(signed, bundle.entries, strict=True)
        doubtful = any(at is None and _is_named(witness, one) for at, one in both)
        if doubtful or (given and None in signed):
            said = f"{witness.name} has not cosigned the checkpoints with the key that is known."
            wrong.append(Wrong("cosignature", said))
        elif None not in signed:
            last = datetime.fromtimestamp(max(at for at in signed if at is not None), UTC)
            found.append(Cosigned(witness.name, f"{last:%Y-%m-%dT%H:%M:%SZ}", bool(given)))
    return found, wrong


def _is_named(witness: Witness, one: Proved) -> bool:
    """Whether a line says that the witness cosigned."""
    return any(witness.signatures(one.checkpoint.partition("\n\n")[2]))


def _cosigned(witness: Witness, note: str) -> int | None:
    found = witness.cosigned(read_checkpoint(note), note.partition("\n\n")[2])
    return None if found is None else found[0]


def _not_held(one: Proved, keys: Sequence[str]) -> tuple[str, str]:
    """Why a log does not hold an entry, or nothing; and the key that signed its checkpoint."""
    for key in keys:
        try:
            checkpoint = read_checkpoint(one.checkpoint, Verifier.read(key))
        except NoteWrong:
            continue
        if included(checkpoint.root, checkpoint.size, one.leaf, leaf_hash(one.entry), one.path):
            return "", key
        return "The bundle does not lead from the entry to the signed checkpoint: the log does not hold it.", key
    return "No key that is known here signed the checkpoint. Give the log's public key with --log-key.", ""
