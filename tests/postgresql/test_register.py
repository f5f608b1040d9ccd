"""The register on the other database: the tree of a day, pages, a move, a merger."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from moderation.access import Granted, Person
from moderation.registering import changing, joining, searching, tree
from portal.models import Organisation
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
