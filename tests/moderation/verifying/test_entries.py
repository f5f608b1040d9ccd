"""Whatever is done to the journal behind the program's back is found and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, text

from moderation.anchoring import Anchor, bind
from moderation.appending import append_batch
from moderation.commands import app
from moderation.journal import BEFORE_THE_FIRST, link, write_down
from moderation.verifying import verify as verify_ledger
from moderation.verifying.entries import Trail
from moderation.verifying.purges import purge_key
from portal.ledger import Head, Step, sealed_row
from portal.ledger.merkle import hash_leaf
from portal.models import Event
from portal.models.journal import Actor
from portal.vocabulary import Deed
from tests.moderation.ward import WARD, Ward

SEARCH = b"s" * 32
AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """A row of a journal that lies in no database."""

    id: int
    uid: bytes
    at: datetime = AT
    deed: str = "exported"
    account_id: int | None = 1
    subject_id: int | None = None
    case_id: int | None = None
    organisation_id: int | None = 1
    role: str | None = None
    matter: str | None = None
    member_id: UUID | None = None
    chain: bytes = b""


def journal(length: int) -> list[Entry]:
    """A journal of so many entries."""
    rows: list[Entry] = []
    for number in range(1, length + 1):
        row = Entry(number, number.to_bytes(16), AT + timedelta(minutes=number))
        before = rows[-1].chain if rows else BEFORE_THE_FIRST
        rows.append(replace(row, chain=link(SEARCH, row, before)))
    return rows


def anchored(rows: list[Entry]) -> Anchor:
    """What the log holds when these were all the entries."""
    leaf = bind(SEARCH, size=0, chain=rows[-1].chain if rows else BEFORE_THE_FIRST)
    head = Head(size=1, root=b"", at=AT, key_version=1, signature=b"")
    return Anchor(head, leaf.uid, 0, hash_leaf(leaf.commitment))


def found(rows: list[Entry], *anchors: Anchor) -> list[str]:
    """What a walk along these rows finds."""
    trail = Trail(SEARCH, list(anchors))
    for row in rows:
        trail.take(row)
    return list(trail.faults())


LENGTHS = st.integers(min_value=1, max_value=8)
CHANGED: dict[str, Any] = {
    "at": AT - timedelta(days=1),
    "deed": "forged",
    "account_id": None,
    "subject_id": 3,
    "case_id": 5,
    "organisation_id": 2,
    "role": "auditor",
    "matter": "grant",
    "uid": bytes(16),
    "chain": bytes(32),
}


@given(LENGTHS, st.integers(0, 8))
def test_a_journal_that_nobody_touched_is_whole(length: int, later: int) -> None:
    rows = journal(length + later)
    assert found(rows, anchored([]), anchored(rows[:length]), anchored(rows[:length])) == []


@given(st.data(), LENGTHS, st.sampled_from(sorted(CHANGED)))
def test_any_altered_entry_is_named(data: st.DataObject, length: int, column: str) -> None:
    rows = journal(length)
    at = data.draw(st.integers(0, length - 1))
    rows[at] = replace(rows[at], **{column: CHANGED[column]})
    assert f"Entry {at + 1} was altered, or one before it was removed." in found(rows)


@given(st.data(), LENGTHS)
def test_any_removed_entry_is_missed(data: st.DataObject, length: int) -> None:
    rows = journal(length + 1)
    whole = anchored(rows)
    at = data.draw(st.integers(0, length))
    del rows[at]
    faults = found(rows, whole)
    if at == length:
        assert "The end was cut off" in faults[0]
    else:
        assert faults == [f"Entry {at + 2} was altered, or one before it was removed."]


@given(st.data(), LENGTHS)
def test_any_two_entries_that_changed_places_are_named(data: st.DataObject, length: int) -> None:
    rows = journal(length + 1)
    one, other = sorted(data.draw(st.sets(st.integers(0, length), min_size=2, max_size=2)))
    rows[one], rows[other] = (
        replace(rows[other], id=one + 1),
        replace(rows[one], id=other + 1),
    )
    faults = found(rows)
    for place in (one, other):
        assert any(f"Entry {place + 1} was moved" in sentence for sentence in faults), faults


@given(st.data(), LENGTHS)
def test_an_entry_put_in_between_is_named(data: st.DataObject, length: int) -> None:
    rows = journal(length)
    at = data.draw(st.integers(0, length))
    rows.insert(at, Entry(99, b"f" * 16, chain=b"c" * 32))
    faults = found(rows)
    assert faults[0] == "Entry 99 was altered, or one before it was removed."
    assert len(faults) == (1 if at == length else 2)


@given(st.data(), LENGTHS)
def test_an_end_that_was_cut_off_is_missed_however_much_it_was(
    data: st.DataObject, length: int
) -> None:
    rows = journal(length)
    anchors = [anchored(rows[: length // 2]), anchored(rows)]
    kept = data.draw(st.integers(0, length - 1))
    faults = found(rows[:kept], *anchors)
    assert "The end was cut off or written anew: the public log of 2026-11-23 10:00" in faults[0]
    assert (len(faults) == 2) is (kept < length // 2)


def test_a_journal_written_anew_with_the_key_is_not_what_the_log_binds() -> None:
    rows = journal(4)
    anew = [replace(row, deed="read") for row in rows]
    before = BEFORE_THE_FIRST
    for at, row in enumerate(anew):
        anew[at] = replace(row, chain=link(SEARCH, row, before))
        before = anew[at].chain
    assert found(anew) == []
    assert len(found(anew, anchored(rows[:2]), anchored(rows))) == 2


def put(ward: Ward, *logins: str) -> None:
    """Each of them takes the journal away."""
    with ward.database.writing() as session:
        for login in logins:
            write_down(
                session,
                ring=ward.ring,
                at=ward.at,
                deed=Deed.EXPORTED,
                account_id=ward.accounts[login],
                organisation_id=WARD,
            )


def grow(ward: Ward) -> Head:
    """Something happens, and the log grows by it and by what binds the journal."""
    with ward.database.writing() as session:
        step = Step(
            case_id=None,
            action="purge",
            to_status=None,
            actor=Actor.WORKER,
            at=ward.at,
        )
        session.execute(insert(Event).values(sealed_row(step, public=purge_key(ward.ring))))
        ward.later(days=4)
        head = append_batch(session, ring=ward.worker_ring, hour=ward.at)
        assert head is not None
        return head


@pytest.fixture
def verify(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Result]:
    """Run the command with the keys of the staff."""
    url = ward.database.engine.url
    monkeypatch.setenv("PORTAL_DATABASE_URL", url.render_as_string(hide_password=False))
    monkeypatch.setenv("PORTAL_KEYS", str(Path(url.database or "").parent / "keys" / "staff"))
    return lambda: app.test_cli_runner().invoke(args=["journal", "verify"])


def test_an_empty_journal_and_a_whole_one_have_no_faults(
    ward: Ward, verify: Callable[[], Result]
) -> None:
    grow(ward)
    assert verify().output == "Checked 0 entries, bound by the public log 1 times: 0 faults.\n"
    put(ward, "hoa", "lam")
    grow(ward)
    put(ward, "thu")
    result = verify()
    assert result.output == "Checked 3 entries, bound by the public log 2 times: 0 faults.\n"
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE journal_entry SET deed = 'read' WHERE id = 2", "Entry 2 was altered"),
        ("UPDATE journal_entry SET deed = 'forged' WHERE id = 2", "Entry 2 was altered"),
        ("UPDATE journal_entry SET at = 'never' WHERE id = 2", "Entry 2 was altered"),
        ("UPDATE journal_entry SET subject_id = 1 WHERE id = 3", "Entry 3 was altered"),
        ("DELETE FROM journal_entry WHERE id = 2", "Entry 3 was altered, or one before it"),
        ("UPDATE journal_entry SET id = 9 WHERE id = 1", "Entry 9 was moved"),
        ("DELETE FROM journal_entry WHERE id > 2", "The end was cut off"),
        ("DELETE FROM journal_entry", "The end was cut off"),
        (
            "UPDATE log_node SET hash = zeroblob(32) WHERE position % 2 = 1",
            "does not stand in the signed head",
        ),
        (
            "DELETE FROM log_leaf WHERE number > 1 AND event_uid NOT IN (SELECT uid FROM event)",
            "The leaf that binds the journal was removed from the log",
        ),
    ],
)
def test_each_thing_done_to_the_journal_is_named(
    ward: Ward, verify: Callable[[], Result], statement: str, named: str
) -> None:
    grow(ward)
    put(ward, "hoa", "lam", "thu")
    grow(ward)
    with ward.database.writing() as session:
        session.execute(text(statement))
    result = verify()
    assert named in result.output
    assert result.exit_code == 1


def test_the_leaf_of_the_journal_is_no_fault_of_the_log(ward: Ward) -> None:
    put(ward, "hoa")
    head = grow(ward)
    with ward.database.reading() as session:
        assert head.size == 2
        report = verify_ledger(session, ring=ward.worker_ring, moved=lambda _count: None)
    assert (report.faults, report.leaves) == ([], 2)


def test_two_batches_bind_the_same_journal_by_leaves_that_are_not_alike(ward: Ward) -> None:
    one, other = (bind(SEARCH, size=size, chain=BEFORE_THE_FIRST) for size in (0, 2))
    assert one.uid != other.uid
    assert one.commitment != other.commitment


def test_the_keys_of_the_public_site_cannot_check_the_journal(
    ward: Ward, verify: Callable[[], Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(ward.database.engine.url.database or "").parent
    monkeypatch.setenv("PORTAL_KEYS", str(folder / "keys" / "public"))
    result = verify()
    assert result.exit_code == 1
    assert "keys/worker" in result.output
