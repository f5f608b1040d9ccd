"""Merkle trees by RFC 9162: roots, proofs, and checking them. Pure; it knows no table and no key.

Only complete subtrees are ever stored, and they never change: a place is the pair of a level and
an index, and stands for the leaves from ``index << level`` on, ``1 << level`` of them. Appending
a leaf and making a proof read and hash a number of places that grows with the logarithm of the
tree, so a tree of a million leaves is never computed anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

#: A complete subtree: its level above the leaves and its index on that level.
Place = tuple[int, int]
#: The leaves of one subtree of a tree, complete or not: the first, and the one behind the last.
Span = tuple[int, int]
#: The root of a tree without leaves.
EMPTY = hashlib.sha256(b"").digest()


def position(place: Place) -> int:
    """A place as one number: its twos tell the level, its odd part the index."""
    level, index = place
    return (2 * index + 1) << level


def hash_leaf(leaf: bytes) -> bytes:
    """The hash of a leaf; its prefix keeps it apart from any inner node."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def hash_pair(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def grow(
    size: int, edge: Sequence[bytes], hashes: Iterable[bytes]
) -> Iterator[tuple[Place, bytes]]:
    """Every complete subtree that comes to be when leaves are appended to a tree of ``size``.

    ``edge`` holds the hashes of ``peaks((0, size))``, ``hashes`` those of the new leaves: nothing
    else of the tree is needed.
    """
    standing = list(edge)
    for number, found in enumerate(hashes, size):
        level, index, top = 0, number, found
        yield (level, index), top
        while index & 1:
            level, index, top = level + 1, index >> 1, hash_pair(standing.pop(), top)
            yield (level, index), top
        standing.append(top)


def peaks(span: Span) -> list[Place]:
    """The complete subtrees of which a subtree consists, the largest first."""
    at, end = span
    places = []
    while at < end:
        level = (end - at).bit_length() - 1
        places.append((level, at >> level))
        at += 1 << level
    return places


def hash_span(span: Span, nodes: Mapping[Place, bytes]) -> bytes:
    """The hash of a subtree. Raises KeyError for a place that is not among ``nodes``."""
    found = [nodes[place] for place in reversed(peaks(span))]
    return reduce(lambda right, left: hash_pair(left, right), found) if found else EMPTY


def inclusion_spans(index: int, size: int) -> list[Span]:
    """The subtrees whose hashes prove that a leaf is in a tree of ``size``, lowest first.

    Raises ValueError for a leaf that the tree does not have.
    """
    if not 0 <= index < size:
        raise ValueError("the tree has no such leaf")
    spans, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(first: int, second: int) -> list[Span]:
    """The subtrees whose hashes prove that a tree of ``second`` leaves continues one of ``first``.

    Raises ValueError unless 0 < first ≤ second.
    """
    if not 0 < first <= second:
        raise ValueError("only a tree with leaves can be continued by a larger one")
    spans, start, end = [], 0, second
    while end != first:
        middle = start + _split(end - start)
        if first <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    if start:
        # The old tree ends inside this subtree; without it only its root as a whole is needed.
        spans.append((start, end))
    return spans[::-1]


def places_of(spans: Iterable[Span]) -> set[Place]:
    """Every place that must be read to hash these subtrees."""
    return {place for span in spans for place in peaks(span)}


def proves_inclusion(
    leaf_hash: bytes, *, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether a path shows that a leaf stands at ``index`` in the tree with this root."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf_hash
    for sibling in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = hash_pair(sibling, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = hash_pair(found, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def proves_consistency(
    *, first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether a path shows that the second tree begins with all leaves of the first, in order."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    # A complete first tree is itself the first step; its root is known and not sent.
    steps = [first_root, *path] if first & (first - 1) == 0 else list(path)
    if not steps:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = hash_pair(step, old), hash_pair(step, new)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            new = hash_pair(new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _split(count: int) -> int:
    """The largest power of two below ``count``: where a subtree of more than one leaf divides."""
    return 1 << ((count - 1).bit_length() - 1)
