"""The drill: everything is lost, a backup is put back, and the portal goes on where it was."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from moderation import sessions
from moderation.backing_up import checking, keying
from moderation.backing_up.faults import BackupFault, WrongKey
from moderation.backing_up.settling import NUMBERS_A_DAY
from moderation.retention.marking import bring, case_marks
from moderation.retention.purge_list import NAME, open_list
from moderation.retention.purging import purge
from moderation.verifying import verify, verify_journal
from portal.clock import now
from portal.db import Base
from portal.files.attaching import attach
from portal.models import (
    Account,
    Attachment,
    BulkDeed,
    BulkItem,
    BulkOrder,
    Case,
    Heartbeat,
    Identity,
    Invitation,
    JournalEntry,
    Notice,
    NoticeAddress,
    RegisterImport,
    Seal,
    Sequence,
    StaffSession,
)
from portal.models.register_import import ImportKind, ImportState, SheetFormat
from portal.models.submission import SealTarget
from portal.tracking import find, own_words
from portal.vault import Code
from portal.vocabulary import Deed, Status
from tests.moderation.backing_up.conftest import PASSPHRASE, Office
from tests.moderation.identity.keepers import MAIL, TOLD, agree, appoint, ask, write
from tests.moderation.walking import BACH, Walk
from tests.moderation.ward import Ward
from tests.specimens import photo
from tests.uploads import sealed


def lived_in(office: Office) -> tuple[Walk, Walk]:
    """Two letters with names, the first with a file and opened for a reader; somebody signed in."""
    ward = office.ward
    appoint(ward, "sao", "trang", "may")
    first, second = write(ward), write(ward)
    with ward.database.writing() as session:
        tracked = find(session, ring=ward.ring, code=code_of(first))
        assert tracked is not None
        kept = sealed(office.store, photo(), tracked.key)
        attach(session, tracked=tracked, sealed=kept, at=ward.at)
        sessions.begin_session(session, account_id=ward.accounts["hoa"], at=ward.at, hours=10**6)
        session.add(Notice(kind="arrived", case_id=first.number, at=ward.at))
        session.get_one(NoticeAddress, first.number).next_at = ward.at
        begin_more(ward, session, first.number)
    agree(first, "sao", ask(first))
    return first, second


def begin_more(ward: Ward, session: Session, case_id: int) -> None:
    """Let there be a link, a lease, an order for many cases and an import that have not ended."""
    far, (hoa, an) = ward.at.replace(year=2200), (ward.accounts[each] for each in ("hoa", "an"))
    session.add(
        Invitation(
            account_id=hoa,
            token_hash=b"t" * 32,
            invited_by_id=an,
            invited_at=ward.at,
            expires_at=far,
        )
    )
    case = session.get_one(Case, case_id)
    case.claimant_id, case.lease_until = hoa, far
    order = BulkOrder(account_id=hoa, deed=BulkDeed.DECLINE, ordered_at=ward.at, due_at=far)
    session.add(order)
    session.flush()
    session.add(BulkItem(order_id=order.id, case_id=case_id, version=case.version, words=b"w"))
    session.add(
        RegisterImport(
            account_id=hoa,
            kind=ImportKind.MEMBERS,
            state=ImportState.READY,
            at=ward.at,
            uid=b"u" * 16,
            key_version=1,
            box=b"b",
            form=SheetFormat.CSV,
        )
    )


def code_of(walk: Walk) -> Code:
    """The code of a letter."""
    assert walk.receipt is not None
    return walk.receipt.code


def lose(office: Office) -> None:
    """Lose the database and the files."""
    lose_database(office)
    for path in files_of(office):
        path.unlink()


def test_a_restore_drill(office: Office) -> None:
    first, second = lived_in(office)
    ward, files = office.ward, {path.name: path.read_bytes() for path in files_of(office)}
    with ward.database.reading() as session:
        assert all(begun(session))
    backup = office.back_up()
    second.withdraw()
    bring(ward.database, ring=ward.ring, folder=office.home / "purged")
    lose(office)
    said = office.restore(backup)
    assert said.exit_code == 0, said.output
    assert "1 letters that were taken back" in said.output
    assert "To be looked at" not in said.output
    assert {path.name: path.read_bytes() for path in files_of(office)} == files != {}
    with ward.database.reading() as session:
        # Codes open what they opened, and nobody else is known who had been destroyed.
        tracked = find(session, ring=ward.ring, code=code_of(first))
        assert tracked is not None
        assert own_words(session, tracked=tracked) == BACH
        assert session.scalars(select(Identity.submission_id)).all() == [first.number]
        assert session.get_one(Case, second.number).status is Status.WITHDRAWN
        assert not any(begun(session))
        last = session.scalars(select(JournalEntry.deed).order_by(JournalEntry.id.desc())).first()
        assert last is Deed.RESTORED
        report = verify(session, ring=ward.worker_ring, moved=lambda _count: None)
        journal = verify_journal(session, ring=ward.ring, moved=lambda _count: None)
        assert (report.faults, journal.faults) == ([], [])
        value = session.scalars(select(Sequence.value)).one()
    assert value >= NUMBERS_A_DAY


def begun(session: Session) -> list[int]:
    """How much there is of everything that must not come back to life."""
    hours = (SealTarget.IDENTITY_APPROVAL, SealTarget.IDENTITY_OPENING)
    asked = (
        StaffSession.ended_at.is_(None),
        Notice.sent_at.is_(None),
        NoticeAddress.next_at.is_not(None),
        Seal.target.in_(hours),
        and_(Invitation.used_at.is_(None), Invitation.revoked_at.is_(None)),
        Case.lease_until > now(),
        BulkItem.done_at.is_(None),
        RegisterImport.box.is_not(None),
    )
    return [session.scalar(select(func.count()).where(each)) or 0 for each in asked]


def files_of(office: Office) -> list[Path]:
    """What lies in the store."""
    return sorted((office.home / "files").iterdir())


def test_a_stolen_backup_reveals_nothing(office: Office) -> None:
    """No word, name, code or table stands in it, and the keys of the machine open nothing."""
    first, _second = lived_in(office)
    ward, backup = office.ward, office.back_up()
    raw = backup.read_bytes()
    with ward.database.reading() as session:
        names = session.scalars(select(Account.name)).all()
        logins = session.scalars(select(Account.login).where(func.length(Account.login) > 3)).all()
        (attachment,) = session.scalars(select(Attachment.uid)).all()
    words = [*BACH.what.split(), *names, *logins, MAIL, *vars(TOLD).values()]
    words += [str(code_of(first)), attachment.hex(), "SQLite format", *Base.metadata.tables]
    # A short word would stand in any million of random bytes.
    assert [each for each in words if len(each) > 4 and each.encode() in raw] == []
    assert backup.stat().st_mode & 0o077 == 0
    keys = [path.read_text().strip() for path in (office.home / "keys").rglob("*.*")]
    assert all(key.encode() not in raw for key in keys)
    for private in ward.worker_ring.private.values():
        with pytest.raises(WrongKey):
            checking.check(backup, private)
    said = office.run("backup", "verify", str(backup))
    assert (said.exit_code, "checksum is right" in said.output) == (0, True)
    said = office.run("backup", "verify", str(backup), "--key", str(office.key))
    assert (said.exit_code, "1 files are whole" in said.output) == (0, True), said.output


def test_what_stands_in_the_way_is_told_in_one_sentence_and_nothing_is_changed(
    office: Office,
) -> None:
    backup = office.back_up()
    before = sorted(path.name for path in office.home.rglob("*"))
    assert "There is a database" in sentence(office.restore(backup))
    with office.ward.database.writing() as session:
        session.add(Heartbeat(name="worker", at=office.ward.at + timedelta(days=36_500)))
    assert "stop all processes" in sentence(office.restore(backup, "--replace"))
    raw = bytearray(backup.read_bytes())
    raw[len(raw) // 2] ^= 1
    broken = backup.with_name("broken")
    broken.write_bytes(raw)
    with office.ward.database.writing() as session:
        session.delete(session.get_one(Heartbeat, "worker"))
    assert "damaged" in sentence(office.restore(broken, "--replace"))
    office.typed = "another passphrase\n"
    assert "does not unlock" in sentence(office.restore(backup, "--replace"))
    assert sorted(path.name for path in office.home.rglob("*")) == before


def test_a_passphrase_is_taken_as_it_is_typed_at_night(office: Office) -> None:
    backup = office.back_up()
    verify = ("backup", "verify", str(backup), "--key", str(office.key))
    office.typed = f"  {'  '.join(PASSPHRASE.split())} \n"
    said = office.run(*verify)
    assert (said.exit_code, "are whole" in said.output) == (0, True), said.output
    # What Python hands on where the terminal sends something else than UTF-8.
    with pytest.raises(BackupFault, match="terminal"):
        keying.passphrase_of(b"tr\xe3ng".decode("utf-8", "surrogateescape"))


def test_without_a_newer_purge_list_a_reason_is_needed(office: Office) -> None:
    backup = office.back_up()
    (office.home / "purged" / NAME).unlink()
    lose_database(office)
    assert "older than the backup or lost" in sentence(office.restore(backup))
    assert not (office.home / "portal.db").exists()
    said = office.restore(backup, "--without-purge-list", "Đĩa của danh sách đã hỏng.")
    assert said.exit_code == 0, said.output
    with office.ward.database.reading() as session:
        deeds = session.scalars(select(JournalEntry.deed)).all()
    assert deeds[-1] is Deed.RESTORED_UNLISTED


def lose_database(office: Office) -> None:
    """Lose the database alone."""
    office.ward.database.engine.dispose()
    for path in office.home.glob("portal.db*"):
        path.unlink()


def test_what_is_replaced_is_kept_aside_and_what_it_knew_is_destroyed_again(
    office: Office,
) -> None:
    """The list lacks what the database that is put aside had destroyed a moment before."""
    appoint(office.ward, "sao", "trang", "may")
    walk = write(office.ward)
    backup = office.back_up()
    walk.withdraw()
    office.ward.database.engine.dispose()
    said = office.restore(backup, "--replace")
    assert said.exit_code == 0, said.output
    (aside,) = office.home.glob("portal.db.before-*")
    with sqlite3.connect(aside) as old:
        assert old.execute("SELECT count(*) FROM submission").fetchone() == (1,)
    with office.ward.database.reading() as session:
        assert session.scalars(select(Identity.submission_id)).all() == []


def test_files_of_what_was_destroyed_do_not_come_back(office: Office) -> None:
    first, second = lived_in(office)
    ward, backup = office.ward, office.back_up()
    with open_list(office.home / "purged", ward.ring) as book, ward.database.writing() as session:
        marks = case_marks(session, search=ward.ring.search, case_ids=[first.number])
        book.begin(purge(session, office=ward.office, case_ids=[first.number]), marks.values())
    lose(office)
    said = office.restore(backup)
    assert (said.exit_code, "1 cases" in said.output) == (0, True), said.output
    assert files_of(office) == []
    with ward.database.reading() as session:
        assert session.scalars(select(Case.id)).all() == [second.number]


def sentence(said: Result) -> str:
    """The one sentence of a command that could not do its job."""
    assert said.exit_code == 1
    lines = said.output.strip().splitlines()
    assert [line for line in lines if line.startswith("Error: ")] == lines[-1:]
    return str(lines[-1])
