"""Deeds on organisations: names, parents, mergers and splits, and what follows for cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from moderation.access import Person, committee_mark, identify, visible_to
from moderation.administering.scope import NotYours
from moderation.excluding import add_marks
from moderation.register import below, committees_of, in_force, today_of
from moderation.registering import beginning, calling_off, changing, founding, joining, tree
from moderation.registering.checks import Problem
from moderation.registering.rows import Refused
from moderation.registering.scope import ChangedMeanwhile, OwnInterest
from moderation.registering.winding_up import staying
from moderation.workflow.filing import file_case
from portal.installation import load_installation
from portal.models import (
    Account,
    CaseScope,
    Counter,
    Grant,
    JournalEntry,
    Membership,
    Organisation,
    PlaceName,
    Post,
    Tie,
)
from portal.places import read_gazetteer
from portal.text import fold
from portal.vocabulary import Deed, MembershipKind, OrganisationKind, Role, Status
from tests.moderation import ward as wards
from tests.moderation.conftest import MakeCase
from tests.moderation.ward import CELL_2, CELL_7, NOON, OTHER_WARD, PROVINCE, SINCE, WARD, Ward

ON = date(2026, 11, 1)


@pytest.fixture
def session(ward: Ward) -> Iterator[Session]:
    """A unit of work that is never committed."""
    with ward.database.writer_session() as opened:
        yield opened


@pytest.fixture
def by(session: Session, ward: Ward) -> Person:
    """A registrar of the province."""
    return registrar(session, ward)


def registrar(session: Session, ward: Ward, *roles: tuple[Role, int]) -> Person:
    """A registrar of the province, with these roles beside."""
    number = session.scalar(select(func.count()).select_from(Account)) or 0
    account = Account(login=f"registrar{number}", name="Nông Hải Yến", password_hash="")
    account.created_at = NOON
    session.add(account)
    session.flush()
    for role, place in ((Role.REGISTRAR, PROVINCE), *roles):
        session.add(
            Grant(account_id=account.id, role=role, organisation_id=place, valid_from=SINCE)
        )
    session.flush()
    return _person(session, ward, account)


def _person(session: Session, ward: Ward, account: Account) -> Person:
    """What this account sees."""
    office = ward.office
    return identify(session, search=office.ring.search, account=account, today=office.today)


def version(session: Session, number: int) -> int:
    """What a page of an organisation would carry."""
    return session.get_one(Organisation, number).version


def counted(session: Session) -> dict[tuple[str, int, Status], int]:
    """The counters that are not nothing."""
    rows = session.execute(
        select(Counter.room, Counter.organisation_id, Counter.status, Counter.amount)
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows if row[3]}


def filed(session: Session) -> dict[tuple[str, int, Status], int]:
    """The same, counted from the rows that they stand for."""
    rows = session.execute(
        select(CaseScope.room, CaseScope.organisation_id, CaseScope.status, func.count()).group_by(
            CaseScope.room, CaseScope.organisation_id, CaseScope.status
        )
    )
    return {(row[0], row[1], row[2]): row[3] for row in rows}


def chain_holds(session: Session) -> None:
    """Every path is that of the parent and the own number."""
    rows = {row.id: row for row in session.scalars(select(Organisation))}
    for row in rows.values():
        above = rows[row.parent_id].path if row.parent_id else ""
        assert row.path == f"{above}{row.id}.", row.name


def test_a_rename_keeps_the_number_and_the_old_name(
    session: Session, ward: Ward, by: Person
) -> None:
    """Each day has the name of that day; what was a place's name leads there still."""
    deed: dict[str, Any] = {"office": ward.office, "by": by, "organisation_id": WARD}
    changing.rename(
        session, **deed, seen=1, name="Đảng bộ phường Mới", short_name="Phường Mới", on=ON
    )
    before = tree.unit_on(session, organisation_id=WARD, on=ON - timedelta(1))
    after = tree.unit_on(session, organisation_id=WARD, on=ON)
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("Đảng bộ phường Đông Kinh", "Đảng bộ phường Mới")
    looked: dict[str, Any] = {"session": session, "among": None}
    for words, on in (("dong kinh", ON - timedelta(1)), ("phuong moi", ON)):
        assert [unit.id for unit in tree.named_on(**looked, words=words, on=on)] == [WARD]
    for words, on in (("dong kinh", ON), ("phuong moi", ON - timedelta(1))):
        assert tree.named_on(**looked, words=words, on=on) == []
    name = session.scalars(select(PlaceName).where(PlaceName.organisation_id == WARD)).one()
    assert (name.name, name.valid_to) == ("Đảng bộ phường Đông Kinh", ON - timedelta(1))
    with pytest.raises(ChangedMeanwhile):
        changing.rename(session, **deed, seen=1, name="Khác", short_name="Khác", on=ON)
    entry = session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert entry is not None
    assert (entry.deed, entry.organisation_id) == (Deed.ORGANISATION_RENAMED, WARD)


