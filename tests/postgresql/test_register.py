"""The register on the other database: the tree of a day, pages, a move, a merger."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from moderation.access import Granted, Person
from moderation.registering import (
    calling_off,
    changing,
    confirmed_results,
    joining,
    searching,
    tree,
)
from portal.models import Organisation
from portal.text import place_order
from portal.vocabulary import OrganisationKind, Role
from tests.moderation.ward import CELL_2, CELL_7, OTHER_WARD, PROVINCE, Ward

ON = date(2026, 11, 1)


def test_the_register_is_read_and_changed_on_postgresql_too(ward: Ward) -> None:
    """Row values, ids of members and paths are compared as on SQLite."""
    grant = Granted(Role.REGISTRAR, PROVINCE, OrganisationKind.PROVINCE)
    with ward.database.writer_session() as session:
        by = Person(ward.accounts["thu"], "", "", None, (grant,), frozenset())
        first, *_more = searching.find_members(session, by=by, words="bach", on=ON, size=1)
        second = searching.find_members(session, by=by, words="bach", on=ON, after=first.id, size=1)
        assert second[0].id != first.id
        page = searching.members_of(session, organisation_id=CELL_2, on=ON, after=None, size=2)
        assert searching.members_of(session, organisation_id=CELL_2, on=ON, after=page[1].id)
        deed: dict[str, Any] = {
            "office": ward.office,
            "by": by,
            "organisation_id": CELL_7,
            "on": ON,
        }
        changing.move(session, **deed, seen=1, parent_id=OTHER_WARD)
        row = session.get_one(Organisation, CELL_7)
        assert row.path == f"{PROVINCE}.{OTHER_WARD}.{CELL_7}."
        told = joining.merge(
            session,
            **deed,
            seen=row.version,
            others=[CELL_2],
            name="",
            short_name="",
        )
        ended = select(Organisation.id).where(Organisation.valid_to.is_not(None))
        assert set(session.scalars(ended)) == {CELL_2}
        assert len(tree.tree_on(session, on=ON)) == 7
        assert told.members == 8
        assert confirmed_results.count_unwritten(session, by=by, on=ON) == 0
        assert row.placed == place_order(row.name)
        assert [unit.id for unit in tree.named_on(session, among=None, words="khoi 7", on=ON)] == [
            CELL_7
        ]


def test_a_merger_to_come_is_called_off_on_postgresql_too(ward: Ward) -> None:
    """What is kept of it comes back out of JSON as it went in."""
    grant = Granted(Role.REGISTRAR, PROVINCE, OrganisationKind.PROVINCE)
    later = ward.office.today + timedelta(days=30)
    with ward.database.writer_session() as session:
        by = Person(ward.accounts["thu"], "", "", None, (grant,), frozenset())
        deed: dict[str, Any] = {"office": ward.office, "by": by, "organisation_id": CELL_7}
        told = joining.merge(
            session, **deed, seen=1, others=[CELL_2], name="", short_name="", on=later
        )
        ending = session.get_one(Organisation, CELL_2)
        assert ending.valid_to == later - timedelta(days=1)
        off = deed | {"organisation_id": CELL_2, "seen": ending.version}
        back = calling_off.call_off(session, **off)
        assert (back.members, back.posts, back.roles) == (told.members, told.posts, told.roles)
        ended = select(Organisation.id).where(Organisation.valid_to.is_not(None))
        assert session.scalars(ended).all() == []
