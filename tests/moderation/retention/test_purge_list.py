"""The list of what was deleted: it outlives the database, and nobody else can write into it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moderation.retention.purge_list import NAME, open_list
from moderation.retention.replaying import Replayed, replay
from portal.vault import Ring
from tests.moderation import ward as wards
from tests.moderation.retention.conftest import TAKEN_BACK, Ended, Nights
from tests.moderation.ward import Ward

BATCH, OTHER = b"\x01" * 16, b"\x02" * 16
ONE, TWO, THREE = (bytes([number]) * 16 for number in (3, 4, 5))


@pytest.fixture
def gone(nights: Nights, ended: Ended) -> int:
    """A case that went; an older copy of the database lies beside it."""
    walk = ended(*TAKEN_BACK)
    older = Path(nights.ward.database.engine.url.database or "").parent
    wards.copy(older, older.with_name("older"))
    nights.leap(100)
    nights.pass_by(31)
    return walk.number


def put_back(nights: Nights) -> Nights:
    """The nights of the older copy, with the same list."""
    folder = Path(nights.ward.database.engine.url.database or "").parent
    ward = wards.open_ward(folder.with_name("older"))
    ward.at = nights.ward.at
    return Nights(ward, nights.folder)


def test_what_went_goes_again_from_an_older_database(nights: Nights, gone: int) -> None:
    older = put_back(nights)
    assert gone in older.left()
    office, folder = older.ward.office, older.folder
    assert replay(older.ward.database, office=office, folder=folder) == Replayed(cases=1)
    assert older.left() == nights.left() == set()
    assert replay(older.ward.database, office=office, folder=folder) == Replayed()


def test_the_next_night_sees_by_itself_that_the_database_is_older(
    nights: Nights, gone: int
) -> None:
    older = put_back(nights)
    assert older.one() == 1
    assert gone not in older.left()
    before = (nights.folder / NAME).read_bytes()
    assert older.one() == 0
    assert (nights.folder / NAME).read_bytes() == before


def test_it_names_no_case(nights: Nights, gone: int) -> None:
    text = (nights.folder / NAME).read_text()
    assert str(gone) not in text
    assert (nights.folder / NAME).stat().st_mode & 0o077 == 0


def test_what_was_cut_short_is_settled_by_what_the_database_says(
    nights: Nights, ward: Ward
) -> None:
    with open_list(nights.folder, ward.ring) as book:
        book.begin(BATCH, [ONE, TWO])
        book.begin(OTHER, [THREE])
        assert book.read().purged == {each.hex() for each in (ONE, TWO, THREE)}
        book.settle(lambda batch: batch == BATCH)
        assert book.read().purged == {each.hex() for each in (ONE, TWO)}
        assert book.read().unsettled == []


def test_a_forged_line_deletes_nothing(nights: Nights, ward: Ward, ring_staff: Ring) -> None:
    with open_list(nights.folder, ring_staff) as book:
        book.begin(BATCH, [ONE])
    with open_list(nights.folder, ward.ring) as book:
        assert book.read().purged == frozenset()
        assert book.read().unreadable == 1


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 300))
def test_a_line_that_was_cut_short_spoils_no_other(
    cut: int, tmp_path: Path, ring_staff: Ring
) -> None:
    (tmp_path / NAME).unlink(missing_ok=True)
    with open_list(tmp_path, ring_staff) as book:
        book.begin(BATCH, [ONE, TWO])
        book.end(BATCH)
    whole = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(whole[:cut])
    with open_list(tmp_path, ring_staff) as book:
        book.begin(OTHER, [THREE])
        assert THREE.hex() in book.read().purged
        assert len(book.read().purged) in {1, 3}


def test_where_the_list_cannot_be_written_nothing_goes(nights: Nights, ended: Ended) -> None:
    walk = ended(*TAKEN_BACK)
    nights.leap(100)
    nights.pass_by(30)
    nights.folder.mkdir(exist_ok=True)
    (nights.folder / NAME).unlink(missing_ok=True)
    (nights.folder / NAME).mkdir()
    with pytest.raises(OSError, match=NAME):
        nights.pass_by(1)
    assert walk.number in nights.left()


def test_it_is_safe_to_kill_at_every_step(nights: Nights, ended: Ended) -> None:
    """Each commit and each line of the list in turn; ``killed.py`` says what must hold then."""
    for _letter in range(3):
        ended(*TAKEN_BACK)
    nights.leap(100)
    nights.pass_by(30)
    nights.leap(1)
    ward = nights.ward
    ward.database.engine.dispose()
    folder = Path(ward.database.engine.url.database or "").parent
    moment = ward.at.isoformat()
    program = [sys.executable, "-m", "tests.moderation.retention.killed", str(folder), moment]
    told = subprocess.run(program, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert int(told.stdout) > 8