def test_a_change_to_come_waits_and_begins_in_its_night(
    session: Session, ward: Ward, by: Person
) -> None:
    """Until then today's name stays; a second plan is refused, and a dropped one never begins."""
    deed: dict[str, Any] = {"office": ward.office, "by": by, "organisation_id": CELL_7}
    later = ward.office.today + timedelta(days=7)
    names: dict[str, Any] = {"name": "Chi bộ khối 17", "short_name": "Khối 17"}
    changing.rename(session, **deed, seen=1, **names, on=later)
    row = session.get_one(Organisation, CELL_7)
    assert row.name == "Chi bộ khối 7"
    with pytest.raises(Refused) as refused:
        changing.rename(session, **deed, seen=2, **names, on=later)
    assert Problem.PLANNED in refused.value.problems
    assert list(beginning.due(session, on=ward.office.today)) == []
    ward.at += timedelta(days=7)
    assert list(beginning.due(session, on=ward.office.today)) == [CELL_7]
    beginning.begin(session, office=ward.office, organisation_id=CELL_7)
    assert row.name == "Chi bộ khối 17"
    assert [era.name for era in tree.eras_of(session, organisation=row)] == [
        "Chi bộ khối 7",
        "Chi bộ khối 17",
    ]


def test_a_move_takes_cases_along_and_counters_stay_true(
    session: Session, ward: Ward, by: Person, make_case: MakeCase
) -> None:
    """The old level above sees them no more, the new one does, and every count is right."""
    case = make_case(session, status=Status.ROUTED, handler=CELL_7)
    lonely = make_case(session, status=Status.ROUTED, handler=CELL_2)
    changing.move(
        session,
        office=ward.office,
        by=by,
        organisation_id=CELL_7,
        seen=1,
        parent_id=OTHER_WARD,
        on=ON,
    )
    chain_holds(session)
    assert set(session.scalars(below([OTHER_WARD]))) == {OTHER_WARD, CELL_7}
    places = select(CaseScope.organisation_id).where(CaseScope.room == "committee")
    assert set(session.scalars(places.where(CaseScope.case_id == case.id))) == {
        *(PROVINCE, OTHER_WARD, CELL_7)
    }
    assert set(session.scalars(places.where(CaseScope.case_id == lonely.id))) == {
        *(PROVINCE, WARD, CELL_2)
    }
    assert counted(session) == filed(session)
    # Many at once are filed as each would be alone.
    together = _rows(session)
    for each in (case, lonely):
        file_case(session, case=each)
    assert _rows(session) == together
    past = tree.unit_on(session, organisation_id=CELL_7, on=ON - timedelta(1))
    assert past is not None
    assert past.parent_id == WARD


def _rows(session: Session) -> set[tuple[Any, ...]]:
    """Every scope row, whole."""
    return {tuple(row) for row in session.execute(select(CaseScope.__table__))}


