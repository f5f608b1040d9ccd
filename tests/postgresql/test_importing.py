"""A file for the register, on PostgreSQL: put ready, written by a statement for each table."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select, text

from moderation.importing import arriving, choosing, confirming, running
from moderation.importing.about import about_of
from portal.files.memory import nameless
from portal.files.storing import FileStore
from portal.models import Grant, ImportWrite, Member, Post, RegisterImport
from portal.models.register_import import ImportKind, ImportState
from portal.vocabulary import Role
from tests.moderation.ward import SINCE, WARD, Ward

MEMBERS = """Họ và tên,Năm sinh,Chi bộ,Từ ngày,Mã nguồn,Chức vụ
Bế Thị Mới,1990,Chi bộ khối 2,01/09/2026,A-1,Phó bí thư
Nông Văn Bách,1961,Chi bộ khối 7,,A-2,Tổ trưởng | Chi bộ khối 7 | 01/02/2026 | 01/03/2026
"""
ORGANISATIONS = """Tên tổ chức,Loại,Thuộc,Từ ngày
Đảng bộ bệnh viện,Đảng ủy cơ sở,Đảng bộ phường Đông Kinh,01/09/2025
Chi bộ nội trú,Chi bộ,Đảng bộ bệnh viện,01/10/2025
"""


def test_members_and_organisations_are_brought_in_once(ward: Ward, tmp_path: Path) -> None:
    store = FileStore(str(tmp_path))
    with ward.database.writing() as session:
        role = Grant(account_id=ward.accounts["far"], role=Role.REGISTRAR, organisation_id=WARD)
        role.valid_from = SINCE
        session.add(role)
        # The ward was written with numbers of its own.
        session.execute(text("SELECT setval(pg_get_serial_sequence('organisation', 'id'), 100)"))
    assert bring(ward, store, ImportKind.MEMBERS, MEMBERS) == {"rows": 2, "add": 1, "change": 1}
    assert bring(ward, store, ImportKind.MEMBERS, MEMBERS) == {"rows": 2, "same": 2}
    assert bring(ward, store, ImportKind.ORGANISATIONS, ORGANISATIONS) == {"rows": 2, "add": 2}
    with ward.database.reading() as session:
        bach = session.get_one(Member, ward.members["bach"])
        post = session.scalars(select(Post).where(Post.member_id == bach.id)).one()
        assert (bach.version, post.ended_on) == (2, ward.office.today)
        assert not session.scalar(select(func.count()).select_from(ImportWrite))


def bring(ward: Ward, store: FileStore, kind: ImportKind, sheet: str) -> dict[str, int]:
    """Bring a file in; what its preview came to."""
    with nameless() as given:
        given.write(sheet.encode())
        arrived = arriving.arrive(store, given=given, name="x.csv", kind=kind)
    with ward.database.writing() as session:
        by = ward.person(session, "far")
        row = arriving.enter(session, office=ward.office, by=by, kind=kind, arrived=arrived)
        chosen = {place: name for name, place in row.plan["columns"].items()}
        assert not choosing.choose_columns(row, about=about_of(ward.office, row), chosen=chosen)
        number = row.id
    running.work_once(ward.database, ward.worker_ring, store, at=ward.at)
    with ward.database.writing() as session:
        row = session.get_one(RegisterImport, number)
        if confirming.may_confirm(row):
            confirming.confirm(row)
        tally = dict(row.tally)
    running.work_once(ward.database, ward.worker_ring, store, at=ward.at)
    with ward.database.reading() as session:
        ended = session.get_one(RegisterImport, number).state
    assert ended is (ImportState.READY if "same" in tally else ImportState.DONE)
    return tally
