"""A well-formed key that is not the one of this database: one sentence at start, for every kind."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select, update

from moderation.commands import app
from portal.config import Settings
from portal.db import Database
from portal.models import KeyCheck
from portal.recognising import note, recognise
from portal.vault import KeyFault, Ring, load_ring
from portal.vault.minting import mint
from portal.vault.rotating import add_version, hand_out
from portal.vault.source import HOLDERS
from tests.security.test_keys_at_start import refused
from wsgi import CannotStart, create_public_app, create_staff_app

_KINDS = ("staff", "code", "search", "log")
_KEPT = {"public": "public", "staff": "private", "worker": "private"}
OURS = "is not the one that this database was used with: restore it from its safe copy."


@pytest.fixture(scope="session")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The keys of another installation."""
    folder = tmp_path_factory.mktemp("others")
    mint(folder)
    return folder


@pytest.fixture
def own(keys: Path, tmp_path: Path, database: Database, ring_worker: Ring) -> Path:
    """Keys that a test may change, known to the database."""
    recognise(database, ring_worker, remembers=True)
    return Path(shutil.copytree(keys, tmp_path / "keys"))


@pytest.fixture
def begin(database: Database, own: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """Start a process in this one; what it says instead of starting."""
    url = database.engine.url.render_as_string()

    def command(folder: Path) -> str:
        monkeypatch.setenv("PORTAL_DATABASE_URL", url)
        monkeypatch.setenv("PORTAL_KEYS", str(folder))
        said = app.test_cli_runner().invoke(args=["worker"]).output
        assert said.count("\n") == 1
        return said.removeprefix("Error: ").strip()

    def site(holder: str) -> str:
        create = {"public": create_public_app, "staff": create_staff_app}[holder]
        with pytest.raises(CannotStart) as told:
            create(Settings(database_url=url, keys=own / holder, testing=True))
        return told.value.sentence

    return lambda holder: command(own / holder) if holder == "worker" else site(holder)


def replace_keys(own: Path, others: Path, holder: str, kind: str) -> str:
    """Put another installation's keys of one kind in place; the place that will be told."""
    changed = [name for name in HOLDERS[holder] if name.startswith(f"{kind}.")]
    for name in changed:
        shutil.copy(others / holder / name, own / holder / name)
    part = f"staff.1.{_KEPT[holder]}" if kind == "staff" else changed[0]
    return str(own / holder / part)


@pytest.mark.parametrize(
    ("holder", "kind"),
    [
        (holder, kind)
        for holder, names in HOLDERS.items()
        for kind in _KINDS
        if any(name.startswith(f"{kind}.") for name in names)
    ],
)
def test_a_key_of_another_installation_is_told(
    holder: str, kind: str, own: Path, others: Path, begin: Callable[[str], str]
) -> None:
    place = replace_keys(own, others, holder, kind)
    assert begin(holder) == f"The key {place} {OURS}"


@pytest.mark.parametrize(
    ("holder", "kind"), [("public", "code"), ("staff", "search"), ("worker", "log")]
)
def test_a_real_process_ends_with_that_sentence(
    holder: str, kind: str, own: Path, others: Path, database: Database
) -> None:
    place = replace_keys(own, others, holder, kind)
    assert refused(holder, own / holder, database).endswith(f"The key {place} {OURS}")


@pytest.mark.parametrize("holder", ["public", "staff"])
def test_another_session_secret_harms_nobody(
    holder: str, own: Path, others: Path, database: Database
) -> None:
    replace_keys(own, others, holder, "session")
    url = database.engine.url.render_as_string()
    create = {"public": create_public_app, "staff": create_staff_app}[holder]
    create(Settings(database_url=url, keys=own / holder, testing=True))


def test_another_key_in_a_variable_is_told_by_its_variable(
    own: Path, others: Path, database: Database
) -> None:
    (own / "public" / "code.1.pepper").unlink()
    given = {"PORTAL_KEY_CODE_1_PEPPER": (others / "public" / "code.1.pepper").read_text()}
    with pytest.raises(KeyFault, match=rf"The key PORTAL_KEY_CODE_1_PEPPER {OURS}"):
        recognise(database, load_ring(own / "public", given))


def test_a_version_that_was_never_handed_out_is_another_key(
    own: Path, others: Path, begin: Callable[[str], str]
) -> None:
    add_version(others, announce=lambda _ring, _version: None)
    hand_out(others)
    shutil.copy(others / "public" / "staff.2.public", own / "public")
    assert begin("public") == f"The key {own / 'public' / 'staff.2.public'} {OURS}"


def test_a_lost_version_is_told_to_those_who_open_with_it(
    own: Path, database: Database, begin: Callable[[str], str]
) -> None:
    def announce(ring: Ring, version: int) -> None:
        with database.writing() as session:
            note(session, ring=ring, name=f"staff.{version}", needed=True)

    add_version(own, announce=announce)
    lost = own / "staff" / "staff.2.private"
    # The public process goes on with the key it has, until the newer one comes to it.
    recognise(database, load_ring(own / "public"))
    assert begin("staff") == f"The key {lost} is missing: restore it from its safe copy."
    with database.writing() as session:
        session.execute(update(KeyCheck).where(KeyCheck.name == "staff.1").values(needed=False))
    place = own / "public" / "staff.2.public"
    assert begin("public") == f"The key {place} is missing: restore it from its safe copy."


def test_only_a_process_that_may_write_says_which_keys_are_ours(
    database: Database, ring_public: Ring, ring_staff: Ring, others: Path
) -> None:
    recognise(database, ring_public)
    with database.reading() as session:
        assert session.scalars(select(KeyCheck)).all() == []
    recognise(database, ring_staff, remembers=True)
    with database.reading() as session:
        kept = {row.name: row for row in session.scalars(select(KeyCheck))}
    assert set(kept) == {"staff.1", "code.1", "search", "log.1", "notice.1"}
    with pytest.raises(KeyFault, match="not the one"):
        recognise(database, load_ring(others / "worker"), remembers=True)


def test_what_is_noted_of_a_key_is_not_the_key(
    database: Database, ring_worker: Ring, keys: Path
) -> None:
    recognise(database, ring_worker, remembers=True)
    with database.reading() as session:
        noted = [row.value for row in session.scalars(select(KeyCheck))]
    held = {load_ring(keys / "worker").source.read(name) for name in HOLDERS["worker"]}
    assert not held & set(noted)
    assert len({*noted}) == len(noted) == 5
