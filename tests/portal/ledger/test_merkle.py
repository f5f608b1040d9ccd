"""The tree gives the published hashes, proves what is so, and proves nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.ledger.merkle import (
    EMPTY,
    Place,
    Span,
    consistency_spans,
    grow,
    hash_leaf,
    hash_span,
    inclusion_spans,
    peaks,
    places_of,
    position,
    proves_consistency,
    proves_inclusion,
)

#: The leaves, roots and proofs that the programs of Certificate Transparency are tested with.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        *("", "00", "10", "2021", "3031", "40414243", "5051525354555657"),
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
SECOND = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
SECOND_PAIR = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
SECOND_HALF = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
FIFTH = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
FOURTH_PAIR = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
THIRD_PAIR = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"

Nodes = dict[Place, bytes]


def tree(leaves: list[bytes], size: int = 0, nodes: Nodes | None = None) -> Nodes:
    """The places of a tree, grown on what stands already."""
    nodes = dict(nodes or {})
    edge = [nodes[place] for place in peaks((0, size))]
    nodes.update(grow(size, edge, map(hash_leaf, leaves)))
    return nodes


def read(nodes: Nodes, spans: list[Span]) -> list[bytes]:
    """A proof, made of the places that it says it needs and of no other."""
    found = {place: nodes[place] for place in places_of(spans)}
    return [hash_span(span, found) for span in spans]


def root(nodes: Nodes, size: int) -> bytes:
    return hash_span((0, size), nodes)


@pytest.mark.parametrize("size", range(9))
def test_roots_are_the_published_ones(size: int) -> None:
    assert root(tree(LEAVES[:size]), size).hex() == ROOTS[size]
    assert root(tree(LEAVES), size).hex() == ROOTS[size]
    assert ROOTS[0] == EMPTY.hex()


@pytest.mark.parametrize(
    ("index", "size", "path"),
    [
        (0, 1, []),
        (0, 8, [SECOND, SECOND_PAIR, SECOND_HALF]),
        (5, 8, [FIFTH, FOURTH_PAIR, ROOTS[4]]),
        (2, 3, [ROOTS[2]]),
        (1, 5, [ROOTS[1], SECOND_PAIR, FIFTH]),
    ],
)
def test_inclusion_proofs_are_the_published_ones(index: int, size: int, path: list[str]) -> None:
    made = read(tree(LEAVES), inclusion_spans(index, size))
    assert [step.hex() for step in made] == path


@pytest.mark.parametrize(
    ("first", "second", "path"),
    [
        (1, 1, []),
        (1, 8, [SECOND, SECOND_PAIR, SECOND_HALF]),
        (6, 8, [THIRD_PAIR, FOURTH_PAIR, ROOTS[4]]),
        (2, 5, [SECOND_PAIR, FIFTH]),
    ],
)
def test_consistency_proofs_are_the_published_ones(
    first: int, second: int, path: list[str]
) -> None:
    made = read(tree(LEAVES), consistency_spans(first, second))
    assert [step.hex() for step in made] == path


SIZES = st.integers(1, 130)


def leaves_of(size: int) -> list[bytes]:
    return [number.to_bytes(2) for number in range(size)]


FULL = tree(leaves_of(130))


@given(SIZES, st.data())
def test_every_leaf_is_proved_at_its_place_and_nowhere_else(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = read(FULL, inclusion_spans(index, size))
    leaf, top = hash_leaf(index.to_bytes(2)), root(FULL, size)
    assert proves_inclusion(leaf, index=index, size=size, path=path, root=top)
    other = data.draw(st.integers(-1, size + 1).filter(lambda number: number != index))
    assert not proves_inclusion(leaf, index=other, size=size, path=path, root=top)
    for broken in flipped(path, data):
        assert not proves_inclusion(leaf, index=index, size=size, path=broken, root=top)
    assert not proves_inclusion(flip(leaf, data), index=index, size=size, path=path, root=top)
    assert not proves_inclusion(leaf, index=index, size=size, path=path, root=flip(top, data))
    assert not proves_inclusion(leaf, index=index, size=size, path=[*path, top], root=top)


@given(SIZES, SIZES, st.data())
def test_every_tree_continues_every_smaller_one(
    one: int, another: int, data: st.DataObject
) -> None:
    first, second = sorted((one, another))
    path = read(FULL, consistency_spans(first, second))
    proof = {
        "first": first,
        "second": second,
        "first_root": root(FULL, first),
        "second_root": root(FULL, second),
        "path": path,
    }
    assert holds(proof)
    for broken in flipped(path, data):
        assert not holds(proof | {"path": broken})
    sizes = {"first_root": first, "second_root": second}
    for name in sizes:
        assert not holds(proof | {name: flip(root(FULL, sizes[name]), data)})
    assert not holds(proof | {"path": [*path, path[0] if path else EMPTY]})
    assert not holds(proof | {"path": path[:-1]}) or not path
    assert not holds(proof | {"first": 0})
    assert not holds(proof | {"first": second + 1})


def test_another_size_proves_no_continuation() -> None:
    for second in range(2, 40):
        for first in range(1, second):
            proof = {
                "first": first,
                "second": second,
                "first_root": root(FULL, first),
                "second_root": root(FULL, second),
                "path": read(FULL, consistency_spans(first, second)),
            }
            for other in range(1, second):
                if other != first:
                    assert not holds(proof | {"first": other})


@given(SIZES, SIZES)
def test_a_tree_grown_in_two_parts_is_the_tree_grown_at_once(one: int, another: int) -> None:
    first, second = sorted((one, another))
    half = tree(leaves_of(first))
    assert tree(leaves_of(second)[first:], first, half) == tree(leaves_of(second))


def test_what_is_not_in_a_tree_cannot_be_asked_for() -> None:
    for index, size in ((-1, 3), (3, 3), (0, 0)):
        with pytest.raises(ValueError, match="no such leaf"):
            inclusion_spans(index, size)
    for first, second in ((0, 3), (4, 3), (-1, 2)):
        with pytest.raises(ValueError, match="continued"):
            consistency_spans(first, second)


def test_no_two_places_have_one_number() -> None:
    assert len({position(place) for place in FULL}) == len(FULL)
    assert position((0, 0)) == 1


def test_a_proof_in_a_large_tree_reads_a_few_places() -> None:
    size = 1_000_003
    for index in (0, 1, 524_287, 524_288, 1_000_002):
        assert len(places_of(inclusion_spans(index, size))) <= 2 * size.bit_length()
    assert len(places_of(consistency_spans(999_999, size))) <= 2 * size.bit_length()
    assert len(peaks((0, size))) <= size.bit_length()


def holds(proof: dict[str, object]) -> bool:
    return proves_consistency(**proof)  # type: ignore[arg-type]


def flip(value: bytes, data: st.DataObject) -> bytes:
    """The same bytes but for one bit."""
    bit = data.draw(st.integers(0, len(value) * 8 - 1))
    changed = bytearray(value)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def flipped(path: list[bytes], data: st.DataObject) -> list[list[bytes]]:
    """The path with one bit of one step changed; nothing for a path without steps."""
    if not path:
        return []
    at = data.draw(st.integers(0, len(path) - 1))
    return [[*path[:at], flip(path[at], data), *path[at + 1 :]]]
