"""What a worker answers, read without believing it.

Promise: a worker that a hostile file has taken over can answer wrongly, and make the portal's own process
do nothing: an answer is made of plain values and of the few kinds named here, and of no function.
"""

import io
import pickle

from portal.documents.cleaning import CleanDocument, CleanPhoto
from portal.documents.refusals import Reason, Refused
from portal.documents.sniffing import Kind
from portal.resume.failures import NotConfined, WorkBroken

_KINDS: dict[tuple[str, str], type] = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (CleanDocument, CleanPhoto, Kind, Refused, Reason, WorkBroken, NotConfined, MemoryError)
}


class Forged(Exception):
    """What came is no answer of ours."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> type:
        try:
            return _KINDS[module, name]
        except KeyError:
            raise Forged("an answer may not hold that") from None


def read_answer(answer: bytes) -> object:
    """What the task returned; raises what it raised, or Forged."""
    try:
        outcome, value = _Reader(io.BytesIO(answer)).load()
    except Forged:
        raise
    except Exception as error:  # whatever pickle makes of bytes that somebody chose
        raise Forged(type(error).__name__) from None
    if outcome == "done":
        return value
    if outcome == "raised" and isinstance(value, Refused) and isinstance(value.reason, Reason):
        raise value
    if outcome == "raised" and isinstance(value, WorkBroken | NotConfined | MemoryError):
        raise value
    raise Forged("neither done nor raised")
