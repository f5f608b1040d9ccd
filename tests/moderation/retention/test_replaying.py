"""After an older database was put in place: what was destroyed goes again, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from moderation.journal import write_down
from moderation.notifying.posting import Post
from moderation.retention.marking import bring
from moderation.retention.purge_list import NAME, open_list
from moderation.retention.replaying import Replayed, replay
from moderation.verifying import verify, verify_journal
from portal.models import Case, Identity, JournalEntry, NoticeAddress, Submission
from portal.vocabulary import Deed, SubmissionState
from tests.doors.course import Course
from tests.moderation import ward as wards
from tests.moderation.identity.keepers import appoint, write
from tests.moderation.retention.conftest import TURNED_AWAY, Nights
from tests.moderation.walking import set_out
from tests.moderation.ward import Ward

LETTERS = 3
ENTRIES = 3
#: What may happen to a letter, or to all of them.
WITHDRAW, TURN_AWAY, PASS_BY = "withdraw", "turn away", "pass by"


def kept(ward: Ward) -> dict[str, set[int]]:
    """Which cases there are, whose writers are known, and who is told of news."""
    with ward.database.reading() as session:
        return {
            "case": set(session.scalars(select(Case.id))),
            "writer": set(session.scalars(select(Identity.submission_id))),
            "address": set(session.scalars(select(NoticeAddress.submission_id))),
        }


def taken_back(ward: Ward) -> set[int]:
    """The letters whose writers took them back, as far as they are still there."""
    with ward.database.reading() as session:
        back = Submission.state == SubmissionState.WITHDRAWN
        return set(session.scalars(select(Submission.id).where(back)))


def folder_of(ward: Ward) -> Path:
    """Where a ward lies."""
    return Path(ward.database.engine.url.database or "").parent


def set_back(nights: Nights, copy: Path) -> Nights:
    """The nights of an older copy, with the list of today."""
    older = Nights(wards.open_ward(copy), nights.folder)
    older.ward.at = nights.ward.at
    return older


def happen(nights: Nights, what: str, walk: Course) -> None:
    """Let something happen, and the worker do what it does within seconds."""
    if what == WITHDRAW:
        walk.withdraw()
    elif what == TURN_AWAY:
        for stage in TURNED_AWAY[2:]:
            stage(walk)
        Post(nights.ward.database, nights.ward.worker_ring, None, "").work(at=nights.ward.at)
    else:
        nights.log()
        nights.leap(100)
        nights.pass_by(31)
    bring(nights.ward.database, ring=nights.ward.ring, folder=nights.folder)


HISTORIES = st.permutations([(WITHDRAW, 0), (TURN_AWAY, 1), (PASS_BY, 2)])


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=HISTORIES, saved=st.integers(0, 2))
def test_whatever_happened_nothing_destroyed_comes_back_and_nothing_else_is_missing(
    history: list[tuple[str, int]], saved: int, ward: Ward, tmp_path: Path
) -> None:
    place = tmp_path / "history"
    for each in (place, place.with_name("older"), place.with_name("purged")):
        shutil.rmtree(each, ignore_errors=True)
    nights = Nights(wards.copy(folder_of(ward), place), place.with_name("purged"))
    appoint(nights.ward, "sao", "trang", "may")
    walks = [write(nights.ward) for _letter in range(LETTERS)]
    for moment, (what, number) in enumerate(history):
        if moment == saved:
            before = kept(wards.copy(place, place.with_name("older")))
        happen(nights, what, walks[number])
    after, gone = kept(nights.ward), taken_back(nights.ward)
    older = set_back(nights, place.with_name("older"))
    office = older.ward.office
    replay(older.ward.database, office=office, folder=nights.folder)
    assert kept(older.ward) == {name: before[name] & after[name] for name in before}
    assert taken_back(older.ward) == gone & before["case"]
    assert replay(older.ward.database, office=office, folder=nights.folder) == Replayed()
    with older.ward.database.reading() as session:
        report = verify(session, ring=older.ward.worker_ring, moved=lambda _count: None)
        journal = verify_journal(session, ring=older.ward.ring, moved=lambda _count: None)
    assert (report.faults, journal.faults) == ([], [])


def test_a_number_that_was_given_out_anew_is_another_letter(nights: Nights, ward: Ward) -> None:
    """After a restore the next letter may bear the number of one that was lost."""
    appoint(ward, "sao", "trang", "may")
    walk = write(ward)
    walk.withdraw()
    bring(ward.database, ring=ward.ring, folder=nights.folder)
    walk = write(ward)
    with ward.database.writing() as session:
        gone = session.scalars(select(Submission).order_by(Submission.id)).first()
        assert gone is not None
        moment, later = gone.received_at, session.get_one(Submission, walk.number).received_at
        assert moment == later
        session.execute(update(Submission).values(received_at=moment.replace(microsecond=7)))
    before = kept(ward)
    replay(ward.database, office=ward.office, folder=nights.folder)
    assert kept(ward) == before


def test_the_database_knows_what_a_lost_list_held(nights: Nights, ward: Ward) -> None:
    walk = set_out(ward)
    walk.send()
    walk.prepare()
    walk.withdraw()
    assert bring(ward.database, ring=ward.ring, folder=nights.folder) == 2
    assert bring(ward.database, ring=ward.ring, folder=nights.folder) == 0
    whole = purged(nights)
    (nights.folder / NAME).unlink()
    nights.one()
    assert purged(nights) == whole != frozenset()


def purged(nights: Nights) -> frozenset[str]:
    """Everything that the list says has gone."""
    with open_list(nights.folder, nights.ward.ring) as book:
        return book.read().purged


def test_the_journal_is_trimmed_again_as_far_as_it_was(nights: Nights, ward: Ward) -> None:
    with ward.database.writing() as session:
        for _deed in range(ENTRIES):
            write_down(session, ring=ward.ring, at=ward.at, deed=Deed.EXPORTED, account_id=None)
    copy = folder_of(ward).with_name("older")
    wards.copy(folder_of(ward), copy)
    nights.leap(5 * 366 + 10)
    nights.pass_by(1)
    nights.pass_by(31)
    older = set_back(nights, copy)
    done = replay(older.ward.database, office=older.ward.office, folder=nights.folder)
    assert done == Replayed(entries=ENTRIES)
    with older.ward.database.reading() as session:
        journal = verify_journal(session, ring=older.ward.ring, moved=lambda _count: None)
        deeds = session.scalars(select(JournalEntry.deed)).all()
    assert (journal.faults, deeds) == ([], [Deed.JOURNAL_TRIMMED])
