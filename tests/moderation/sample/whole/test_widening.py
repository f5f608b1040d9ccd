"""The whole ward in a database: brought in, reshaped and staffed by the portal's own verbs."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from moderation import sample
from moderation.sample.whole.cells import NEW_NAME, PARTS, SCHOOL
from portal.clock import VIETNAM
from portal.db import Database
from portal.files.storing import FileStore
from portal.models import Case, Grant, JournalEntry, Membership, Organisation, RegisterImport
from portal.models.register_import import ImportState
from portal.vault import Ring
from portal.vocabulary import Deed, MembershipKind, Role, Status

TODAY = date(2026, 11, 23)
LOADED = datetime(2026, 11, 23, 10, 0, tzinfo=VIETNAM).astimezone(UTC)
LETTERS = ("khen-bi-thu-1", "quy-khoi-cong-khai-5")
SHAPED = {
    Deed.ORGANISATION_FOUNDED,
    Deed.ORGANISATION_RENAMED,
    Deed.ORGANISATIONS_MERGED,
    Deed.ORGANISATION_SPLIT,
    Deed.ORGANISATION_ENDED,
}


def test_the_whole_ward_has_its_cells_members_and_accounts(
    migrated: Path, ring_worker: Ring, tmp_path: Path
) -> None:
    path = shutil.copy(migrated, tmp_path / "portal.db")
    database, files = Database(f"sqlite:///{path}"), FileStore(str(tmp_path / "files"))
    sample.load(database, ring_worker, files, today=TODAY, at=LOADED, only=LETTERS, whole=True)
    with database.reading() as session:
        ward = session.scalars(
            select(Organisation).where(Organisation.short_name == "Phường Đông Kinh")
        ).one()
        cells = session.scalars(
            select(Organisation).where(
                Organisation.parent_id == ward.id,
                Organisation.unit_kind.is_not(None),
                Organisation.valid_to.is_(None),
            )
        ).all()
        assert len(cells) == 45
        assert {NEW_NAME[0], SCHOOL.name, PARTS[0][1], PARTS[1][1]} < {one.name for one in cells}
        members = select(func.count()).where(
            Membership.kind == MembershipKind.HOME,
            Membership.organisation_id.in_([one.id for one in cells]),
            Membership.valid_to.is_(None),
        )
        assert 880 <= session.scalars(members).one() <= 920
        seats = select(func.count(func.distinct(Grant.organisation_id))).where(
            Grant.role == Role.COMMITTEE,
            Grant.organisation_id.in_([one.id for one in cells]),
        )
        assert session.scalars(seats).one() == 43
        states = set(session.scalars(select(RegisterImport.state)))
        assert states == {ImportState.DONE}
        assert set(session.scalars(select(JournalEntry.deed))) > SHAPED
        assert set(session.scalars(select(Case.status))) == {Status.CLOSED}
    database.engine.dispose()


def test_the_whole_ward_is_loaded_unless_the_small_one_is_asked_for() -> None:
    assert sample.is_whole(None)
    assert sample.is_whole("")
    assert sample.is_whole("whole")
    assert not sample.is_whole("small")
    with pytest.raises(sample.CANNOT_LOAD, match="whole or small"):
        sample.is_whole("large")
