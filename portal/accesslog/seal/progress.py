"""How far a verification came, in a file: one that was cut off can be gone on with."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path

from portal.accesslog.seal.tree import Tree
from portal.own_files import read_own, write_own


@dataclass(frozen=True, slots=True)
class Progressed:
    """The file, and the key of the log that is verified."""

    file: Path
    key: str

    def read(self) -> Tree | None:
        """The tree that the file remembers; None when it remembers none, or of another log."""
        try:
            kept = json.loads(read_own(self.file) or "{}")
            if kept.get("key") != self.key:
                return None
            size, edges = int(kept["size"]), [b64decode(edge) for edge in kept["edges"]]
            return Tree(size, edges) if size >= 0 and size.bit_count() == len(edges) else None
        except (ValueError, KeyError, AttributeError):
            return None

    def write(self, tree: Tree) -> None:
        """Remember a tree."""
        edges = [b64encode(edge).decode() for edge in tree.edges]
        write_own(self.file, json.dumps({"key": self.key, "size": tree.size, "edges": edges}))

    def forget(self) -> None:
        """The verification came to its end."""
        self.file.unlink(missing_ok=True)
