"""Lists of members, page by page."""

from __future__ import annotations

from uuid import UUID

from moderation.access import Granted, Person
from moderation.registering import searching, tree
from portal.vocabulary import OrganisationKind, Role
from tests.moderation.ward import CELL_2, WARD, Ward

REGISTRAR = Person(
    account_id=1,
    name="",
    login="",
    language=None,
    grants=(Granted(Role.REGISTRAR, WARD, OrganisationKind.WARD_COMMUNE),),
    marks=frozenset(),
)


def test_pages_of_a_cell_follow_each_other_without_gap_or_repetition(ward: Ward) -> None:
    """Each page begins after the last member of the one before, by given name."""
    walked: list[UUID] = []
    with ward.database.reading() as session:
        whole = searching.members_of(
            session, organisation_id=CELL_2, on=ward.office.today, after=None
        )
        while page := searching.members_of(
            session,
            organisation_id=CELL_2,
            on=ward.office.today,
            after=walked[-1] if walked else None,
            size=2,
        ):
            walked += [row.id for row in page[:2]]
    assert walked == [row.id for row in whole]
    assert [row.name.split()[-1] for row in whole] == ["Bách", "Đoàn", "Kỳ", "Lụa", "Vinh"]


def test_pages_of_those_who_were_looked_for_do_so_too(ward: Ward) -> None:
    """Two of one name: the second page begins with the second."""
    with ward.database.reading() as session:
        ids: list[UUID] = []
        for _page in range(3):
            rows = searching.find_members(
                session,
                by=REGISTRAR,
                words="bach",
                on=ward.office.today,
                after=ids[-1] if ids else None,
                size=1,
            )
            ids += [row.id for row in rows[:1]]
    assert len(ids) == len(set(ids)) == 2


def test_pages_of_what_stands_below_do_so_too(ward: Ward) -> None:
    """By name, from one to the next."""
    walked: list[int] = []
    with ward.database.reading() as session:
        while page := tree.children_on(
            session,
            parent_id=WARD,
            on=ward.office.today,
            after=walked[-1] if walked else None,
            size=1,
        ):
            walked.append(page[0].id)
        whole = tree.children_on(session, parent_id=WARD, on=ward.office.today)
    assert walked == [unit.id for unit in whole]
    assert len(walked) == 4
