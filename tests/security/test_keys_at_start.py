"""Each process, started for real with a key that is no good, says so in one sentence and ends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal.db import Database

ROOT = Path(__file__).resolve().parents[2]
_STARTS = {
    "public": ["-c", "import wsgi; wsgi.create_public_app()"],
    "staff": ["-c", "import wsgi; wsgi.create_staff_app()"],
    "worker": ["-m", "flask", "--app", "moderation.commands", "worker"],
}


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
        (own / "search.secret").replace(own / "staff.1.private")
    elif harm == "open":
        (own / "staff.1.private").chmod(0o644)
    else:
        (own / "staff.1.private").write_text("c2hvcnQ=")
    ended = subprocess.run(
        [sys.executable, *_STARTS[holder]],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PORTAL_DATABASE_URL": database.engine.url.render_as_string(),
            "PORTAL_KEYS": str(own),
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    said = ended.stderr.strip()
    assert ended.returncode != 0
    assert told in said
    assert "\n" not in said
    assert ended.stdout == ""
