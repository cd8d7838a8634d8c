"""The tree of RFC 6962 over leaves that only grow in number: hashes, roots, and proofs by them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH_BYTES = 32
EMPTY = sha256().digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf's bytes."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of what two subtrees come to."""
    return sha256(b"\x01" + left + right).digest()


@dataclass
class Tree:
    """A tree of `size` leaves, known by the roots of its whole subtrees from left to right, the largest first."""

    size: int = 0
    edges: list[bytes] = field(default_factory=list)

    def add(self, edge: bytes, leaves: int = 1) -> None:
        """Put a leaf's hash on the right; or the root of a subtree of so many leaves, a power of two that divides the
        size."""
        self.edges.append(edge)
        self.size += leaves
        whole = self.size // leaves
        while whole % 2 == 0:
            right, left = self.edges.pop(), self.edges.pop()
            self.edges.append(node_hash(left, right))
            whole //= 2

    @property
    def root(self) -> bytes:
        """The hash over all leaves."""
        if not self.edges:
            return EMPTY
        found = self.edges[-1]
        for left in reversed(self.edges[:-1]):
            found = node_hash(left, found)
        return found


def levels_over(leaves: bytes, most: int) -> list[bytes]:
    """The hashes of these leaves, one behind the other; those of their pairs; and so on, up to subtrees of `most`."""
    levels, width, node = [leaves], 1, sha256(b"\x01").copy
    while (width := 2 * width) <= most:
        below, above = levels[-1], list[bytes]()
        for at in range(0, len(below) - 2 * HASH_BYTES + 1, 2 * HASH_BYTES):
            hashed = node()  # as `node_hash`; to go on from the first byte costs less than to put it in front
            hashed.update(below[at : at + 2 * HASH_BYTES])
            above.append(hashed.digest())
        levels.append(b"".join(above))
    return levels


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The hash over these leaves' hashes."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root


def inclusion(leaves: Sequence[bytes], number: int) -> list[bytes]:
    """The hashes that lead from leaf `number` to the root, the nearest first (RFC 6962, 2.1.1)."""
    if len(leaves) <= 1:
        return []
    split = _split(len(leaves))
    if number < split:
        return [*inclusion(leaves[:split], number), root_of(leaves[split:])]
    return [*inclusion(leaves[split:], number - split), root_of(leaves[:split])]


def path_under(number: int, before: int, edges: Sequence[bytes], leaves: Sequence[bytes]) -> list[bytes]:
    """The hashes from leaf `number` to the root of the tree of `before` leaves and the `leaves` that came after.

    `edges` are the whole subtrees of the former, from left to right. The leaf is one of the latter.
    """
    spans: dict[tuple[int, int], bytes] = {}
    start = 0
    for edge in edges:
        width = 1 << (before - start).bit_length() - 1
        spans[start, start + width] = edge
        start += width

    def root(low: int, high: int) -> bytes:
        if (low, high) in spans:
            return spans[low, high]
        if low >= before:
            return root_of(leaves[low - before : high - before])
        split = low + (1 << (high - low - 1).bit_length() - 1)
        return node_hash(root(low, split), root(split, high))

    low, high, path = 0, before + len(leaves), list[bytes]()
    while low < before or high - low > 1:
        if low >= before:
            return [*inclusion(leaves[low - before : high - before], number - low), *path]
        split = low + (1 << (high - low - 1).bit_length() - 1)
        if number < split:
            path.insert(0, root(split, high))
            high = split
        else:
            path.insert(0, root(low, split))
            low = split
    return path


def included(root: bytes, size: int, number: int, leaf: bytes, path: Sequence[bytes]) -> bool:
    """Whether a leaf is that of this number in the tree with this root and size (RFC 9162, 2.1.3.2)."""
    if not 0 <= number < size:
        return False
    at, last, found = number, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if at % 2 or at == last:
            found = node_hash(other, found)
            while at % 2 == 0 and at:
                at, last = at // 2, last // 2
        else:
            found = node_hash(found, other)
        at, last = at // 2, last // 2
    return last == 0 and found == root


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
