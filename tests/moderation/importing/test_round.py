"""What was handed out and is brought back changes nothing, whatever is in the register."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import insert

from moderation.exporting import handing_out
from moderation.exporting.rows import head_of, member_lines, organisation_lines, plain
from moderation.importing.columns import FIELDS, guess, is_never_read
from moderation.importing.comparing import MemberComparer
from moderation.importing.frames import Frame, read_frame
from moderation.importing.organisation_rows import OrganisationComparer
from portal.i18n import source_of
from portal.models import Grant, Member, Membership, Post, Standing
from portal.models.register_import import ImportKind, SheetFormat, Verdict
from portal.spreadsheet import MARK
from portal.text import fold
from portal.vocabulary import MembershipKind, MembershipStatus, PostTitle, Role
from tests.moderation import ward as wards
from tests.moderation.ward import CELL_2, CELL_7, PROVINCE, SCHOOL, SINCE, WARD, Ward

_NAMES = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếộỹ", min_size=1, max_size=6)
_PEOPLE = st.lists(_NAMES.map(str.capitalize), min_size=2, max_size=4).map(" ".join)
_DAYS = st.dates(SINCE, date(2026, 11, 20))
_CELLS = st.sampled_from((CELL_7, CELL_2, SCHOOL))
_WORDS = st.text(alphabet="abc đồng;|:\\=+-'", min_size=1, max_size=12).filter(
    lambda words: any(map(str.isalpha, words)) and words.strip(" '=+-") == words
)


@st.composite
def members(draw: st.DrawFn) -> dict[str, Any]:
    """Somebody with cells, standings and posts of any days."""
    since = draw(_DAYS)
    until = draw(st.none() | st.dates(date(2026, 11, 24), date(2027, 6, 1)))
    return {
        "name": draw(_PEOPLE),
        "year": draw(st.integers(1935, 2005)),
        "home": (draw(_CELLS), since),
        "residence": draw(st.none() | st.tuples(_CELLS, _DAYS)),
        "temporary": draw(st.none() | st.tuples(_CELLS, _DAYS)),
        "until": until,
        "status": draw(st.sampled_from([s for s in MembershipStatus if s.value[:3] != "dec"][:7])),
        "posts": draw(
            st.lists(st.tuples(_CELLS, _WORDS, _DAYS), max_size=2, unique_by=lambda one: one[0])
        ),
        "title": draw(st.sampled_from((PostTitle.SECRETARY, PostTitle.OTHER))),
        "managed": draw(st.sampled_from((None, WARD))),
    }


@pytest.fixture(scope="module")
def kept(built_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    """One ward for all the examples: members are only ever added."""
    ward = wards.copy(built_ward, tmp_path_factory.mktemp("round") / "ward")
    with ward.database.writing() as session:
        session.execute(
            insert(Grant).values(
                account_id=ward.accounts["far"],
                role=Role.REGISTRAR,
                organisation_id=WARD,
                valid_from=SINCE,
            )
        )
    yield ward
    ward.database.engine.dispose()


def frame_of(ward: Ward) -> Frame:
    with ward.database.reading() as session:
        return read_frame(session, office=ward.office, account_id=ward.accounts["far"])


def add(ward: Ward, one: dict[str, Any]) -> None:
    """Write somebody into the register."""
    name = str(one["name"])
    with ward.database.writing() as session:
        member = Member(name=name, folded=fold(name), given=fold(name.split()[-1]))
        member.birth_year, member.managed_by_id = one["year"], one["managed"]
        session.add(member)
        session.flush()
        for kind in MembershipKind:
            if one[kind.value]:
                cell, since = one[kind.value]
                until = one["until"] if kind is MembershipKind.TEMPORARY else None
                row = Membership(member_id=member.id, organisation_id=cell, kind=kind)
                row.valid_from, row.valid_to = since, until
                session.add(row)
        _, since = one["home"]
        session.add(Standing(member_id=member.id, status=one["status"], valid_from=since))
        for cell, words, day in one["posts"]:
            own = words if one["title"] is PostTitle.OTHER else None
            session.add(
                Post(
                    member_id=member.id,
                    organisation_id=cell,
                    title=one["title"],
                    words=own,
                    valid_from=day,
                )
            )


def handed_out(ward: Ward, form: SheetFormat) -> bytes:
    """The file of all members."""
    with ward.database.reading() as session:
        by = ward.person(session, "far")
        pieces = handing_out.pieces(
            session,
            office=ward.office,
            by=by,
            kind=ImportKind.MEMBERS,
            form=form,
            on=ward.office.today,
        )
        return b"".join(pieces)


def brought_back(ward: Ward, rows: list[list[str]]) -> Counter[str]:
    """What becomes of the rows of a file."""
    names = guess(ImportKind.MEMBERS, rows[0])
    assert list(names.values()) == list(range(len(rows[0])))
    batch = [
        (at, dict(zip(names, cells, strict=True))) for at, cells in enumerate(rows[1:], start=2)
    ]
    found = MemberComparer(ward.database, frame_of(ward))(batch)
    assert [said.body for said in found if said.verdict] == []
    return Counter("same" if said.verdict is None else said.verdict for said in found)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(one=members())
def test_what_is_handed_out_and_brought_back_changes_nothing(
    kept: Ward, one: dict[str, Any]
) -> None:
    add(kept, one)
    text = handed_out(kept, SheetFormat.CSV)
    assert text.startswith(MARK)
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert brought_back(kept, rows) == {"same": len(rows) - 1}


@pytest.mark.parametrize(("top", "numbered"), [(WARD, True), (WARD, False), (PROVINCE, True)])
def test_organisations_that_are_handed_out_and_brought_back_stay_as_they_are(
    ward: Ward, top: int, numbered: bool
) -> None:
    """That at which somebody is registrar, too, though what stands above it is not theirs."""
    kind = ImportKind.ORGANISATIONS
    with ward.database.writing() as session:
        role = Grant(account_id=ward.accounts["far"], role=Role.REGISTRAR, organisation_id=top)
        role.valid_from = SINCE
        session.add(role)
    with ward.database.reading() as session:
        by, today = ward.person(session, "far"), ward.office.today
        lines = [
            list(map(plain, one))
            for one in organisation_lines(session, by=by, on=today, today=today)
        ]
    names = [field.name for field in FIELDS[kind]]
    batch = [
        (at, {name: "" if cell is None else cell for name, cell in zip(names, cells, strict=True)})
        for at, cells in enumerate(lines, start=2)
    ]
    assert batch[0][1]["organisation_id"] == f"#{top}"
    if not numbered:
        batch = [(at, cells | {"organisation_id": ""}) for at, cells in batch]
    found = OrganisationComparer(ward.database, frame_of(ward))(batch)
    assert [said.body for said in found if said.verdict] == []
    other = OrganisationComparer(ward.database, frame_of(ward))(
        [(2, batch[0][1] | {"short_name": "Khác"})]
    )
    assert [said.verdict for said in other] == [Verdict.PROBLEM]


def test_the_workbook_says_the_same_and_no_text_is_a_formula(kept: Ward) -> None:
    words = "=1+1 là chữ"
    day = date(2026, 2, 3)
    add(
        kept,
        {
            "name": "Lý Thị Bảng",
            "year": 1980,
            "home": (CELL_7, day),
            "residence": None,
            "temporary": None,
            "until": None,
            "status": MembershipStatus.ACTIVE,
            "posts": [(CELL_7, words, day)],
            "title": PostTitle.OTHER,
            "managed": None,
        },
    )
    book = load_workbook(io.BytesIO(handed_out(kept, SheetFormat.XLSX)))
    sheet = book.worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert [cell.value for cell in sheet[1]] == head_of(ImportKind.MEMBERS)
    with kept.database.reading() as session:
        by = kept.person(session, "far")
        today = kept.office.today
        lines = list(member_lines(session, by=by, on=today, today=today))
    cells: list[list[Any]] = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    found = [
        [plain(cell.date() if isinstance(cell, datetime) else cell) for cell in row]
        for row in cells
    ]
    assert found == [[plain(cell) for cell in line] for line in lines]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_a_day_before_anybody_came_hands_out_nobody(kept: Ward) -> None:
    with kept.database.reading() as session:
        by = kept.person(session, "far")
        before = SINCE - timedelta(days=1)
        assert not list(member_lines(session, by=by, on=before, today=kept.office.today))


def test_every_column_is_known_by_its_own_name_and_none_is_refused() -> None:
    for kind, fields in FIELDS.items():
        heads = [source_of(field.label) for field in fields]
        assert guess(kind, heads) == {field.name: at for at, field in enumerate(fields)}
        assert not any(map(is_never_read, heads))
