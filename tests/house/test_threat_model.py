"""The threat model names the test behind each claim, and each of those tests is there."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = ROOT / "docs" / "threat-model.md"
NAMED = re.compile(r"`(tests/[^`]+\.py)::(\w+)`")
HOLDS, FAILS = "**What holds**", "**What does not hold**"
ATTACKS = "## Who attacks"
EVIDENCE = ROOT / "tests" / "security"


@cache
def found_in(path: Path) -> frozenset[str]:
    """The tests that a file has."""
    tree = ast.parse(path.read_text()) if path.is_file() else ast.Module(body=[], type_ignores=[])
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def nowhere(document: str) -> list[str]:
    """The tests that a document names and that are not there."""
    return [
        f"{path}::{name}"
        for path, name in NAMED.findall(document)
        if name not in found_in(ROOT / path)
    ]


def attackers(document: str) -> dict[str, str]:
    """What is said of each attacker, by name."""
    said = document.partition(ATTACKS)[2].partition("\n## ")[0]
    return {part.partition("\n")[0]: part.partition("\n")[2] for part in said.split("\n### ")[1:]}


def claims(said: str) -> list[str]:
    """The points of a list, each with the lines that belong to it."""
    return [point.strip() for point in re.split(r"^- ", said, flags=re.MULTILINE)[1:]]


def bare(document: str) -> list[str]:
    """The claims that something holds and that name no test."""
    return [
        claim
        for said in attackers(document).values()
        for claim in claims(said.partition(HOLDS)[2].partition(FAILS)[0])
        if not NAMED.search(claim)
    ]


def test_every_test_that_it_names_is_there() -> None:
    document = DOCUMENT.read_text()
    assert len(NAMED.findall(document)) > 80
    assert nowhere(document) == []


def test_every_promise_has_one_file_of_evidence_and_a_claim() -> None:
    document = DOCUMENT.read_text()
    for promise in range(1, 9):
        (found,) = EVIDENCE.glob(f"test_promise_{promise}_*.py")
        assert f"`{found.relative_to(ROOT).as_posix()}::" in document


def test_every_claim_names_its_test() -> None:
    assert bare(DOCUMENT.read_text()) == []


def test_of_every_attacker_it_says_what_holds_and_what_does_not() -> None:
    found = attackers(DOCUMENT.read_text())
    assert len(found) > 10
    for name, said in found.items():
        holds, fails = said.partition(HOLDS)[2].partition(FAILS)[::2]
        assert claims(holds), name
        assert claims(fails), name


def test_the_worst_is_said_first() -> None:
    beginning = DOCUMENT.read_text().partition("\n\n")[2]
    assert beginning.startswith("**Root on the staff machine reads everything.**")


@pytest.mark.parametrize(
    ("claim", "missed"),
    [
        ("- It holds.", True),
        ("- It holds. `tests/house/test_readme.py`", True),
        ("- It holds.\n  `tests/house/test_readme.py::test_nothing`", False),
    ],
)
def test_a_claim_without_a_test_is_seen(claim: str, missed: bool) -> None:
    made_up = f"# A\n\n{ATTACKS}\n\n### Somebody\n\n{HOLDS}\n\n{claim}\n\n{FAILS}\n\n- All.\n"
    assert bool(bare(made_up)) is missed


def test_a_name_that_leads_nowhere_is_seen() -> None:
    there = "tests/house/test_threat_model.py::test_the_worst_is_said_first"
    assert nowhere(f"`{there}` and `{there}_of_all`") == [f"{there}_of_all"]
