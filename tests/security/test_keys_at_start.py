"""Each process, started for real with a key that is no good, says so in one sentence and ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal.db import Database
from tests.portal.vault.test_source import variables

ROOT = Path(__file__).resolve().parents[2]
_STARTS = {
    "public": ["-c", "import wsgi; wsgi.create_public_app()"],
    "staff": ["-c", "import wsgi; wsgi.create_staff_app()"],
    "worker": ["-m", "flask", "--app", "moderation.commands", "worker"],
}
#: Starts, then lets a child print what it inherited.
_INHERITED = "import os, wsgi; wsgi.create_public_app(); os.system('env')"


def start(arguments: list[str], own: Path, database: Database, **given: str) -> tuple[int, str]:
    """Start a process with its keys in a folder and others given; how it ended, what it said."""
    ended = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PORTAL_DATABASE_URL": database.engine.url.render_as_string(),
            "PORTAL_KEYS": str(own),
            **given,
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return ended.returncode, (ended.stderr + ended.stdout).strip()


def refused(holder: str, own: Path, database: Database, **given: str) -> str:
    """The one sentence of a process that did not start."""
    status, said = start(_STARTS[holder], own, database, **given)
    assert status != 0
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    ("holder", "harm", "told"),
    [
        ("public", "lost", "no keys"),
        ("staff", "swapped", "not of one key"),
        ("worker", "open", "chmod 600"),
        ("worker", "damaged", "damaged"),
    ],
)
def test_a_key_that_is_no_good_is_one_sentence(
    holder: str, harm: str, told: str, keys: Path, database: Database, tmp_path: Path
) -> None:
    own = tmp_path / "keys" / holder
    shutil.copytree(keys, own.parent)
    if harm == "lost":
        own.rename(tmp_path / "elsewhere")
    elif harm == "swapped":
        shutil.copy(own / "search.secret", own / "staff.1.private")
    elif harm == "open":
        (own / "staff.1.private").chmod(0o644)
    else:
        (own / "staff.1.private").write_text("c2hvcnQ=")
    assert told in refused(holder, own, database)


def test_the_public_process_refuses_a_private_key_in_its_environment(
    keys: Path, database: Database
) -> None:
    private = (keys / "worker" / "staff.1.private").read_text().strip()
    said = refused("public", keys / "public", database, PORTAL_KEY_STAFF_1_PRIVATE=private)
    assert "must not hold PORTAL_KEY_STAFF_1_PRIVATE" in said
    assert private not in said


def test_a_process_with_its_keys_in_the_environment_starts_and_hands_none_on(
    keys: Path, database: Database, tmp_path: Path
) -> None:
    given = variables(keys / "public")
    status, said = start(["-c", _INHERITED], tmp_path / "none", database, **given)
    assert status == 0
    assert "PORTAL_DATABASE_URL" in said
    assert "PORTAL_KEY_" not in said
    assert not [value for value in given.values() if value.strip() in said]