def test_nobody_moves_cases_to_where_they_would_read_them(
    session: Session, ward: Ward, make_case: MakeCase
) -> None:
    """A registrar who is on the committee of another ward sees nothing more by their own deed."""
    by = registrar(session, ward, (Role.COMMITTEE, OTHER_WARD))
    make_case(session, status=Status.ROUTED, handler=CELL_7)
    before = set(session.scalars(visible_to(by)))
    deed: dict[str, Any] = {"office": ward.office, "by": by, "organisation_id": CELL_7, "seen": 1}
    with pytest.raises(OwnInterest):
        changing.move(session, **deed, parent_id=OTHER_WARD, on=ON)
    with pytest.raises(OwnInterest):
        joining.merge(
            session,
            **deed | {"organisation_id": OTHER_WARD},
            others=[WARD],
            name="",
            short_name="",
            on=ON,
        )
    assert set(session.scalars(visible_to(by))) == before


@pytest.mark.parametrize("kind", MembershipKind)
@pytest.mark.parametrize("tied", [False, True])
def test_nobody_changes_their_own_cell_or_that_of_somebody_tied_to_them(
    session: Session, ward: Ward, by: Person, kind: MembershipKind, tied: bool
) -> None:
    """Whoever may not enter themself elsewhere does not take the whole cell there either."""
    someone = ward.members["doan"]
    session.execute(delete(Membership).where(Membership.member_id == someone))
    cell = Membership(member_id=someone, organisation_id=CELL_2, kind=kind, valid_from=SINCE)
    session.add(cell)
    if tied:
        session.add(Tie(account_id=by.account_id, member_id=someone, declared_at=NOON))
    else:
        session.get_one(Account, by.account_id).member_id = someone
    session.flush()
    told: dict[str, Any] = {"office": ward.office, "by": by, "seen": 1}
    own = {**told, "organisation_id": CELL_2}
    names: dict[str, Any] = {"name": "Chi bộ khối 20", "short_name": "Khối 20", "on": ON}
    deeds: list[tuple[Any, dict[str, Any]]] = [
        (joining.merge, own | names | {"others": [CELL_7]}),
        (joining.merge, own | names | {"organisation_id": CELL_7, "others": [CELL_2]}),
        (
            joining.split,
            own | {"parts": [("A", "A"), ("B", "B")], "members": {}, "below": {}, "on": ON},
        ),
        (changing.rename, own | names),
        (changing.move, own | {"parent_id": OTHER_WARD, "on": ON}),
        (changing.drop_plan, own),
        (founding.end, own | {"last": ON}),
    ]
    for deed, what in deeds:
        with pytest.raises(OwnInterest):
            deed(session, **what)
    cell.valid_to = ward.office.today - timedelta(days=1)
    session.execute(update(Post).where(Post.member_id == someone).values(valid_to=cell.valid_to))
    changing.rename(session, **own, **names)


def test_a_merger_hands_over_members_and_hides_what_was_hidden(
    session: Session, ward: Ward, by: Person, make_case: MakeCase
) -> None:
    """Members go on in the heir, posts and roles end, and the heir's committee inherits marks."""
    case = make_case(session, status=Status.ROUTED, handler=CELL_7, subjects=["doan"])
    search = ward.office.ring.search
    add_marks(session, case=case, marks={committee_mark(search, CELL_2)})
    secretary = _person(session, ward, session.get_one(Account, ward.accounts["thanh"]))
    assert case.id in set(session.scalars(visible_to(secretary)))
    told = joining.merge(
        session,
        office=ward.office,
        by=by,
        organisation_id=CELL_7,
        seen=1,
        others=[CELL_2],
        name="",
        short_name="",
        on=ON,
    )
    assert told.posts == 1
    assert told.members == 8
    ended = session.get_one(Organisation, CELL_2)
    assert ended.valid_to == ON - timedelta(1)
    assert staying(session, organisation_id=CELL_2, on=ON) == []
    homes = select(func.count()).where(
        Membership.organisation_id == CELL_7, Membership.valid_to.is_(None)
    )
    assert (session.scalar(homes) or 0) >= 9
    assert [one.id for one in today_of(session, organisation_id=CELL_2, on=ON)] == [CELL_7]
    assert case.id not in set(session.scalars(visible_to(secretary)))
    sat = committees_of(session, member_id=ward.members["doan"], days=[ward.office.today])
    assert sat == {CELL_2, CELL_7}
    assert counted(session) == filed(session)


