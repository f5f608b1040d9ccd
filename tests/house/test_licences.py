"""Which licences are refused: made-up libraries, and the lock as it is."""

from __future__ import annotations

from email.message import Message
from importlib.metadata import PackageMetadata
from typing import cast

import pytest

from tests.house.licences import LOCK, objection, objections, required

GPL = "License :: OSI Approved :: GNU General Public License v3 (GPLv3)"
LGPL = "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)"
MIT = "License :: OSI Approved :: MIT License"


def library(**told: str | list[str]) -> PackageMetadata:
    """What a made-up library says about itself."""
    package = Message()
    for key, value in told.items():
        for each in value if isinstance(value, list) else [value]:
            package[key.replace("_", "-")] = each
    return cast(PackageMetadata, package)


@pytest.mark.parametrize(
    "told",
    [
        {"License_Expression": "GPL-3.0-or-later"},
        {"License_Expression": "AGPL-3.0-only"},
        {"License_Expression": "GPL-2.0-only WITH Classpath-exception-2.0"},
        {"License_Expression": "MIT AND GPL-3.0-only"},
        {"License_Expression": "(MIT OR Apache-2.0) AND GPL-3.0-only"},
        {"License_Expression": "GPL-3.0-only", "Classifier": MIT},
        {"License": "GPLv2"},
        {"License": "GNU Affero General Public License v3"},
        {"License": "MIT", "Classifier": GPL},
        {"License": "GPL", "Classifier": MIT},
        {"Classifier": [MIT, GPL]},
        {"License": "as you like"},
        {"License": "Dual License"},
    ],
)
def test_a_library_that_binds_whoever_runs_the_portal_is_refused(
    told: dict[str, str | list[str]],
) -> None:
    sentence = objection("made-up", library(**told))
    assert sentence is not None
    assert sentence.startswith("made-up may not be used")


@pytest.mark.parametrize(
    "told",
    [
        {"License_Expression": "MIT"},
        {"License_Expression": "GPL-3.0-only OR MIT"},
        {"License_Expression": "Apache-2.0 OR BSD-3-Clause"},
        {"License_Expression": "MIT AND PSF-2.0"},
        {"License_Expression": "LGPL-3.0-only"},
        {"Classifier": LGPL},
        {"License": "BSD-3-Clause"},
        {"License": "Dual License", "Classifier": [MIT, "License :: OSI Approved :: BSD License"]},
        {"License": "Copyright 2020, whose words go on. " * 9, "Classifier": MIT},
    ],
)
def test_a_library_that_asks_little_is_allowed(told: dict[str, str | list[str]]) -> None:
    assert objection("made-up", library(**told)) is None


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"Classifier": "Topic :: Internet"},
        {"License": ""},
        {"License": "Whole paragraphs of a text that nobody has read. " * 9},
    ],
)
def test_a_library_whose_licence_cannot_be_told_is_named(told: dict[str, str | list[str]]) -> None:
    sentence = objection("made-up", library(**told))
    assert sentence == "made-up does not say under which licence it is: look it up and decide."


def test_a_library_that_is_not_there_is_named() -> None:
    lock = "made-up-and-not-there==1.0 \\\n    --hash=sha256:00\n"
    assert list(objections(lock)) == [
        "made-up-and-not-there is not installed, so its licence cannot be told."
    ]


def test_the_lock_is_read_whole() -> None:
    lock = LOCK.read_text()
    assert {"flask", "sqlalchemy", "cryptography", "psycopg"} <= {
        one.name for one in required(lock)
    }
    elsewhere = [line for line in lock.splitlines() if ";" in line]
    entries = [line for line in lock.splitlines() if not line.startswith(" ")]
    assert len(entries) - len(elsewhere) <= len(required(lock)) <= len(entries)


def test_every_library_that_the_portal_runs_on_is_allowed() -> None:
    assert list(objections(LOCK.read_text())) == []
