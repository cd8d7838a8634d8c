"""Whether a form that comes along with a change of language was touched at all.

A form that nobody has touched says, as a digest, what a browser sends of it as it stands. What comes back with the same
was not touched, and its page is shown as any other, not as a filled form. Nothing that counts is decided by it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

STANDS = "stands"


def digest(pairs: Iterable[tuple[str, str]]) -> str:
    """Stands for the fields that hold something. Browsers end lines in \\r\\n."""
    held = sorted((name, value.replace("\r\n", "\n")) for name, value in pairs if value)
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()[:32]


def is_untouched(sent: Mapping[str, Sequence[str]], besides: Iterable[str]) -> bool:
    """Whether a form came back as it stood. `besides` are the names of what is no field of it."""
    apart = {STANDS, *besides}
    pairs = [(name, one) for name, values in sent.items() if name not in apart for one in values]
    return sent.get(STANDS) == [digest(pairs)]
