"""What the portal runs on may be passed on with it: no library under the GPL or the AGPL.

It reads the licences that the installed packages declare. It never looks at the development
tools, which do not travel with the portal.
"""

import re
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

LOCK = Path(__file__).parents[2] / "requirements.txt"
LISTED = re.compile(r"^(?P<requirement>[A-Za-z0-9][^\\\n]*?)\s*\\$", re.MULTILINE)
# The LGPL asks nothing of a program that only imports the library, so it is allowed.
COPYLEFT = re.compile(
    r"\bA?GPL|(?<!Lesser )(?<!Library )General Public License|\bAffero\b", re.IGNORECASE
)


def requirements() -> list[Requirement]:
    """Return the run-time packages that the lock wants on this machine."""
    listed = [Requirement(found["requirement"]) for found in LISTED.finditer(LOCK.read_text())]
    return [one for one in listed if one.marker is None or one.marker.evaluate()]


def declared(package: PackageMetadata) -> str:
    """Return every word a package says about its licence, or an empty text."""
    classifiers = package.get_all("Classifier") or []
    words = [line for line in classifiers if line.startswith("License ::")]
    words += [package[key] for key in ("License-Expression", "License") if key in package]
    return "\n".join(words)


def test_the_lock_is_read_whole() -> None:
    names = {requirement.name for requirement in requirements()}
    assert {"flask", "sqlalchemy", "cryptography", "bleach"} <= names
    unindented = [line for line in LOCK.read_text().splitlines() if not line.startswith(" ")]
    assert len(LISTED.findall(LOCK.read_text())) == len(unindented)


@pytest.mark.parametrize("requirement", requirements(), ids=lambda found: found.name)
def test_a_run_time_library_is_not_copyleft(requirement: Requirement) -> None:
    package = metadata(requirement.name)
    assert declared(package), f"{requirement.name} declares no licence: look it up and decide"
    assert not COPYLEFT.search(declared(package))


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("License :: OSI Approved :: GNU General Public License v2 (GPLv2)", True),
        ("GNU Affero General Public License v3", True),
        ("LGPL-3.0-only", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", False),
        ("GNU Library General Public License", False),
        ("MIT", False),
        ("Apache-2.0 OR BSD-3-Clause", False),
    ],
)
def test_a_copyleft_licence_is_told_from_a_lesser_one(words: str, refused: bool) -> None:
    assert bool(COPYLEFT.search(words)) is refused