def test_a_merger_to_come_is_called_off_and_everything_is_as_it_was(
    session: Session, ward: Ward, by: Person
) -> None:
    """Days of members, posts and roles are those of before; the new cell holds on no day."""
    later = ward.office.today + timedelta(days=30)
    seat = session.scalars(select(Post).where(Post.organisation_id == CELL_2)).one()
    seat.valid_to = later + timedelta(days=300)
    session.flush()
    before = _held(session)
    deed: dict[str, Any] = {"office": ward.office, "by": by, "organisation_id": CELL_7}
    names: dict[str, Any] = {"name": "Chi bộ khối 27", "short_name": "Khối 27"}
    told = joining.merge(session, **deed, seen=1, others=[CELL_2], **names, on=later)
    new = told.organisation.id
    assert _held(session) != before
    # What somebody entered since stays: a role that was taken away is not given back.
    gone = session.scalars(select(Grant).where(Grant.organisation_id == CELL_2)).one()
    gone.valid_to = ward.office.today - timedelta(days=1)
    session.flush()
    back = calling_off.call_off(
        session, **(deed | {"organisation_id": CELL_2}), seen=version(session, CELL_2)
    )
    assert (back.members, back.posts, back.roles) == (told.members, told.posts, told.roles - 1)
    gone.valid_to = None
    session.flush()
    assert _held(session) == before
    assert tree.unit_on(session, organisation_id=new, on=later) is None
    assert today_of(session, organisation_id=CELL_2, on=later)[0].id == CELL_2
    with pytest.raises(Refused):
        calling_off.call_off(session, **deed, seen=version(session, CELL_7))


def test_what_was_entered_for_the_new_cell_has_to_go_first(
    session: Session, ward: Ward, by: Person
) -> None:
    """Nobody loses a home by it; once the day is over there is no way back."""
    later = ward.office.today + timedelta(days=30)
    deed: dict[str, Any] = {"office": ward.office, "by": by}
    names: dict[str, Any] = {"name": "Chi bộ khối 27", "short_name": "Khối 27"}
    told = joining.merge(
        session, **deed, organisation_id=CELL_7, seen=1, others=[CELL_2], **names, on=later
    )
    member, home = ward.members["lua"], MembershipKind.HOME
    own = Membership(member_id=member, organisation_id=told.organisation.id, kind=home)
    own.valid_from = later
    session.add(own)
    session.flush()
    off: dict[str, Any] = deed | {"organisation_id": CELL_7}
    with pytest.raises(Refused) as refused:
        calling_off.call_off(session, **off, seen=version(session, CELL_7))
    assert refused.value.problems == (Problem.HAS_MEMBERS,)
    session.delete(own)
    calling_off.forget_past(session, on=later)
    with pytest.raises(Refused):
        calling_off.call_off(session, **off, seen=version(session, CELL_7))


def _held(session: Session) -> list[tuple[Any, ...]]:
    """Every row that holds on some day, with its days."""
    tables: tuple[Any, ...] = (Membership, Post, Grant, Organisation)
    return [
        (table.__name__, row.id, row.valid_from, row.valid_to)
        for table in tables
        for row in session.scalars(select(table).order_by(table.id))
        if row.valid_to is None or row.valid_to >= row.valid_from
    ]


