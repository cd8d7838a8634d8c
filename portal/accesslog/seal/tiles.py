"""The tree as tiles (c2sp.org/tlog-tiles): files of 256 hashes each, from which anybody can reckon it anew.

A tile of level 0 holds hashes of leaves, one of the next level the roots of whole tiles below it. The last tile of a
level may hold fewer; its path then says how many.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from portal.accesslog.seal.tree import HASH_BYTES, Tree, root_of

WIDTH = 256
Tile = tuple[str, bytes]


def path(level: int, number: int, width: int = WIDTH) -> str:
    """Where a tile is found, below the place of the log."""
    pieces = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        pieces.insert(0, f"x{number % 1000:03}")
    return f"tile/{level}/{'/'.join(pieces)}" + (f".p/{width}" if width < WIDTH else "")


def parts(whole: str) -> str:
    """The folder in which a tile's earlier, shorter versions lie."""
    return f"{whole}.p"


def hashes(tile: bytes) -> list[bytes]:
    """The hashes of a tile."""
    return [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]


def last_of(size: int) -> Iterator[tuple[int, int, int]]:
    """Of a tree of this size, level, number and width of each tile that is not whole, and has something in it."""
    level = 0
    while count := size >> 8 * level:
        if count % WIDTH:
            yield level, count // WIDTH, count % WIDTH
        level += 1


@dataclass
class Edge:
    """The right-hand edge of a tree in tiles: of each level the hashes of the tile that is not whole yet."""

    size: int = 0
    rows: list[list[bytes]] = field(default_factory=list)

    def add(self, leaf: bytes) -> Iterator[Tile]:
        """Put a leaf's hash on the right; the tiles that became whole by it."""
        self.size += 1
        level, found = 0, leaf
        while True:
            if level == len(self.rows):
                self.rows.append([])
            row = self.rows[level]
            row.append(found)
            if len(row) < WIDTH:
                return
            yield path(level, (self.size >> 8 * (level + 1)) - 1), b"".join(row)
            found = root_of(row)
            row.clear()
            level += 1

    def shorter(self) -> Iterator[Tile]:
        """The tiles that are not whole."""
        for level, number, width in last_of(self.size):
            yield path(level, number, width), b"".join(self.rows[level])

    @property
    def tree(self) -> Tree:
        """The same tree by the roots of its whole subtrees."""
        edges: list[bytes] = []
        for row in reversed(self.rows):
            at = 0
            for power in reversed(range(8)):
                if len(row) >> power & 1:
                    edges.append(root_of(row[at : at + (1 << power)]))
                    at += 1 << power
        return Tree(self.size, edges)
