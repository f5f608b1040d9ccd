"""A new staff key while the site runs: nothing is lost, whenever it is cut short."""

from __future__ import annotations

import base64
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import select

from moderation import resealing, worker
from moderation.commands import app
from moderation.office import Office
from moderation.papers import open_keys, open_submission_key
from portal.db import Database
from portal.models import Seal
from portal.models.submission import SealHolder
from portal.recognising import recognise
from portal.vault import load_ring
from portal.vault.minting import mint
from portal.vault.rotating import add_version, hand_out
from portal.vault.source import HOLDERS
from portal.words import Words
from tests.moderation.killing import BATCH
from tests.moderation.ward import Ward

Rotate = Callable[[], Result]


@pytest.fixture
def root(ward: Ward) -> Path:
    return Path(ward.database.engine.url.database or "").parent / "keys"


@pytest.fixture
def keys(ward: Ward, root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Result]:
    """Run a command on the keys of the ward."""
    url = ward.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PORTAL_DATABASE_URL", url)
    runner = app.test_cli_runner()
    return lambda word: runner.invoke(args=["keys", word, "--root", str(root)])


def send(ward: Ward, number: int = 1) -> list[int]:
    with ward.database.writing() as session:
        words = Words(about="Ông Bách", what="Để vật liệu lấn hết vỉa hè.")
        return [ward.send(session, words).submission_id for _each in range(number)]


def versions(database: Database) -> set[int]:
    with database.reading() as session:
        return set(session.scalars(select(Seal.key_version).where(Seal.holder == SealHolder.STAFF)))


def opens(ward: Ward, office: Office, number: int) -> bool:
    with ward.database.reading() as session:
        open_submission_key(session, office=office, submission_id=number)
        return bool(open_keys(session, office=office, case_id=number))


def test_a_running_process_opens_what_is_sealed_to_a_key_made_later(
    ward: Ward, root: Path, keys: Callable[[str], Result]
) -> None:
    running = ward.office
    old = send(ward)
    while worker.work_once(ward.database, ward.worker_ring):
        pass
    assert "sealed to it" in keys("rotate").output
    assert versions(ward.database) == {2}
    assert opens(ward, running, old[0])
    # The process that receives has not been started again, and seals to the second version.
    late = send(ward)
    assert versions(ward.database) == {2}
    said = keys("rotate").output
    assert "Nothing is sealed to version 1 any more" in said
    assert versions(ward.database) == {2}
    ring = load_ring(root / "worker")
    assert set(ring.private) == set(load_ring(root / "public").public) == {2}
    assert (root / "retired" / "staff.1.private").stat().st_mode & 0o777 == 0o600
    worker.work_once(ward.database, ring)
    assert opens(ward, Office(ring=ring, calendar=ward.calendar, at=ward.at), late[0])


def test_what_was_cut_short_goes_on_where_it_was(
    ward: Ward, root: Path, keys: Callable[[str], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    send(ward, 3)
    monkeypatch.setattr(resealing, "BATCH", 2)
    version = add_version(root, announce=lambda _ring, _version: None)
    hand_out(root)
    for holder in ("staff", "public"):
        (root / holder / f"staff.{version}.public").unlink()
    with ward.database.writing() as session:
        ring = load_ring(root / "worker")
        assert resealing.reseal(session, ring=ring, version=version)[0] == 2
    assert versions(ward.database) == {1, 2}
    assert "Nothing is sealed to version 1 any more" in keys("rotate").output
    assert versions(ward.database) == {2}
    assert load_ring(root / "public").version == load_ring(root / "staff").version == 2


def test_a_strangers_key_is_never_sealed_to(
    ward: Ward, root: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    recognise(ward.database, ward.worker_ring, remembers=True)
    mint(tmp_path / "others")
    add_version(tmp_path / "others", announce=lambda _ring, _version: None)
    hand_out(tmp_path / "others")
    strange = tmp_path / "others" / "staff" / "staff.2.public"
    shutil.copy(strange, root / "staff")
    send(ward)
    assert "staff.2 is not a key of this database" in caplog.text
    assert versions(ward.database) == {1}
    (root / "staff" / strange.name).write_text("cut sh")
    send(ward)
    assert versions(ward.database) == {1}


def test_killed_after_any_step_it_loses_nothing_and_goes_on(ward: Ward, root: Path) -> None:
    send(ward, 3 * BATCH // 2)
    recognise(ward.database, ward.worker_ring, remembers=True)
    ward.database.engine.dispose()
    told = subprocess.run(
        [sys.executable, "-m", "tests.moderation.killing", str(root.parent)],
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    # Every half for every holder, every batch, and what is put away: each is a step or more.
    assert int(told.stdout) > 20


def test_no_key_is_ever_printed(root: Path, keys: Callable[[str], Result]) -> None:
    said = keys("show").output + keys("rotate").output + keys("show").output + keys("rotate").output
    assert "staff.2.private" in said
    for path in [*root.glob("*/*.*")]:
        value = base64.b64decode(path.read_text())
        for form in (value.hex(), base64.b64encode(value).decode().rstrip("="), repr(value)):
            assert form not in said
    assert {path.parent.name for path in root.glob("*/*.*")} == {*HOLDERS, "retired"}


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda root: (root / "staff" / "search.secret").chmod(0o644), "chmod 600"),
        (lambda root: (root / "staff").chmod(0o750), "chmod 700"),
        (lambda root: (root / "staff" / "staff.1.private").write_text("x"), "cannot be read"),
        (
            lambda root: (root / "staff" / "search.secret").replace(
                root / "staff" / "staff.1.private"
            ),
            "not of one key",
        ),
    ],
)
def test_a_key_that_is_open_damaged_or_swapped_gets_one_sentence(
    root: Path, keys: Callable[[str], Result], harm: Callable[[Path], object], sentence: str
) -> None:
    harm(root)
    said = keys("show").output
    assert sentence in said.splitlines()[-1]
    assert said.splitlines()[-1].startswith("Error: ")