def test_a_name_of_before_leads_through_mergers_and_splits_to_every_unit_of_today(
    session: Session, ward: Ward, by: Person
) -> None:
    """Renamed, then merged, then split: whoever writes the oldest name is offered both."""
    deed: dict[str, Any] = {"office": ward.office, "by": by}
    first: dict[str, Any] = {"organisation_id": OTHER_WARD, "seen": 1}
    changing.rename(
        session,
        **deed,
        **first,
        name="Đảng bộ phường Kỳ Lừa Bắc",
        short_name="Phường Kỳ Lừa Bắc",
        on=date(2025, 12, 1),
    )
    merged = joining.merge(
        session,
        **deed,
        organisation_id=WARD,
        seen=1,
        others=[OTHER_WARD],
        name="Đảng bộ phường Hợp Nhất",
        short_name="Phường Hợp Nhất",
        on=date(2026, 2, 1),
    ).organisation
    under = joining.directly_below(session, organisation_id=merged.id, on=ON)
    joining.split(
        session,
        **deed,
        organisation_id=merged.id,
        seen=merged.version,
        parts=[("Đảng bộ phường Đông", "Phường Đông"), ("Đảng bộ phường Tây", "Phường Tây")],
        members={},
        below={unit.id: place % 2 for place, unit in enumerate(under)},
        on=ON,
    )
    chain_holds(session)
    units = session.execute(
        select(Organisation.id, Organisation.short_name).where(
            Organisation.kind == OrganisationKind.WARD_COMMUNE, Organisation.valid_to.is_(None)
        )
    ).all()
    gazetteer = read_gazetteer(session, units=[(row.id, row.short_name) for row in units])
    names = {row.id: row.short_name for row in units}
    for old in ("phường Kỳ Lừa", "Kỳ Lừa Bắc", "phường Đông Kinh", "Hợp Nhất"):
        offered = gazetteer.offered(f"Khối 7, {old}")
        assert {names[one.unit_id] for one in offered} == {"Phường Đông", "Phường Tây"}, old


def test_the_link_of_a_ward_leads_on_to_the_one_that_took_over(
    session: Session, ward: Ward, by: Person
) -> None:
    """A poster of the old ward opens the form for the new one, which stands in lists once."""
    for number, slug in ((WARD, "phuong-dong-kinh"), (OTHER_WARD, "phuong-ky-lua")):
        session.add(PlaceName(organisation_id=number, name=slug, folded=slug, slug=slug))
    joining.merge(
        session,
        office=ward.office,
        by=by,
        organisation_id=WARD,
        seen=1,
        others=[OTHER_WARD],
        name="",
        short_name="",
        on=ON,
    )
    known = load_installation(session, today=ward.office.today)
    assert [unit.id for _letter, units in known.groups for unit in units] == [WARD]
    for slug in ("phuong-dong-kinh", "phuong-ky-lua"):
        found = known.unit_of_link(slug)
        assert found is not None
        assert (found.id, found.slug) == (WARD, "phuong-dong-kinh")


def test_an_organisation_ends_only_when_nobody_is_left_there(
    session: Session, ward: Ward, by: Person
) -> None:
    """A new cell without members ends, and its posts and roles with it."""
    deed: dict[str, Any] = {"office": ward.office, "by": by}
    with pytest.raises(Refused) as refused:
        founding.end(session, **deed, organisation_id=CELL_7, seen=1, last=ON)
    assert refused.value.problems == (Problem.HAS_MEMBERS,)
    wanted = founding.Founded(OrganisationKind.CELL, None, "Chi bộ khối 8", "Khối 8")
    made = founding.found(session, **deed, organisation_id=WARD, wanted=wanted, on=ON)
    number = made.organisation.id
    last = ON + timedelta(days=5)
    founding.end(session, **deed, organisation_id=number, seen=1, last=last)
    assert made.organisation.valid_to == last
    with pytest.raises(Refused) as refused:
        changing.rename(
            session, **deed, organisation_id=number, seen=2, name="A", short_name="A", on=ON
        )
    assert Problem.ENDED in refused.value.problems
    with pytest.raises(Refused) as refused:
        founding.found(session, **deed, organisation_id=CELL_7, wanted=wanted, on=ON)
    assert Problem.NOT_BELOW in refused.value.problems


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(("rename", "move", "merge", "found")),
        st.integers(0, 30),
        st.integers(0, 30),
        st.integers(0, 400),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def standing_ward(built_ward: Path, tmp_path_factory: pytest.TempPathFactory) -> Ward:
    """A ward in which every example is taken back."""
    return wards.copy(built_ward, tmp_path_factory.mktemp("deeds") / "ward")


@settings(max_examples=25)
@given(deeds=DEEDS)
def test_whatever_is_done_every_day_has_one_tree_and_everybody_one_home(
    standing_ward: Ward, deeds: list[tuple[str, int, int, int]]
) -> None:
    """Paths are chains of parents, each day's tree is whole, and no member has two homes."""
    with standing_ward.database.writer_session() as session:
        by = registrar(session, standing_ward)
        for what, one, other, back in deeds:
            rows = session.scalars(select(Organisation).order_by(Organisation.id)).all()
            first, second = rows[one % len(rows)], rows[other % len(rows)]
            on = standing_ward.office.today - timedelta(days=back)
            with suppress(Refused, OwnInterest, NotYours), session.begin_nested():
                _do(session, standing_ward, by, what, first, second, on)
        chain_holds(session)
        for back in (0, 100, 400):
            on = standing_ward.office.today - timedelta(days=back)
            _tree_is_whole(session, on)
            homes = session.execute(
                select(Membership.member_id, func.count())
                .where(in_force(Membership, on), Membership.kind == MembershipKind.HOME)
                .group_by(Membership.member_id)
            )
            assert {count for _member, count in homes} <= {1}


def _do(
    session: Session,
    ward: Ward,
    by: Person,
    what: str,
    first: Organisation,
    second: Organisation,
    on: date,
) -> None:
    """One deed of a sequence, of which many are refused."""
    deed: dict[str, Any] = {"office": ward.office, "by": by, "organisation_id": first.id, "on": on}
    named: dict[str, Any] = {
        "name": f"Chi bộ {first.id}.{on}",
        "short_name": f"Nơi {first.id}.{on}",
    }
    if what == "rename":
        changing.rename(session, **deed, seen=first.version, **named)
    elif what == "move":
        changing.move(session, **deed, seen=first.version, parent_id=second.id)
    elif what == "merge":
        new: dict[str, Any] = named if second.id % 2 else {"name": "", "short_name": ""}
        joining.merge(session, **deed, seen=first.version, others=[second.id], **new)
    else:
        wanted = founding.Founded(OrganisationKind.CELL, None, **named)
        founding.found(session, **deed, wanted=wanted)


def _tree_is_whole(session: Session, on: date) -> None:
    """From everybody up there is one way to a top, through organisations of the same day."""
    units = {unit.id: unit for unit in tree.tree_on(session, on=on)}
    for unit in units.values():
        steps = 0
        while unit.parent_id is not None:
            unit, steps = units[unit.parent_id], steps + 1
            assert steps < len(units)


def test_cells_stand_in_the_order_of_their_numbers_page_by_page(
    session: Session, ward: Ward, by: Person
) -> None:
    """A rename moves an organisation to its new place, and no page leaves one out."""
    for name in ("Chi bộ khối 10", "Chi bộ khối 9B", "Chi bộ khối 9A"):
        row = Organisation(
            kind=OrganisationKind.CELL,
            name=name,
            short_name=name,
            folded=fold(name),
            parent_id=WARD,
            path="",
            valid_from=SINCE,
        )
        session.add(row)
    session.flush()
    names: dict[str, Any] = {"name": "Chi bộ khối 11", "short_name": "Khối 11"}
    seen = version(session, CELL_2)
    changing.rename(
        session, office=ward.office, by=by, organisation_id=CELL_2, seen=seen, **names, on=ON
    )
    found: list[str] = []
    after = None
    below_ward: dict[str, Any] = {"parent_id": WARD, "on": ON, "kinds": [OrganisationKind.CELL]}
    while page := tree.children_on(session, **below_ward, after=after, size=1)[:1]:
        found += [unit.name for unit in page]
        after = page[0].id
    assert found == [
        "Chi bộ khối 7",
        "Chi bộ khối 9A",
        "Chi bộ khối 9B",
        "Chi bộ khối 10",
        "Chi bộ khối 11",
        "Chi bộ trường học",
    ]
